"""The door of the library: it opens without skia, and pictures are pixels."""

import subprocess
import sys

import numpy as np
from tests.animatic.shots import frames

from animatic.film import Film
from animatic.frames import frames_of, imagine
from animatic.picture import Living

LIGHT = """
import sys
from animatic.frames import imagine
assert imagine("a cat on a boat", aspect=1.5, seconds=2.0).actors
print([name for name in ("skia", "PIL", "filmgate") if name in sys.modules])
"""


def test_a_scene_needs_no_drawing_library() -> None:
    said = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_words_without_and_with_a_style() -> None:
    there = imagine("a cat in the rain", aspect=1.0, seconds=2.0, negative="rain", style="noir")
    assert (dict(there.weather), there.style, there.span) == ({}, "noir", 2.0)


def test_frames_are_of_a_scene_or_over_a_picture() -> None:
    there = imagine("snow", aspect=2.0, seconds=2.0)
    picture = np.full((50, 90, 4), (200, 40, 40, 255), np.uint8)
    assert isinstance(frames_of(there, 80, 40), Film)
    for pixels in (picture, picture[..., :3]):
        living = frames_of(there, 80, 40, pixels)
        assert isinstance(living, Living)
        assert (frames(living, 0.0, size=(80, 40))[0] == (40, 40, 200, 255)).all()
