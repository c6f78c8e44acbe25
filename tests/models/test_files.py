"""Transformers from single files, safetensors and GGUF, in pipelines of folders."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.models import engines, tiny
from tests.models.serving import STEPS, finish

from filmgate.cli.real_models import served_with
from filmgate.engines.diffusers.families import families
from filmgate.engines.diffusers.models import cards_of, find
from filmgate.engines.diffusers.options import ModelOptions, Options
from filmgate.engines.diffusers.residency import Residency
from filmgate.errors import MissingPart, SettingsError
from filmgate.media.decode import read_frames
from filmgate.settings import Settings
from filmgate.testing.contracts import Listening
from filmgate.testing.served import served

Folder = Callable[[str], Path]

TINY = {
    "wan-5b": "wan22-5b-t2v",
    "wan": "wan-t2v",
    "skyreels": "skyreels-t2v",
    "ltx": "ltx-t2v",
    "ltx2": "ltx2-t2v",
    "hunyuan": "hunyuan-t2v",
    "mochi": "mochi-t2v",
}
"""A tiny pipeline of each family that takes single files; one class of transformer once."""


def weights_of(folder: Path) -> Path:
    """The file of a saved pipeline's transformer."""
    return folder / "transformer" / "diffusion_pytorch_model.safetensors"


def write_gguf(source: Path, target: Path) -> Path:
    """A GGUF file of the same weights: matrices in eight bits, the rest as it is."""
    import gguf
    from safetensors.numpy import load_file

    writer = gguf.GGUFWriter(target, arch="tiny")
    kind = gguf.GGMLQuantizationType.Q8_0
    for name, tensor in load_file(source).items():
        if tensor.ndim == 2 and tensor.shape[1] % 32 == 0 and "embed" not in name:
            packed = gguf.quants.quantize(tensor.astype(np.float32), kind)
            writer.add_tensor(name, packed, raw_dtype=kind)
        else:
            writer.add_tensor(name, tensor.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny Wan whose matrices are as wide as a block of GGUF."""
    root = tmp_path_factory.mktemp("wide")
    pipe = tiny.build("wan-t2v", transformer=tiny.wan_transformer(attention_head_dim=16))
    pipe.save_pretrained(root / "wan", safe_serialization=True)
    return root / "wan"


@pytest.fixture(scope="module")
def packed(wide: Path) -> Path:
    return write_gguf(weights_of(wide), wide.parent / "wan-q8.gguf")


async def film(scratch: Path, **own: Any) -> np.ndarray[Any, Any]:
    """The frames of a film of that model."""
    async with engines.opened({"m": own}) as engine:
        claimed = engines.video("m", engines.shape(16, 9))
        (made,) = (await engine.generate(claimed, scratch, Listening())).films
    return np.stack(list(read_frames(made))).astype(int)


async def test_a_transformer_may_be_one_file(wide: Path, packed: Path, tmp_path: Path) -> None:
    """Of the folder only its configuration is needed then."""
    whole = await film(tmp_path, source=str(wide))
    bare = shutil.copytree(wide, tmp_path / "bare")
    single = weights_of(bare).rename(tmp_path / "wan.safetensors")
    same = await film(tmp_path, source=str(bare), transformer=str(single))
    assert np.array_equal(same, whole)
    near = await film(tmp_path, source=str(bare), transformer=str(packed))
    assert 0 < np.abs(near - whole).mean() < 20


def test_gguf_stays_packed_in_memory(wide: Path, packed: Path) -> None:
    own = ModelOptions(source=str(wide), transformer=packed)
    loaded = Residency({"m": find("m", own, Options())}, Options(), "cpu").load("m")
    kinds = {type(one).__name__ for one in loaded.pipe.transformer.parameters()}
    assert "GGUFParameter" in kinds


@pytest.mark.parametrize("family", [n for n, one in families().items() if one.single_file])
def test_every_family_that_says_so_reads_a_single_file(family: str, folder: Folder) -> None:
    path = folder(TINY.get(family, "skyreels-t2v"))
    own = ModelOptions(source=str(path), transformer=weights_of(path))
    model = find("m", own, Options())
    Residency({"m": model}, Options(), "cpu").load("m")


def test_what_is_no_transformer_of_it_is_said(folder: Folder, wide: Path, packed: Path) -> None:
    def opened(name: str, file: Path, **more: Any) -> None:
        own = ModelOptions(source=str(folder(name)), transformer=file, **more)
        Residency({"m": find("m", own, Options())}, Options(), "cpu").load("m")

    with pytest.raises(SettingsError, match="takes no transformer from a single file"):
        opened("cogvideox-t2v", packed)
    with pytest.raises(SettingsError, match=r"of no kind that we read: \.safetensors or \.gguf"):
        opened("wan-t2v", wide / "model_index.json")
    with pytest.raises(SettingsError, match="is quantised already"):
        opened("wan-t2v", packed, quantisation="torchao-int8")
    with pytest.raises(SettingsError, match="is not this transformer"):
        opened("wan-t2v", weights_of(folder("ltx-t2v")))
    with pytest.raises(SettingsError, match=r"nowhere\.gguf is no file"):
        opened("wan-t2v", wide / "nowhere.gguf")


def test_the_package_that_reads_gguf_is_named(
    wide: Path, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gguf", None)
    own = ModelOptions(source=str(wide), transformer=packed)
    with pytest.raises(MissingPart, match=r"wan-q8\.gguf needs gguf: pip install gguf"):
        Residency({"m": find("m", own, Options())}, Options(), "cpu").load("m")


def test_a_file_on_the_command_line_takes_its_other_parts_from_a_base(
    wide: Path, packed: Path
) -> None:
    def models(*words: Any) -> Any:
        return served_with(Settings(), *words)["engines"]["diffusers"]["options"]["models"]

    own = {"source": str(wide), "transformer": str(packed)}
    assert models([str(packed)], print, str(wide)) == {"wan-q8": own}
    inside = weights_of(wide)
    found = {"source": str(wide), "transformer": str(inside)}
    assert models([str(inside)], print) == {inside.stem: found}
    with pytest.raises(SettingsError, match="--base names the preset, hub id or folder"):
        models([str(packed)], print)
    card = cards_of({"models": {"wan-q8": own}})["wan-q8"]
    assert card["fps"]["default"] == 16


@pytest.mark.process
def test_one_line_serves_a_gguf_file(wide: Path, packed: Path, tmp_path: Path) -> None:
    nobody = '{"animatic": {"workers": 0}}'
    words = ("--model", str(packed), "--base", str(wide))
    with served(tmp_path / "data", words, engines=nobody) as server:
        body = {"prompt": "a kite", "size": "96x64", "seconds": "0.5"} | STEPS
        video = server.client.post("/v1/videos", json=body).json()
        assert video["model"] == "wan-q8"
        assert finish(server, video)["error"] is None
