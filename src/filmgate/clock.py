"""Time, as a value that is handed down: code that needs it takes a `Clock`."""

import time
from typing import Protocol


class Clock(Protocol):
    """Where time comes from. Tests own theirs (`filmgate.testing.clock`)."""

    def now(self) -> float:
        """Wall time in Unix seconds. May jump; never measure an age with it."""
        ...

    def monotonic(self) -> float:
        """Seconds since some fixed moment of this process. Never goes back."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> float:
        """Wall time in Unix seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Monotonic seconds."""
        return time.monotonic()
