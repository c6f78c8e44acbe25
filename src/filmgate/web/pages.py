"""The pages that a person sees: a landing page and the API's documentation.

They load nothing from elsewhere, and their links are relative, so that they work without the
internet and behind a proxy that serves them under a path.
"""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from filmgate.domain.card import Catalogue
from filmgate.errors import NotFound
from filmgate.web.assets import asset, template
from filmgate.web.landing import Landing

_POLICY = (
    "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; "
)
_LANDING_POLICY = _POLICY + "style-src 'self'"
_DOCS_POLICY = _POLICY.replace("data:", "data: blob:") + (
    "style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; media-src blob:"
)
"""Swagger UI sets styles on elements; it may talk to this server only."""


View = Callable[[Request], Awaitable[Response]]
"""Answers a browser."""


def pages(catalogue: Catalogue, *, public_url: str | None = None) -> dict[str, View]:
    """The pages of a server with these models, reached at `public_url` or as the reader asked.

    Each by its path. `/static/{name}` has the name of a file in the request's `path_params`.
    """
    landing = Landing(catalogue, public_url)
    docs = template("docs.html")

    async def see_landing(request: Request) -> Response:
        page = landing.page(request.scope["scheme"], request.headers.get("host", ""))
        return _page(page, _LANDING_POLICY)

    async def see_docs(request: Request) -> Response:
        return _page(docs, _DOCS_POLICY)

    async def see_icon(request: Request) -> Response:
        return await _file(request, "favicon.svg")

    async def see_file(request: Request) -> Response:
        return await _file(request, request.path_params["name"])

    return {
        "/": see_landing,
        "/docs": see_docs,
        "/favicon.ico": see_icon,
        "/static/{name}": see_file,
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
        "cache-control": "public, max-age=3600",
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
