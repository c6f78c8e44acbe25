"""Stops a worker that has nowhere to put its films."""

from collections.abc import Callable
from pathlib import Path

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.disk import Room, room_at
from filmgate.pauses import pauses
from filmgate.workers.outcome import Completed, Outcome, Postponed

FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 300.0


def film_rooms(blobs: Blobs, data: Path) -> list[Room]:
    """The disks that films pass through: where they are made, and where they are kept."""
    kept = blobs.room()
    return [room_at(data), kept] if kept else [room_at(data)]


class RoomWatch:
    """Looks at what is free, and remembers the last film that found no room.

    A disk that says that it has room, a quota or a bucket may refuse all the same: so the memory
    holds for a growing while, or until clearly more is free. `look` gives the disks that films
    pass through.
    """

    def __init__(self, look: Callable[[], list[Room]], clock: Clock) -> None:
        self._look = look
        self._clock = clock
        self._pauses = pauses(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        self._until = 0.0
        self._last: Postponed | None = None
        self._free_then: list[int] = []

    def note(self, outcome: Outcome) -> None:
        """Take what became of a video."""
        match outcome:
            case Completed():
                self._last, self._pauses = None, pauses(FIRST_PAUSE_S, LONGEST_PAUSE_S)
            case Postponed():
                self._last, self._until = outcome, self._clock.monotonic() + next(self._pauses)
                self._free_then = [room.free for room in self._look()]

    def why(self) -> str | None:
        """Why nothing may be claimed now; None where something may."""
        rooms = self._look()
        if short := [room for room in rooms if room.short]:
            return f"There is no room for films: {short[0]}"
        if self._last is None or self._clock.monotonic() >= self._until:
            return None
        grown = [
            room.free - then >= room.kept for room, then in zip(rooms, self._free_then, strict=True)
        ]
        return None if any(grown) else self._last.why
