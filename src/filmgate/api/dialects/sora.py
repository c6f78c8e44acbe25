"""The vocabulary of the document that this project starts from."""

from filmgate.api.dialects.base import Dialect
from filmgate.domain.states import State


def _seconds(duration_ms: int) -> str:
    whole, rest = divmod(duration_ms, 1000)
    return f"{whole}.{f'{rest:03d}'.rstrip('0') or '0'}"


SORA = Dialect(
    name="sora",
    fields=frozenset({"duration", "width", "height", "fps", "n", "image", "response_format"}),
    statuses={
        State.QUEUED: "pending",
        State.RUNNING: "processing",
        State.COMPLETED: "completed",
        State.FAILED: "failed",
    },
    seconds=_seconds,
    expires_early=True,
)
