"""The vocabulary of the official Videos API, as the official SDKs ship it."""

from functools import partial

from filmgate.api.dialects.base import Dialect, spell_seconds
from filmgate.domain.states import State

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
    seconds=partial(spell_seconds, decimals=0),
    expires_early=False,
)
