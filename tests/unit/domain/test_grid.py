"""The grid that is told is the grid that is drawn."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from filmgate.domain.grid import grid_of
from filmgate.domain.shape import Shape
from filmgate.media.encode import FilmWriter
from filmgate.media.stills import spritesheet


@pytest.mark.parametrize(
    ("width", "height", "fps", "duration_ms"),
    [(320, 180, 10, 2600), (180, 320, 5, 1000), (128, 128, 1, 1000), (1280, 720, 5, 1000)],
)
def test_a_sheet_has_the_tiles_that_are_told(
    tmp_path: Path, width: int, height: int, fps: int, duration_ms: int
) -> None:
    shape = Shape(width=width, height=height, fps=fps, duration_ms=duration_ms)
    with FilmWriter(tmp_path / "film.mp4", shape) as film:
        for _ in range(shape.frames):
            film.write(np.full((height, width, 4), 128, np.uint8))
    spritesheet(tmp_path / "film.mp4", tmp_path / "sheet.jpg")
    grid = grid_of(shape)
    with Image.open(tmp_path / "sheet.jpg") as sheet:
        assert sheet.size == (grid.side * grid.width, grid.side * grid.height)
    tiles = list(grid.tiles())
    assert (tiles[0].start, tiles[-1].end) == (Fraction(0), Fraction(shape.frames, fps))
    assert all(one.end == other.start for one, other in pairwise(tiles))
    assert (tiles[-1].left, tiles[-1].top) == (
        (grid.side - 1) * grid.width,
        (grid.side - 1) * grid.height,
    )
