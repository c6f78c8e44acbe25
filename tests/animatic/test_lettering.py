"""Letters over the frame: there, in their manner, the same each time; or left out and told."""

import numpy as np
import pytest
from tests.animatic.shots import LARGE, changed, difference, frame, scene

from animatic.composition import is_card
from animatic.frames import frames_of, undrawable_letters
from animatic.lettering import MANNERS, missing_letters
from animatic.reading import parse
from animatic.scene import CARD

UNWRITTEN = "\U00012000"
"""A cuneiform sign: no font of an ordinary machine has it."""


@pytest.mark.parametrize("manner", sorted(MANNERS))
def test_each_manner_shows(manner: str) -> None:
    plain = changed(scene("a meadow"), letters="", manner=manner)
    lettered = changed(plain, letters="HELLO")
    shown = frame(lettered, 2.0, LARGE)
    assert difference(frame(plain, 2.0, LARGE), shown) > 1.0
    assert shown.tobytes() == frame(lettered, 2.0, LARGE).tobytes()


def test_manners_differ() -> None:
    shown = {
        frame(changed(scene("a meadow"), letters="HELLO", manner=m), 2.0).tobytes() for m in MANNERS
    }
    assert len(shown) == len(MANNERS)


def test_long_text_stays_in_the_frame() -> None:
    base = changed(scene("a meadow"), manner=CARD, camera="static")
    text = " ".join(["extraordinarily"] * 18)
    plain, lettered = frame(base, 2.0), frame(changed(base, letters=text), 2.0)
    apart = np.abs(plain.astype(int) - lettered).max(axis=2) > 12
    rows, columns = np.flatnonzero(apart.any(axis=1)), np.flatnonzero(apart.any(axis=0))
    assert rows[0] > 10
    assert rows[-1] < 170
    assert columns[0] > 10
    assert columns[-1] < 310


@pytest.mark.parametrize(
    ("prompt", "card"),
    [
        ("the taste of forgotten mathematics", True),
        ("量子的沉默与时间的褶皱", True),
        ("A bulldozer clears debris from a demolished quarry, making way for rebar.", True),
        ("a cat with a sextant and a zeppelin", False),
        ("a cat purrs", False),
        ("a forest at dawn", False),
        ("", False),
    ],
)
def test_what_is_not_understood_is_a_card(prompt: str, card: bool) -> None:
    assert is_card(parse(prompt)) is card
    there = scene(prompt)
    assert (there.manner == CARD) is card
    assert (there.letters == prompt) is (card or not prompt)
    assert not (card and there.actors)


def test_a_card_keeps_the_place_and_shortens_a_long_prompt() -> None:
    prompt = "in the forest " + "incomprehensible, thaumaturgic, sesquipedalian, " * 9
    there = scene(prompt)
    assert there.setting == "forest"
    assert there.letters.endswith(" …")
    assert len(there.letters) <= 282


def test_no_card_over_a_picture() -> None:
    picture = np.full((180, 320, 3), 128, np.uint8)
    shown = []
    for what in (scene("the taste of forgotten mathematics"),):
        out = np.zeros((180, 320, 4), np.uint8)
        frames_of(what, 320, 180, picture).frame(out, 0.0)
        shown.append(out)
    assert (shown[0][:, :, :3] == 128).all()


def test_text_without_a_font_is_left_out_and_told() -> None:
    assert missing_letters("plain text, café") == ""
    odd = changed(scene("a meadow"), letters=f"A {UNWRITTEN}", manner="title")
    assert undrawable_letters(odd) == UNWRITTEN
    assert difference(frame(odd), frame(changed(odd, letters=""))) == 0
