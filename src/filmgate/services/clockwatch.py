"""Whether the wall clock is to be believed: what is removed by its word never comes back."""

import logging

from filmgate.clock import Clock

log = logging.getLogger(__name__)

TOLERANCE_S = 60.0
DOUBT_S = 6 * 3600.0


class ClockWatch:
    """Compares the wall clock with the monotonic one at each look.

    After a jump it is doubted for some hours: long enough for somebody, or NTP, to set it right.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apart_s = clock.now() - clock.monotonic()
        self._doubted_until = clock.monotonic()

    def trusted(self) -> bool:
        """Whether the two clocks have gone on together for the last hours."""
        monotonic = self._clock.monotonic()
        apart_s = self._clock.now() - monotonic
        jumped_s, self._apart_s = apart_s - self._apart_s, apart_s
        if abs(jumped_s) > TOLERANCE_S:
            self._doubted_until = monotonic + DOUBT_S
            log.error(
                "the clock jumped by %.0f s: nothing is removed by age for %g hours",
                jumped_s, DOUBT_S / 3600,
            )  # fmt: skip
        return monotonic >= self._doubted_until
