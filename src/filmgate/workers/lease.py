"""A worker's right to one video: its token, its beat, the word to stop."""

from enum import Enum

from filmgate.clock import Clock
from filmgate.domain.video import Video
from filmgate.errors import Cancelled, GivenBack, LeaseLost


class Ending(Enum):
    """Why an attempt must stop before it is done."""

    CANCELLED = "the video was cancelled, or took too long"
    LOST = "somebody else holds the video now"
    GIVEN_BACK = "the worker is shutting down"


class Lease:
    """One claimed video while it runs. `waits_for` tells what keeps its film from being stored.

    `beat_at` is when its worker last showed life to the row, by the clock's monotonic time.
    """

    def __init__(self, video: Video, *, clock: Clock) -> None:
        self.video = video
        self.ending: Ending | None = None
        self.waits_for: str | None = None
        self.beat_at = self._began = clock.monotonic()
        self._clock = clock
        self._ending_at = 0.0

    @property
    def right(self) -> tuple[str, int]:
        """What the row must still say: the video, and the token."""
        return self.video.id, self.video.token

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

    @property
    def stopping_s(self) -> float:
        """How long ago the word to stop was given; 0 before it is."""
        return self._clock.monotonic() - self._ending_at if self.ending else 0.0

    @property
    def overdue(self) -> bool:
        """Whether this attempt has taken longer than its video may."""
        return self._clock.monotonic() - self._began > self.video.timeout_s
