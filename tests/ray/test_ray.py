"""Two servers and the workers of two machines, placed by Ray: nothing is lost, nothing is twice.

Each step goes on where the last one ended, for a cluster takes long to start.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tests.ray.cluster import Cluster
from tests.support import pg, s3

from filmgate.testing.served import NO_WORKERS, Served, alive, served

pytestmark = pytest.mark.process

FILMS = ["0.jpg", "0.mp4", "0.webp", "outputs.json"]
SCALE = {"most": 4, "wait_s": 1, "idle_minutes": 0.02}
ENGINE = {"kind": "filmgate.testing.zoo:Zoo", "workers": 0, "gpus": 1, "scale": SCALE}
PATIENCE_S = 180


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.close()


class Fleet:
    """The launcher of a cluster, as an operator runs it."""

    def __init__(self, cluster: Cluster, server: Served, data: Path) -> None:
        own = {"FILMGATE_DATA": str(data), "FILMGATE_ENGINES": json.dumps({"animatic": ENGINE})}
        self._variables = server.environment() | own
        argv = ("workers", "up", "--launcher", "ray", "--address", cluster.address)
        self.up = subprocess.Popen([*FILMGATE, *argv, "--every", "0.3"], env=self._variables)

    def run(self, *words: str) -> str:
        argv = [*FILMGATE, "workers", *words]
        return subprocess.run(
            argv, env=self._variables, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def stations(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("--json"))
        return found


FILMGATE = (sys.executable, "-m", "filmgate")


def ask(url: str, question: str) -> Any:
    async def fetch() -> Any:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def test_a_fleet_lives_through_its_deaths(
    tmp_path: Path, postgres_server: pg.Server, cluster: Cluster
) -> None:
    bucket = s3.Server()
    url = asyncio.run(postgres_server.fresh())
    times = {"beat_s": "0.3", "lease_s": "5", "grace_s": "10"}
    shared = {"database_url": url, **bucket.settings(), **times, "max_running": "0"}
    with (
        served(tmp_path / "a", engines=NO_WORKERS, **shared) as one,
        served(tmp_path / "b", engines=NO_WORKERS, **shared) as two,
    ):
        made: list[str] = []
        fleet = Fleet(cluster, one, tmp_path / "c")

        def line_up(count: int) -> None:
            for number in range(count):
                server = (one, two)[number % 2]
                made.append(server.create("zoo:slow", duration=3)["id"])

        def settled() -> int:
            return int(ask(url, "SELECT count(*) FROM videos WHERE state = 'completed'"))

        try:
            line_up(20)
            one.until(lambda: len(fleet.stations()) == 4, PATIENCE_S)
            held = {(row["node"], row["gpu"]) for row in fleet.stations()}
            assert held == {("one", "0"), ("one", "1"), ("two", "0"), ("two", "1")}
            for worker in cluster.one.berths().values():
                environment = Path(f"/proc/{worker}/environ").read_text().split("\0")
                assert (
                    "CUDA_VISIBLE_DEVICES=0" in environment
                    or "CUDA_VISIBLE_DEVICES=1" in environment
                )

            actor, worker = next(iter(cluster.one.berths().items()))
            os.kill(actor, signal.SIGKILL)
            one.until(lambda: not alive(worker), PATIENCE_S)
            one.until(lambda: len(cluster.one.berths()) == 2, PATIENCE_S)

            fleet.run("drain", "two")
            line_up(4)
            one.until(lambda: cluster.two.berths() == {}, PATIENCE_S)
            assert {row["node"] for row in fleet.stations()} == {"one"}

            fleet.run("resume", "two")
            line_up(16)
            one.until(lambda: len(cluster.two.berths()) > 0, PATIENCE_S)
            cluster.two.kill()

            one.until(lambda: settled() == len(made), PATIENCE_S)
            one.until(lambda: cluster.one.berths() == {}, PATIENCE_S)
            assert fleet.up.poll() is None
        finally:
            fleet.up.terminate()
            fleet.up.wait(60)
        assert all(bucket.files(video_id) == FILMS for video_id in made)
        assert ask(url, "SELECT count(*) FROM ledger WHERE kind = 'capture'") == len(made)
        assert ask(url, "SELECT count(*) FROM ledger WHERE kind = 'release'") == 0
    bucket.stop()
