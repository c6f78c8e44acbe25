"""The stock: its words and its shapes agree, and it takes the prompt's colour."""

import tomllib
from importlib import resources

import pytest
from tests.animatic.shots import Pixels, chroma, frame

from animatic.lexicon import lexicon
from animatic.reading import parse
from animatic.subjects.stock import SUBJECTS, main_colour, things

STOCK = resources.files("animatic") / "stock"


def test_each_thing_has_its_picture_its_words_and_its_width() -> None:
    named = tomllib.loads((STOCK / "icons.toml").read_text("utf-8"))
    assert list(named) == list(things()) == list(SUBJECTS)
    widths = {name: lexicon().subject(name).aspect for name in SUBJECTS}
    assert widths == {name: thing["aspect"] for name, thing in things().items()}


def test_each_thing_is_called_something_in_both_languages() -> None:
    for table in (lexicon().english, lexicon().chinese):
        called = {sense.entry.name for sense in table.values() if sense.entry.kind == "subject"}
        assert set(SUBJECTS) <= called


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("two bananas", "banana"),
        ("a traffic light", "traffic_light"),
        ("一个红绿灯", "traffic_light"),
    ],
)
def test_things_are_read(prompt: str, name: str) -> None:
    reading = parse(prompt)
    assert [m.name for m in reading.mentions] == [name]
    assert reading.unread == ()


def test_a_thing_takes_the_prompts_colour() -> None:
    def redness(pixels: Pixels) -> float:
        return float(pixels[..., 2].astype(int).sum() - pixels[..., 0].astype(int).sum())

    red, blue = (frame(f"a {colour} suitcase, close-up, day") for colour in ("red", "blue"))
    assert redness(red) > redness(blue)
    assert chroma(red) > 10


def test_a_thing_has_a_colour_of_its_own() -> None:
    assert main_colour("banana") >> 16 > 0xD0
