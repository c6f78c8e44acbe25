"""The health routes: live, ready."""

from starlette.responses import Response

from filmgate.api.ask import Ask
from filmgate.api.reply import reply
from filmgate.api.wire import HealthObject
from filmgate.domain.worker import ModelState


async def see_health(ask: Ask) -> HealthObject:
    """Answers as long as the process does."""
    return {"status": "ok", "checks": {}}


async def see_readiness(ask: Ask) -> HealthObject | Response:
    """Looks at the database, the storage and the workers."""
    checks = await ask.parts.health.checks()
    ready = all(state == "ok" for state in checks.values())
    seen: HealthObject = {"status": "ok" if ready else "waiting", "checks": checks}
    if models := await ask.parts.health.models():
        seen["models"] = {name: words_of(state) for name, state in models.items()}
    return seen if ready else reply(seen, status=503)


def words_of(state: ModelState) -> str:
    """A model's state in words: `ready`, `failed: …`."""
    return f"{state.readiness}: {state.why}" if state.why else state.readiness.value
