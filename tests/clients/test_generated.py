"""A client that is generated from the document makes a film, lists it and downloads it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.sdk.releases import installed_package

from filmgate.testing.served import Served

pytestmark = pytest.mark.process

GENERATOR = "openapi-python-client==0.29.1"
CONFIG = """
post_hooks: []
content_type_overrides: {video/mp4: application/octet-stream}
"""
PROGRAM = Path(__file__).parent / "matrix" / "on_generated.py"


@pytest.fixture(scope="module")
def generator(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment in which the generator, and what it generates, run."""
    home = Path(request.config.cache.mkdir("releases"))
    return {"PYTHONPATH": str(installed_package(GENERATOR, home))}


def ran(argv: list[str], environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, *argv],
        env=os.environ | environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_it_makes_a_film(served: Served, generator: dict[str, str], tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_bytes(served.client.get("/openapi.json").content)
    quiet = tmp_path / "quiet.yaml"
    quiet.write_text(CONFIG)
    command = ["-m", "openapi_python_client", "generate", "--path", str(document)]
    options = ["--meta", "none", "--output-path", str(tmp_path / "generated"), "--config"]
    said = ran([*command, *options, str(quiet)], generator, tmp_path)
    assert "warning" not in said.lower(), f"pieces of the client are missing: {said}"
    given = {"BASE": served.url, "KEY": served.key}
    path = os.pathsep.join([str(tmp_path), generator["PYTHONPATH"]])
    seen: dict[str, Any] = json.loads(
        ran([str(PROGRAM)], {"PYTHONPATH": path, **given}, tmp_path).splitlines()[-1]
    )
    assert served.video(seen["create"])["status"] == "completed"
    assert seen["create"] in seen["listed"]
    assert bytes.fromhex(seen["download"])[4:8] == b"ftyp"
