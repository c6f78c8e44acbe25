"""The vocabulary of the official Videos API, as the official SDKs ship it."""

from filmgate.api.dialects.base import Dialect
from filmgate.domain.states import State


def _seconds(duration_ms: int) -> str:
    whole, rest = divmod(duration_ms, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


OPENAI = Dialect(
    name="openai",
    fields=frozenset({"seconds", "size", "input_reference"}),
    statuses={
        State.QUEUED: "queued",
        State.RUNNING: "in_progress",
        State.COMPLETED: "completed",
        State.FAILED: "failed",
    },
    seconds=_seconds,
    expires_early=False,
)
