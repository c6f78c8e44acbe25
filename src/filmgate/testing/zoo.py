"""Engines that misbehave by name: a prompt `zoo:slow` gets the animal `slow`.

For the tests of the house, and free for authors of engines and operators who want to see what a
server does when its engine goes wrong. A prompt that names no animal gets a plain film.
"""

import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from filmgate.domain.video import Video
from filmgate.engines.base import Report
from filmgate.errors import GenerationFailed
from filmgate.testing.engines import Plain

__all__ = ["Zoo"]

Films = list[Path]
Animal = Callable[[Video, Path, Report], Films | None]

_STEP_S = 0.02


class Zoo(Plain):
    """Does what its animal does; then, if the animal made no film itself, makes a plain one."""

    def _films(self, video: Video, scratch: Path, report: Report) -> Films:
        name = video.request.prompt.partition("zoo:")[2].split(" ")[0]
        animal = ANIMALS.get(name)
        films = animal(video, scratch, report) if animal else None
        return super()._films(video, scratch, report) if films is None else films


class DiesInOpen(Plain):
    """Kills its process while it opens."""

    async def open(self) -> None:
        """Die."""
        os.kill(os.getpid(), signal.SIGKILL)


def _slow(video: Video, scratch: Path, report: Report) -> None:
    """Takes a second for each second of film."""
    steps = int(video.request.shape.duration_ms / 1000 / _STEP_S)
    for step in range(steps):
        report.progress(step / steps * 0.9)
        time.sleep(_STEP_S)


def _until(video: Video, scratch: Path, report: Report) -> None:
    """Works until there is a file of the name that follows: `zoo:until /tmp/go`."""
    gate = Path(video.request.prompt.partition("zoo:until ")[2])
    while not gate.exists():
        report.progress(0.5)
        time.sleep(_STEP_S)


def _die(video: Video, scratch: Path, report: Report) -> None:
    """Kills its process half-way, every time."""
    report.progress(0.5)
    os.kill(os.getpid(), signal.SIGKILL)


def _die_once(video: Video, scratch: Path, report: Report) -> None:
    """Kills its process on the first attempt only."""
    if video.attempt == 1:
        _die(video, scratch, report)


def _hang(video: Video, scratch: Path, report: Report) -> None:
    """Never comes back, and reports nothing."""
    while True:
        time.sleep(3600)


def _freeze(video: Video, scratch: Path, report: Report) -> None:
    """Hangs in native code and holds the interpreter's lock: nothing else runs in the process."""
    ctypes.PyDLL(None).sleep(3600)


def _deaf(video: Video, scratch: Path, report: Report) -> None:
    """Works for two seconds without asking whether it should stop."""
    time.sleep(2)


def _late(video: Video, scratch: Path, report: Report) -> None:
    """Does all the work, then raises."""
    report.progress(0.99)
    raise RuntimeError("raised at the very end")


def _refuse(video: Video, scratch: Path, report: Report) -> None:
    """Says that it will not make this."""
    raise GenerationFailed("Not this prompt", failure="content_policy_violation")


def _garbage(video: Video, scratch: Path, report: Report) -> Films:
    """Writes bytes that are no film."""
    film = scratch / "0.mp4"
    film.write_bytes(os.urandom(10_000))
    return [film]


def _nothing(video: Video, scratch: Path, report: Report) -> Films:
    """Returns a path at which there is nothing."""
    return [scratch / "0.mp4"]


def _memory(video: Video, scratch: Path, report: Report) -> None:
    """Runs out of memory."""
    raise MemoryError


ANIMALS: dict[str, Animal] = {
    "slow": _slow,
    "until": _until,
    "die": _die,
    "die_once": _die_once,
    "hang": _hang,
    "freeze": _freeze,
    "deaf": _deaf,
    "late": _late,
    "refuse": _refuse,
    "garbage": _garbage,
    "nothing": _nothing,
    "memory": _memory,
}
