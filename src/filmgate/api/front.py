"""The one road of every request: its id, its path, its caller, its route, and what it ends in.

Plain ASGI, because it stands before every status read.
"""

import logging
import re
from contextlib import suppress
from typing import Protocol

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from filmgate.api import errors
from filmgate.api.ask import Ask
from filmgate.api.parts import Parts
from filmgate.api.reply import reply
from filmgate.api.routing import Match, Route, Table
from filmgate.domain import account, ids
from filmgate.errors import (
    FilmgateError,
    InvalidKey,
    MethodNotAllowed,
    NotAllowed,
    NotFound,
    ScopeMissing,
    Unavailable,
    VideoNotFound,
)

log = logging.getLogger(__name__)
access = logging.getLogger("filmgate.access")

_ALIASES = ("/openai/v1/", "/openai/")
_SCHEMES = ("bearer", "key", "token")
"""The official word, and those of fal's and Replicate's clients."""
_SAME = {"/health": "/healthz"}
KEEP_ALIVE_S = 75
"""How long a connection may wait for its next request; answers say so."""
_KEEP_ALIVE = (b"keep-alive", b"timeout=%d" % KEEP_ALIVE_S)
"""How long the HTTP server leaves an idle connection open: pollers and balancers outlive 30 s."""
_NOWHERE = Match({}, {})
UNMATCHED = "-"
"""The route, in the log and the counts, of a request that reached none."""
_GOOD_ID = re.compile(r"[\w.:/+=@-]{1,128}", re.ASCII)


class Identify(Protocol):
    """Recognises a key."""

    async def identify(self, key: str) -> account.Caller:
        """Who a key belongs to."""
        ...


class Front:
    """The application. Secure by default: a path answers without a key only if its row says so."""

    def __init__(self, table: Table, parts: Parts) -> None:
        self._table = table
        self._parts = parts
        self._keys: Identify = parts.keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            raise RuntimeError("only HTTP is served here")
        request = Request(scope, receive)
        answer = _Answer(send, scope, self._parts.cors.answer_headers(request.headers))
        clock, began = self._parts.clock, self._parts.clock.monotonic()
        try:
            await self._trace(request, answer)
        except Exception:
            log.exception("request %s failed", answer.request_id)
            if not answer.started:
                await errors.internal()(scope, receive, answer)
            elif not answer.ended:
                raise
        finally:
            if answer.ask is not None:
                answer.ask.release()
            self._note(request.method, answer, clock.monotonic() - began)

    async def _tell_allowance(self, answer: "_Answer", response: Response) -> None:
        """Say how many more creates a minute holds, in the headers that OpenAI's own API has."""
        if answer.ask is None or answer.ask.known is None:
            return
        with suppress(Unavailable):
            left = await self._parts.allowances.of(answer.ask.known.account_id)
            if left is not None:
                response.headers["x-ratelimit-limit-requests"] = str(left.limit)
                response.headers["x-ratelimit-remaining-requests"] = str(left.remaining)
                response.headers["x-ratelimit-reset-requests"] = f"{left.reset_s}s"

    async def _trace(self, request: Request, answer: "_Answer") -> None:
        """Answer, within a span of the caller's trace."""
        parent = request.headers.get("traceparent")
        with self._parts.tracer.span(request.method, parent=parent, kind="server") as span:
            response = await self._respond(request, answer)
            if answer.counted:
                await self._tell_allowance(answer, response)
            span.note({"http.route": answer.route, "filmgate.request": answer.request_id})
            await response(request.scope, request.receive, answer)
            span.note({"http.response.status_code": answer.status})

    def _note(self, method: str, answer: "_Answer", seconds: float) -> None:
        """Count an answer, and write its line of the log."""
        self._parts.metrics.count_answer(method, answer.route, answer.status, seconds)
        if self._parts.access_log:
            ask = answer.ask
            account = ask.known.account_id if ask is not None and ask.known else "-"
            access.info(
                "%s %s %d %.1f ms account=%s request=%s",
                *(method, answer.route, answer.status, seconds * 1000, account, answer.request_id),
                extra={
                    "method": method,
                    "route": answer.route,
                    "status": answer.status,
                    "ms": round(seconds * 1000, 1),
                    "account": account,
                    "request": answer.request_id,
                },
            )

    async def _respond(self, request: Request, answer: "_Answer") -> Response:
        preflight = self._parts.cors.preflight(request.method, request.headers)
        if preflight is not None:
            return preflight
        try:
            if self._parts.origin.settle(request.scope, request.headers):
                request = Request(request.scope, request.receive)
            return await self._handle(request, answer)
        except Unavailable as error:
            cause = error.__cause__ or error
            told = " ".join(f"{error.message} ({type(cause).__name__}: {cause})".split())
            log.warning("request %s: %s", answer.request_id, told)
            return errors.from_filmgate(error)
        except FilmgateError as error:
            return errors.from_filmgate(error)

    async def _handle(self, request: Request, answer: "_Answer") -> Response:
        method, path = request.method, canonical(request.scope["path"])
        if "\0" in path:
            kind = VideoNotFound if path.startswith("/v1/videos/") else NotFound
            raise kind("There is nothing with a NUL in its name")
        match = self._table.find(path) or self._table.find(f"/v1{path}") or _NOWHERE
        route = match.methods.get(method)
        answer.route = next(iter(match.methods.values())).path if match.methods else UNMATCHED
        known = None if match.is_open else await self._identify(request, route)
        if route is None and match.methods:
            message = f"{method} {path}"[:280] + ": Method Not Allowed"
            raise MethodNotAllowed(message, allowed=list(match.methods))
        if route is None:
            raise NotFound(f"{method} {path}"[:280] + ": Not Found")
        ask = Ask(request=request, parts=self._parts, known=known, path=match.values)
        answer.ask, answer.counted = ask, route.counted
        done = await route.handler(ask)
        return done if isinstance(done, Response) else reply(done, headers=ask.headers)

    async def _identify(self, request: Request, route: Route | None) -> account.Caller | None:
        """Who asks. No path says what it is to somebody without a key."""
        key, needed = given_key(request.headers), route.scope if route else None
        try:
            if key is None:
                raise InvalidKey(
                    "An API key is needed: send the header 'Authorization: Bearer YOUR_KEY'"
                )
            caller = await self._keys.identify(key)
            if isinstance(needed, account.Scope) and not caller.may(needed):
                raise ScopeMissing(f"This key is not good for this: it lacks the scope '{needed}'")
        except NotAllowed:
            if route is not None and route.link and b"signature=" in request.scope["query_string"]:
                return None  # the handler proves the signature
            raise
        return caller


