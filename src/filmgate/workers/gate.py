"""Whether a worker may claim. It says so in the log when that changes."""

import logging

from filmgate.workers.breaker import Breaker
from filmgate.workers.outcome import Outcome
from filmgate.workers.room import RoomWatch

log = logging.getLogger(__name__)


class ClaimGate:
    """Shut while there is no room for films, or while the engine fails all that it gets."""

    def __init__(self, *, room: RoomWatch, breaker: Breaker) -> None:
        self._room = room
        self._breaker = breaker
        self.trouble: str | None = None

    def slots(self, most: int) -> int:
        """How many videos may run at once now, of `most`."""
        trouble = self._room.why() or self._breaker.why()
        if trouble and not self.trouble:
            log.error("nothing is claimed: %s", trouble)
        if self.trouble and not trouble:
            log.info("videos are claimed again")
        self.trouble = trouble
        if trouble:
            return 0
        return 1 if self._breaker.tripped else most

    def note(self, outcome: Outcome) -> None:
        """Take what became of a video."""
        self._room.note(outcome)
        self._breaker.note(outcome)
