"""Worker processes, the models that they make, and the beats by which their leases live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Readiness(StrEnum):
    """How far a model is from making films; the best comes first."""

    READY = "ready"
    """The next video of it starts at once."""
    LOADING = "loading"
    """It will be ready; its videos wait."""
    IDLE = "idle"
    """It is loaded when a video of it is due."""
    FAILED = "failed"
    """It could not be loaded."""
    UNAVAILABLE = "unavailable"
    """Nobody here can make it."""


_BEST = list(Readiness)


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model as a worker has it; `why` is for anybody's eyes: no path, no secret."""

    readiness: Readiness
    why: str | None = None


def best_of(states: Iterable[ModelState]) -> ModelState | None:
    """What a caller may count on of a model that several workers have; None of no worker."""
    return min(states, key=lambda state: _BEST.index(state.readiness), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a worker is: why it claims nothing, if so, and what it tells of its models."""

    trouble: str | None = None
    models: Mapping[str, ModelState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One worker process. Times are Unix seconds."""

    id: str
    engine: str
    host: str
    pid: int
    started_at: float
    seen_at: float
    gpus: str | None = None
    place: str | None = None
    condition: Condition = Condition()


class Death(StrEnum):
    """How a worker ended, as far as anybody knows."""

    UNKNOWN = "unknown"
    """With its supervisor or its machine, or unseen: nothing is held against its videos."""
    ALONE = "alone"
    """While its supervisor lived: a strike against what it held."""
    OUT_OF_MEMORY = "out_of_memory"
    """By the kernel, for want of memory: a strike of that kind."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What a watcher of leases compares: a lease whose beat stands still is dying."""

    video_id: str
    token: int
    beat: int
