"""The vocabulary of the document that this project starts from."""

from functools import partial

from filmgate.api.dialects.base import Dialect, spell_seconds
from filmgate.domain.states import State

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
    seconds=partial(spell_seconds, decimals=1),
    expires_early=True,
)
