"""What accounts try that leaves no row: dry runs, and pictures of creates that came to nothing."""

from collections import Counter

from filmgate.clock import Clock
from filmgate.domain.admission import MINUTE_S


class Attempts:
    """Counts attempts of the last minute or so in this process; they share the limit of creates."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = clock.monotonic()
        self._counts: Counter[str] = Counter()

    def of(self, account_id: str) -> int:
        """How many an account has made in this minute."""
        if self._clock.monotonic() - self._began >= MINUTE_S:
            self._began = self._clock.monotonic()
            self._counts.clear()
        return self._counts[account_id]

    def add(self, account_id: str) -> None:
        """Count one more."""
        self._counts[account_id] = self.of(account_id) + 1

    def take_back(self, account_id: str) -> None:
        """Count one less: it has become a create, which is counted in its row."""
        self._counts[account_id] = max(0, self.of(account_id) - 1)
