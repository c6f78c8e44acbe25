"""What nobody taught the animatic is left out, said, and keeps its verb to itself."""

import pytest

from animatic.mentions import Reading
from animatic.reading import parse


def told(reading: Reading) -> list[str]:
    """Who is there, and what each does."""
    return [f"{m.name} {m.action}" if m.action else m.name for m in reading.mentions]


@pytest.mark.parametrize(
    ("prompt", "who", "unread"),
    [
        ("a chef's hat", ["top_hat"], ("chef's",)),
        ("the cat food on a rug", [], ("cat food",)),
        ("a horse cart", [], ("horse cart",)),
        ("a chef's ladle", [], ("chef's ladle",)),
        ("white noise", [], ("white noise",)),
        ("a dog house", ["house"], ()),
        ("a woman astronaut", ["astronaut"], ()),
        ("a girl's dog", ["dog"], ("girl's",)),
        ("a tiger cub sleeping", ["tiger sleep"], ()),
        ("a cat purrs", ["cat"], ("purrs",)),
        ("dogs pant", ["dog"], ("pant",)),
        ("a cat gently sleeping", ["cat sleep"], ()),
    ],
)
def test_compounds(prompt: str, who: list[str], unread: tuple[str, ...]) -> None:
    reading = parse(prompt)
    assert told(reading) == who
    assert reading.unread[: len(unread)] == unread


@pytest.mark.parametrize(
    ("prompt", "who"),
    [
        ("a monk sits by a teapot as steam rises", ["monk sit", "teapot"]),
        ("a kettle stands while a cat sleeps", ["teapot stand", "cat sleep"]),
        ("a bird sings and the curtain falls", ["bird sing"]),
        ("an astronaut in sunglasses walks on the moon", ["astronaut walk", "sunglasses"]),
        ("a woman at a desk reading", ["person read", "table"]),
        ("a man holding an umbrella walks", ["person walk", "umbrella"]),
        ("a dog and a cat sleeping", ["dog sleep", "cat sleep"]),
        ("a teapot dancing", ["teapot dance"]),
    ],
)
def test_whose_verb_it_is(prompt: str, who: list[str]) -> None:
    assert told(parse(prompt)) == who


@pytest.mark.parametrize(
    ("prompt", "unread"),
    [
        ("a beautiful cat in soft light, high quality, 4k", ()),
        ("a cat with a sextant and a hydrant", ("sextant", "hydrant")),
        ("一只猫和一个六分仪", ("六分仪",)),
        ("", ()),
        ("sextant, sextant", ("sextant",)),
    ],
)
def test_what_stays_unread(prompt: str, unread: tuple[str, ...]) -> None:
    assert parse(prompt).unread == unread
