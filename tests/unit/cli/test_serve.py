"""What `serve` prepares and warns of before it starts anything."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from filmgate import wiring
from filmgate.cli import serve
from filmgate.errors import SettingsError
from filmgate.settings import load


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_the_data_is_its_owners_alone_whatever_the_umask(folder: Path) -> None:
    wiring.prepare_data(load())
    data = folder / "filmgate-data"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (data, *data.iterdir())}
    assert modes.pop("filmgate-data") == 0o700
    assert set(modes.values()) == {0o600}
    assert os.umask(0o022) == 0o022


@pytest.mark.usefixtures("umask")
def test_what_nobody_may_have_meant_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("FILMGATE_PROT", "8001")
    monkeypatch.setenv("FILMGATE_API_KEY", "x")
    with caplog.at_level(logging.WARNING):
        serve.prepare_process(load())
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "FILMGATE_PROT is not a setting, and nothing reads it; did you mean FILMGATE_PORT?",
        "api_key has fewer than 16 characters: it can be guessed",
    ]
    assert os.umask(0o022) == 0o077


def test_a_weak_key_guards_no_open_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGATE_API_KEY", "x" * 15)
    assert load(host="127.0.0.1").is_local
    with pytest.raises(SettingsError, match="too short for others to reach"):
        load(host="0.0.0.0")
    monkeypatch.setenv("FILMGATE_API_KEY", "x" * 16)
    assert not load(host="0.0.0.0").is_local
