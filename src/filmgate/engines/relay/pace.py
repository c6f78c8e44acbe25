"""How often an upstream is asked: never over its rate, and the later the older the job."""

import asyncio
import random
from dataclasses import dataclass

from filmgate.clock import Clock

_FIRST_REST_S = 1.0
_LONGEST_REST_S = 30.0
_SHARE_OF_AGE = 0.1


@dataclass(frozen=True, slots=True)
class Tempo:
    """The least and the most time between two looks at a job, in seconds."""

    least_s: float
    most_s: float

    def interval_s(self, age_s: float, share: float = 1.0) -> float:
        """When to look again: once a job has grown older by a tenth; jittered.

        `share` is how many requests a look costs each job: less than one where they are seen
        together, and so the sooner.
        """
        usual = min(self.most_s, max(self.least_s, age_s * _SHARE_OF_AGE * share))
        return usual * random.uniform(0.9, 1.1)  # noqa: S311 no secret


class Pace:
    """Spaces the requests to one upstream: never over its rate, no orders while it rests."""

    def __init__(self, clock: Clock, most_per_second: float) -> None:
        self._clock = clock
        self._gap_s = 1 / most_per_second
        self._next = 0.0
        self._rests_until = 0.0
        self._rest_s = _FIRST_REST_S

    @property
    def rests(self) -> bool:
        """Whether it asked for a rest that is not over."""
        return self._clock.monotonic() < self._rests_until

    def rest(self, seconds: float | None) -> None:
        """Send no orders for so long; where the upstream does not say, longer each time."""
        self._rests_until = self._clock.monotonic() + (self._rest_s if seconds is None else seconds)
        self._rest_s = min(_LONGEST_REST_S, self._rest_s * 2)

    def recover(self) -> None:
        """It takes orders again."""
        self._rest_s = _FIRST_REST_S

    def take(self) -> float:
        """Take the next place in line: how many seconds to wait before sending."""
        now = self._clock.monotonic()
        at = max(self._next, now)
        self._next = at + self._gap_s
        return at - now

    async def turn(self) -> None:
        """Wait for the next place in line."""
        await asyncio.sleep(self.take())
