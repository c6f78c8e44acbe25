"""A worker's right to one video, and the engine's line to the worker."""

import math
from enum import Enum

from filmgate.clock import Clock
from filmgate.domain.video import Video
from filmgate.errors import Cancelled, GivenBack, Stopped, Unavailable
from filmgate.services.queue import Queue

_PROGRESS_S = 0.4
STOP_S = 10.0
"""How long an engine may take from the word to stop to its end."""


class Ending(Enum):
    """Why an engine must stop before it is done."""

    CANCELLED = "the video was cancelled, or its lease is lost"
    GIVEN_BACK = "the worker is shutting down"


class Lease:
    """One claimed video while it runs: the `Report` of its engine, and its heartbeat.

    The engine writes progress from its own thread; the worker's loop carries it to the row.
    """

    def __init__(
        self, video: Video, *, queue: Queue, clock: Clock, beat_s: float, lease_s: float
    ) -> None:
        self.video = video
        self.ending: Ending | None = None
        self.trouble: str | None = None
        self.generating = False
        self._queue = queue
        self._clock = clock
        self._beat_s = beat_s
        self._lease_s = lease_s
        self._percent = video.progress
        self._told = video.progress
        self._began = self._beat_at = clock.monotonic()
        self._ending_at: float | None = None

    def progress(self, fraction: float) -> None:
        """Take the share of work done, 0…1; 100 % is kept for the stored film."""
        self.check()
        if math.isfinite(fraction):
            self._percent = max(self._percent, min(99, int(fraction * 100)))

    def check(self) -> None:
        """Raise Stopped if the engine must end."""
        if self.ending:
            raise self._stopped(self.ending)

    async def resume(self, token: str) -> None:
        """Store a resume token; durable on return."""
        if not await self._queue.keep_resume(self.video, token):
            raise self._stopped(Ending.CANCELLED)

    def stop(self, ending: Ending) -> None:
        """Make the engine end at its next step; the first word counts."""
        if self.ending is None:
            self.ending, self._ending_at = ending, self._clock.monotonic()

    @property
    def overdue(self) -> bool:
        """Whether this attempt has taken longer than its video may."""
        return self._clock.monotonic() - self._began > self.video.timeout_s

    @property
    def stuck(self) -> bool:
        """Whether the engine was told to stop long ago and still runs."""
        told = self._ending_at
        late = told is not None and self._clock.monotonic() - told > STOP_S
        return self.generating and late

    async def keep(self, *, changed: bool) -> None:
        """Beat when it is time; when something `changed`, see whether the lease still holds."""
        try:
            held = await self._tended(changed=changed)
        except Unavailable:
            held = self._clock.monotonic() - self._beat_at < self._lease_s
        if not held:
            self.stop(Ending.CANCELLED)

    async def _tended(self, *, changed: bool) -> bool:
        age = self._clock.monotonic() - self._beat_at
        moved = self._percent > self._told and age >= min(_PROGRESS_S, self._beat_s)
        if moved or age >= self._beat_s:
            return await self._beat()
        return await self._queue.holds(self.video) if changed else True

    async def _beat(self) -> bool:
        percent = self._percent
        held = await self._queue.beat(self.video, percent)
        self._told, self._beat_at = percent, self._clock.monotonic()
        return held

    @staticmethod
    def _stopped(ending: Ending) -> Stopped:
        kind = Cancelled if ending is Ending.CANCELLED else GivenBack
        return kind(ending.value)
