"""The code from before the newest migration goes on beside the new schema, until its turn comes.

A server that runs is not asked to start: its children may die and be followed, its worker makes
what the new server takes in, and the other way round.
"""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support import pg

from filmgate.store import migrations
from filmgate.testing.served import NO_WORKERS, Served, served

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
NEWEST = max(Path(migrations.__file__).parent.glob("versions/0*.py"))


def git(*arguments: str) -> bytes:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no history here: {done.stderr.decode().strip()[:200]}")
    return done.stdout


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The package as it was when the newest migration was not there."""
    name = NEWEST.relative_to(ROOT)
    found = ("log", "-1", "--first-parent", "-m", "--diff-filter=A", "--format=%H")
    added = git(*found, "--", str(name)).decode().strip()
    assert added, f"no commit adds {NEWEST.name}"
    packed = git("archive", f"{added}^", "src")
    folder = tmp_path / "before"
    folder.mkdir()
    subprocess.run(["tar", "--extract", "--directory", folder], input=packed, check=True)
    assert not (folder / name).exists()
    return folder / "src"


def listed(server: Served) -> list[str]:
    return [video["id"] for video in server.client.get("/v1/videos").json()["data"]]


def test_the_release_before_goes_on_beside_the_new_schema(
    tmp_path: Path, postgres_server: pg.Server, before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = {
        "database_url": asyncio.run(postgres_server.fresh()),
        "storage": f"file://{tmp_path / 'films'}",
        "beat_s": "0.5",
        "lease_s": "5",
    }
    (tmp_path / "films").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(before))
    origin = [sys.executable, "-P", "-c", "import filmgate; print(filmgate.__file__)"]
    assert subprocess.run(origin, capture_output=True, check=True, text=True).stdout.startswith(
        str(before)
    )
    with served(tmp_path / "old", **shared) as old:
        monkeypatch.delenv("PYTHONPATH")
        slow = old.create("zoo:slow", duration=3)
        old.wait(slow["id"], "processing", seconds=60)
        with served(tmp_path / "new", engines=NO_WORKERS, **shared) as new:
            old.wait(slow["id"], "completed", seconds=60)
            for one, other in ((old, new), (new, old)):
                video = one.create("a cat")
                other.wait(video["id"], "completed", seconds=60)
                assert listed(one) == listed(other)
                assert other.client.delete(f"/v1/videos/{video['id']}").status_code == 200
                assert one.client.get(f"/v1/videos/{video['id']}").status_code == 404
            os.kill(old.child("processes.http"), signal.SIGKILL)
            os.kill(old.child("processes.worker"), signal.SIGKILL)
            old.until(old.ready, 60)
            again = new.create("a dog")
            old.wait(again["id"], "completed", seconds=60)
            assert old.stop(seconds=60) == 0
        with served(tmp_path / "new", **shared) as new:
            last = new.create("a bird")
            new.wait(last["id"], "completed", seconds=60)
            assert new.video(slow["id"])["status"] == "completed"
