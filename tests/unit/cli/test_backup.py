"""A backup is taken while a server writes, and a restore makes a server of it again."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from tests.contract.harness import ENGINE, KEY, running, settings_for
from tests.unit.cli.conftest import Run

from filmgate import wiring
from filmgate.cli import backup
from filmgate.errors import FilmgateError, SettingsError

SAID: list[str] = []


async def test_the_drill(tmp_path: Path) -> None:
    """Made here, copied while the server runs, lost, restored elsewhere, watched there."""
    first, copy, second = tmp_path / "first", tmp_path / "copy", tmp_path / "second"
    settings = settings_for(first)
    wiring.prepare_data(settings)
    async with running(settings) as server, server.working():
        await server.house.keys.ensure_first(KEY, first / "api-key")
        server.client.headers["authorization"] = f"Bearer {KEY}"
        done = await server.ended((await server.create())["id"])
        film = (await server.client.get(f"/v1/videos/{done['id']}/content")).content
        backup.backup(settings, copy, SAID.append)
        later = await server.ended((await server.create())["id"])
    (first / "filmgate.db").write_bytes(b"lost")
    elsewhere = settings_for(second)
    backup.restore(copy, elsewhere, SAID.append)
    wiring.prepare_data(elsewhere)
    async with running(elsewhere) as server:
        server.client.headers["authorization"] = f"Bearer {KEY}"
        assert (await server.seen(done["id"]))["status"] == "completed"
        again = await server.client.get(f"/v1/videos/{done['id']}/content")
        assert again.content == film
        assert (await server.client.get(f"/v1/videos/{later['id']}")).status_code == 404
    assert ENGINE in settings.engines
    private = [copy, second, *copy.rglob("*"), *second.rglob("*")]
    assert not [path for path in private if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_a_second_backup_copies_what_is_new_and_forgets_what_is_gone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    wiring.prepare_data(settings)
    films = tmp_path / "data/files/videos"
    films.mkdir(parents=True)
    (films / "old.mp4").write_bytes(b"old")
    backup.backup(settings, tmp_path / "copy", SAID.append)
    (films / "old.mp4").rename(films / "new.mp4")
    backup.backup(settings, tmp_path / "copy", SAID.append)
    kept = tmp_path / "copy/files/videos"
    assert [path.name for path in kept.iterdir()] == ["new.mp4"]
    note = json.loads((tmp_path / "copy/backup.json").read_text())
    assert (note["files"], note["schema"]) == (1, wiring.SCHEMA)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    wiring.prepare_data(settings)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(FilmgateError, match="holds something that is no backup"):
        backup.backup(settings, tmp_path / "mine", SAID.append)


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    wiring.prepare_data(settings)
    backup.backup(settings, tmp_path / "copy", SAID.append)
    with pytest.raises(SettingsError, match="is there already"):
        backup.restore(tmp_path / "copy", settings, SAID.append)


def test_a_damaged_or_newer_copy_is_refused(tmp_path: Path) -> None:
    settings, fresh = settings_for(tmp_path / "data"), settings_for(tmp_path / "fresh")
    wiring.prepare_data(settings)
    copy = tmp_path / "copy"
    backup.backup(settings, copy, SAID.append)
    with closing(sqlite3.connect(copy / "filmgate.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(FilmgateError, match="schema 9999, and this release knows"):
        backup.restore(copy, fresh, SAID.append)
    whole = (copy / "filmgate.db").read_bytes()
    (copy / "filmgate.db").write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    with pytest.raises(FilmgateError, match=r"damaged|cannot be copied or read"):
        backup.restore(copy, fresh, SAID.append)
    with pytest.raises(FilmgateError, match="is no backup"):
        backup.restore(tmp_path, fresh, SAID.append)
    assert not (tmp_path / "fresh/filmgate.db").exists()


def test_what_lies_elsewhere_is_not_pretended_to_be_copied(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMGATE_DATABASE_URL", "postgresql://somebody@nowhere/films")
    result = run("backup", "copy")
    assert result.exit_code == 2
    assert "pg_dump" in result.stderr
    assert not Path("copy").exists()


def test_migrate_says_what_it_would_do(run: Run, folder: Path) -> None:
    assert run("migrate", "--check").exit_code == 2
    assert not (folder / "filmgate-data").exists()
    wiring.prepare_data(settings_for(folder / "filmgate-data"))
    assert run("migrate", "--check").exit_code == 0
    with closing(sqlite3.connect(folder / "filmgate-data/filmgate.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
    result = run("migrate", "--check")
    assert result.exit_code == 1
    assert f"has schema 0007; this release brings it to {wiring.SCHEMA}" in result.stdout
