"""Several HTTP processes on one port, here behind a pooler; one that dies is followed."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.support import pg
from tests.support.bouncer import Bouncer

from filmgate.testing.served import Served, served

pytestmark = pytest.mark.process


@pytest.fixture
def bouncer(postgres_server: pg.Server) -> Iterator[Bouncer]:
    try:
        bouncer = Bouncer(postgres_server, pool=4)
    except FileNotFoundError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    yield bouncer
    bouncer.stop()


def answering(server: Served) -> list[int]:
    """The HTTP processes."""
    return sorted(pid for pid, line in server.children().items() if "processes.http" in line)


def listeners(port: int) -> int:
    """How many sockets listen on a port of the loopback, as the kernel lists them."""
    lines = Path("/proc/net/tcp").read_text().splitlines()
    return sum(f"0100007F:{port:04X} 00000000:0000 0A" in line for line in lines)


def ask_anew(server: Served, path: str) -> httpx2.Response:
    """A request by a connection of its own, which may reach any of them."""
    key = {"authorization": f"Bearer {server.key}"}
    return httpx2.get(server.url + path, headers=key, trust_env=False, timeout=60)


def test_two_processes_share_a_port(
    tmp_path: Path, postgres_server: pg.Server, bouncer: Bouncer
) -> None:
    url = bouncer.address(asyncio.run(postgres_server.fresh()))
    settings = {"database_url": url, "database_pooled": "true", "http_processes": "2"}
    with served(tmp_path / "data", **settings) as server:
        server.until(lambda: len(answering(server)) == 2)
        server.until(lambda: listeners(server.port) == 2)
        video = server.create("a cat")
        for _ in range(40):
            assert ask_anew(server, f"/v1/videos/{video['id']}").status_code == 200
        server.wait(video["id"], "completed", seconds=60)
        told = ask_anew(server, "/metrics").text
        assert 'filmgate_videos_created_total{model="sora-1.0"} 1.0' in told, "counted together"
        reads = 'method="GET",route="/v1/videos/{video_id}",status="200"'
        [line] = [one for one in told.splitlines() if "requests_total" in one and reads in one]
        assert float(line.rpartition(" ")[2]) >= 40
        killed = answering(server)[0]
        os.kill(killed, signal.SIGKILL)
        server.until(lambda: killed not in answering(server) and len(answering(server)) == 2, 60)
        for _ in range(10):
            assert ask_anew(server, "/healthz").status_code == 200
        assert server.stop() == 0
        with pytest.raises(httpx2.ConnectError):
            ask_anew(server, "/healthz")
