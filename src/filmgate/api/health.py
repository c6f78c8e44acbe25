"""The health routes: live, ready."""

from fastapi import APIRouter
from starlette.responses import Response

from filmgate import __version__
from filmgate.api.answers import reply
from filmgate.api.parts import Parts
from filmgate.api.schemas import Health


def router(parts: Parts) -> APIRouter:
    """The routes, on these parts."""
    api = APIRouter(tags=["health"])

    @api.head("/healthz", include_in_schema=False)
    @api.get(
        "/healthz",
        operation_id="see_health",
        response_model=None,
        responses={200: {"model": Health}},
        summary="Whether the process lives",
    )
    async def healthz() -> Response:
        """Answers as long as the process does."""
        return reply({"status": "ok", "version": __version__, "checks": {}})

    @api.head("/readyz", include_in_schema=False)
    @api.get(
        "/readyz",
        operation_id="see_readiness",
        response_model=None,
        responses={200: {"model": Health}, 503: {"model": Health}},
        summary="Whether videos can be made: database, storage, at least one worker",
    )
    async def readyz() -> Response:
        """Looks at the database, the storage and the workers."""
        checks = await parts.health.checks()
        ready = all(state == "ok" for state in checks.values())
        content = {"status": "ok" if ready else "waiting", "version": __version__, "checks": checks}
        return reply(content, status=200 if ready else 503)

    return api
