"""Proves that a pulled model is whole: every file, its size, and its digest."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from filmgate.engines.diffusers import folder, memory, sources
from filmgate.engines.diffusers.sources import Pin
from filmgate.errors import SettingsError

_PIECE = 1 << 20


def faults(pin: Pin, hub_folder: Path | None) -> Iterator[str]:
    """Say what is wrong with a pulled model; nothing when it is whole.

    The cache names each blob by its digest: SHA-256 for large files, Git's own for small ones.
    """
    snapshot = sources.root_of(pin.repo, hub_folder) / "snapshots" / pin.commit
    for name, size in pin.files.items():
        file = snapshot / name
        if not file.exists():
            yield f"{name} is missing"
        elif file.stat().st_size != size:
            yield f"{name} has {file.stat().st_size} bytes, not {size}"
        elif not _is_itself(file.resolve()):
            yield f"{name} is not what was pulled: its digest differs"
    try:
        memory.count_weights(folder.read(snapshot))
    except SettingsError as error:
        yield error.message


def _is_itself(blob: Path) -> bool:
    """Whether a blob's bytes have the digest that it is named by; other names prove nothing."""
    name = blob.name
    if len(name) not in (40, 64):
        return True
    digest = hashlib.sha256() if len(name) == 64 else hashlib.sha1(usedforsecurity=False)
    if len(name) == 40:
        digest.update(f"blob {blob.stat().st_size}\0".encode())
    with blob.open("rb") as handle:
        while piece := handle.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest() == name
