"""Where a model lies."""

import json
from pathlib import Path

import pytest

from filmgate.engines.diffusers import sources
from filmgate.errors import SettingsError

REPO = "Wan-AI/Wan2.1-T2V-1.3B-Diffusers"


def lay(cache: Path, commit: str, *, main: bool) -> Path:
    root = cache / "models--Wan-AI--Wan2.1-T2V-1.3B-Diffusers"
    (root / "snapshots" / commit).mkdir(parents=True)
    if main:
        (root / "refs").mkdir(exist_ok=True)
        (root / "refs" / "main").write_text(commit)
    return root / "snapshots" / commit


def test_a_path_is_itself(tmp_path: Path) -> None:
    assert sources.resolve(str(tmp_path), None, None) == tmp_path


@pytest.mark.parametrize("source", ["wan2.1-t2v-1.3b", REPO])
def test_a_pulled_model_is_found(tmp_path: Path, source: str) -> None:
    snapshot = lay(tmp_path, "abc", main=True)
    assert sources.resolve(source, None, tmp_path) == snapshot
    assert sources.resolve(source, "abc", tmp_path) == snapshot


def test_our_note_pins_the_commit(tmp_path: Path) -> None:
    pulled = lay(tmp_path, "abc", main=False)
    lay(tmp_path, "def", main=True)
    note = sources.pin_file(REPO, tmp_path)
    note.write_text(json.dumps({"repo": REPO, "commit": "abc", "files": {}}))
    assert sources.resolve(REPO, None, tmp_path) == pulled
    note.write_text("{")
    with pytest.raises(SettingsError, match="pull Wan-AI"):
        sources.resolve(REPO, None, tmp_path)


def test_what_was_not_pulled_says_how(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"filmgate models pull {REPO}"):
        sources.resolve("wan2.1-t2v-1.3b", None, tmp_path)
    lay(tmp_path, "abc", main=True)
    with pytest.raises(SettingsError, match="at v2"):
        sources.resolve(REPO, "v2", tmp_path)


def test_what_is_no_model_is_told_what_is() -> None:
    with pytest.raises(SettingsError, match=r"wan2\.1-t2v-1\.3b"):
        sources.resolve("wan", None, None)


def test_the_cache_is_the_hubs_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert sources.cache(None) == tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "elsewhere"))
    assert sources.cache(None) == tmp_path / "elsewhere"
    assert sources.cache(tmp_path) == tmp_path
