"""The pages that a person sees: the studio and the API's documentation.

They load nothing from elsewhere, and their links are relative, so that they work without the
internet and behind a proxy that serves them under a path. The studio is a client of the public
API, and of nothing else.
"""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from filmgate.errors import NotFound
from filmgate.web.assets import asset, template

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
_STUDIO_POLICY = _POLICY + (
    "script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:{films}; "
    "media-src 'self'{films}; require-trusted-types-for 'script'; trusted-types 'none'"
)
_DOCS_POLICY = _POLICY + (
    "img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "connect-src 'self'; media-src blob:"
)
"""Swagger UI sets styles on elements; it may talk to this server only."""


View = Callable[[Request], Awaitable[Response]]
"""Answers a browser."""


def pages(films_at: str | None = None) -> dict[str, View]:
    """The pages, each by its path; `films_at` is the origin that links of films lead on to.

    `/static/{name}` has the name of a file in the request's `path_params`.
    """
    films = f" {films_at}" if films_at else ""
    shown = {
        "/": (template("studio.html"), _STUDIO_POLICY.format(films=films)),
        "/docs": (template("docs.html"), _DOCS_POLICY),
    }

    def viewer(html: str, policy: str) -> View:
        async def see_page(_request: Request) -> Response:
            return _page(html, policy)

        return see_page

    async def see_icon(request: Request) -> Response:
        return await _file(request, "favicon.svg")

    async def see_file(request: Request) -> Response:
        return await _file(request, request.path_params["name"])

    async def see_module(request: Request) -> Response:
        return await _file(request, f"studio/{request.path_params['name']}")

    return {
        **{path: viewer(*page) for path, page in shown.items()},
        "/favicon.ico": see_icon,
        "/static/{name}": see_file,
        "/static/studio/{name}": see_module,
    }


def _page(html: str, policy: str) -> Response:
    headers = {
        "cache-control": "private, no-cache",
        "content-security-policy": policy,
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
    return Response(html, headers=headers, media_type="text/html")


async def _file(request: Request, name: str) -> Response:
    found = await asyncio.to_thread(asset, name)
    if found is None:
        raise NotFound(f"{request.method} {request.url.path}: Not Found"[:300])
    headers = {
        "cache-control": "public, no-cache",
        "content-type": found.media_type,
        "cross-origin-resource-policy": "same-origin",
        "etag": f'W/"{found.etag}"',
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
    }
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(found.data, headers=headers)
    return Response(found.packed, headers=headers | {"content-encoding": "gzip"})
