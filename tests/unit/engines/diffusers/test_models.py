"""The models of an engine, from its options and their folders alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.engines.diffusers import folders

from filmgate.engines import registry
from filmgate.errors import SettingsError


def test_the_engine_brings_the_cards_of_its_models(tmp_path: Path) -> None:
    path = str(folders.write(tmp_path))
    loras = {"kite": {"path": "kite.safetensors"}}
    options = {"models": {"a": {"source": path}, "b": {"source": path, "loras": loras}}}
    brought = registry.cards("gpu", "diffusers", options)
    assert {name: card["engine"] for name, card in brought.items()} == {"a": "gpu", "b": "gpu"}
    assert "loras" not in brought["a"]["uses"]
    assert "loras" in brought["b"]["uses"]


def test_cards_need_nothing_heavy(tmp_path: Path) -> None:
    program = f"""
import sys
from filmgate.engines import registry
heavy = ("torch", "diffusers", "transformers", "huggingface_hub", "cv2", "av")
sys.modules |= dict.fromkeys(heavy)
options = {{"models": {{"a": {{"source": {str(folders.write(tmp_path))!r}}}}}}}
assert list(registry.cards("gpu", "diffusers", options)) == ["a"]
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"offload": "some"}, r"engines\.gpu\.options\.models\.a\.offload is 'some'"),
        ({"speed": 1}, r"options\.models\.a\.speed is not a setting"),
        ({"cache": "taylorseer"}, r"options\.models\.a: cache 'taylorseer' leaves nothing out"),
        ({"source": "./nowhere"}, r"options\.models\.a: .*nowhere has no model_index\.json"),
    ],
)
def test_a_wrong_option_is_named(own: dict[str, object], words: str, tmp_path: Path) -> None:
    options = {"models": {"a": {"source": str(folders.write(tmp_path))} | own}}
    with pytest.raises(SettingsError, match=words):
        registry.cards("gpu", "diffusers", options)


def test_a_list_of_names_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(SettingsError, match="filmgate models pull Wan-AI"):
        registry.cards("gpu", "diffusers", {"models": ["wan2.1-t2v-1.3b"]})
