"""Keeps orders away from an upstream that fails, and lets one try it now and then."""

import logging

from filmgate.clock import Clock

log = logging.getLogger(__name__)

FAILURES = 3
FIRST_S = 2.0
LONGEST_S = 60.0


class Fuse:
    """Blows after some failures in a row; then one trial at a time, ever further apart."""

    def __init__(self, name: str, clock: Clock) -> None:
        self._name = name
        self._clock = clock
        self._failures = 0
        self._pause_s = FIRST_S
        self._open_until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether it keeps orders away, but for trials."""
        return self._open_until is not None

    def allows(self) -> bool:
        """Whether an order may go out now."""
        return self._open_until is None or self._clock.monotonic() >= self._open_until

    def begin(self) -> None:
        """An order goes out: while open it is the trial, and the next must wait for its end."""
        if self._open_until is not None:
            self._open_until = self._clock.monotonic() + self._pause_s

    def close(self) -> None:
        """An answer came: close."""
        if self._open_until is not None:
            log.info("the upstream %s is back", self._name)
        self._failures, self._pause_s, self._open_until = 0, FIRST_S, None

    def fail(self) -> None:
        """No useful answer came."""
        self._failures += 1
        if self._failures < FAILURES:
            return
        if self._open_until is None:
            log.warning("the upstream %s gets no orders for now: it fails", self._name)
        else:
            self._pause_s = min(LONGEST_S, self._pause_s * 2)
        self._open_until = self._clock.monotonic() + self._pause_s
