import ast
from importlib import import_module
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, Block, tagged

from docs import generate
from filmgate.domain.card import Card
from filmgate.domain.states import MOVES, Failure, State
from filmgate.settings import EngineSettings, Settings, shipped_cards

REFERENCE = ROOT / "docs" / "reference"


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def test_the_reference_is_current() -> None:
    assert generate.main(["--check"]) == 0, "run: python docs/generate.py"


def test_a_stale_page_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(generate, "DOCS", tmp_path)
    (tmp_path / "reference").mkdir()
    (tmp_path / "page.md").write_text("<!-- generated: moves -->\nold\n<!-- end -->\n")
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert "stateDiagram" in (tmp_path / "page.md").read_text()


@pytest.mark.parametrize("name", sorted(Settings.model_fields | EngineSettings.model_fields))
def test_every_setting_is_in_the_reference(name: str) -> None:
    assert f"| `{name}` |" in page("settings.md")


def test_every_state_move_and_failure_is_in_the_reference() -> None:
    for word in (*State, *MOVES):
        assert f"| `{word}` |" in page("states.md")
    for failure in Failure:
        assert f"| `{failure}` |" in page("errors.md")


def test_every_card_is_in_the_reference() -> None:
    assert all(f"\n## {name}\n" in page("models.md") for name in shipped_cards())


@pytest.mark.parametrize("name", sorted(Card.model_fields))
def test_every_key_of_a_card_is_in_the_guide(name: str) -> None:
    guide = (ROOT / "docs" / "guides" / "configure.md").read_text("utf-8")
    assert f"| `{name}` |" in guide


@pytest.mark.parametrize("name", generate.PUBLIC)
def test_what_is_public_is_there_and_says_what_it_is(name: str) -> None:
    module = import_module(name)
    assert sorted(module.__all__) == sorted(set(module.__all__))
    assert all(getattr(module, one).__doc__ for one in module.__all__)


@pytest.mark.parametrize("block", tagged("python"), ids=str)
def test_examples_use_what_is_public(block: Block) -> None:
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("filmgate"):
            for alias in node.names:
                public = f"{node.module}.{alias.name}" in generate.PUBLIC
                assert public or alias.name in import_module(node.module).__all__
