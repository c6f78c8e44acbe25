"""Worker processes, and the beats by which their leases live."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One worker process. Times are Unix seconds; `trouble` is why it claims nothing, if so."""

    id: str
    engine: str
    host: str
    pid: int
    started_at: float
    seen_at: float
    trouble: str | None = None
    gpus: str | None = None
    place: str | None = None


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
