"""How engines are found: names of ours, names of installed packages, addresses."""

import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from filmgate.domain.card import Card
from filmgate.domain.shelf import read_card
from filmgate.engines import registry
from filmgate.engines.animatic import Animatic
from filmgate.engines.registry import Kind
from filmgate.errors import MissingPart, SettingsError
from filmgate.testing.engines import Plain
from filmgate.validation import read_options


class Sizes(BaseModel):
    model_config = ConfigDict(extra="forbid")

    steps: int = Field(default=4, ge=1)


class Optional(Plain):
    """An engine that takes options."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = read_options(Sizes, options)


def cards(options: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    steps = read_options(Sizes, options).steps
    return {f"m{steps}": {"seconds": {"default": 1}, "sizes": {"default": "128x128"}}}


HERE = f"{__name__}:Optional"


def test_an_engine_of_ours_is_found_by_its_name() -> None:
    assert isinstance(registry.make("any", "animatic", {}), Animatic)
    assert registry.find("any", "animatic").slots == 1


def test_an_address_finds_a_factory_and_hands_it_its_options() -> None:
    engine = registry.make("mine", HERE, {"steps": 7})
    assert isinstance(engine, Optional)
    assert engine.options.steps == 7
    assert isinstance(registry.make("mine", "filmgate.testing.engines:Plain", {}), Plain)


@pytest.mark.parametrize(
    ("kind", "options", "says"),
    [
        ("anmatic", {}, "engines.mine.kind is 'anmatic': must be one of animatic"),
        ("nix:Nix", {}, "engines.mine.kind is 'nix:Nix': No module named 'nix'"),
        (f"{__name__}:Nix", {}, "has no attribute 'Nix'"),
        (HERE, {"steps": 0}, "engines.mine.options.steps is 0: "),
        (HERE, {"stesp": 1}, "engines.mine.options.stesp is not a setting"),
        ("animatic", {"steps": 1}, "engines.mine.options.steps is not a setting"),
    ],
)
def test_what_is_wrong_is_said_by_table_and_name(
    kind: str, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        registry.make("mine", kind, options)
    assert says in caught.value.message


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.ENGINES, "big", Kind("torch_not_here:Big", extra="big"))
    with pytest.raises(MissingPart) as caught:
        registry.make("mine", "big", {})
    assert "pip install '.[big]'" in caught.value.message


def test_an_installed_package_brings_an_engine_and_its_cards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = {"filmgate.engines": HERE, "filmgate.cards": f"{__name__}:cards"}

    def entry_points(*, group: str) -> list[EntryPoint]:
        return [EntryPoint("theirs", values[group], group)]

    monkeypatch.setattr(registry, "entry_points", entry_points)
    assert isinstance(registry.make("mine", "theirs", {}), Optional)
    assert registry.cards("mine", "theirs", {"steps": 3})["m3"]["engine"] == "mine"
    assert registry.cards("mine", "animatic", {}) == {}


PROGRAM = """
import sys
sys.path[:] = [path for path in sys.path if path]
from filmgate.engines import registry
registry.find("here", "corner:Corner")
assert "corner" not in sys.modules
registry.make("here", "corner:Corner", {})
"""


def test_modules_of_the_current_folder_are_found_however_the_process_began(tmp_path: Path) -> None:
    (tmp_path / "corner.py").write_text("class Corner: ...\n")
    (tmp_path / "json.py").write_text("raise ImportError('shadowed')\n")
    argv = [sys.executable, "-P", "-c", PROGRAM]
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def promising(*can: str, picture: str = "none") -> Card:
    """A card that promises this much."""
    table = {"engine": "e", "seconds": {"allowed": [5], "default": 5}, "picture": picture}
    return read_card("wan", table | {"sizes": {"default": "1280x720"}, "can": list(can)})


def relaying_to(*kinds: str) -> dict[str, Any]:
    """Options of a relay whose one model each of these upstreams makes."""
    tables = [{"kind": kind, "url": "http://a", "models": {"wan": "wan"}} for kind in kinds]
    return {"upstreams": {f"up{number}": table for number, table in enumerate(tables)}}


@pytest.mark.parametrize(("kind", "options"), [("relay", relaying_to("sglang")), ("diffusers", {})])
def test_a_card_cannot_promise_what_its_engine_would_not_do(
    kind: str, options: dict[str, Any]
) -> None:
    card = promising("remix", "edit")
    assert registry.settle_promises(kind, options, card, own=False) == {"remix"}
    with pytest.raises(SettingsError, match=rf"cards\.wan\.can: the engine '{kind}' cannot edit"):
        registry.settle_promises(kind, options, card, own=True)
    assert registry.settle_promises(HERE, {}, card, own=True) == {"remix", "edit"}


@pytest.mark.parametrize(
    ("kinds", "picture", "able"),
    [
        (["filmgate"], "none", {"remix", "edit", "extend"}),
        (["filmgate", "sglang"], "none", {"remix"}),
        (["filmgate", "sglang"], "optional", {"remix", "extend"}),
        (["runway"], "required", {"remix", "extend"}),
        ([], "optional", {"remix"}),
    ],
)
def test_a_relay_promises_what_all_upstreams_of_a_model_can(
    kinds: list[str], picture: str, able: set[str]
) -> None:
    card = promising("remix", "edit", "extend", picture=picture)
    assert registry.settle_promises("relay", relaying_to(*kinds), card, own=False) == able


def test_an_operator_knows_of_more_routes_of_an_upstream() -> None:
    options = relaying_to("litellm")
    options["upstreams"]["up0"]["settings"] = {"can": ["edit"]}
    card = promising("remix", "edit")
    assert registry.settle_promises("relay", options, card, own=True) == {"remix", "edit"}
