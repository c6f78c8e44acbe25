"""The colours of what a film shows, rather than of what stands about it."""

from pathlib import Path

import numpy as np

from filmgate.domain.shape import Shape
from filmgate.media.encode import FilmWriter
from filmgate.media.palette import colours_of


def test_what_stands_in_the_middle_has_the_colour(tmp_path: Path) -> None:
    shape = Shape(width=160, height=90, fps=4, duration_ms=1000)
    with FilmWriter(tmp_path / "a.mp4", shape) as writer:
        for k in range(shape.frames):
            frame = np.full((90, 160, 4), (200, 180, 90, 255), np.uint8)
            frame[25:70, 60 + 2 * k : 100 + 2 * k] = (40, 60, 210, 255)
            writer.write(frame)
    first, *rest = colours_of(tmp_path / "a.mp4")
    red, green, blue = (int(first[k : k + 2], 16) for k in (1, 3, 5))
    assert red > 180
    assert max(green, blue) < 90
    assert len(rest) <= 2


def test_a_film_of_one_colour_has_none_of_its_own(tmp_path: Path) -> None:
    shape = Shape(width=64, height=64, fps=2, duration_ms=1000)
    with FilmWriter(tmp_path / "a.mp4", shape) as writer:
        for _ in range(2):
            writer.write(np.full((64, 64, 4), 128, np.uint8))
    assert colours_of(tmp_path / "a.mp4") == ()
