"""A shared database, as it answered to a look."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A PostgreSQL as it answered. `revision` is None where no server has made its tables yet."""

    role: str
    name: str
    version: str
    most: int
    used: int
    may_create: bool
    may_write: bool
    standby: bool
    now: float
    revision: str | None
