"""Pages of other origins: what their browsers are told. There are no cookies to give away."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import Response

_EXPOSED = (
    "openai-poll-after-ms, x-request-id, retry-after, content-range, content-length, etag, "
    "idempotent-replayed, filmgate-ignored"
)
_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_MAX_AGE_S = "86400"


class Cors:
    """Which origins may read, and how they are told."""

    def __init__(self, origins: Sequence[str]) -> None:
        self._any = "*" in origins
        self._origins = frozenset(origin.rstrip("/").lower() for origin in origins)

    def answer_headers(self, headers: Headers) -> list[tuple[bytes, bytes]]:
        """What every answer carries."""
        origin = headers.get("origin", "")
        told = [] if self._any else [(b"vary", b"Origin")]
        if not self._any and origin.lower() not in self._origins:
            return told
        allowed = b"*" if self._any else origin.encode("latin-1")
        told.append((b"access-control-allow-origin", allowed))
        return [*told, (b"access-control-expose-headers", _EXPOSED.encode())]

    def preflight(self, method: str, headers: Headers) -> Response | None:
        """The answer to a browser that asks before it asks; None for any other request."""
        if method != "OPTIONS" or "access-control-request-method" not in headers:
            return None
        told = {
            "access-control-allow-methods": _METHODS,
            "access-control-max-age": _MAX_AGE_S,
            "vary": "Access-Control-Request-Headers",
        }
        wanted = headers.get("access-control-request-headers")
        if wanted:  # "*" would not cover Authorization
            told["access-control-allow-headers"] = wanted
        return Response(status_code=204, headers=told)
