"""What fits, from headers alone."""

from pathlib import Path

import pytest
from tests.unit.engines.diffusers import folders

from filmgate.engines.diffusers import folder, memory
from filmgate.engines.diffusers.memory import GIB, choose
from filmgate.engines.diffusers.options import ModelOptions
from filmgate.errors import SettingsError

AUTO = ModelOptions()
PARTS = {"transformer": 10 * GIB, "text_encoder": 11 * GIB, "vae": GIB}
VOLUME = 832 * 480 * 81


def test_weights_are_counted_by_their_headers(tmp_path: Path) -> None:
    path = folders.write(tmp_path)
    folders.write_weights(path / "transformer" / "second.safetensors", {"a": [3], "b": [2, 2]})
    layout = folder.read(path)
    assert memory.count_weights(layout) == {"transformer": 1007, "text_encoder": 1000, "vae": 1000}
    sizes = memory.sizes(layout, {"default": "bfloat16", "vae": "float32"})
    assert sizes == {"transformer": 2014, "text_encoder": 2000, "vae": 4000}


@pytest.mark.parametrize("data", [b"", b"\xff" * 16, b"\x05\0\0\0\0\0\0\0{"])
def test_a_file_that_is_cut_short_is_named(tmp_path: Path, data: bytes) -> None:
    path = folders.write(tmp_path)
    (path / "vae" / "model.safetensors").write_bytes(data)
    with pytest.raises(SettingsError, match="no whole safetensors file"):
        memory.count_weights(folder.read(path))


@pytest.mark.parametrize(
    ("free_gib", "offload", "tiling"),
    [(80, "none", False), (28, "none", True), (24, "model", True), (13, "group", True)],
)
def test_tiles_come_first_then_parts_then_blocks(free_gib: int, offload: str, tiling: bool) -> None:
    fit = choose(PARTS, VOLUME, free_gib * GIB, AUTO)
    assert (fit.offload, fit.tiling) == (offload, tiling)
    assert fit.line.startswith("22.0 GiB of weights")
    assert f"{free_gib}.0 GiB free" in fit.line


def test_one_memory_needs_no_coming_and_going() -> None:
    fit = choose(PARTS, VOLUME, None, AUTO)
    assert (fit.offload, fit.tiling) == ("none", False)


def test_the_operators_word_counts() -> None:
    options = ModelOptions(offload="group", tiling="on")
    fit = choose(PARTS, VOLUME, 80 * GIB, options)
    assert (fit.offload, fit.tiling) == ("group", True)
