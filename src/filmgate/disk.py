"""How much room a disk has."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from filmgate.errors import Unavailable

LEAST_FREE = 64 << 20
"""Bytes that stay free; of a small disk 2 % of it."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a disk has free, and what of it is kept, in bytes."""

    free: int
    kept: int

    @property
    def short(self) -> bool:
        """Whether nothing large should be begun."""
        return self.free < self.kept

    def __str__(self) -> str:
        return f"{self.free / 2**20:.1f} MiB are free, and {self.kept / 2**20:.1f} are kept so"


def room_at(folder: Path) -> Room:
    """The room of the disk that a folder lies on.

    Raises:
        Unavailable: the disk cannot be looked at.
    """
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        raise Unavailable(f"The disk of {folder} cannot be looked at") from error
    return Room(usage.free, min(LEAST_FREE, usage.total // 50))
