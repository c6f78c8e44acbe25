"""Errors to answers: one envelope, one table of statuses, found by the error's own family."""

import logging
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from filmgate import errors
from filmgate.api.answers import reply

log = logging.getLogger(__name__)

STATUSES: dict[type[errors.FilmgateError], tuple[int, str]] = {
    errors.RequestTooLarge: (413, "invalid_request_error"),
    errors.UnsupportedMediaType: (415, "invalid_request_error"),
    errors.BadRequest: (400, "invalid_request_error"),
    errors.InvalidKey: (401, "authentication_error"),
    errors.InsufficientBalance: (402, "insufficient_quota"),
    errors.NotAllowed: (403, "permission_error"),
    errors.LimitReached: (429, "rate_limit_error"),
    errors.VideoExpired: (410, "invalid_request_error"),
    errors.NotFound: (404, "invalid_request_error"),
    errors.Unavailable: (503, "server_error"),
    errors.FilmgateError: (500, "server_error"),
}
"""Status and type of each family of errors; the nearest ancestor counts."""

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_FRAMEWORK = {404: "not_found", 405: "method_not_allowed"}


def envelope(
    message: str, *, kind: str, code: str, param: str | None = None
) -> dict[str, dict[str, str | None]]:
    """The one shape of every error; what a caller sent is shown as far as it can be written."""
    param = None if param is None else _writable(param)
    content = {"message": _writable(message), "type": kind, "param": param, "code": code}
    return {"error": content}


def _writable(text: str) -> str:
    return text.encode(errors="replace").decode()


def from_filmgate(error: errors.FilmgateError) -> Response:
    """The answer to an error of ours."""
    status, kind = next(STATUSES[family] for family in type(error).__mro__ if family in STATUSES)
    if status == 500:
        return internal()
    param = getattr(error, "param", None)
    content = envelope(error.message, kind=kind, code=error.code, param=param)
    return reply(content, status=status, headers=_headers(error))


def _headers(error: errors.FilmgateError) -> dict[str, str]:
    if isinstance(error, errors.InvalidKey):
        return {"www-authenticate": "Bearer"}
    if isinstance(error, errors.Unavailable | errors.LimitReached):
        return {"retry-after": str(error.retry_after)}
    return {}


def internal() -> Response:
    """The answer to a fault of ours: no detail but the request id, which is in the header."""
    content = envelope(
        "The server failed; tell its operator the x-request-id of this answer",
        kind="server_error",
        code="internal_error",
    )
    return reply(content, status=500)


async def on_filmgate(_request: Request, error: Exception) -> Response:
    """The handler of our own errors."""
    assert isinstance(error, errors.FilmgateError)  # noqa: S101
    return from_filmgate(error)


async def on_fault(_request: Request, _error: Exception) -> Response:
    """The handler of everything else, which the front then logs."""
    return internal()


async def on_http(request: Request, error: Exception) -> Response:
    """The handler of the framework's own errors."""
    assert isinstance(error, HTTPException)  # noqa: S101
    code = _FRAMEWORK.get(error.status_code, "invalid_parameter")
    message = f"{request.method} {request.url.path}: {error.detail}"[:300]
    content = envelope(message, kind="invalid_request_error", code=code)
    refused = error.status_code == 405
    headers = {"allow": _allowed(request)} if refused else dict(error.headers or {})
    return reply(content, status=error.status_code, headers=headers)


def _allowed(request: Request) -> str:
    """Every method that the path knows: the framework names those of one route."""
    return ", ".join(sorted(method for method in _METHODS if _knows(request, method)))


def _knows(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


async def on_validation(_request: Request, error: Exception) -> Response:
    """The handler of query values that are of the wrong kind: 400, never 422."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first: Any = error.errors()[0]
    name = str(first["loc"][-1])
    return from_filmgate(errors.InvalidParameter(name, _reason(first["msg"])))


def _reason(message: str) -> str:
    return message.replace("Input should", "should", 1).replace("Value error, ", "", 1)
