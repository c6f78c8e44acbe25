"""The health routes: live, ready."""

from starlette.responses import Response

from filmgate.api.ask import Ask
from filmgate.api.reply import reply
from filmgate.api.wire import HealthObject


async def see_health(ask: Ask) -> HealthObject:
    """Answers as long as the process does."""
    return {"status": "ok", "checks": {}}


async def see_readiness(ask: Ask) -> HealthObject | Response:
    """Looks at the database, the storage and the workers."""
    checks = await ask.parts.health.checks()
    if all(state == "ok" for state in checks.values()):
        return {"status": "ok", "checks": checks}
    waiting: HealthObject = {"status": "waiting", "checks": checks}
    return reply(waiting, status=503)
