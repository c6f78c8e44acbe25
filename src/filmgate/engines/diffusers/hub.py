"""Pulls models from the hub, lists, verifies and removes them: the only module that fetches."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filmgate.engines.diffusers import sources
from filmgate.engines.diffusers.folder import INDEX, read
from filmgate.engines.diffusers.libraries import ADVICE
from filmgate.engines.diffusers.memory import GIB
from filmgate.engines.diffusers.sources import Pin
from filmgate.errors import MissingPart, SettingsError, Unavailable

Say = Callable[[str], None]

KINDS = ("json", "safetensors", "txt", "model", "jinja")
"""What is pulled of each part that the index names: never code, never pickles."""

VARIANTS = ("*.fp16.*", "*.bf16.*", "*.ema.*", "*.non_ema.*")
_SPARE = 1 << 30


def pull(source: str, revision: str | None, hub_folder: Path | None, say: Say) -> Path:
    """Bring a preset or a repository onto this machine, at one commit, and return its folder.

    What is there already is not fetched again; what was cut short goes on.

    Raises:
        SettingsError: there is no such model, or it is not what we load.
        Unavailable: the hub is away, or the disk has no room.
        MissingPart: the extra is not installed.
    """
    repo, pinned = sources.repository(source)
    hub = _library()
    with translate_hub_errors(repo):
        api = hub.HfApi(endpoint=_endpoint())
        commit = api.model_info(repo, revision=revision or pinned).sha
        at: dict[str, Any] = {"revision": commit, "cache_dir": sources.cache(hub_folder)}
        index = api.hf_hub_download(repo, INDEX, **at)
        at |= {"allow_patterns": patterns(Path(index)), "ignore_patterns": list(VARIANTS)}
        files = api.snapshot_download(repo, **at, dry_run=True)
        _announce(repo, commit, files, sources.cache(hub_folder), say)
        folder = Path(api.snapshot_download(repo, **at))
    read(folder)
    sizes = {file.filename: int(file.file_size or 0) for file in files}
    sizes[INDEX] = Path(index).stat().st_size
    sources.write_pin(Pin(repo=repo, commit=commit, files=sizes), hub_folder)
    return folder


def patterns(index: Path) -> list[str]:
    """What to fetch: the index, and of each part that it names the kinds of files that we read."""
    parts: dict[str, Any] = json.loads(index.read_text("utf-8"))
    names = [
        name for name, value in parts.items() if isinstance(value, list) and value and value[0]
    ]
    return [INDEX, *(f"{name}/*.{kind}" for name in names for kind in KINDS)]


def find_pins(hub_folder: Path | None) -> Iterator[Pin]:
    """Find what was pulled here."""
    for file in sorted(sources.cache(hub_folder).glob("models--*/filmgate.json")):
        repo = file.parent.name.removeprefix("models--").replace("--", "/", 1)
        pin = sources.read_pin(repo, hub_folder)
        if pin is not None:
            yield pin


def remove(source: str, hub_folder: Path | None) -> int:
    """Remove what was pulled of a model, and return how many bytes that frees.

    Raises:
        SettingsError: it is not here.
        MissingPart: the extra is not installed.
    """
    repo, _ = sources.repository(source)
    pin = sources.read_pin(repo, hub_folder)
    if pin is None:
        raise SettingsError(f"{repo} was not pulled here; filmgate models list shows what was")
    strategy = _library().scan_cache_dir(sources.cache(hub_folder)).delete_revisions(pin.commit)
    strategy.execute()
    sources.pin_file(repo, hub_folder).unlink(missing_ok=True)
    freed: int = strategy.expected_freed_size
    return freed


@contextmanager
def translate_hub_errors(repo: str) -> Iterator[None]:
    """Say what the hub's library raises in words that help."""
    try:
        yield
    except Exception as error:
        kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _WORDS]
        if kinds:
            message = f"{repo} {_WORDS[kinds[0]].format(endpoint=_endpoint(), repo=repo)}"
            problem = Unavailable if kinds[0] in _AWAY else SettingsError
            raise problem(message) from error
        if isinstance(error, OSError) and error.errno == 28:
            raise Unavailable(
                f"The disk is full; make room, then pull {repo} again: it goes on"
            ) from error
        raise


_WORDS = {
    "GatedRepoError": "is gated: accept its licence at {endpoint}/{repo}, then set HF_TOKEN",
    "RepositoryNotFoundError": "is not at {endpoint}, or it is private and HF_TOKEN is not set",
    "RevisionNotFoundError": "has no such revision",
    "EntryNotFoundError": f"has no {INDEX}: it is not of diffusers' layout",
    "OfflineModeIsEnabled": "cannot be pulled: HF_HUB_OFFLINE is set",
    "LocalEntryNotFoundError": "cannot be pulled: {endpoint} does not answer",
    "ConnectError": "cannot be pulled: {endpoint} does not answer; HF_ENDPOINT names a mirror",
    "TimeoutException": "cannot be pulled: {endpoint} is slow; HF_HUB_DOWNLOAD_TIMEOUT gives time",
    "HfHubHTTPError": "cannot be pulled: {endpoint} answers with an error",
}
_AWAY = frozenset({"ConnectError", "TimeoutException", "HfHubHTTPError", "LocalEntryNotFoundError"})


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")


def _library() -> Any:
    try:
        import huggingface_hub
    except ImportError as error:
        raise MissingPart(ADVICE.format(error=error)) from error
    return huggingface_hub


def _announce(repo: str, commit: str, files: list[Any], cache: Path, say: Say) -> None:
    """Say what will be fetched, and refuse what the disk has no room for."""
    missing = sum(file.file_size or 0 for file in files if file.will_download)
    whole = sum(file.file_size or 0 for file in files)
    cache.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(cache).free
    say(
        f"{repo} at {commit[:12]}: {len(files)} files, {whole / GIB:.2f} GiB, "
        f"{missing / GIB:.2f} to fetch; {free / GIB:.1f} GiB free in {cache}"
    )
    if missing + _SPARE > free:
        raise Unavailable(
            f"{repo} needs {missing / GIB:.2f} GiB, and {cache} has {free / GIB:.2f} free: "
            "make room, or set hub_folder or HF_HUB_CACHE to a larger disk"
        )
