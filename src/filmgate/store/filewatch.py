"""Sees that a database's file is still the one that was opened.

SQLite writes on into a file that nobody can find any more, and says that all is well.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from filmgate.errors import Unavailable

log = logging.getLogger(__name__)

_Identity = tuple[int, int]


class FileWatch:
    """Compares device and inode of the file and of its write-ahead log with what they were."""

    def __init__(self, path: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._monotonic = monotonic
        self._files = (path, path.with_name(f"{path.name}-wal"))
        self._opened: dict[Path, _Identity] = {}
        self._looked = -1.0
        self._gone = False

    def check(self, *, every_s: float = 0.0) -> None:
        """Look, unless somebody did within `every_s` seconds.

        Raises:
            Unavailable: the file was removed or replaced; what is written now would be lost.
        """
        now = self._monotonic()
        if now - self._looked >= every_s:
            self._looked = now
            self._look()
        if self._gone:
            raise Unavailable("The database's file was removed or replaced")

    def _look(self) -> None:
        there = [self._is_there(file) for file in self._files]
        gone = not all(there)
        if gone and not self._gone:
            log.error("the database %s was removed or replaced: nothing is written", self._path)
        if self._gone and not gone:
            log.info("the database %s is back", self._path)
        self._gone = gone

    def _is_there(self, file: Path) -> bool:
        try:
            found = file.stat()
        except OSError:
            return file not in self._opened and file != self._path
        identity = (found.st_dev, found.st_ino)
        return self._opened.setdefault(file, identity) == identity
