"""Tiny models behind the real API: a server, a worker process, films fetched and looked into."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.models import engines
from tests.models import hub as hubs
from tests.models.serving import LONG, STEPS, ask, fetch, finish

from filmgate.engines.diffusers import models
from filmgate.engines.diffusers.options import Options
from filmgate.media.probe import prove
from filmgate.testing.served import Served, served

pytestmark = pytest.mark.process

NAMES = (
    "wan-t2v",
    "wan-i2v",
    "wan22-5b-t2v",
    "ltx2-t2v",
    "hunyuan15-t2v",
    "cogvideox-t2v",
    "skyreels-t2v",
    "sana-t2v",
)


def settings(options: Options) -> dict[str, str]:
    """The environment of a server with one worker of these models."""
    table = {"kind": "diffusers", "options": options.model_dump(mode="json")}
    return {"engines": json.dumps({"animatic": {"workers": 0}, "tiny": table})}


@pytest.fixture(scope="module")
def options(folder: Callable[[str], Path]) -> Options:
    table = {name: {"source": str(folder(name))} for name in NAMES}
    return Options.model_validate({"models": table, "device": "cpu", "threads": 1})


@pytest.fixture(scope="module")
def server(options: Options, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served"), **settings(options)) as found:
        yield found


@pytest.mark.parametrize("model", NAMES)
def test_a_film_comes_out_as_it_was_asked_for(
    model: str, server: Served, options: Options, tmp_path: Path
) -> None:
    picture = {"image": engines.data_url()} if model.endswith("i2v") else {}
    video = ask(server, model, **picture)
    film = fetch(server, video, tmp_path / "film.mp4")
    done = server.video(video["id"])
    native = models.find(model, options.models[model], options)
    prove(film, engines.shape(native.family.fps, native.family.fps // 2))
    assert done["usage"]["inference_seconds"] > 0
    assert done["usage"]["peak_memory_mb"] > 100
    assert done["metadata"]["render"]["native"]["size"] == "96x64"


def statuses(server: Served) -> dict[str, str]:
    """What `/v1/models` says of the tiny models."""
    found = server.client.get("/v1/models").json()["data"]
    return {model["id"]: model["status"] for model in found if model["id"] in NAMES}


def test_queued_videos_of_the_loaded_model_go_first(server: Served) -> None:
    """So two models change places once, not at each video."""
    running = ask(server, "wan-t2v", num_inference_steps=200)
    server.until(lambda: statuses(server)["wan-t2v"] == "ready", LONG)
    assert set(statuses(server).values()) == {"ready", "idle"}
    told = server.client.get("/readyz").json()["models"]
    assert (told["wan-t2v"], told["sana-t2v"]) == ("ready", "idle")
    swaps = server.log().count("leaves the device")
    waiting = [ask(server, name) for name in ("sana-t2v", "wan-t2v", "sana-t2v", "wan-t2v")]
    assert server.video(running["id"])["status"] == "in_progress"
    for video in (running, *waiting):
        assert finish(server, video)["error"] is None
    assert server.log().count("leaves the device") == swaps + 1


def test_a_running_film_is_cancelled_within_a_step(server: Served) -> None:
    video = ask(server, "wan-t2v", num_inference_steps=5000)
    server.until(lambda: server.video(video["id"])["progress"] > 0, LONG)
    answer = server.client.post(f"/v1/videos/{video['id']}/cancel")
    assert answer.json()["error"]["code"] == "cancelled"
    assert finish(server, ask(server, "wan-t2v"))["status"] == "completed"


def test_a_killed_worker_loses_nothing(server: Served) -> None:
    video = ask(server, "wan-t2v", num_inference_steps=300)
    server.until(lambda: server.video(video["id"])["progress"] > 0, LONG)
    os.kill(server.child("tiny"), signal.SIGKILL)
    done = finish(server, video)
    assert done["status"] == "completed", (done["error"], server.log())


def maps(pid: int) -> str:
    """The files that a process has in its memory; every module of torch's needs its library."""
    return Path(f"/proc/{pid}/maps").read_text()


def test_the_server_itself_has_no_torch(server: Served) -> None:
    assert "libtorch" in maps(server.child("tiny"))
    assert "libtorch" not in maps(server.child("http"))


def test_the_server_of_the_animatic_has_no_torch_though_it_is_installed(tmp_path: Path) -> None:
    import torch

    assert Path(torch.__file__).exists()
    with served(tmp_path, engines='{"animatic": {}}') as server:
        video = server.create("a fox in the snow")
        assert server.wait(video["id"], "completed", "failed")["error"] is None
        processes = [server.process.pid, *server.children()]
        assert len(processes) == 3
        for pid in processes:
            assert "libpython" in maps(pid) or "python" in maps(pid)
            assert not [word for word in ("torch", "opencv", "safetensors") if word in maps(pid)]


def test_one_line_serves_a_folder(folder: Callable[[str], Path], tmp_path: Path) -> None:
    """The model is that of requests that name none; its defaults are its own."""
    path = folder("wan-t2v")
    nobody = '{"animatic": {"workers": 0}}'
    with served(tmp_path / "data", ("--model", str(path)), engines=nobody) as server:
        (card,) = [
            m for m in server.client.get("/v1/models").json()["data"] if m["id"] == path.name
        ]
        assert card["engine"] == "diffusers"
        assert card["card"]["fps"]["default"] == 16
        body = {"prompt": "a kite", "size": "96x64", "seconds": "0.5"} | STEPS
        video = server.client.post("/v1/videos", json=body).json()
        assert video["model"] == path.name
        done = finish(server, video)
        assert done["status"] == "completed", (done["error"], server.log())
        assert done["metadata"]["fps"] == 16


def test_one_line_pulls_and_serves(
    folder: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hubs.serving(folder("wan-t2v")) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
        nobody = '{"animatic": {"workers": 0}}'
        with served(tmp_path / "data", ("--model", "org/tiny"), engines=nobody) as server:
            models = server.client.get("/v1/models").json()["data"]
            assert "org/tiny" in [model["id"] for model in models]


def test_weights_are_seen_to_by_commands(
    folder: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "filmgate", "models", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    with hubs.serving(folder("wan-t2v")) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
        pulled = run("pull", "org/tiny")
        assert pulled.returncode == 0, pulled.stderr
        assert "to fetch" in pulled.stdout
        assert hubs.COMMIT[:12] in run("list").stdout
        assert "is whole" in run("verify", "org/tiny").stdout
        assert "free again" in run("remove", "org/tiny").stdout
        gone = run("verify", "org/tiny")
        assert (gone.returncode, "models pull org/tiny" in gone.stderr) == (2, True)
        gated = run("pull", "org/gated")
        assert gated.returncode == 2
        assert "accept its licence" in gated.stderr
