"""A clock that a test owns."""

__all__ = ["ManualClock"]


class ManualClock:
    """Stands still until it is moved. Wall and monotonic time move apart at a test's wish."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self._now = now
        self._monotonic = 0.0

    def now(self) -> float:
        """Wall time in Unix seconds."""
        return self._now

    def monotonic(self) -> float:
        """Monotonic seconds."""
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds
        self._monotonic += seconds

    def jump(self, seconds: float) -> None:
        """Set the wall clock off, as a wrong NTP server does; no time passes."""
        self._now += seconds
