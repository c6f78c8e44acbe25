"""The vocabulary of the official Videos API, as the official SDKs ship it."""

from filmgate.api.dialects.base import Dialect
from filmgate.domain.states import State


def _seconds(duration_ms: int) -> str:
    whole, rest = divmod(duration_ms, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


DIALECT = Dialect(
    name="openai",
    rank=1,
    marks=frozenset({"seconds", "size", "input_reference"}),
    hints=frozenset(),
    synonyms={"input_reference": "image"},
    sdk_header="x-stainless-lang",
    default_model="sora-2",
    statuses={
        State.QUEUED: "queued",
        State.RUNNING: "in_progress",
        State.COMPLETED: "completed",
        State.FAILED: "failed",
    },
    seconds=_seconds,
    expires_early=False,
)
