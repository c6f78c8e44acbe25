"""Filmgate in front of Filmgate, as real processes: nothing is lost, nothing is paid twice."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from filmgate.domain.shape import Shape
from filmgate.media.probe import prove
from filmgate.testing.served import KEY, Served, free_port, served
from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import open_script

pytestmark = pytest.mark.process

SMALL = Shape(width=128, height=128, fps=5, duration_ms=1000)


@contextmanager
def chained(tmp_path: Path, **back: str) -> Iterator[tuple[Served, Served]]:
    """A front whose one engine relays to a back with the zoo."""
    with served(tmp_path / "back", **back) as behind:
        models = {"sora-1.0": "sora-1.0", "sora-2": "sora-2"}
        upstream = {
            "kind": "filmgate",
            "url": f"http://127.0.0.1:{behind.port}/v1",
            "key": KEY,
            "models": models,
        }
        engines = {"relay": {"kind": "relay", "options": {"upstreams": {"back": upstream}}}}
        cards = {model: {"engine": "relay"} for model in models}
        settings = {"engines": json.dumps(engines), "cards": json.dumps(cards), "beat_s": "0.5"}
        with served(tmp_path / "front", **settings) as front:
            yield front, behind


def orders(back: Served) -> list[str]:
    """The ids of all videos that were ever ordered of the back."""
    page = back.client.get("/v1/videos?limit=100").json()
    return [video["id"] for video in page["data"]]


def test_a_film_comes_through(tmp_path: Path) -> None:
    with chained(tmp_path, engines='{"animatic":{}}') as (front, back):
        made = front.create("a red kite over a lake", seed=5)
        done = front.wait(made["id"], "completed", "failed", seconds=60)
        assert done["status"] == "completed", done
        (theirs,) = orders(back)
        ours = front.client.get(f"/v1/videos/{made['id']}/content").content
        assert ours == back.client.get(f"/v1/videos/{theirs}/content").content
        (tmp_path / "film.mp4").write_bytes(ours)
        prove(tmp_path / "film.mp4", SMALL)


def test_what_follows_a_film_is_made_of_the_other_servers_own(tmp_path: Path) -> None:
    with chained(tmp_path, engines='{"animatic":{}}') as (front, back):
        first = front.create("a red kite over a lake", seed=5)["id"]
        front.wait(first, "completed", "failed", seconds=60)
        (origin,) = orders(back)
        asked = {
            "a blue kite over a lake": f"/v1/videos/{first}/remix",
            "a red kite over a lake at dusk": "/v1/videos/edits",
            "the kite falls": "/v1/videos/extensions",
        }
        for prompt, path in asked.items():
            whole = {} if path.endswith("remix") else {"video": {"id": first}}
            more = {"seconds": "4"} if path.endswith("extensions") else {}
            answer = front.client.post(path, json={"prompt": prompt} | whole | more)
            assert answer.status_code == 200, answer.text
            done = front.wait(answer.json()["id"], "completed", "failed", seconds=60)
            assert done["status"] == "completed", done
            theirs = back.video(orders(back)[0])
            assert (theirs["prompt"], theirs["remixed_from_video_id"]) == (prompt, origin)
            films = [
                server.client.get(f"/v1/videos/{video['id']}/content").content
                for server, video in ((front, done), (back, theirs))
            ]
            assert films[0] == films[1]
        (tmp_path / "film.mp4").write_bytes(films[0])
        prove(tmp_path / "film.mp4", replace(SMALL, duration_ms=5000))
        assert len(orders(back)) == 4


async def test_an_upstream_that_rings_is_looked_at_at_once(tmp_path: Path) -> None:
    async with open_script(Quirks(render_s=0.5, rings=True)) as script:
        port = free_port()
        lab = {
            "kind": "openai",
            "url": script.url,
            "models": {"sora-1.0": "film"},
            "poll_s": 3600,
            "poll_most_s": 3600,
            "settings": {"callback": "callback_url"},
        }
        options = {"upstreams": {"lab": lab}, "callbacks": f"http://127.0.0.1:{port}"}
        settings = {
            "port": str(port),
            "engines": json.dumps({"relay": {"kind": "relay", "options": options}}),
            "cards": json.dumps({"sora-1.0": {"engine": "relay"}}),
        }

        def make() -> None:
            with served(tmp_path, **settings) as front:
                front.wait(front.create("a cat")["id"], "completed", seconds=60)

        await asyncio.to_thread(make)
    assert script.counts["GET job"] <= 2, "once after the order, once when it rang"


@pytest.mark.parametrize("who", ["worker", "everything"])
def test_a_kill_in_mid_wait_resumes_the_wait(tmp_path: Path, who: str) -> None:
    with chained(tmp_path) as (front, back):
        made = front.create("zoo:slow", duration=3)
        front.until(lambda: front.video(made["id"])["progress"] > 0)
        if who == "worker":
            os.kill(front.child("filmgate.processes.worker"), signal.SIGKILL)
        else:
            for pid in front.children():
                os.kill(pid, signal.SIGKILL)
            front.stop(signal.SIGKILL)
            front.start()
        done = front.wait(made["id"], "completed", "failed", seconds=60)
        assert done["status"] == "completed", done
        assert len(orders(back)) == 1


def test_a_stop_in_mid_wait_is_no_cancel(tmp_path: Path) -> None:
    with chained(tmp_path) as (front, back):
        front.settings["grace_s"] = "0.1"
        front.stop()
        front.start()
        made = front.create("zoo:slow", duration=3)
        front.until(lambda: front.video(made["id"])["progress"] > 0)
        front.stop()
        front.start()
        done = front.wait(made["id"], "completed", "failed", seconds=60)
        assert done["status"] == "completed", done
        assert len(orders(back)) == 1


def test_a_cancel_goes_through(tmp_path: Path) -> None:
    with chained(tmp_path) as (front, back):
        made = front.create("zoo:slow", duration=20)
        front.until(lambda: orders(back) and front.video(made["id"])["progress"] > 0)
        front.client.post(f"/v1/videos/{made['id']}/cancel")
        (theirs,) = orders(back)
        done = back.wait(theirs, "failed", "completed")
        assert done["error"]["code"] == "cancelled"


def test_a_failure_is_told_with_its_code(tmp_path: Path) -> None:
    with chained(tmp_path) as (front, _):
        made = front.create("zoo:refuse")
        done = front.wait(made["id"], "failed", "completed")
    assert done["error"]["code"] == "content_policy_violation"
