"""Videos of tiny models, asked of a server and fetched from it."""

from pathlib import Path
from typing import Any

from tests.models import engines

from filmgate.testing.served import Served

LONG = 300.0
"""Seconds that a busy machine may take to load torch, or to make a film."""

STEPS = {"num_inference_steps": engines.STEPS}


def ask(server: Served, model: str, **fields: Any) -> dict[str, Any]:
    """A small video of a model, at the model's own rate and of half a second."""
    body = {"model": model, "prompt": "a red kite", "size": "96x64", "seconds": "0.5"}
    answer = server.client.post("/v1/videos", json=body | STEPS | fields)
    assert answer.status_code == 200, answer.text
    created: dict[str, Any] = answer.json()
    return created


def finish(server: Served, video: dict[str, Any]) -> dict[str, Any]:
    """The video once it has ended, whichever way."""
    return server.wait(video["id"], "completed", "failed", seconds=LONG)


def fetch(server: Served, video: dict[str, Any], path: Path) -> Path:
    """Its film; the video must have one."""
    done = finish(server, video)
    assert done["status"] == "completed", (done["error"], server.log())
    answer = server.client.get(f"/v1/videos/{video['id']}/content")
    assert answer.status_code == 200, answer.text
    path.write_bytes(answer.content)
    return path
