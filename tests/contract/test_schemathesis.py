"""Schemathesis plays the document against a real server: every check, also from answer to request.

It asks what it was told that it may, what it may not, and what follows from what it was answered.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from filmgate.testing.served import Served

CONFIG = Path(__file__).parent / "schemathesis.toml"


@pytest.mark.process
def test_the_document_holds(served: Served, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG)]
    command += ["run", f"{served.url}/openapi.json"]
    command += [
        "--header",
        f"Authorization: Bearer {served.key}",
        "--no-color",
        "--warnings",
        "off",
    ]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "Stateful" in done.stdout
    assert served.client.get("/v1/me").status_code == 200, "it has ended the key that asks"
