"""Reading a model's folder: what it is, and what of it is refused."""

import json
from pathlib import Path

import pytest
from tests.unit.engines.diffusers import folders

from filmgate.engines.diffusers import folder
from filmgate.errors import SettingsError


def test_a_folder_says_what_it_is(tmp_path: Path) -> None:
    layout = folder.read(folders.write(tmp_path))
    assert layout.pipeline == "WanPipeline"
    assert sorted(layout.parts) == ["scheduler", "text_encoder", "tokenizer", "transformer", "vae"]
    assert layout.family()[0] == "wan"
    assert not layout.sound


def test_the_index_tells_families_of_one_class_apart(tmp_path: Path) -> None:
    layout = folder.read(folders.write(tmp_path, {"expand_timesteps": True}))
    assert layout.family()[0] == "wan-5b"


def test_the_transformer_tells_families_of_one_class_apart(tmp_path: Path) -> None:
    for patch, name in ((2, "cogvideox-1.5"), (None, "cogvideox")):
        configs = {"transformer": {"patch_size": 2, "patch_size_t": patch}}
        path = folders.write(tmp_path, {"_class_name": "CogVideoXPipeline"}, configs)
        assert folder.read(path).family()[0] == name


def test_what_is_no_such_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no model_index\.json"):
        folder.read(tmp_path)
    (tmp_path / "model_index.json").write_text("[]")
    with pytest.raises(SettingsError, match="not a JSON object"):
        folder.read(tmp_path)


def test_an_unknown_pipeline_is_named(tmp_path: Path) -> None:
    layout = folder.read(folders.write(tmp_path, {"_class_name": "FluxPipeline"}))
    with pytest.raises(SettingsError, match="FluxPipeline"):
        layout.family()


@pytest.mark.parametrize("library", ["evil", "far.models", "transformer/../x"])
def test_code_is_refused(tmp_path: Path, library: str) -> None:
    path = folders.write(tmp_path, {"transformer": [library, "Evil"]})
    (path / "evil.py").write_text("raise SystemExit('it ran')")
    with pytest.raises(SettingsError, match="code of its own"):
        folder.read(path)


def test_code_beside_a_part_is_refused(tmp_path: Path) -> None:
    path = folders.write(tmp_path)
    (path / "transformer" / "model.py").write_text("raise SystemExit('it ran')")
    with pytest.raises(SettingsError, match="runs no code"):
        folder.read(path)


def test_weights_of_other_kinds_are_refused(tmp_path: Path) -> None:
    path = folders.write(tmp_path)
    weights = path / "vae" / "model.safetensors"
    weights.rename(path / "vae" / "model.bin")
    with pytest.raises(SettingsError, match=r"only \.bin weights"):
        folder.read(path)
    (path / "vae" / "model.bin").unlink()
    with pytest.raises(SettingsError, match="no weights"):
        folder.read(path)


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    path = folders.write(tmp_path)
    index = json.loads((path / "model_index.json").read_text())
    (path / "model_index.json").write_text(json.dumps(index | {"vocoder": ["ltx2", "X"]}))
    with pytest.raises(SettingsError, match="'vocoder'"):
        folder.read(path)
