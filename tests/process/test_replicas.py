"""Two servers, one PostgreSQL, one bucket: any replica answers, any worker works."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.support import pg, s3
from tests.support.line import Line

from filmgate.testing.served import NO_WORKERS, Served, served

pytestmark = pytest.mark.process

FILMS = ["0.jpg", "0.mp4", "0.webp", "outputs.json"]


@pytest.fixture(scope="session")
def bucket() -> Iterator[s3.Server]:
    server = s3.Server()
    yield server
    server.stop()


@pytest.fixture
def shared(postgres_server: pg.Server, bucket: s3.Server) -> dict[str, str]:
    url = asyncio.run(postgres_server.fresh())
    times = {"beat_s": "0.2", "lease_s": "2", "grace_s": "20"}
    return {"database_url": url, **bucket.settings(), **times}


def worker(server: Served, data: Path, **changes: str) -> subprocess.Popen[bytes]:
    """`filmgate worker`, as on another machine."""
    variables = server.environment() | {"FILMGATE_DATA": str(data)} | changes
    return subprocess.Popen([sys.executable, "-m", "filmgate", "worker"], env=variables)


def test_any_replica_answers_for_any_video(
    tmp_path: Path, shared: dict[str, str], bucket: s3.Server
) -> None:
    with (
        served(tmp_path / "one", **shared) as one,
        served(tmp_path / "two", **shared, engines=NO_WORKERS, delivery="stream") as two,
    ):
        created = two.create("a cat")
        done = two.wait(created["id"], "completed")
        whole = httpx2.get(done["url"], trust_env=False)
        assert whole.status_code == 200
        path = f"/v1/videos/{created['id']}/content"
        redirected = one.client.get(path)
        assert redirected.status_code == 302
        ranged = httpx2.get(
            redirected.headers["location"], headers={"range": "bytes=4-7"}, trust_env=False
        )
        assert (ranged.status_code, ranged.content) == (206, b"ftyp")
        assert two.client.get(path, headers={"range": "bytes=4-7"}).content == b"ftyp"
        for replica in (one, two):
            head = replica.client.head(path)
            assert int(head.headers["content-length"]) == len(whole.content)
        one.client.delete(f"/v1/videos/{created['id']}")
        assert two.client.get(path).status_code == 404
        assert bucket.files(created["id"]) == []


def test_a_worker_elsewhere_takes_the_work(tmp_path: Path, shared: dict[str, str]) -> None:
    with served(tmp_path / "one", **shared, engines=NO_WORKERS) as server:
        video = server.create("a cat")
        assert video["queue"] == {"position": 1}
        elsewhere = worker(server, tmp_path / "elsewhere")
        server.wait(video["id"], "completed")
        elsewhere.terminate()
        assert elsewhere.wait(20) == 0


def test_a_worker_that_is_cut_off_loses_its_video(
    tmp_path: Path, shared: dict[str, str], postgres_server: pg.Server, bucket: s3.Server
) -> None:
    line = Line(postgres_server.socket)
    cable = shared["database_url"].replace(
        f"postgres@/{postgres_server.name(shared['database_url'])}?host={postgres_server.folder}",
        f"postgres@127.0.0.1:{line.port}/{postgres_server.name(shared['database_url'])}",
    )
    with served(tmp_path / "one", **shared, engines=NO_WORKERS) as server:
        cut_off = worker(server, tmp_path / "cut", FILMGATE_DATABASE_URL=cable)
        video = server.create("zoo:slow", duration=6)
        server.wait(video["id"], "processing")
        line.cut()
        other = worker(server, tmp_path / "other")
        server.wait(video["id"], "completed", seconds=40)
        line.mend()
        later = server.create("a dog")
        server.wait(later["id"], "completed")
        for process in (cut_off, other):
            process.terminate()
            process.wait(30)
        assert server.video(video["id"])["status"] == "completed"
        assert bucket.files(video["id"]) == FILMS, "nothing is left of the cut worker"
    line.close()


def test_films_wait_for_a_bucket_that_is_away(tmp_path: Path, shared: dict[str, str]) -> None:
    own = s3.Server()
    line = Line(own.port)
    options = own.settings()["storage_options"].replace(str(own.port), str(line.port))
    settings = shared | {"storage_options": options}
    with served(tmp_path / "one", **settings) as server:
        video = server.create("zoo:slow", duration=1)
        server.wait(video["id"], "processing")
        line.cut()
        server.until(lambda: f"{video['id']} waits: " in server.log(), seconds=60)
        assert server.video(video["id"])["status"] == "processing"
        line.mend()
        server.wait(video["id"], "completed", seconds=60)
    line.close()
    own.stop()


def test_a_rolling_restart_fails_nothing(tmp_path: Path, shared: dict[str, str]) -> None:
    with served(tmp_path / "one", **shared) as one, served(tmp_path / "two", **shared) as two:
        replicas = [one, two]
        made: list[str] = []
        wrong: list[str] = []
        stop = threading.Event()

        def load() -> None:
            """Ask one replica after the other; a refused connection goes on to the next."""
            body = {"model": "sora-1.0", "prompt": "x", "duration": 1, "size": "128x128", "fps": 2}
            while not stop.wait(0.05):
                for replica in replicas:
                    try:
                        answer = replica.client.post("/v1/videos", json=body)
                    except httpx2.ConnectError:
                        continue
                    except httpx2.TransportError as error:
                        wrong.append(repr(error))
                        continue
                    (made if answer.status_code == 200 else wrong).append(answer.json()["id"])

        loading = threading.Thread(target=load)
        loading.start()
        for replica in replicas:
            assert replica.stop() == 0
            replica.start()
        stop.set()
        loading.join()
        assert wrong == []
        assert len(made) > 10
        for video_id in made:
            one.wait(video_id, "completed", seconds=60)
