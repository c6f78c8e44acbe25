"""The grid of a spritesheet: which tile shows which part of a film."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from filmgate.domain.shape import Shape

TILE_SIDE = 240
GRID_SIDE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One picture of the sheet: where it lies, in pixels, and what part it shows, in seconds."""

    left: int
    top: int
    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`side` × `side` tiles of `width` × `height` pixels, row by row, evenly spread."""

    side: int
    width: int
    height: int
    length: Fraction

    @property
    def seconds(self) -> Fraction:
        """How long a part one tile stands for."""
        return self.length / self.side**2

    def tiles(self) -> Iterator[Tile]:
        """Each tile in turn."""
        for number in range(self.side**2):
            row, column = divmod(number, self.side)
            yield Tile(
                left=column * self.width,
                top=row * self.height,
                start=number * self.seconds,
                end=(number + 1) * self.seconds,
            )


def grid_side(frames: int) -> int:
    """How many tiles stand beside each other: at most five, and no frame twice."""
    return min(GRID_SIDE, isqrt(frames))


def fit(width: int, height: int, side: int) -> tuple[int, int]:
    """The size of a picture whose longer side is `side` at most."""
    scale = min(Fraction(1), Fraction(side, max(width, height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def grid_of(shape: Shape) -> Grid:
    """The grid of a film of that shape."""
    width, height = fit(shape.width, shape.height, TILE_SIDE)
    length = Fraction(shape.frames, shape.fps)
    return Grid(side=grid_side(shape.frames), width=width, height=height, length=length)
