"""Pulling, listing, verifying and removing, against a hub on loopback."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.models import hub as hubs

from filmgate.engines.diffusers import folder as folders
from filmgate.engines.diffusers import hub, sources, verifying
from filmgate.errors import SettingsError, Unavailable

REPO = "org/tiny"


@pytest.fixture
def shelf(folder: Callable[[str], Path], tmp_path: Path) -> Path:
    """A repository: a tiny Wan, and what repositories carry besides."""
    root = shutil.copytree(folder("wan-t2v"), tmp_path / "repo")
    (root / "checkpoint.safetensors").write_bytes(b"x" * 1000)
    (root / "transformer" / "pytorch_model.bin").write_bytes(b"pickle")
    (root / "transformer" / "model.fp16.safetensors").write_bytes(b"half")
    (root / "evil.py").write_text("raise SystemExit")
    (root / "transformer_full").mkdir()
    (root / "transformer_full" / "model.safetensors").write_bytes(b"not in the index")
    return root


@pytest.fixture
def server(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[hubs.Hub]:
    with hubs.serving(shelf) as found:
        monkeypatch.setenv("HF_ENDPOINT", found.url)
        yield found


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_only_what_the_index_names_is_pulled(server: hubs.Hub, cache: Path) -> None:
    said: list[str] = []
    path = hub.pull(REPO, None, cache, said.append)
    assert folders.read(path).pipeline == "WanPipeline"
    names = {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()}
    assert "transformer/diffusion_pytorch_model.safetensors" in names
    assert not [name for name in names if name.endswith((".bin", ".py"))]
    assert not {name for name in names if "fp16" in name or "full" in name or "check" in name}
    assert len(said) == 1
    assert f"{REPO} at {hubs.COMMIT[:12]}: {len(names)} files" in said[0]
    assert "GiB free" in said[0]
    assert sources.resolve(REPO, None, cache) == path


def test_what_is_there_is_not_fetched_again(server: hubs.Hub, cache: Path) -> None:
    hub.pull(REPO, None, cache, print)
    server.asked.clear()
    hub.pull(REPO, None, cache, print)
    assert not [line for line in server.asked if line.startswith("GET") and "resolve" in line]


def test_a_pull_that_was_cut_short_goes_on(server: hubs.Hub, cache: Path) -> None:
    server.cut = {"vae/diffusion_pytorch_model.safetensors"}
    try:
        hub.pull(REPO, None, cache, print)
    except Unavailable:
        hub.pull(REPO, None, cache, print)
    (pin,) = hub.find_pins(cache)
    assert list(verifying.faults(pin, cache)) == []


def test_a_pulled_model_is_listed_verified_and_removed(server: hubs.Hub, cache: Path) -> None:
    path = hub.pull(REPO, None, cache, print)
    (pin,) = hub.find_pins(cache)
    assert (pin.repo, pin.commit) == (REPO, hubs.COMMIT)
    assert pin.size == sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    assert list(verifying.faults(pin, cache)) == []
    freed = hub.remove(REPO, cache)
    assert freed > 100_000
    assert list(hub.find_pins(cache)) == []
    with pytest.raises(SettingsError, match="models pull org/tiny"):
        sources.resolve(REPO, None, cache)
    with pytest.raises(SettingsError, match="was not pulled"):
        hub.remove(REPO, cache)


@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_damage_is_found(damage: str, server: hubs.Hub, cache: Path) -> None:
    path = hub.pull(REPO, None, cache, print)
    file = (path / "vae" / "diffusion_pytorch_model.safetensors").resolve()
    data = bytearray(file.read_bytes())
    if damage == "flip":
        data[-1] ^= 1
        file.write_bytes(data)
    elif damage == "cut":
        file.write_bytes(data[:-1])
    else:
        file.unlink()
    (pin,) = hub.find_pins(cache)
    found = list(verifying.faults(pin, cache))
    assert found
    assert all("vae" in fault for fault in found)


@pytest.mark.parametrize(
    ("repo", "words"),
    [
        ("org/gated", "accept its licence at .*/org/gated, then set HF_TOKEN"),
        ("org/missing", "private and HF_TOKEN is not set"),
        ("no-such-preset", "is no model: give a folder, a hub id"),
    ],
)
def test_what_cannot_be_pulled_says_what_would_help(
    repo: str, words: str, server: hubs.Hub, cache: Path
) -> None:
    with pytest.raises(SettingsError, match=words):
        hub.pull(repo, None, cache, print)


def test_a_hub_that_is_away_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(Unavailable, match="does not answer; HF_ENDPOINT names a mirror"):
        hub.pull(REPO, None, cache, print)


def test_offline_is_said(server: hubs.Hub, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(SettingsError, match="HF_HUB_OFFLINE is set"):
        hub.pull(REPO, None, cache, print)


def test_a_full_disk_is_seen_before_the_first_byte(
    server: hubs.Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(cache.parent)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(Unavailable, match="make room"):
        hub.pull(REPO, None, cache, print)
    assert not [line for line in server.asked if line.endswith(".safetensors") and "GET" in line]
