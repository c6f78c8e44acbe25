"""Worker processes, and the beats by which their leases live."""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Beat:
    """What a watcher of leases compares: a lease whose beat stands still is dying."""

    video_id: str
    token: int
    beat: int
