"""Errors to answers: one envelope, one table of statuses, found by the error's own family."""

from starlette.responses import Response

from filmgate import errors
from filmgate.api.reply import reply
from filmgate.api.wire import ErrorObject

STATUSES: dict[type[errors.FilmgateError], tuple[int, str]] = {
    errors.RequestTooLarge: (413, "invalid_request_error"),
    errors.UnsupportedMediaType: (415, "invalid_request_error"),
    errors.RangeOutside: (416, "invalid_request_error"),
    errors.BadRequest: (400, "invalid_request_error"),
    errors.InvalidKey: (401, "authentication_error"),
    errors.InsufficientBalance: (402, "insufficient_quota"),
    errors.NotAllowed: (403, "permission_error"),
    errors.LimitReached: (429, "rate_limit_error"),
    errors.MethodNotAllowed: (405, "invalid_request_error"),
    errors.VideoExpired: (410, "invalid_request_error"),
    errors.NotFound: (404, "invalid_request_error"),
    errors.Unavailable: (503, "server_error"),
    errors.FilmgateError: (500, "server_error"),
}
"""Status and type of each family of errors; the nearest ancestor counts."""


def envelope(message: str, *, kind: str, code: str, param: str | None = None) -> ErrorObject:
    """The one shape of every error; what a caller sent is shown as far as it can be written."""
    param = None if param is None else _writable(param)
    return {"error": {"message": _writable(message), "type": kind, "param": param, "code": code}}


def _writable(text: str) -> str:
    return text.encode(errors="replace").decode()


def status_of(kind: type[errors.FilmgateError]) -> tuple[int, str]:
    """Status and type of a kind of errors."""
    return next(STATUSES[family] for family in kind.__mro__ if family in STATUSES)


def from_filmgate(error: errors.FilmgateError) -> Response:
    """The answer to an error of ours."""
    status, kind = status_of(type(error))
    if status == 500:
        return internal()
    param = getattr(error, "param", None)
    content = envelope(error.message, kind=kind, code=error.code, param=param)
    headers: dict[str, str] = {}
    match error:
        case errors.InvalidKey():
            headers["www-authenticate"] = "Bearer"
        case errors.Unavailable() | errors.LimitReached():
            headers["retry-after"] = str(error.retry_after)
        case errors.MethodNotAllowed():
            headers["allow"] = ", ".join(sorted(error.allowed))
        case errors.RangeOutside():
            headers["content-range"] = f"bytes */{error.size}"
    return reply(content, status=status, headers=headers)


def internal() -> Response:
    """The answer to a fault of ours: no detail but the request id, which is in the header."""
    content = envelope(
        "The server failed; tell its operator the x-request-id of this answer",
        kind="server_error",
        code="internal_error",
    )
    return reply(content, status=500)
