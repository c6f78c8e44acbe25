"""The HTTP application: routes, errors, and the front that every request passes."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from filmgate import __version__
from filmgate.api import admin, billing, docs, errors, health, models, videos, webhooks
from filmgate.api.front import Front
from filmgate.api.parts import Parts
from filmgate.errors import FilmgateError

_ABOUT = """The OpenAI Videos API, and the vocabulary of `sora-1.0`, on your own machine.

Send `Authorization: Bearer YOUR_KEY`. Every error is `{"error": {"message", "type", "param",
"code"}}`; every answer carries `x-request-id`.
"""


def create_app(parts: Parts, pages: Sequence[APIRouter] = ()) -> ASGIApp:
    """The application on these parts; `pages` are what a person sees in a browser."""
    return Front(documented(parts, pages), parts.keys, videos.status(parts))


def documented(parts: Parts, pages: Sequence[APIRouter] = ()) -> FastAPI:
    """The routes alone, with their OpenAPI document."""
    app = _App(
        title="Filmgate",
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    ours = (videos, models, webhooks, billing, admin, health)
    for router in (*(module.router(parts) for module in ours), *pages):
        app.include_router(router)
    app.add_exception_handler(FilmgateError, errors.on_filmgate)
    app.add_exception_handler(HTTPException, errors.on_http)
    app.add_exception_handler(RequestValidationError, errors.on_validation)
    app.add_exception_handler(Exception, errors.on_fault)
    return app


class _App(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            docs.finish(super().openapi())
        return super().openapi()
