"""What fits: the weights of a folder against the memory that is free, without loading anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import Any, Literal

from filmgate.engines.diffusers.folder import Layout, has_weights
from filmgate.engines.diffusers.options import ModelOptions
from filmgate.errors import SettingsError

Offload = Literal["none", "model", "group"]

GIB = 1 << 30
_WHOLE = 240
_TILED = 40
"""Bytes for each pixel of each frame, decoded at once or in tiles."""

GGUF = ".gguf"
NO_FILES: Mapping[str, Path] = {}
_WEIGHTS = "*.safetensors"
_WIDTHS = {"float32": 4, "bfloat16": 2, "float16": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a model is fitted into the machine, and the line that says so."""

    offload: Offload
    tiling: bool
    line: str


def count_weights(layout: Layout, files: Mapping[str, Path] = NO_FILES) -> Mapping[str, int]:
    """How many weights each part has, by its safetensors headers.

    Raises:
        SettingsError: a file is cut short or no safetensors file.
    """
    return {
        name: sum(
            prod(tensor["shape"])
            for file in ([files[name]] if name in files else (layout.path / name).glob(_WEIGHTS))
            for tensor in _header(file).values()
            if "shape" in tensor
        )
        for name, (_, class_name) in layout.parts.items()
        if has_weights(class_name)
    }


def sizes(
    layout: Layout, precisions: Mapping[str, str], files: Mapping[str, Path] = NO_FILES
) -> dict[str, int]:
    """How many bytes each part takes in these precisions; a GGUF file stays as it is."""
    width = {name: _WIDTHS[word] for name, word in precisions.items()}
    packed = {part: file.stat().st_size for part, file in files.items() if file.suffix == GGUF}
    parts = {part: kind for part, kind in layout.parts.items() if part not in packed}
    counts = count_weights(replace(layout, parts=parts), files)
    return packed | {
        part: count * width.get(part, width["default"]) for part, count in counts.items()
    }


def choose(parts: Mapping[str, int], volume: int, free: int | None, options: ModelOptions) -> Fit:
    """Choose how to fit parts of so many bytes beside a run of `volume` pixels × frames.

    Tiles come first, for they cost little; then whole parts that come and go; then their blocks.
    `free` is the device's free memory, None where parts and device share one memory.
    """
    tight = free is not None and sum(parts.values()) + working(volume, tiling=False) > free
    tiling = options.tiling == "on" or (options.tiling == "auto" and tight)
    room = working(volume, tiling=tiling)
    offload = options.offload if options.offload != "auto" else _offload(parts, room, free)
    return Fit(offload=offload, tiling=tiling, line=_line(parts, room, free, offload, tiling))


def working(volume: int, *, tiling: bool) -> int:
    """An estimate of the bytes that a run of so many pixels × frames takes beside its weights.

    From what is reported of Wan: one block of 7.7 GiB to decode 33 to 40 frames of 832 × 480.
    """
    return GIB + volume * (_TILED if tiling else _WHOLE)


def _offload(parts: Mapping[str, int], room: int, free: int | None) -> Offload:
    if free is None or sum(parts.values()) + room <= free:
        return "none"
    return "model" if max(parts.values(), default=0) + room <= free else "group"


def _line(
    parts: Mapping[str, int], room: int, free: int | None, offload: Offload, tiling: bool
) -> str:
    weights = f"{sum(parts.values()) / GIB:.1f} GiB of weights"
    largest = max(parts, key=lambda name: parts[name], default="")
    there = "one memory" if free is None else f"{free / GIB:.1f} GiB free"
    ways = {
        "none": "all of it stays on the device",
        "model": f"parts come and go, the largest is {largest}",
        "group": f"blocks come and go, for {largest} alone is too large",
    }
    tiles = "; decoded in tiles" if tiling else ""
    return f"{weights}, some {room / GIB:.1f} for a run, {there}: {ways[offload]}{tiles}"


def _header(file: Path) -> dict[str, dict[str, Any]]:
    """The header of a safetensors file: its first eight bytes are the header's length."""
    try:
        with file.open("rb") as handle:
            length = int.from_bytes(handle.read(8), "little")
            if not 0 < length < 100_000_000:
                raise ValueError(f"a header of {length} bytes")
            header: dict[str, dict[str, Any]] = json.loads(handle.read(length))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file} is no whole safetensors file: {error}") from error
    return header
