"""Two servers and the workers of two machines, placed by Ray: nothing is lost, nothing is twice.

Each step goes on where the last one ended, for a cluster takes long to start. Videos wait for a
file before they are made, so no step depends on how fast the machine is.
"""

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tests.ray.cluster import PYTHON, Cluster
from tests.support import pg, s3

from filmgate.testing.served import NO_WORKERS, Served, alive, served

pytestmark = pytest.mark.process

FILMS = ["0.jpg", "0.mp4", "0.webp", "outputs.json"]
SCALE = {"most": 4, "wait_s": 1, "idle_minutes": 0.02}
ENGINE = {"kind": "filmgate.testing.zoo:Zoo", "workers": 0, "gpus": 1, "scale": SCALE}
PLACES = {("one", "0"), ("one", "1"), ("two", "0"), ("two", "1")}
PATIENCE_S = 400


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.close()


@pytest.fixture
def bucket() -> Iterator[s3.Server]:
    bucket = s3.Server()
    yield bucket
    bucket.stop()


class Fleet:
    """The launcher of a cluster, as an operator runs it."""

    def __init__(self, cluster: Cluster, server: Served, data: Path) -> None:
        self._server = server
        own = {"FILMGATE_DATA": str(data), "FILMGATE_ENGINES": json.dumps({"animatic": ENGINE})}
        self._variables = server.environment() | own
        argv = ("workers", "up", "--launcher", "ray", "--address", cluster.address)
        self.up = subprocess.Popen([*self._filmgate, *argv, "--every", "0.3"], env=self._variables)

    @property
    def _filmgate(self) -> tuple[str, ...]:
        return os.environ[PYTHON], "-m", "filmgate"

    def run(self, *words: str) -> str:
        """An operator's command."""
        argv = [*self._filmgate, "workers", *words]
        return subprocess.run(
            argv, env=self._variables, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def until_busy(self, count: int, *, but: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
        """Wait for so many workers with a video in hand, beside some; what they are."""
        found: list[dict[str, Any]] = []

        def enough() -> bool:
            assert self.up.poll() is None, "the launcher ended"
            rows = json.loads(self.run("--json"))
            found[:] = [row for row in rows if row["video"] and row["worker"] not in but]
            return len(found) == count

        self._server.until(enough, PATIENCE_S)
        return found

    def stop(self) -> None:
        """End the launcher; what it placed goes on."""
        self.up.terminate()
        self.up.wait(60)


def ask(url: str, question: str) -> Any:
    """What one statement finds."""

    async def fetch() -> Any:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def placed(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["node"], row["gpu"]) for row in rows}


def devices(worker: int) -> str:
    """What a process was given, as its environment says."""
    variables = Path(f"/proc/{worker}/environ").read_text().split("\0")
    return dict(one.partition("=")[::2] for one in variables)["CUDA_VISIBLE_DEVICES"]


def test_a_fleet_lives_through_its_deaths(
    tmp_path: Path, postgres_server: pg.Server, cluster: Cluster, bucket: s3.Server
) -> None:
    url = asyncio.run(postgres_server.fresh())
    times = {"beat_s": "0.5", "lease_s": "10", "grace_s": "10", "max_running": "0"}
    shared = {"database_url": url, **bucket.settings(), **times}
    made: list[str] = []
    with (
        served(tmp_path / "a", engines=NO_WORKERS, **shared) as one,
        served(tmp_path / "b", engines=NO_WORKERS, **shared) as two,
    ):

        def line_up(prompt: str, count: int, **fields: Any) -> None:
            for number in range(count):
                made.append((one, two)[number % 2].create(prompt, **fields)["id"])

        def settled() -> bool:
            done = "SELECT count(*) FROM videos WHERE state = 'completed'"
            return int(ask(url, done)) == len(made)

        fleet = Fleet(cluster, one, tmp_path / "c")
        try:
            # From nothing: a model that nobody has made is worth one worker, which measures it.
            line_up("a cat", 1)
            one.until(settled, PATIENCE_S)

            # Four are wanted, and each gets a GPU of its own.
            first = tmp_path / "first"
            line_up(f"zoo:until {first}", 10, duration=20)
            busy = fleet.until_busy(4)
            assert placed(busy) == PLACES
            berths = cluster.one.berths()
            assert {devices(worker) for worker in berths.values()} == {"0", "1"}

            # An actor is killed, and its worker with it: Ray starts the actor again.
            actor, worker = next(iter(berths.items()))
            os.kill(actor, signal.SIGKILL)
            one.until(lambda: not alive(worker), PATIENCE_S)
            one.until(lambda: len(cluster.one.berths()) == 2, PATIENCE_S)
            fleet.until_busy(4)

            # A node is drained: what it has goes on, then its workers go; and all go in the end.
            fleet.run("drain", "two")
            first.touch()
            one.until(lambda: cluster.two.berths() == {}, PATIENCE_S)
            one.until(settled, PATIENCE_S)
            one.until(lambda: cluster.one.berths() == {}, PATIENCE_S)

            # A machine vanishes with two videos in hand.
            fleet.run("resume", "two")
            second = tmp_path / "second"
            line_up(f"zoo:until {second}", 6, duration=20)
            assert placed(fleet.until_busy(4)) == PLACES
            cluster.two.kill()
            second.touch()
            one.until(settled, PATIENCE_S)
            one.until(lambda: cluster.one.berths() == {}, PATIENCE_S)
            assert fleet.up.poll() is None
        finally:
            fleet.stop()
    assert all(bucket.files(video_id) == FILMS for video_id in made)
    for counted in ("*", "DISTINCT video_id"):
        question = f"SELECT count({counted}) FROM ledger WHERE kind = 'capture'"
        assert ask(url, question) == len(made)
    assert ask(url, "SELECT count(*) FROM ledger WHERE kind = 'release'") == 0
