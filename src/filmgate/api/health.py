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

    async def healthz() -> Response:
        """Answers as long as the process does."""
        return reply({"status": "ok", "version": __version__, "checks": {}})

    async def readyz() -> Response:
        """Looks at the database, the storage and the workers."""
        checks = await parts.health.checks()
        ready = all(state == "ok" for state in checks.values())
        content = {"status": "ok" if ready else "waiting", "version": __version__, "checks": checks}
        return reply(content, status=200 if ready else 503)

    for method, verb in (("GET", "see"), ("HEAD", "probe")):
        api.add_api_route(
            "/healthz",
            healthz,
            operation_id=f"{verb}_health",
            methods=[method],
            summary="Whether the process lives",
            response_model=None,
            responses={200: {"model": Health}},
        )
        api.add_api_route(
            "/readyz",
            readyz,
            operation_id=f"{verb}_readiness",
            methods=[method],
            summary="Whether videos can be made: database, storage, at least one worker",
            response_model=None,
            responses={200: {"model": Health}, 503: {"model": Health}},
        )
    return api
