"""Filmgate in front of LiteLLM's proxy in front of Filmgate: the real proxy, from its wheel."""

import json
import os
from pathlib import Path

import pytest

from filmgate.domain.shape import Shape
from filmgate.media.probe import prove
from filmgate.testing.litellm import COMMAND, proxying
from filmgate.testing.served import KEY, served

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        COMMAND not in os.environ,
        reason=f"{COMMAND} names no LiteLLM proxy: make test-litellm installs one",
    ),
]

SHAPE = Shape(width=1280, height=720, fps=30, duration_ms=4000)


def test_a_film_comes_through_the_proxy(tmp_path: Path) -> None:
    with (
        served(tmp_path / "back", engines='{"animatic":{}}') as back,
        proxying(
            Path(os.environ[COMMAND]), tmp_path, {"through": "sora-2"}, f"{back.url}/v1", KEY
        ) as between,
    ):
        lab = {
            "kind": "litellm",
            "url": between.url,
            "key": between.key,
            "models": {"sora-2": "through"},
            "poll_s": 0.2,
        }
        engines = {"relay": {"kind": "relay", "options": {"upstreams": {"lab": lab}}}}
        cards = {"sora-2": {"engine": "relay"}}
        settings = {"engines": json.dumps(engines), "cards": json.dumps(cards)}
        with served(tmp_path / "front", **settings) as front:
            body = {"model": "sora-2", "prompt": "a red kite over a lake", "seconds": "4"}
            made = front.client.post("/v1/videos", json=body | {"size": "1280x720"}).json()
            done = front.wait(made["id"], "completed", "failed", seconds=240)
            assert done["status"] == "completed", done
            (theirs,) = back.client.get("/v1/videos?limit=100").json()["data"]
            assert theirs["status"] == "completed"
            film = tmp_path / "film.mp4"
            film.write_bytes(front.client.get(f"/v1/videos/{made['id']}/content").content)
            prove(film, SHAPE)
