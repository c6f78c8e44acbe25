"""What can become of a claimed video. This list is closed: `recorder` writes each of them."""

import errno
import logging
from dataclasses import dataclass
from typing import TypeAlias

from filmgate.domain.states import Failure
from filmgate.domain.video import Problem
from filmgate.errors import GenerationFailed, Stopped, StorageFull
from filmgate.workers.publisher import Stored

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Completed:
    """Its films are proved and stored."""

    stored: Stored


@dataclass(frozen=True, slots=True)
class Failed:
    """It will never have films."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Somebody else decides over it: its owner, the next holder of its lease, or a shutdown."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """Nothing is wrong with it: there is no room. It goes back, its attempt unspent."""

    why: str


Outcome: TypeAlias = Completed | Failed | Withdrawn | Postponed


def outcome_of(error: Exception) -> Outcome:
    """What an attempt that ended with an error comes to. What is no outcome is raised."""
    match error:
        case Stopped():
            return Withdrawn()
        case GenerationFailed():
            return Failed(Problem(code=error.failure, message=error.message))
        case StorageFull():
            return Postponed(error.message)
        case OSError(errno=errno.ENOSPC):
            return Postponed("The worker's disk is full")
        case MemoryError():
            why = "The engine ran out of memory"
            return Failed(Problem(code=Failure.OUT_OF_MEMORY, message=why))
        case OSError():
            log.error("the scratch folder cannot be used", exc_info=error)
            why = "The worker cannot use its scratch folder; the server's log says more"
            return Failed(Problem(code=Failure.ENGINE, message=why))
        case _:
            raise error
