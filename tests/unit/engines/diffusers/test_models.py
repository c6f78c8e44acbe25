"""The models of an engine, from its options and their folders alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.engines.diffusers import folders

from filmgate.cli.real_models import served_with
from filmgate.domain.shelf import read_card
from filmgate.domain.worker import ModelState, Readiness
from filmgate.engines import registry
from filmgate.errors import SettingsError
from filmgate.services.models import state_of
from filmgate.settings import Settings


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
    ],
)
def test_a_wrong_option_is_named(own: dict[str, object], words: str, tmp_path: Path) -> None:
    options = {"models": {"a": {"source": str(folders.write(tmp_path))} | own}}
    with pytest.raises(SettingsError, match=words):
        registry.cards("gpu", "diffusers", options)


def test_a_list_of_names_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    brought = registry.cards("gpu", "diffusers", {"models": ["wan2.1-t2v-1.3b"]})
    (name, card), *others = brought.items()
    assert (name, others) == ("wan2.1-t2v-1.3b", [])
    assert "filmgate models pull Wan-AI" in card["trouble"]


def test_a_folder_that_cannot_be_read_keeps_no_other_from_its_work(tmp_path: Path) -> None:
    good, cut = folders.write(tmp_path / "good"), folders.write(tmp_path / "cut")
    (cut / "model_index.json").write_text("{")
    stranger = folders.write(tmp_path / "stranger", {"_class_name": "LattePipeline"})
    paths = {"good": good, "cut": cut, "stranger": stranger, "nowhere": tmp_path / "nowhere"}
    options = {"models": {name: {"source": str(path)} for name, path in paths.items()}}
    brought = registry.cards("gpu", "diffusers", options)
    cards = {name: read_card(name, table) for name, table in brought.items()}
    assert {name: card.trouble for name, card in cards.items()} == {
        "good": None,
        "cut": "cut has no model_index.json: it is no folder of diffusers' layout",
        "stranger": "stranger is a LattePipeline, which Filmgate does not know how to call",
        "nowhere": "nowhere has no model_index.json: it is no folder of diffusers' layout",
    }
    assert state_of(cards["cut"], []) == ModelState(Readiness.FAILED, cards["cut"].trouble)


def test_a_folder_on_the_command_line_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere has no model_index\.json"):
        served_with(Settings(), [str(tmp_path / "nowhere")], print)
