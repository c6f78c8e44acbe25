"""A worker's scratch folder, and the lock in it that the kernel lets go of when the worker dies."""

import fcntl
import logging
import os
import shutil
from collections.abc import Container
from pathlib import Path

from filmgate.services.workers import Workers

log = logging.getLogger(__name__)

_LOCK = "alive"
_DRAFT = ".new-"


def occupy(folder: Path) -> int:
    """Make a scratch folder with its lock held, for as long as this process lives.

    The folder gets its name only once the lock is held, so that nobody takes it for abandoned.
    """
    draft = folder.with_name(_DRAFT + folder.name)
    draft.mkdir(parents=True)
    descriptor = os.open(draft / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    draft.rename(folder)
    return descriptor


def abandoned_folders(root: Path) -> list[Path]:
    """The scratch folders under `root` whose workers are dead."""
    found = sorted(root.iterdir()) if root.is_dir() else []
    return [path for path in found if not path.name.startswith(_DRAFT) and _is_free(path / _LOCK)]


def _is_free(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


class Undertaker:
    """Takes the leases of this folder's dead workers at once, and clears what they left.

    It knows nothing of how they died, so it leaves alone those of `but`, whom somebody who knows
    is about to bury.
    """

    def __init__(self, *, workers: Workers, root: Path, but: Container[str] = ()) -> None:
        self._workers = workers
        self._root = root
        self._but = but

    async def run_once(self) -> int:
        """Bury every dead worker; return how many."""
        dead = abandoned_folders(self._root)
        folders = [folder for folder in dead if folder.name not in self._but]
        for folder in folders:
            for video in await self._workers.bury(folder.name):
                log.warning("%s was held by a dead worker: %s", video.id, video.fate)
            shutil.rmtree(folder, ignore_errors=True)
        return len(folders)
