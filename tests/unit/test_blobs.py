"""What a death in the midst of storing leaves is seen and removed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from filmgate.blobs import Blobs

_DIES_WHILE_STORING = """
import os, signal, sys, time
import obstore
from obstore.store import LocalStore

def pieces():
    yield bytes(12 << 20)
    print("half", flush=True)
    time.sleep(60)
    yield bytes(1)

obstore.put(LocalStore(sys.argv[1], automatic_cleanup=True), "videos/v/1/0.mp4", pieces())
"""


def torn(root: Path) -> None:
    """Kill a process that is in the midst of storing a film."""
    child = subprocess.Popen(
        [sys.executable, "-c", _DIES_WHILE_STORING, str(root)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    with child, child.stdout:
        assert child.stdout.readline() == "half\n"
        os.kill(child.pid, signal.SIGKILL)
    assert [path.name for path in (root / "videos/v/1").iterdir()] == ["0.mp4#1"]


async def test_what_a_death_left_is_listed(tmp_path: Path) -> None:
    blobs = Blobs.local(tmp_path)
    torn(tmp_path)
    await blobs.put("videos/v/2/0.mp4", b"whole")
    assert set(await blobs.under("videos")) == {"videos/v/1/0.mp4#1", "videos/v/2/0.mp4"}


async def test_what_a_death_left_goes_with_its_folder(tmp_path: Path) -> None:
    blobs = Blobs.local(tmp_path)
    torn(tmp_path)
    assert await blobs.delete_under("videos/v") == 1
    assert await blobs.under("") == {}
    assert not (tmp_path / "videos").exists()


async def test_folders_that_are_not_empty_stay(tmp_path: Path) -> None:
    blobs = Blobs.local(tmp_path)
    for key in ("videos/v/1/a", "videos/v/2/b"):
        await blobs.put(key, b"x")
    await blobs.delete(["videos/v/1/a", "videos/v/1/never"])
    assert set(await blobs.under("videos")) == {"videos/v/2/b"}
    assert [path.name for path in (tmp_path / "videos/v").iterdir()] == ["2"]
