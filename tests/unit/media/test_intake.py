"""The process that reads a film which somebody sent: it ends, whatever the film does to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.media.films import film

from filmgate.domain.footage import Footage
from filmgate.domain.shape import Shape
from filmgate.errors import InvalidVideo
from filmgate.media import intake
from filmgate.media.probe import prove

SMALL = Shape(width=64, height=64, fps=1, duration_ms=1000)


async def test_a_film_is_measured_and_made_anew(tmp_path: Path) -> None:
    shape = Shape(width=128, height=128, fps=12, duration_ms=1000)
    with film(tmp_path / "a.mp4").open("rb") as file:
        found = (await intake.look_at(file, 2000)).footage
        await intake.rewrite(file, tmp_path / "b.mp4", shape)
    assert found == Footage(width=160, height=90, fps=24, duration_ms=1000)
    prove(tmp_path / "b.mp4", shape)


async def test_what_is_wrong_comes_back(tmp_path: Path) -> None:
    with (
        film(tmp_path / "a.mp4").open("rb") as file,
        pytest.raises(InvalidVideo, match=r"lasts 1 s; at most 0\.5 are taken"),
    ):
        await intake.look_at(file, 500)


async def test_a_reader_that_dies_is_a_film_that_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake.sys, "executable", "/bin/false")  # type: ignore[attr-defined]
    with (
        film(tmp_path / "a.mp4").open("rb") as file,
        pytest.raises(InvalidVideo, match="within what reading a film may take"),
    ):
        await intake.rewrite(file, tmp_path / "b.mp4", SMALL)


async def test_a_reader_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LOOK_S", 0)
    before = children()
    with (
        film(tmp_path / "a.mp4").open("rb") as file,
        pytest.raises(InvalidVideo, match="longer to read"),
    ):
        await intake.look_at(file, 2000)
    assert children() == before


def children() -> str:
    return Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()


BOUNDED = """
from filmgate.media.sandbox import confine
confine(5)
try:
    bytearray(5 << 30)
except MemoryError:
    print("bounded")
"""


def test_the_reader_cannot_take_all_memory() -> None:
    done = subprocess.run([sys.executable, "-c", BOUNDED], capture_output=True, check=True)
    assert done.stdout == b"bounded\n"
