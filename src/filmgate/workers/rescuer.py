"""Takes videos back from workers whose beat stood still."""

import logging

from filmgate.clock import Clock
from filmgate.domain.worker import Beat
from filmgate.errors import Unavailable
from filmgate.services.queue import Queue

log = logging.getLogger(__name__)


class Rescuer:
    """Watches the beats with its own monotonic clock, so that no wall clock can steal a lease.

    A beat stands still, too, while nobody can write. So a lease is taken only if its beat still
    stands one turn after a write went through: whoever is alive has beaten by then.
    """

    def __init__(self, *, queue: Queue, clock: Clock, lease_s: float) -> None:
        self._queue = queue
        self._clock = clock
        self._lease_s = lease_s
        self._first_seen: dict[Beat, float] = {}
        self._suspects: set[Beat] = set()

    async def run_once(self) -> int:
        """Rescue every video whose beat has not moved for the lease time; return how many."""
        try:
            return await self._rescue()
        except Unavailable:
            self._first_seen.clear()
            self._suspects.clear()
            raise

    async def _rescue(self) -> int:
        now = self._clock.monotonic()
        beats = await self._queue.beats()
        self._first_seen = {beat: self._first_seen.get(beat, now) for beat in beats}
        still = {beat for beat, since in self._first_seen.items() if now - since >= self._lease_s}
        if still:
            await self._queue.prove_writable()
        rescued = [await self._queue.rescue(beat) for beat in still & self._suspects]
        self._suspects = still
        for video in filter(None, rescued):
            log.warning("%s lost its worker: %s", video.id, video.fate)
        return sum(video is not None for video in rescued)
