"""What a wrong setting says, and what it keeps to itself."""

from pathlib import Path

import pytest

from filmgate.errors import SettingsError
from filmgate.settings import load


@pytest.mark.parametrize("value", ['{"secret_access_key": "TOPSECRET",}', '"TOPSECRET"'])
def test_a_wrong_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FILMGATE_STORAGE_OPTIONS", value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert "storage_options" in caught.value.message
    assert "TOPSECRET" not in caught.value.message


GREY = '[engines.grey]\nkind = "filmgate.testing.engines:Plain"\n'
CARD = '[cards.grey]\nengine = "grey"\nseconds = { max = 5, default = 2 }\n'
SIZES = 'sizes = { default = "128x128" }\n'


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (
            GREY + '[cards.grey]\nengine = "grey"\nseconds = { max = 5, default = 9 }\n' + SIZES,
            "cards.grey.seconds: default 9 must be between 1 and 5 seconds",
        ),
        (
            GREY + CARD + 'sizes = { default = "127x128" }\n',
            "cards.grey.sizes: default 127x128 must be between 128 and 1920 pixels a side",
        ),
        (
            GREY + CARD + 'sizes = { default = "big" }\n',
            "cards.grey.sizes.default is 'big': Value error, big must be",
        ),
        (GREY + CARD + SIZES + "fps = { max = 20 }\n", "cards.grey.fps: default 30 must be"),
        (GREY + CARD, "cards.grey.sizes: Field required"),
        ("[engines.animatic]\n" + CARD + SIZES, "cards.grey.engine is 'grey'; engines here: anim"),
        ('[engines.animatic]\nkind = "nix"\n', "engines.animatic.kind is 'nix': must be one of"),
    ],
)
def test_a_mistake_of_a_card_names_card_and_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FILMGATE_ENGINES")
    (tmp_path / "filmgate.toml").write_text(toml)
    with pytest.raises(SettingsError) as caught:
        load()
    assert caught.value.message.startswith(says)


def test_cards_of_engines_that_do_not_run_here_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FILMGATE_ENGINES")
    models = '[default_model]\nsora = "grey"\nopenai = "grey"\n'
    (tmp_path / "filmgate.toml").write_text(models + GREY + CARD + SIZES)
    assert [card.id for card in load().catalogue()] == ["grey"]
