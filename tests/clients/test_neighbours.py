"""Neighbours' own clients, unmodified, against a real server: only their address is another."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.sdk.releases import installed_package

from filmgate.testing.served import Served

pytestmark = pytest.mark.process

PROGRAMS = Path(__file__).parent / "neighbours"
CLIENTS = {
    "replicate": "replicate==1.0.7",
    "fal": "fal-client==1.0.3",
    "openrouter": "openrouter==1.3.84",
}
WORDS = {
    "replicate": ({"starting", "processing"}, "succeeded"),
    "fal": ({"Queued", "InProgress"}, "Completed"),
    "openrouter": ({"pending", "in_progress"}, "completed"),
}


@pytest.fixture(scope="module", params=CLIENTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def seen(name: str, served: Served, request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the program saw."""
    home = Path(request.config.cache.mkdir("releases"))
    given = {
        "PYTHONPATH": str(installed_package(CLIENTS[name], home)),
        "KEY": served.key,
        "BASE": served.url,
        "REPLICATE_BASE_URL": f"{served.url}/replicate",
    }
    done = subprocess.run(
        [sys.executable, str(PROGRAMS / f"{name}_program.py")],
        env=os.environ | given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_makes_a_film_and_reads_it(name: str, seen: dict[str, Any]) -> None:
    first, last = WORDS[name]
    assert seen["first"] in first
    assert seen["last"] == last
    assert b"ftyp" in requests.get(seen["film"], timeout=30).content[:12]


def test_it_reads_why_a_request_is_refused(seen: dict[str, Any]) -> None:
    status, message = seen["refused"]
    assert status == 400
    assert "duration must be between 1 and 60 seconds" in message


def test_it_cancels(name: str, seen: dict[str, Any]) -> None:
    words = {"replicate": "canceled", "fal": ["Completed", "cancelled"], "openrouter": None}
    assert seen.get("cancelled") == words[name]
