"""The sample of the document that this project starts from, against a real server."""

import json
import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import av
import pytest
import requests

from filmgate.testing.served import Served

pytestmark = pytest.mark.process

SAMPLE = Path(__file__).parent / "sample.py"
DOCUMENTED = {
    "id": str,
    "object": str,
    "model": str,
    "status": str,
    "progress": int,
    "created_at": int,
    "seconds": str,
    "expires_at": int,
    "size": str,
    "metadata": dict,
}
"""The fields of the document's answer that are never null, and their types."""


@pytest.fixture(scope="module")
def seen(served: Served) -> list[dict[str, Any]]:
    """Every answer that the sample saw."""
    host = {"SAMPLE_HOST": served.url, "SAMPLE_KEY": served.key}
    done = subprocess.run(
        [sys.executable, str(SAMPLE)],
        env=os.environ | host,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_it_sees_its_own_words_in_their_order(seen: list[dict[str, Any]]) -> None:
    words = [word for word, _ in groupby(video["status"] for video in seen)]
    assert words == ["pending", "processing", "completed"]


def test_progress_is_whole_and_never_goes_back(seen: list[dict[str, Any]]) -> None:
    steps = [video["progress"] for video in seen]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0, 100)
    assert all(video["progress"] < 100 for video in seen[:-1])


def test_every_answer_has_the_documented_fields(seen: list[dict[str, Any]]) -> None:
    for video in seen:
        assert {name: type(video[name]) for name in DOCUMENTED} == DOCUMENTED
        assert (video["seconds"], video["size"]) == ("10.0", "1920x1080")
        assert video["error"] is None
        assert video["metadata"]["fps"] == 30
    assert [video["completed_at"] for video in seen[:-1]] == [None] * (len(seen) - 1)


def test_the_film_is_what_was_asked_for(seen: list[dict[str, Any]], tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(requests.get(seen[-1]["url"], timeout=30).content)
    with av.open(film) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.frames) == (1920, 1080, 300)
        assert stream.average_rate == 30


def test_its_error_has_the_documented_message(served: Served) -> None:
    answer = requests.post(
        f"{served.url}/v1/videos",
        headers={"Authorization": f"Bearer {served.key}"},
        json={"model": "sora-1.0", "prompt": "猫", "duration": 61},
        timeout=30,
    )
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["message"] == "Invalid parameter: duration must be between 1 and 60 seconds"
    assert error["code"] == "invalid_parameter"
