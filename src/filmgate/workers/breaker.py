"""Stops a worker whose engine fails one video after another."""

from filmgate.clock import Clock
from filmgate.domain.states import Failure
from filmgate.pauses import pauses
from filmgate.workers.outcome import Completed, Failed, Outcome

IN_A_ROW = 3
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 60.0

_ENGINES_FAULT = frozenset({Failure.ENGINE, Failure.OUT_OF_MEMORY, Failure.TIMEOUT})


class Breaker:
    """After three failures in a row it lets one video pass now and then, until one is completed.

    What a caller is to blame for (a refused prompt, a bad picture) does not count.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._row = 0
        self._pauses = pauses(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        self._until = 0.0

    @property
    def tripped(self) -> bool:
        """Whether one video at a time is to be tried, to see whether the engine is well again."""
        return self._row >= IN_A_ROW

    def note(self, outcome: Outcome) -> None:
        """Take what became of a video."""
        match outcome:
            case Completed():
                self._row, self._pauses = 0, pauses(FIRST_PAUSE_S, LONGEST_PAUSE_S)
            case Failed(problem) if problem.code in _ENGINES_FAULT:
                self._row += 1
                if self.tripped:
                    self._until = self._clock.monotonic() + next(self._pauses)

    def why(self) -> str | None:
        """Why nothing may be claimed now; None where something may."""
        if not self.tripped or self._clock.monotonic() >= self._until:
            return None
        return f"{self._row} videos failed one after the other, and none was completed"
