"""The vocabulary of the document that this project starts from."""

from filmgate.api.dialects.base import Dialect
from filmgate.domain.states import State


def _seconds(duration_ms: int) -> str:
    whole, rest = divmod(duration_ms, 1000)
    return f"{whole}.{f'{rest:03d}'.rstrip('0') or '0'}"


DIALECT = Dialect(
    name="sora",
    rank=2,
    marks=frozenset({"duration", "width", "height", "image"}),
    hints=frozenset({"fps", "n", "response_format"}),
    synonyms={"duration": "seconds"},
    sdk_header=None,
    default_model="sora-1.0",
    statuses={
        State.QUEUED: "pending",
        State.RUNNING: "processing",
        State.COMPLETED: "completed",
        State.FAILED: "failed",
    },
    seconds=_seconds,
    expires_early=True,
)
