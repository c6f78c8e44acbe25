"""The doctor finds what is broken, and says how to mend it."""

import fcntl
import importlib
import json
import os
import shutil
import socket
import sqlite3
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from tests.unit.cli.conftest import Run

from filmgate.checks import data as data_checks
from filmgate.store import schema
from filmgate.store.tables import HEAD
from filmgate.testing.served import free_port

Found = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    port = free_port()
    monkeypatch.setenv("FILMGATE_PORT", str(port))
    return port


def examined(run: Run, *words: str) -> tuple[int, Found]:
    """The exit code, and the last finding of each name."""
    result = run("doctor", "--json", *words)
    report = json.loads(result.stdout)
    assert report["ok"] == (result.exit_code == 0)
    return result.exit_code, {finding["name"]: finding for finding in report["findings"]}


def break_import(monkeypatch: pytest.MonkeyPatch, broken: str, error: Exception) -> None:
    real = importlib.import_module

    def load(name: str, package: str | None = None) -> ModuleType:
        if name == broken:
            raise error
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", load)


def test_a_fresh_folder_is_well(run: Run, folder: Path) -> None:
    code, found = examined(run)
    assert code == 0
    assert {finding["mark"] for finding in found.values()} <= {"good", "mind"}
    assert found["database"]["text"] == "none yet; the first start makes it"
    assert not list(folder.iterdir())


def test_people_see_a_mark_a_line(run: Run) -> None:
    result = run("doctor")
    assert all(line[0] in "✓! " for line in result.stdout.splitlines())


def test_a_missing_system_library_names_its_package(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
    break_import(monkeypatch, "skia", trouble)
    code, found = examined(run)
    assert code == 1
    assert found["drawing"]["mend"] == "apt-get install libgl1 libegl1 libfontconfig1"


def test_an_av_without_x264_is_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_import(monkeypatch, "av.codec", ValueError("no codec"))
    assert examined(run)[1]["encoding"]["text"] == "PyAV here has no libx264"


def test_an_engine_that_cannot_be_loaded_is_found(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMGATE_ENGINES", '{"animatic":{"kind":"nix:Nix"}}')
    code, found = examined(run)
    assert code == 1
    assert "nix" in found["engine"]["text"]


def test_wrong_settings_are_found_one_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGATE_PORT", "0")
    monkeypatch.setenv("FILMGATE_GRACE_S", "-1")
    result = run("doctor")
    assert result.exit_code == 1
    assert "✗ settings   port is '0'" in result.stdout
    assert "✗ settings   grace_s is '-1'" in result.stdout


def test_a_misspelled_variable_gets_the_nearest_name(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMGATE_RETENTION_HOUR", "1")
    code, found = examined(run)
    assert code == 0
    assert found["settings"]["mark"] == "mind"
    assert found["settings"]["mend"] == "did you mean FILMGATE_RETENTION_HOURS?"


def test_parts_of_tables_are_no_misspellings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGATE_ENGINES__ANIMATIC__WORKERS", "2")
    assert examined(run)[1]["settings"]["mark"] == "good"


def test_a_data_folder_that_is_a_file_is_found(run: Run, folder: Path) -> None:
    (folder / "films").write_text("")
    code, found = examined(run, "--data", "films")
    assert code == 1
    assert found["data"]["mark"] == "bad"


@pytest.mark.parametrize(("free", "mark"), [(1 << 40, "good"), (1 << 29, "mind"), (1, "bad")])
def test_free_space_is_judged(
    run: Run, monkeypatch: pytest.MonkeyPatch, free: int, mark: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert examined(run)[1]["room"]["mark"] == mark


@pytest.mark.parametrize(
    ("kind", "mark"), [("ext4", "good"), ("nfs4", "mind"), ("tmpfs", "mind"), (None, "good")]
)
def test_the_file_system_is_judged(
    run: Run, monkeypatch: pytest.MonkeyPatch, kind: str | None, mark: str
) -> None:
    monkeypatch.setattr(data_checks, "_file_system_kind", lambda _: kind)
    assert examined(run)[1]["disk"]["mark"] == mark


def revised(folder: Path, revision: str) -> None:
    """A database that says it is of another release."""
    schema.prepare(folder / "filmgate-data/filmgate.db")
    with sqlite3.connect(folder / "filmgate-data/filmgate.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


@pytest.mark.parametrize(("revision", "mark"), [(HEAD, "good"), ("0000", "mind"), ("9999", "bad")])
def test_the_schema_is_judged(run: Run, folder: Path, revision: str, mark: str) -> None:
    revised(folder, revision)
    assert examined(run)[1]["database"]["mark"] == mark


def test_a_broken_database_is_found(run: Run, folder: Path) -> None:
    (folder / "filmgate-data").mkdir()
    (folder / "filmgate-data/filmgate.db").write_bytes(b"no database " * 100)
    code, found = examined(run)
    assert code == 1
    assert "cannot be read" in found["database"]["text"]


def test_who_holds_the_lock_is_said(run: Run, folder: Path) -> None:
    (folder / "filmgate-data").mkdir()
    with (folder / "filmgate-data/lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert f"served by process {os.getpid()}" in examined(run)[1]["lock"]["text"]
    assert examined(run)[1]["lock"]["text"] == "no server has the data folder"


@pytest.mark.parametrize(("mode", "mark"), [(0o600, "good"), (0o644, "bad")])
def test_the_key_is_its_owners_alone(run: Run, folder: Path, mode: int, mark: str) -> None:
    (folder / "filmgate-data").mkdir()
    file = folder / "filmgate-data/api-key"
    file.write_text("fg-1")
    file.chmod(mode)
    found = examined(run)[1]["api-key"]
    assert found["mark"] == mark
    assert found["mend"] == (f"chmod 600 {file}" if mark == "bad" else None)


@pytest.mark.parametrize(("mode", "mark"), [(0o700, "good"), (0o755, "mind")])
def test_the_folder_is_its_owners_alone(run: Run, folder: Path, mode: int, mark: str) -> None:
    (folder / "filmgate-data").mkdir(mode=mode)
    found = examined(run)[1]["folder"]
    assert found["mark"] == mark
    assert found["mend"] == (f"chmod 700 {folder}/filmgate-data" if mark == "mind" else None)


def test_a_port_that_something_else_has_is_found(run: Run, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)) as other:
        other.settimeout(0)
        code, found = examined(run, "--host", "127.0.0.1")
    assert code == 1
    assert "cannot be listened on" in found["port"]["text"]


def test_a_server_that_does_not_answer_is_found(run: Run) -> None:
    code, found = examined(run, "--url", f"http://127.0.0.1:{free_port()}")
    assert code == 1
    assert "does not answer" in found["server"]["text"]
