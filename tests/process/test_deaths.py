"""Whatever dies, a video that was acknowledged is made once or fails with a reason."""

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from filmgate.testing.served import Served, alive, served

pytestmark = pytest.mark.process

FILMS = ["0.jpg", "0.mp4", "0.webp", "outputs.json"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, beat_s="0.2", lease_s="1", grace_s="10") as server:
        yield server
        assert books(tmp_path) == {"charged": 0, "settled": 0, "kept": 0}


def books(data: Path) -> dict[str, int]:
    """In how many videos and accounts money and truth differ."""
    wrong = {
        "charged": "SELECT COUNT(*) FROM videos v WHERE v.price * (v.state = 'completed') <> "
        "(SELECT COALESCE(-SUM(balance + held), 0) FROM ledger WHERE video_id = v.id)",
        "settled": "SELECT COUNT(*) FROM videos v WHERE (v.state IN ('completed', 'failed')) <> "
        "(SELECT COUNT(*) FROM ledger WHERE video_id = v.id AND kind <> 'hold')",
        "kept": "SELECT COUNT(*) FROM accounts a WHERE balance <> "
        "(SELECT COALESCE(SUM(balance), 0) FROM ledger WHERE account_id = a.id)",
    }
    with closing(sqlite3.connect(data / "filmgate.db", timeout=10)) as rows:
        return {name: rows.execute(question).fetchone()[0] for name, question in wrong.items()}


def test_a_video_is_made(server: Served) -> None:
    video = server.create("a cat")
    assert video["status"] == "pending"
    done = server.wait(video["id"], "completed")
    assert done["progress"] == 100
    film = httpx2.get(done["url"], trust_env=False)
    assert film.status_code == 200
    assert film.content[4:8] == b"ftyp"
    assert server.files() == FILMS


def test_a_killed_worker_is_replaced_and_its_video_made(server: Served) -> None:
    video = server.create("zoo:slow", duration=2)
    server.wait(video["id"], "processing")
    os.kill(server.child("filmgate.processes.worker"), signal.SIGKILL)
    assert server.wait(video["id"], "completed")["progress"] == 100
    assert server.files() == FILMS


def test_a_video_that_kills_every_worker_fails_and_harms_no_other(tmp_path: Path) -> None:
    cards = '{"sora-1.0":{"max_attempts":4}}'
    with served(tmp_path, beat_s="0.2", lease_s="5", grace_s="10", cards=cards) as server:
        deadly = server.create("zoo:die")
        others = [server.create("a dog") for _ in range(5)]
        for other in others:
            server.wait(other["id"], "completed")
        waiting = server.video(deadly["id"])
        assert waiting["status"] in ("pending", "processing"), "it waits behind all others"
        failed = server.wait(deadly["id"], "failed")
        assert failed["error"]["code"] == "worker_lost"
        assert "with 3 of 4 strikes" in server.log()


def test_five_deaths_of_its_workers_cost_an_innocent_its_time_alone(server: Served) -> None:
    video = server.create("zoo:slow", duration=1)
    for _ in range(5):
        server.wait(video["id"], "processing", seconds=30)
        os.kill(server.child("filmgate.processes.worker"), signal.SIGKILL)
        server.wait(video["id"], "pending")
    assert server.wait(video["id"], "completed", seconds=30)["progress"] == 100
    assert server.files() == FILMS


def test_a_killed_http_process_is_replaced(server: Served) -> None:
    video = server.create("zoo:slow", duration=2)
    old = server.child("filmgate.processes.http")
    os.kill(old, signal.SIGKILL)
    server.until(lambda: not alive(old))
    server.until(server.ready)
    server.wait(video["id"], "completed")


def test_an_http_process_that_hangs_is_replaced(server: Served) -> None:
    old = server.child("filmgate.processes.http")
    os.kill(old, signal.SIGSTOP)
    server.until(lambda: not alive(old), 60)
    server.until(server.ready)


