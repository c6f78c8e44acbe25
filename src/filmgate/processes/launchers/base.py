"""The socket that every launcher fits: it starts workers somewhere, and ends them in order.

No video travels through a launcher. The database is the queue, and a worker that nobody launched
works as well.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A worker to be started: one process, one engine. `name` is its own among all."""

    name: str
    engine: str
    gpus: float = 0


class PlaceState(StrEnum):
    """How far a place is."""

    WAITING = "waiting"
    """For a GPU, or for a machine that has one."""
    RUNNING = "running"
    """Its worker is kept alive there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Where a launcher keeps a worker, or would. `node` and `gpus` are known once it runs."""

    name: str
    engine: str
    phase: PlaceState
    node: str | None = None
    gpus: str | None = None


class Launcher(Protocol):
    """Starts and ends workers. Each verb may be repeated: it looks at what is there."""

    async def places(self) -> list[Posting]:
        """What it keeps now, whoever started it."""
        ...

    async def start(self, wanted: Wanted, avoid: frozenset[str]) -> None:
        """Keep a worker of that name alive, not on the nodes of `avoid`; it may have to wait."""
        ...

    async def stop(self, name: str) -> None:
        """End a worker with SIGTERM and its grace, then take away what it was given."""
        ...

    async def close(self) -> None:
        """Let go: end what lives only as long as this process, and leave the rest alone."""
        ...
