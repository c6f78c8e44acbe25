"""Text that a prompt wants on the screen: which, in what manner, and what is left to draw."""

import pytest

from animatic.quoting import take_quote
from animatic.reading import parse


@pytest.mark.parametrize(
    ("prompt", "text", "manner"),
    [
        ('a neon sign that says "OPEN 24 HOURS"', "OPEN 24 HOURS", "neon"),
        ('the words "Happy Birthday" in gold letters', "Happy Birthday", "gold"),
        ('a chalkboard reading "E = mc²"', "E = mc²", "chalk"),
        ("“Spring” written in brush calligraphy", "Spring", "brush"),
        ("a poster with the title 'Moon Base'", "Moon Base", "title"),
        ("霓虹招牌写着「营业中」", "营业中", "neon"),
        ('a door with the sign "IN" and a door with the sign "OUT"', "IN\nOUT", "title"),
        ('a cat in the style of "Studio Nine"', "", ""),
        ("a dog's ball and a cat's toy, the sign is old", "", ""),
        ('"a cat on a sofa"', "", ""),
    ],
)
def test_what_is_to_be_read(prompt: str, text: str, manner: str) -> None:
    quote = take_quote(prompt)
    assert (quote.text, quote.manner) == (text, manner)


@pytest.mark.parametrize(
    ("prompt", "who"),
    [
        ('a frog holds a sign that says "dog"', [("frog", None)]),
        ('a cat in the city, the sign reads "HORSE RUNNING"', [("cat", None)]),
        ('a cake with the words "Anna" in gold letters', [("cake", None)]),
    ],
)
def test_what_is_quoted_is_not_drawn_as_a_thing(
    prompt: str, who: list[tuple[str, str | None]]
) -> None:
    reading = parse(prompt)
    assert [(m.name, m.action) for m in reading.mentions] == who
    assert all(m.colour is None for m in reading.mentions)
    assert reading.unread == ()
