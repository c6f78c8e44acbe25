"""The HTTP application: the table of routes behind the front that every request passes."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from filmgate.api import doors, openapi
from filmgate.api.ask import Ask
from filmgate.api.front import Front
from filmgate.api.parts import Parts
from filmgate.api.routes import ROUTES
from filmgate.api.routing import Handler, Route, Table

PageView = Callable[[Request], Awaitable[Response]]
"""Answers a person's browser."""


def create_app(parts: Parts, pages: Mapping[str, PageView] | None = None) -> ASGIApp:
    """The application on these parts; `pages` are what a person sees, by path."""

    async def see_document(_request: Request) -> Response:
        return Response(openapi.document_text(), media_type="application/json")

    def handler_of(view: PageView) -> Handler:
        async def see(ask: Ask) -> Response:
            ask.request.scope["path_params"] = ask.path
            return await view(ask.request)

        return see

    views = {"/openapi.json": see_document, **(pages or {})}
    seen = [Route("GET", path, handler_of(view), None, "") for path, view in views.items()]
    return Front(Table([*ROUTES, *doors.routes(), *seen]), parts)
