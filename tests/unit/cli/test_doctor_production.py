"""The doctor and the start look at what production stands on, and tell the driver's own reason."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from tests.support import pg
from tests.unit.cli.conftest import Run

from filmgate import databases, wiring
from filmgate.cli import serve
from filmgate.errors import SettingsError, Unavailable
from filmgate.settings import load
from filmgate.testing.served import free_port


@pytest.fixture(autouse=True)
def port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGATE_PORT", str(free_port()))


def findings(run: Run, name: str) -> list[dict[str, Any]]:
    report = json.loads(run("doctor", "--json").stdout)
    return [finding for finding in report["findings"] if finding["name"] == name]


@pytest.fixture
async def url(postgres_server: pg.Server, monkeypatch: pytest.MonkeyPatch) -> str:
    url = await postgres_server.fresh()
    monkeypatch.setenv("FILMGATE_DATABASE_URL", url)
    return url


@pytest.mark.asyncio(loop_scope="function")
async def test_a_postgres_is_examined(url: str, postgres_server: pg.Server) -> None:
    there = await databases.examine(load())
    assert there is not None
    assert (there.role, there.name) == ("postgres", pg.Server.name(url))
    assert there.may_create
    assert there.revision is None
    assert there.most > there.used > 0
    await wiring_prepared(url)
    after = await databases.examine(load())
    assert after is not None
    assert (after.revision, after.may_write) == (wiring.SCHEMA, True)


async def wiring_prepared(url: str) -> None:
    await databases.postgres().prepare(url)


async def test_a_database_that_is_not_there_ends_the_start_with_its_reason(url: str) -> None:
    wrong = url.replace(pg.Server.name(url), "nobodys")
    with pytest.raises(SettingsError, match='database "nobodys" does not exist'):
        await databases.postgres().prepare(wrong)
    stranger = url.replace("postgres@", "stranger@")
    with pytest.raises(SettingsError, match="stranger"):
        await databases.postgres().prepare(stranger)


def test_a_database_that_is_away_is_waited_for_aloud(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("FILMGATE_DATABASE_URL", f"postgresql://me@127.0.0.1:{free_port()}/films")
    said: list[str] = []

    class Enough(Exception):
        pass

    def wait(seconds: float) -> None:
        if len(said) == 2:
            raise Enough

    monkeypatch.setattr("time.sleep", wait)
    with pytest.raises(Enough):
        serve.prepare_data(load(), said.append)
    assert all(line.startswith("Waiting for the database: ") for line in said)
    assert "refused" in said[0] or "Connect call failed" in said[0]


def test_the_doctor_sees_a_database_that_is_away(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGATE_DATABASE_URL", f"postgresql://me@127.0.0.1:{free_port()}/films")
    (found,) = findings(run, "database")
    assert found["mark"] == "bad"
    assert "cannot be reached: " in found["text"]


def test_the_doctor_sees_a_bucket_that_is_away(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filmgate.checks.production._PATIENCE_S", 2.0)
    monkeypatch.setenv("FILMGATE_STORAGE", "s3://films")
    options = {
        "endpoint": f"http://127.0.0.1:{free_port()}",
        "region": "x",
        "access_key_id": "a",
        "secret_access_key": "b",
    }
    monkeypatch.setenv("FILMGATE_STORAGE_OPTIONS", json.dumps(options))
    (found,) = findings(run, "storage")
    assert found["mark"] == "bad"
    assert found["text"].startswith("s3://films")


def test_an_option_that_no_store_knows_is_an_error_like_another(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("FILMGATE_STORAGE", "s3://films")
    monkeypatch.setenv("FILMGATE_STORAGE_OPTIONS", '{"reggion": "x"}')
    with pytest.raises(SettingsError, match="reggion"):
        wiring.blobs_of(load())


@pytest.mark.parametrize(
    ("command", "mark", "text"),
    [
        ("/nope", "bad", "gives no verdict, so every create is refused"),
        ("sh -c 'echo {\\\"allow\\\": true}'", "good", "answers, and allows"),
        ("sh -c 'echo {\\\"allow\\\": false}'", "mind", "answers, and refuses"),
    ],
)
def test_the_moderator_is_run(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, mark: str, text: str
) -> None:
    monkeypatch.setenv("FILMGATE_MODERATION_COMMAND", command)
    (found,) = findings(run, "moderator")
    assert (found["mark"], found["text"][: len(text)]) == (mark, text)


def test_a_moderator_that_is_not_there_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGATE_MODERATION_COMMAND", "/nope --strict")
    with pytest.raises(SettingsError, match="'/nope', which is no command here"):
        serve.check_moderator(load())


def test_the_embedded_database_that_cannot_be_written_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "filmgate-data").mkdir()
    (folder / "filmgate-data/filmgate.db").write_text("no database" * 100)
    with pytest.raises(Unavailable):
        serve.prepare_data(load(), lambda _: None)


async def test_the_connections_that_it_may_take_are_said(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One HTTP process, one worker and the supervisor; behind a pooler the pooler's clients."""
    with caplog.at_level(logging.INFO):
        await serve.tell_of_connections(load())
        monkeypatch.setenv("FILMGATE_HTTP_PROCESSES", "8")
        await serve.tell_of_connections(load())
        monkeypatch.setenv("FILMGATE_DATABASE_POOLED", "true")
        await serve.tell_of_connections(load())
    levels = [record.levelno for record in caplog.records]
    one, eight, pooled = [record.getMessage() for record in caplog.records]
    assert levels == [logging.INFO, logging.WARNING, logging.INFO]
    assert one.endswith("of 100 connections in use; this server takes up to 63")
    assert eight.endswith("takes up to 210")
    assert pooled.endswith("takes up to 200 connections of the pooler")


def test_a_standby_that_is_none_is_told(
    run: Run, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert findings(run, "standby") == []
    monkeypatch.setenv("FILMGATE_DATABASE_READ_URL", url)
    (found,) = findings(run, "standby")
    assert found["mark"] == "mind"
    assert found["text"].endswith("no standby, so it is never asked")
    monkeypatch.setenv("FILMGATE_DATABASE_READ_URL", f"postgresql://me@127.0.0.1:{free_port()}/x")
    (found,) = findings(run, "standby")
    assert "cannot be reached" in found["text"]
