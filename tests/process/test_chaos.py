"""The short form of `bench/chaos.py`: random kills, then nothing twice, nothing lost."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support import pg, s3

pytestmark = pytest.mark.process

BENCH = Path(__file__).parents[2] / "bench" / "chaos.py"


def chaos(*options: str) -> str:
    argv = [sys.executable, str(BENCH), "--videos", "12", "--kills", "4", *options]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_one_server_on_sqlite() -> None:
    assert "acknowledged           12" in chaos()


def test_two_servers_on_postgres_and_a_bucket(postgres_server: pg.Server) -> None:
    bucket = s3.Server()
    settings = bucket.settings()
    url = asyncio.run(postgres_server.fresh())
    options = ["--database", url, "--storage", settings["storage"]]
    options += ["--storage-options", settings["storage_options"]]
    assert "acknowledged           12" in chaos(*options)
    bucket.stop()
