"""A dead worker's leases and scratch folder are taken back at once."""

import os
import subprocess
import sys
from pathlib import Path

from tests.unit.workers.acts import claim, submit

from filmgate.domain.account import Caller
from filmgate.domain.states import State
from filmgate.wiring import House
from filmgate.workers.scratch import Undertaker, abandoned_folders, occupy


def test_an_occupied_folder_is_not_abandoned(tmp_path: Path) -> None:
    descriptor = occupy(tmp_path / "worker_1")
    assert abandoned_folders(tmp_path) == []
    os.close(descriptor)
    assert abandoned_folders(tmp_path) == [tmp_path / "worker_1"]


def test_no_folder_is_no_worker(tmp_path: Path) -> None:
    assert abandoned_folders(tmp_path / "none") == []


async def test_a_dead_worker_is_buried(house: House, caller: Caller) -> None:
    root = house.settings.data / "scratch"
    code = (
        "import sys, os, pathlib; from filmgate.workers.scratch import occupy;"
        "occupy(pathlib.Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(root / "w1")], check=False)
    video = await submit(house, caller)
    await claim(house, "w1")
    living = occupy(root / "w2")
    undertaker = Undertaker(workers=house.workers, root=root)
    assert await undertaker.run_once() == 1
    assert (await house.videos.get(caller, video.id)).state is State.QUEUED
    assert [path.name for path in root.iterdir()] == ["w2"]
    os.close(living)


async def test_those_that_somebody_else_buries_are_left_alone(house: House, tmp_path: Path) -> None:
    root = tmp_path / "scratch"
    (root / "w1").mkdir(parents=True)
    mine = {"w1"}
    undertaker = Undertaker(workers=house.workers, root=root, but=mine)
    assert await undertaker.run_once() == 0
    mine.clear()
    assert await undertaker.run_once() == 1
