"""The pages that a person sees: a landing page and the API's documentation.

They load nothing from elsewhere, and their links are relative, so that they work without the
internet and behind a proxy that serves them under a path.
"""

import asyncio

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from filmgate.domain.card import Catalogue
from filmgate.web.assets import Asset, asset, template
from filmgate.web.landing import Landing

_READS = ["GET", "HEAD"]
_POLICY = (
    "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; "
)
_LANDING_POLICY = _POLICY + "style-src 'self'"
_DOCS_POLICY = _POLICY.replace("data:", "data: blob:") + (
    "style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; media-src blob:"
)
"""Swagger UI sets styles on elements; it may talk to this server only."""


def router(catalogue: Catalogue, *, public_url: str | None = None) -> APIRouter:
    """The pages of a server with these models, reached at `public_url` or as the reader asked."""
    pages = APIRouter(include_in_schema=False)
    landing = Landing(catalogue, public_url)
    docs = template("docs.html")

    @pages.api_route("/", methods=_READS)
    async def root(request: Request) -> Response:
        """What runs here, and how to make a first request."""
        page = landing.page(request.scope["scheme"], request.headers.get("host", ""))
        return _page(page, _LANDING_POLICY)

    @pages.api_route("/docs", methods=_READS)
    async def documentation() -> Response:
        """Every route, to read and to try."""
        return _page(docs, _DOCS_POLICY)

    @pages.api_route("/favicon.ico", methods=_READS)
    async def favicon(request: Request) -> Response:
        """The icon, for browsers that ask without being told."""
        return await _file(request, "favicon.svg")

    @pages.api_route("/static/{name}", methods=_READS)
    async def static(request: Request, name: str) -> Response:
        """A file that the pages load."""
        return await _file(request, name)

    return pages


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
        raise HTTPException(404, "Not Found")
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
    return _packed(request, found, headers)


def _packed(request: Request, found: Asset, headers: dict[str, str]) -> Response:
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(found.data, headers=headers)
    return Response(found.packed, headers=headers | {"content-encoding": "gzip"})
