"""Where a model lies: a folder, or a snapshot in the hub's cache. Nothing is fetched here."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from filmgate.engines.diffusers.families import presets
from filmgate.errors import SettingsError

_MARKS = (".", "/", "~")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A pulled repository, at one commit. `files` are its files' sizes in bytes."""

    repo: str
    commit: str
    files: dict[str, int]

    @property
    def size(self) -> int:
        """All of it, in bytes."""
        return sum(self.files.values())


def resolve(source: str, revision: str | None, hub_folder: Path | None) -> Path:
    """Find the folder of a preset, a hub id or a path.

    Raises:
        SettingsError: there is none on this machine.
    """
    path = Path(source).expanduser()
    if source.startswith(_MARKS) or path.is_dir():
        return path.resolve()
    repo, pinned = repository(source)
    return snapshot(repo, revision or pinned, hub_folder)


def repository(source: str) -> tuple[str, str | None]:
    """Name the hub's repository of a preset or a hub id, and the revision that the preset wants.

    Raises:
        SettingsError: it is neither.
    """
    preset = presets().get(source)
    if preset:
        return preset.repo, preset.revision
    if source.count("/") != 1:
        known = ", ".join(presets())
        raise SettingsError(
            f"{source!r} is no model: give a folder, a hub id as org/name, or one of {known}"
        )
    return source, None


def snapshot(repo: str, revision: str | None, hub_folder: Path | None) -> Path:
    """Find the folder of a pulled repository, at a revision or as it was pulled.

    Raises:
        SettingsError: it was not pulled.
    """
    root = root_of(repo, hub_folder)
    pin = read_pin(repo, hub_folder)
    commit = _commit(root, revision) if revision or pin is None else pin.commit
    folder = root / "snapshots" / (commit or "-")
    if not folder.is_dir():
        at = f" at {revision}" if revision else ""
        raise SettingsError(f"{repo}{at} is not on this machine: filmgate models pull {repo}")
    return folder


def cache(hub_folder: Path | None) -> Path:
    """The hub's cache, found as the hub's own library finds it."""
    if hub_folder:
        return hub_folder.expanduser()
    if named := os.environ.get("HF_HUB_CACHE"):
        return Path(named).expanduser()
    return hub_home() / "hub"


def hub_home() -> Path:
    """The folder that the hub's library keeps its cache and its token in."""
    base = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    return Path(os.environ.get("HF_HOME", f"{base}/huggingface")).expanduser()


def root_of(repo: str, hub_folder: Path | None) -> Path:
    """The folder that the cache keeps all of one repository in."""
    return cache(hub_folder) / f"models--{repo.replace('/', '--')}"


def pin_file(repo: str, hub_folder: Path | None) -> Path:
    """Our note on a repository; it goes when the repository goes."""
    return root_of(repo, hub_folder) / "filmgate.json"


def read_pin(repo: str, hub_folder: Path | None) -> Pin | None:
    """Read our note on a repository; None when we did not pull it."""
    file = pin_file(repo, hub_folder)
    if not file.exists():
        return None
    try:
        return Pin(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise SettingsError(
            f"{file} cannot be read: pull {repo} again, or remove that file"
        ) from error


def write_pin(pin: Pin, hub_folder: Path | None) -> None:
    """Note what was pulled; the note is whole or absent."""
    file = pin_file(pin.repo, hub_folder)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(pin)), "utf-8")
    fresh.replace(file)


def _commit(root: Path, revision: str | None) -> str | None:
    revision = revision or "main"
    if (root / "snapshots" / revision).is_dir():
        return revision
    ref = root / "refs" / revision
    return ref.read_text("utf-8").strip() if ref.is_file() else None
