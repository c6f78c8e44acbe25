"""What goes wrong with real models, and what makes them fit, through the API and a real worker."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.models import counting_kernel, engines, faulty, tiny
from tests.models.serving import LONG, ask, fetch, finish

from filmgate.engines.diffusers.models import cards_of
from filmgate.media.decode import read_frames
from filmgate.media.probe import prove
from filmgate.testing.served import Served, served

pytestmark = pytest.mark.process

Folder = Callable[[str], Path]


def broken_folders(good: Path, root: Path) -> dict[str, Path]:
    """Copies of a folder, each with one thing wrong."""
    names = ("no-index", "with-code", "pickled")
    folders = {name: shutil.copytree(good, root / name) for name in names}
    (folders["no-index"] / "model_index.json").unlink()
    index = json.loads((good / "model_index.json").read_text())
    index["transformer"] = ["evil", "Transformer"]
    (folders["with-code"] / "model_index.json").write_text(json.dumps(index))
    (folders["with-code"] / "evil.py").write_text(f"open({str(root / 'ran')!r}, 'w')\n")
    for file in (folders["pickled"] / "transformer").glob("*.safetensors"):
        file.rename(file.with_suffix(".bin"))
    return folders


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def server(folder: Folder, root: Path) -> Iterator[Served]:
    """One worker of three good models, two of them moved about, and three that cannot be read."""
    good = str(folder("wan-t2v"))
    loras = {
        name: {"path": str(tiny.save_lora("wan-t2v", root / name, seed=seed))}
        for seed, name in enumerate(("kite", "fog"), start=1)
    }
    table: dict[str, Any] = {
        "plain": {"source": good, "loras": loras},
        "parts": {"source": good, "offload": "model"},
        "blocks": {"source": good, "offload": "group"},
    }
    table |= {
        name: {"source": str(path)} for name, path in broken_folders(Path(good), root).items()
    }
    options = {"models": table, "device": "cpu", "threads": 1}
    cards = {name: card | {"engine": "tiny"} for name, card in cards_of(options).items()}
    tables = {
        "animatic": {"workers": 0},
        "tiny": {"kind": "tests.models.faulty:make", "options": options},
    }
    counter = root / "counter"
    counter.write_text("oom_kill 0\n")
    os.environ[counting_kernel.VARIABLE] = str(counter)
    try:
        with served(
            root / "data",
            program=[counting_kernel.__file__],
            engines=json.dumps(tables),
            cards=json.dumps(cards),
        ) as found:
            yield found
    finally:
        del os.environ[counting_kernel.VARIABLE]


def test_loras_are_switched_by_requests(server: Served, tmp_path: Path) -> None:
    asked: list[tuple[str, Any]] = [
        ("off", []),
        ("kite", ["kite"]),
        ("fog", ["fog"]),
        ("weak", {"kite": 0.3}),
        ("both", ["kite", "fog"]),
        ("kite again", ["kite"]),
        ("off again", []),
    ]
    videos = {
        name: ask(server, "plain", seed=7, metadata={"loras": loras} if loras else {})
        for name, loras in asked
    }
    films = {name: fetch(server, v, tmp_path / name).read_bytes() for name, v in videos.items()}
    assert films["off"] == films["off again"]
    assert films["kite"] == films["kite again"]
    assert len(set(films.values())) == 5
    wrong = finish(server, ask(server, "plain", metadata={"loras": ["rain"]}))
    assert "there are: kite, fog" in wrong["error"]["message"]


def test_parts_and_blocks_come_and_go(server: Served, tmp_path: Path) -> None:
    """Three models change places, and make the same film."""
    swaps = server.log().count("leaves the device")
    films = {}
    for name in ("plain", "parts", "blocks", "plain"):
        video = ask(server, name, seed=7)
        film = fetch(server, video, tmp_path / f"{name}.mp4")
        prove(film, engines.shape(16, 8))
        films[name] = np.stack(list(read_frames(film))).astype(int)
    assert np.abs(films["parts"] - films["plain"]).mean() < 0.5
    assert np.abs(films["blocks"] - films["plain"]).mean() < 0.5
    assert server.log().count("leaves the device") >= swaps + 3
    assert "parts: " in server.log()
    assert "parts come and go" in server.log()
    assert "blocks come and go" in server.log()


def test_memory_that_runs_out_ends_one_video_with_advice(server: Served, tmp_path: Path) -> None:
    before = fetch(server, ask(server, "plain", seed=7), tmp_path / "before").read_bytes()
    for prompt in (faulty.STEP, faulty.DECODE):
        failed = finish(server, ask(server, "plain", prompt=prompt))
        assert failed["error"]["code"] == "out_of_memory"
        assert "smaller size or a shorter film" in failed["error"]["message"]
    steps = ["free_others", "enable_tiling"]
    log = server.log()
    assert [word for word in steps if f"decoding ran out of memory; next: {word}" in log] == steps
    assert finish(server, ask(server, "plain", prompt=faulty.WHOLE))["error"] is None
    after = fetch(server, ask(server, "plain", seed=7), tmp_path / "after").read_bytes()
    assert after == before


def test_a_worker_that_the_kernel_kills_is_named_and_replaced(server: Served) -> None:
    video = ask(server, "plain", prompt=faulty.KILLED)
    waiting = ask(server, "plain", seed=7)
    failed = finish(server, video)
    assert failed["error"]["code"] == "out_of_memory", server.log()
    assert finish(server, waiting)["error"] is None
    assert server.log().count("a worker of tiny was killed by the kernel for want of memory") == 2


REASONS = {
    "no-index": "no-index has no model_index.json",
    "with-code": "with-code wants code of its own for transformer (evil.Transformer)",
    "pickled": "pickled/transformer has only .bin weights",
}


@pytest.mark.parametrize("name", list(REASONS))
def test_a_folder_that_cannot_be_read_stands_as_failed(
    name: str, server: Served, root: Path
) -> None:
    model = server.client.get(f"/v1/models/{name}").json()
    assert model["status"] == "failed"
    assert model["reason"].startswith(REASONS[name])
    body = {"model": name, "prompt": "a kite"}
    refused = server.client.post("/v1/videos", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")
    assert REASONS[name] in refused.json()["error"]["message"]
    assert str(root) not in model["reason"] + refused.text
    assert not (root / "ran").exists()


def test_what_failed_is_told_beside_what_serves(server: Served) -> None:
    server.until(lambda: server.client.get("/readyz").status_code == 200, LONG)
    told = server.client.get("/readyz").json()["models"]
    assert {name for name, state in told.items() if state.startswith("failed")} == set(REASONS)
    where = ["--url", server.url, "--key", server.key]
    command = [sys.executable, "-m", "filmgate", "models", *where, "--json"]
    shown = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    reasons = {model["id"]: model["reason"] for model in shown if model["status"] == "failed"}
    assert set(reasons) == set(REASONS)
    assert all(reasons[name].startswith(REASONS[name]) for name in REASONS)
