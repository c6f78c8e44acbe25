"""What every request passes first: its id, its path's aliases, its caller; and what it ends in.

Plain ASGI, because it stands before every status read.
"""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from filmgate.api import errors, scopes
from filmgate.domain import ids
from filmgate.domain.account import Caller
from filmgate.errors import (
    FilmgateError,
    InvalidKey,
    InvalidParameter,
    NotAllowed,
    NotFound,
    VideoNotFound,
)

log = logging.getLogger(__name__)

OPEN = frozenset({"/", "/healthz", "/readyz", "/docs", "/openapi.json", "/favicon.ico"})
"""Paths that answer without a key."""
OPEN_UNDER = ("/static/",)
_ALIASES = ("/openai/v1/", "/openai/")
_BARE = ("/videos", "/models", "/balance", "/usage", "/webhook_")


Status = Callable[[Request, str], Awaitable[Response]]
"""Answers a status read."""
_STATUS = re.compile(r"/v1/videos/(video_[0-9a-f]{32})")


class Identify(Protocol):
    """Recognises a key."""

    async def identify(self, key: str) -> Caller:
        """Who a key belongs to."""
        ...


class Front:
    """Wraps the app. Secure by default: a path answers without a key only if it is named here."""

    def __init__(self, app: ASGIApp, keys: Identify, status: Status) -> None:
        self._app = app
        self._keys = keys
        self._status = status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        try:
            await self._serve(scope, receive, answer)
        except Exception:
            log.exception("request %s failed", answer.request_id)
            if not answer.started:
                await errors.internal()(scope, receive, answer)
            elif not answer.ended:
                raise

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["path"] = canonical(scope["path"])
        try:
            _check_nul(scope)
            caller = await self._caller(scope)
        except FilmgateError as error:
            await errors.from_filmgate(error)(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller
        if scope["method"] == "GET" and (status := _STATUS.fullmatch(scope["path"])):
            await self._read_status(status[1], scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _read_status(self, video_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request that callers send over and over, without looking for its route."""
        try:
            answer = await self._status(Request(scope, receive), video_id)
        except FilmgateError as error:
            answer = errors.from_filmgate(error)
        await answer(scope, receive, send)

    async def _caller(self, scope: Scope) -> Caller | None:
        path: str = scope["path"]
        if path in OPEN or path.startswith(OPEN_UNDER):
            return None
        try:
            caller = await self._identified(given_key(Headers(scope=scope)))
            scopes.check(caller, scopes.needed(scope["method"], path))
        except NotAllowed:
            if path.endswith("/content") and b"signature=" in scope["query_string"]:
                return None  # the route proves the signature
            raise
        return caller

    async def _identified(self, key: str | None) -> Caller:
        if key is None:
            raise InvalidKey(
                "An API key is needed: send the header 'Authorization: Bearer YOUR_KEY'"
            )
        return await self._keys.identify(key)


class _Answer:
    """Sends, with the request's id in every answer."""

    def __init__(self, send: Send) -> None:
        self.request_id = ids.request_id()
        self.started = False
        self.ended = False
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            header = (b"x-request-id", self.request_id.encode())
            message["headers"] = [*message.get("headers", ()), header]
        await self._send(message)
        self.ended = _is_last(message)


def _is_last(message: Message) -> bool:
    whole = message["type"] == "http.response.body" and not message.get("more_body", False)
    return whole or message["type"] == "http.response.pathsend"


def _check_nul(scope: Scope) -> None:
    """Nothing that we store or look up has a NUL in it."""
    if "\0" in scope["path"]:
        kind = VideoNotFound if scope["path"].startswith("/v1/videos/") else NotFound
        raise kind("There is nothing with a NUL in its name")
    for pair in scope["query_string"].split(b"&"):
        if b"%00" in pair:
            name = pair.split(b"=")[0].decode("ascii", "replace")
            raise InvalidParameter(name, "must not contain NUL characters")


def canonical(path: str) -> str:
    """The path that a route has, whichever of its aliases was asked for."""
    for alias in _ALIASES:
        if path.startswith(alias):
            return "/v1/" + path[len(alias) :]
    if path.startswith(_BARE):
        return "/v1" + path
    return path


def given_key(headers: Headers) -> str | None:
    """The key of a request, from either header that clients use; "" when it is malformed."""
    authorization = headers.get("authorization")
    if authorization is None:
        return headers.get("api-key")
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""
