"""Names in six languages."""

import json
import tomllib
from importlib import resources

import pytest

from animatic.lexicon import lexicon, names_of_subjects
from animatic.reading import parse

STOCK = resources.files("animatic") / "stock"
THINGS = sorted(tomllib.loads((STOCK / "icons.toml").read_text("utf-8")))
OTHERWISE = {("skateboard", "zh"), ("skis", "zh"), ("skis", "de"), ("hospital", "es")}
"""Names that are read as something else of that name: what one does with it, a place."""


@pytest.mark.parametrize("thing", THINGS)
def test_every_stock_name_resolves_in_six_languages(thing: str) -> None:
    english = lexicon().entries["subject", thing].forms[0].en[0]
    names = {"en": english, **names_of_subjects()[thing]}
    assert set(names) == {"en", "es", "de", "ja", "ko", "zh"}
    for tongue, name in names.items():
        reading = parse(name)
        assert reading.unread == (), (tongue, name)
        if (thing, tongue) not in OTHERWISE:
            assert thing in [m.name for m in reading.mentions], (tongue, name)


@pytest.mark.parametrize(
    ("prompt", "who", "place"),
    [
        ("un perro corre en la playa al atardecer", ("dog", "run"), "beach"),
        ("eine Katze schläft im Garten", ("cat", "sleep"), "garden"),
        ("ein Koffer auf der Straße im Regen", ("suitcase", None), "street"),
        ("海辺を走っているイヌ", ("dog", "run"), "beach"),
        ("고양이가 숲에서 자는", ("cat", "sleep"), "forest"),
        ("部屋の中のギター", ("guitar", None), "room"),
    ],
)
def test_sentences(prompt: str, who: tuple[str, str | None], place: str) -> None:
    reading = parse(prompt)
    assert [(m.name, m.action) for m in reading.mentions] == [who]
    assert reading.settings == (place,)
    assert reading.unread == ()


def test_names_are_of_what_is_drawn() -> None:
    names = json.loads((STOCK / "names.json").read_text("utf-8"))
    assert set(names) <= set(lexicon().names("subject"))
    assert set(THINGS) <= set(names)
