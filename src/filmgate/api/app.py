"""The HTTP application: the table of routes behind the front that every request passes."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from filmgate.api import openapi
from filmgate.api.ask import Ask
from filmgate.api.front import Front
from filmgate.api.parts import Parts
from filmgate.api.routes import ROUTES
from filmgate.api.routing import Handler, Route, Table

PageView = Callable[[Request], Awaitable[Response]]
"""Answers a person's browser."""


def create_app(parts: Parts, pages: Mapping[str, PageView] | None = None) -> ASGIApp:
    """The application on these parts; `pages` are what a person sees, by path."""
    seen = [_open_route(path, _page_handler(view)) for path, view in (pages or {}).items()]
    document = _open_route("/openapi.json", _see_document)
    return Front(Table([*ROUTES, document, *seen]), parts)


def _open_route(path: str, handler: Handler) -> Route:
    return Route(method="GET", path=path, handler=handler, scope=None, summary="")


def _page_handler(view: PageView) -> Handler:
    async def see(ask: Ask) -> Response:
        ask.request.scope["path_params"] = ask.path
        return await view(ask.request)

    return see


async def _see_document(ask: Ask) -> Response:
    return Response(openapi.document_text(), media_type="application/json")
