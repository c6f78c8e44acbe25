"""How the HTTP process holds connections: many, none for ever, whoever is at the other end."""

import asyncio
import os
import resource
import socket
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from filmgate.api.front import KEEP_ALIVE_S
from filmgate.clock import Clock

STILL_S = 30
"""A body that does not come on, and a reader that does not read on, is ended after so long."""
LEAST_RATE = 1024
"""Bytes a second that a body must come at in the long run."""
MOST_DESCRIPTORS = 65_536
_MOST_CONNECTIONS = 20_000
_BACKLOG = 4096
_RESERVE = 512
"""Descriptors that are kept for databases, files and the connections that we open."""
_CLOSE = (b"connection", b"close")
_NAMELESS = (b"server", b"")
"""granian writes its own name where an answer has none; whose software this is is our affair."""


class Listener(Server):
    """granian on HTTP/1.1, with room for thousands who keep still.

    A silent connection, a half-sent head and an idle one are closed by the server's one time
    limit. A reader that stands still is ended by the kernel (`TCP_USER_TIMEOUT`), which each
    connection inherits from the listening socket.
    """

    def __init__(self, app: ASGIApp, clock: Clock, host: str, port: int) -> None:
        super().__init__(
            Patient(app, clock),
            address=host,
            port=port,
            interface=Interfaces.ASGINL,
            websockets=False,
            log_enabled=False,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=(KEEP_ALIVE_S + 5) * 1000),
            backlog=_BACKLOG,
            backpressure=most_connections(),
        )

    def _init_shared_socket(self) -> None:
        super()._init_shared_socket()  # type: ignore[no-untyped-call]
        if self._ssp is not None:  # one socket, here, instead of one that its worker builds later
            self._shd, self._ssp = self._ssp.build(), None
        holder: Any = self._shd
        with socket.socket(fileno=os.dup(holder.get_fd())) as listening:
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STILL_S * 1000)


def raise_descriptor_limit() -> None:
    """Let this process and its children open as many files as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def most_connections() -> int:
    """Connections held at once: further ones wait, so that descriptors never run out."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return _MOST_CONNECTIONS
    return max(1, min(_MOST_CONNECTIONS, soft - min(_RESERVE, soft // 2)))


class Patient:
    """Ends bodies that stand still; the application hears that the caller has gone."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            body = _Body(receive, send, self._clock)
            await self._app(scope, body.receive, body.send)
        else:
            await self._app(scope, receive, send)


class _Body:
    """A body on its way in, and the answer on its way out."""

    def __init__(self, receive: Receive, send: Send, clock: Clock) -> None:
        self._receive = receive
        self._send = send
        self._clock = clock
        self._began: float | None = None
        self._bytes = 0
        self._whole = False
        self._given_up = False

    async def receive(self) -> Message:
        """The next piece; a disconnect once it has been waited for too long."""
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout(self._patience_s()):
                message = await self._receive()
        except TimeoutError:
            self._whole = self._given_up = True
            return {"type": "http.disconnect"}
        self._bytes += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return message

    def _patience_s(self) -> float:
        now = self._clock.monotonic()
        if self._began is None:
            self._began = now
        due = self._began + STILL_S + self._bytes / LEAST_RATE
        return min(STILL_S, max(0.0, due - now))

    async def send(self, message: Message) -> None:
        """Pass the answer on; a connection with half a body in it is not kept."""
        if message["type"] == "http.response.start":
            added = (_NAMELESS, _CLOSE) if self._given_up else (_NAMELESS,)
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await self._send(message)
