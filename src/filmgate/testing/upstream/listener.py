"""A small HTTP/1.1 server for doubles: it can drop an answer, cut it short, or never give it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from wsproto.frame_protocol import FrameProtocol, Opcode
from wsproto.utilities import generate_accept_token

_REASONS = {200: "OK", 206: "Partial Content", 302: "Found", 404: "Not Found"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request. `path` is percent-decoded; header names are in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """What its JSON says."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One answer. `cut` sends so many bytes of the body, then breaks the connection."""

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None

    def head(self) -> dict[str, str]:
        """Its headers."""
        kind = "video/mp4" if isinstance(self.body, bytes) else "application/json"
        return {"content-type": kind, "content-length": str(len(self.data()))} | dict(self.headers)

    def data(self) -> bytes:
        """Its body as bytes."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


DROPPED = None
"""The answer of a handler that closes the connection instead."""

Handler = Callable[[Received], Awaitable[Sent | None]]
Talk = Callable[[Callable[[str], Awaitable[None]]], Awaitable[None]]
"""What a WebSocket says: it is given what sends a text."""


@asynccontextmanager
async def listening(
    handler: Handler, port: int = 0, talk: Talk | None = None
) -> AsyncIterator[str]:
    """Answer on a free port of the loopback for the length of a block; its `http://host:port`.

    `talk` is what a WebSocket gets, whatever its path.
    """
    tasks: set[asyncio.Task[Any]] = set()

    async def serve_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        try:
            while await _serve_one(reader, writer, handler, talk):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve_connection, "127.0.0.1", port)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in tasks:
            task.cancel()


async def _serve_one(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    handler: Handler,
    talk: Talk | None,
) -> bool:
    """Answer one request; False when the connection is over."""
    received = await _receive(reader)
    if received is None:
        return False
    if talk is not None and received.headers.get("upgrade", "").lower() == "websocket":
        await _speak(received, reader, writer, talk)
        return False
    given = await handler(received)
    if given is None:
        writer.transport.abort()
        return False
    reason = _REASONS.get(given.status, "Status")
    lines = [f"HTTP/1.1 {given.status} {reason}", *(f"{n}: {v}" for n, v in given.head().items())]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    if received.method != "HEAD":
        writer.write(given.data() if given.cut is None else given.data()[: given.cut])
    await writer.drain()
    return given.cut is None and received.headers.get("connection") != "close"


async def _speak(
    received: Received,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    talk: Talk,
) -> None:
    """Turn a connection into a WebSocket and say what it says, until the other side closes."""
    key = received.headers["sec-websocket-key"].encode()
    lines = [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {generate_accept_token(key).decode()}",
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    protocol = FrameProtocol(client=False, extensions=[])

    async def send(text: str) -> None:
        writer.write(protocol.send_data(text))
        await writer.drain()

    talking = asyncio.ensure_future(talk(send))
    try:
        while data := await reader.read(1 << 16):
            if data[0] & 0x0F == Opcode.CLOSE:
                return
    finally:
        talking.cancel()


async def _receive(reader: asyncio.StreamReader) -> Received | None:
    first = await reader.readline()
    if not first:
        return None
    method, target, _ = first.decode("latin-1").split(" ", 2)
    headers = {}
    while line := (await reader.readline()).decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    path, _, query = target.partition("?")
    return Received(
        method=method,
        path=unquote(path),
        query=dict(parse_qsl(query)),
        headers=headers,
        body=await _body(reader, headers),
    )


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    body = bytearray()
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return bytes(body)
