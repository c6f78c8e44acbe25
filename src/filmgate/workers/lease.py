"""A worker's right to one video: its token, its beat, the word to stop."""

import logging
from enum import Enum

from filmgate.clock import Clock
from filmgate.domain.video import Video
from filmgate.errors import Cancelled, GivenBack, LeaseLost, Unavailable
from filmgate.services.queue import Queue

log = logging.getLogger(__name__)

_PROGRESS_S = 0.4


class Ending(Enum):
    """Why an attempt must stop before it is done."""

    CANCELLED = "the video was cancelled, or took too long"
    LOST = "somebody else holds the video now"
    GIVEN_BACK = "the worker is shutting down"


class Lease:
    """One claimed video while it runs. `waits_for` tells what keeps its film from being stored."""

    def __init__(self, video: Video, *, queue: Queue, clock: Clock, beat_s: float) -> None:
        self.video = video
        self.ending: Ending | None = None
        self.waits_for: str | None = None
        self._queue = queue
        self._clock = clock
        self._beat_s = beat_s
        self._carried = video.progress
        self._began = self._beat_at = clock.monotonic()
        self._ending_at = 0.0
        self._unseen = False

    def check(self) -> None:
        """Raise Stopped if the attempt must end."""
        if self.ending is Ending.CANCELLED:
            raise Cancelled(self.ending.value)
        if self.ending is Ending.GIVEN_BACK:
            raise GivenBack(self.ending.value)
        if self.ending is Ending.LOST:
            raise LeaseLost(self.ending.value)

    def stop(self, ending: Ending) -> None:
        """Make the attempt end at its next step; the first word counts."""
        if self.ending is None:
            self.ending, self._ending_at = ending, self._clock.monotonic()

    async def lose(self) -> None:
        """Stop, because the lease does not hold any more: the video has ended, or is another's."""
        ended = await self._queue.has_ended(self.video)
        self.stop(Ending.CANCELLED if ended else Ending.LOST)

    @property
    def stopping_s(self) -> float:
        """How long ago the word to stop was given; 0 before it is."""
        return self._clock.monotonic() - self._ending_at if self.ending else 0.0

    @property
    def overdue(self) -> bool:
        """Whether this attempt has taken longer than its video may."""
        return self._clock.monotonic() - self._began > self.video.timeout_s

    async def keep(self, percent: int, *, changed: bool) -> None:
        """Beat when it is time; when something `changed`, see whether the lease still holds.

        While the database is away nobody can tell, and the work goes on: the token fences it.
        """
        try:
            if not await self._tend(percent, changed=changed):
                await self.lose()
        except Unavailable as error:
            if not self._unseen:
                log.warning("%s works on unseen: %s", self.video.id, error)
            self._unseen = True
            return
        self._unseen = False

    async def _tend(self, percent: int, *, changed: bool) -> bool:
        age = self._clock.monotonic() - self._beat_at
        moved = percent > self._carried and age >= min(_PROGRESS_S, self._beat_s)
        if not moved and age < self._beat_s:
            return await self._queue.holds(self.video) if changed else True
        held = await self._queue.beat(self.video, percent)
        self._carried, self._beat_at = percent, self._clock.monotonic()
        return held
