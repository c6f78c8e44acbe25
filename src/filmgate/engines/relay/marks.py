"""What a row remembers of its orders: the resume token, written before and after each POST."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum


class Stage(StrEnum):
    """How far an order has come."""

    SENDING = "sending"
    """It may have been sent; nobody knows yet whether it was taken."""
    SENT = "sent"
    """The upstream has it, under a known id."""
    REFUSED = "refused"
    """The upstream has not taken it: it may be sent anew."""
    STOPPED = "stopped"
    """The upstream was told to stop, and heard it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One order: where it went, under which tag, when (Unix seconds), and its id there.

    `turn` counts sendings, from 1; each has a tag of its own. `follows` is the upstream's job that
    it was to be made from, if it was.
    """

    stage: Stage
    upstream: str
    tag: str
    at: float
    turn: int = 1
    job: str | None = None
    follows: str | None = None

    def move_on(self, stage: Stage, job: str | None = None) -> "Mark":
        """The same order, further on."""
        return replace(self, stage=stage, job=job)


def read_marks(token: str | None) -> dict[int, Mark]:
    """The marks of a resume token, by output; none for a row that was never sent."""
    entries: Mapping[str, dict[str, object]] = json.loads(token)["orders"] if token else {}
    return {
        int(index): Mark(**(entry | {"stage": Stage(str(entry["stage"]))}))  # type: ignore[arg-type]
        for index, entry in entries.items()
    }


def write_marks(marks: Mapping[int, Mark]) -> str:
    """The resume token of these marks."""
    return json.dumps({"orders": {str(index): asdict(mark) for index, mark in marks.items()}})