def test_children_of_a_killed_supervisor_end_and_a_new_start_takes_up(server: Served) -> None:
    video, waiting = server.create("zoo:slow", duration=3), server.create("a dog")
    server.wait(video["id"], "processing")
    children = list(server.children())
    server.stop(signal.SIGKILL)
    killed = time.monotonic()
    server.until(lambda: not any(alive(pid) for pid in children), seconds=2)
    assert time.monotonic() - killed < 2
    server.start()
    for created in (video, waiting):
        server.wait(created["id"], "completed")


def test_everything_killed_at_once_loses_nothing(server: Served) -> None:
    videos = [server.create("zoo:slow", duration=1) for _ in range(3)]
    server.wait(videos[0]["id"], "processing")
    for pid in [*server.children(), server.process.pid]:
        os.kill(pid, signal.SIGKILL)
    server.process.wait()
    server.start()
    for created in videos:
        server.wait(created["id"], "completed")


def test_a_shutdown_lets_running_work_finish(server: Served) -> None:
    video, waiting = server.create("zoo:slow"), server.create("a dog")
    server.wait(video["id"], "processing")
    children = list(server.children())
    assert server.stop() == 0
    assert not any(alive(pid) for pid in children)
    server.start()
    assert server.video(video["id"])["status"] == "completed"
    server.wait(waiting["id"], "completed")


def test_a_shutdown_is_never_a_cancel(tmp_path: Path) -> None:
    with served(tmp_path, grace_s="0.2") as server:
        video = server.create("zoo:slow", duration=30)
        server.wait(video["id"], "processing")
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 5
        server.settings["grace_s"] = "0"
        server.start()
        assert server.wait(video["id"], "processing")["error"] is None
        server.client.delete(f"/v1/videos/{video['id']}")


@pytest.mark.parametrize("verb", ["cancel", "delete"])
def test_cancel_and_delete_stop_a_running_engine(server: Served, verb: str) -> None:
    video = server.create("zoo:slow", duration=60)
    server.wait(video["id"], "processing")
    path = f"/v1/videos/{video['id']}"
    began = time.monotonic()
    answer = (
        server.client.post(f"{path}/cancel") if verb == "cancel" else server.client.delete(path)
    )
    assert answer.status_code == 200
    next_one = server.create("a dog")
    server.wait(next_one["id"], "completed", seconds=5)
    assert time.monotonic() - began < 5
    server.client.delete(f"/v1/videos/{next_one['id']}")
    server.until(lambda: server.files() == [])


def test_misbehaving_engines_fail_their_own_videos(server: Served) -> None:
    codes = {
        "late": "engine_error",
        "garbage": "engine_error",
        "nothing": "engine_error",
        "memory": "out_of_memory",
        "refuse": "content_policy_violation",
    }
    videos = {animal: server.create(f"zoo:{animal}")["id"] for animal in codes}
    innocent = server.create("a dog")["id"]
    for animal, code in codes.items():
        assert server.wait(videos[animal], "failed")["error"]["code"] == code
    server.wait(innocent, "completed")


def test_a_hung_engine_is_killed_and_replaced(tmp_path: Path) -> None:
    cards = '{"sora-1.0":{"timeout_s":1}}'
    with served(tmp_path, beat_s="0.2", lease_s="1", grace_s="0", cards=cards) as server:
        hung = server.create("zoo:hang")
        assert server.wait(hung["id"], "failed")["error"]["code"] == "timeout"
        next_one = server.create("a dog")
        server.wait(next_one["id"], "completed", seconds=30)


def test_an_engine_that_holds_the_whole_process_is_killed(tmp_path: Path) -> None:
    cards = '{"sora-1.0":{"max_attempts":1}}'
    with served(tmp_path, beat_s="3", lease_s="15", grace_s="0", cards=cards) as server:
        frozen = server.create("zoo:freeze")
        failed = server.wait(frozen["id"], "failed", seconds=40)
        assert failed["error"]["code"] == "worker_lost"
        server.wait(server.create("a dog")["id"], "completed", seconds=40)
