"""How many of what there are now, of all accounts together: what an operator watches."""

from collections.abc import Iterator
from dataclasses import dataclass

from filmgate.domain.fleet import Demand

MOST_COUNTED = 10_000
"""Where counting a line ends: so many or more look alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """The videos of one model that wait at one engine. `oldest_at` is when the first was asked."""

    engine: str
    model: str
    count: int
    oldest_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The videos of one model that a worker holds."""

    engine: str
    model: str
    worker_id: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A worker, how many videos it holds, and why it claims nothing, if so."""

    id: str
    engine: str
    host: str
    pid: int
    holds: int
    trouble: str | None

    @property
    def state(self) -> str:
        """One word for it."""
        if self.holds:
            return "busy"
        return "waiting" if self.trouble else "idle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """How many videos of one account wait and run at one engine."""

    engine: str
    account_id: str
    queued: int
    running: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """One look at the whole. `held` is money in micro-dollars; `backlog` are webhooks to tell.

    `demands` are of the engines whose bounds somebody has laid down.
    """

    at: float
    lines: tuple[WaitingLine, ...]
    running: tuple[Running, ...]
    hands: tuple[Hand, ...]
    demands: tuple[Demand, ...]
    suspects: int
    held: int
    backlog: int

    def oldest_wait_s(self, line: WaitingLine) -> float:
        """How long the first of a line has waited."""
        return max(0.0, self.at - line.oldest_at)

    def hands_by_state(self) -> Iterator[tuple[str, str, int]]:
        """Engine, state and count; every state of an engine that has workers."""
        for engine in sorted({hand.engine for hand in self.hands}):
            states = [hand.state for hand in self.hands if hand.engine == engine]
            for state in ("busy", "idle", "waiting"):
                yield engine, state, states.count(state)
