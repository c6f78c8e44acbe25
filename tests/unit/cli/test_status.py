"""The whole server at a glance: from the data folder, and from a server with an admin's key."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from rich.console import Console
from tests.contract.harness import Server
from tests.unit.cli.conftest import Run
from tests.unit.telemetry.facts import CENSUS

from filmgate import wiring
from filmgate.api.status import status_object
from filmgate.cli import status
from filmgate.disk import Room
from filmgate.domain.census import Lane
from filmgate.settings import load


def drawn(found: Any, width: int = 80) -> str:
    console = Console(width=width, file=StringIO(), record=True)
    console.print(status.picture(found))
    return console.export_text()


def test_it_fits_eighty_columns_and_says_what_matters() -> None:
    lanes = [Lane(engine="animatic", account_id="acct_0123456789abcdef", queued=3, running=1)]
    found = status_object(CENSUS, lanes, {"data": Room(5 << 30, 1 << 20)})
    text = drawn(found)
    assert max(map(len, text.splitlines())) <= 80
    for word in (
        "3 queued, 3 running, 3 workers, 0.15 USD held",
        "1 put off, because workers died at them",
        "5.0 GiB free for data",
        "acct_0123456789abcdef",
        "10 s",
        "no room",
    ):
        assert word in text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59, "59 s"), (61, "1 min"), (7200, "2 h"), (2e5, "2 d")]
)
def test_spans_are_for_people(seconds: float, text: str) -> None:
    assert status.span(seconds) == text


def test_the_command_reads_the_data_folder(run: Run, folder: Path) -> None:
    assert run("status").exit_code == 2
    assert not list(folder.iterdir())
    wiring.prepare_data(load())
    found = json.loads(run("status", "--json").stdout)
    assert (found["object"], found["lines"], found["workers"]) == ("status", [], [])
    assert "0 queued, 0 running, 0 workers" in run("status").stdout


async def test_a_server_says_the_same_to_an_admin(server: Server) -> None:
    await server.create()
    answer = await server.client.get("/v1/admin/status")
    assert answer.status_code == 200
    found = answer.json()
    assert found["lines"][0]["model"] == "sora-1.0"
    assert found["lines"][0]["queued"] >= 1
    assert found["accounts"][0]["account_id"] == "acct_first"
    made = await server.client.post("/v1/admin/accounts/acct_first/keys", json={})
    stranger: httpx2.AsyncClient = server.caller({"authorization": f"Bearer {made.json()['key']}"})
    for path in ("/v1/admin/status", "/metrics"):
        assert (await stranger.get(path)).status_code == 403
    text = (await server.client.get("/metrics")).text
    assert 'filmgate_queue_depth{engine="animatic",model="sora-1.0"}' in text