class _Answer:
    """Sends, with what every answer carries; of an answer to HEAD only its head."""

    def __init__(self, send: Send, scope: Scope, headers: list[tuple[bytes, bytes]]) -> None:
        self.request_id = given_request_id(scope) or ids.request_id()
        self.ask: Ask | None = None
        self.route = UNMATCHED
        self.status = 0
        self.counted = False
        self.started = False
        self.ended = False
        self._send = send
        self._is_head = scope["method"] == "HEAD"
        self._headers = [(b"x-request-id", self.request_id.encode()), *headers]
        if scope.get("http_version", "1.1") != "2":
            self._headers.append(_KEEP_ALIVE)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), *self._headers]
        elif self._is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)
        whole = message["type"] == "http.response.body" and not message.get("more_body", False)
        self.ended = whole or message["type"] == "http.response.pathsend"


def canonical(path: str) -> str:
    """The path that a route has, whichever of its aliases was asked for."""
    if path.endswith("/") or "//" in path:
        path = "/" + "/".join(segment for segment in path.split("/") if segment)
    for alias in _ALIASES:
        if path.startswith(alias):
            return "/v1/" + path[len(alias) :]
    return _SAME.get(path, path)


def given_key(headers: Headers) -> str | None:
    """The key of a request, from either header that clients use; "" when it is malformed."""
    authorization = headers.get("authorization")
    if authorization is None:
        return headers.get("api-key")
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() in _SCHEMES else ""


def given_request_id(scope: Scope) -> str | None:
    """The id that the caller or a proxy gave a request; None where there is no fit one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            text = value.decode("latin-1")
            return text if _GOOD_ID.fullmatch(text) else None
    return None
