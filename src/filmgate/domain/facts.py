"""What has happened for good, as whoever counts it is told: after the commit, never before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from filmgate.domain.ledger import LedgerEntry
from filmgate.domain.states import Move, State
from filmgate.domain.video import Video
from filmgate.domain.webhook import Delivery


@dataclass(frozen=True, slots=True)
class Moved:
    """A video that has moved, the state that it left, and how."""

    video: Video
    left: State
    move: Move


Fact: TypeAlias = Moved | LedgerEntry | Delivery
Witness: TypeAlias = Callable[[Fact], None]
"""Takes note of facts. It must be quick, and must not raise."""


def nobody(_fact: Fact) -> None:
    """Takes note of nothing."""
