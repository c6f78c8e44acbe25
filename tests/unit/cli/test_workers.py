"""What an operator sees of workers, and how one is taken out of service."""

import asyncio
import json
from typing import Any

import pytest
from tests.unit.cli.conftest import Run

from filmgate import settings, wiring


def told(run: Run, *words: str) -> Any:
    result = run("workers", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(autouse=True)
def _enrolled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGATE_NODE", "gpu-7")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    config = settings.load()
    wiring.prepare_data(config)

    async def enrol() -> None:
        async with wiring.open_house(config) as house:
            await house.workers.register("worker_1", "animatic", "a-host", 7)

    asyncio.run(enrol())


def test_workers_are_shown_and_drained(run: Run) -> None:
    (row,) = told(run)
    assert (row["worker"], row["node"], row["gpu"], row["state"]) == (
        "worker_1", "gpu-7", "1", "idle",
    )  # fmt: skip
    assert run("workers", "drain", "gpu-7").exit_code == 0
    assert told(run)[0]["state"] == "drained"
    assert run("workers", "resume", "gpu-7").exit_code == 0
    assert told(run)[0]["state"] == "idle"


def test_what_nobody_knows_is_not_drained(run: Run) -> None:
    result = run("workers", "drain", "gpu-8")
    assert result.exit_code == 1
    assert "gpu-8" in result.stderr


def test_nothing_is_wanted_where_nobody_said_how_many(run: Run) -> None:
    assert told(run, "wanted") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("up", "--launcher", "nobody"), "must be one of local, ray"),
        (("up", "--once"), "end with this command"),
        (("up", "--address", "far:1"), "this machine alone"),
        (("down", "--launcher", "local"), "end with"),
    ],
)
def test_what_a_launcher_cannot_do_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run("workers", *words)
    assert result.exit_code == 2
    assert said in result.stderr
