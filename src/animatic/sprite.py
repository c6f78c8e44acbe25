"""An actor's picture in a frame: drawn once into a small patch, used for body, rim and shadow."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from animatic.colour import Colour, argb
from animatic.halo import COARSE
from animatic.pixels import LINEAR, NEAREST, Frame, info

ROOM = 256
ABOVE, BELOW, MARGIN = 1.55, 0.3, 0.4
"""How far beyond its box an actor may draw: hair, dreams, tails."""

BEYOND = 0.12
"""How far out of the frame it is still drawn: its halo and shadow may come in."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """A drawn patch, a coarse copy of it, and its place on the frame."""

    image: Any
    coarse: Frame
    left: int
    top: int


class Patch:
    """Pixels that actors draw into one after another."""

    def __init__(self, width: int, height: int) -> None:
        pad = int(BEYOND * min(width, height))
        self._frame = (-pad, -pad, width + pad, height + pad)
        self._pixels: Frame = np.zeros((1, 1, 4), np.uint8)

    def draw(
        self, x: float, y: float, size: float, half: float, paint: Callable[[Any], None]
    ) -> Sprite:
        """Call `paint` with a canvas whose origin is at (x, y) of the frame, in pixels."""
        x0, y0, x1, y1 = self._frame
        left, top = max(x0, int(x - half * size)), max(y0, int(y - ABOVE * size))
        wide = max(COARSE, min(x1, int(x + half * size) + 2) - left)
        tall = max(COARSE, min(y1, int(y + BELOW * size) + 2) - top)
        pixels = self._room(wide, tall)
        pixels[:] = 0
        surface = skia.Surface.MakeRasterDirect(info(wide, tall), pixels, pixels.strides[0])
        canvas = surface.getCanvas()
        canvas.translate(x - left, y - top)
        paint(canvas)
        coarse = pixels[::COARSE, ::COARSE]
        x0, y0, x1, y1 = _bounds(coarse[:, :, 3])
        right, bottom = min(x1 * COARSE, wide), min(y1 * COARSE, tall)
        kept = skia.IRect.MakeLTRB(x0 * COARSE, y0 * COARSE, right, bottom)
        image = surface.makeImageSnapshot(kept)
        kept_coarse = coarse[y0:y1, x0:x1].copy()
        return Sprite(image, kept_coarse, left + x0 * COARSE, top + y0 * COARSE)

    def _room(self, wide: int, tall: int) -> Frame:
        h, w, _ = self._pixels.shape
        if h < tall or w < wide:
            self._pixels = np.zeros((max(h, tall + ROOM), max(w, wide + ROOM), 4), np.uint8)
        return self._pixels[:tall, :wide]


def _bounds(coarse: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is drawn, with room for what fell between the samples."""
    columns, rows = np.flatnonzero(coarse.any(axis=0)), np.flatnonzero(coarse.any(axis=1))
    if not len(columns):
        return 0, 0, 1, 1
    first, last = (columns[0], rows[0]), (columns[-1], rows[-1])
    x0, y0 = (max(0, int(k) - 2) for k in first)
    x1, y1 = (int(k) + 3 for k in last)
    return x0, y0, x1, y1


def stamp(canvas: Any, sprite: Sprite, colour: Colour, alpha: float, dx: float, dy: float) -> None:
    """The silhouette in one colour, moved by whole pixels."""
    tint = skia.ColorFilters.Blend(argb(colour, alpha), skia.BlendMode.kSrcIn)
    x, y = sprite.left + round(dx), sprite.top + round(dy)
    canvas.drawImage(sprite.image, x, y, NEAREST, skia.Paint(ColorFilter=tint))


def mirror(canvas: Any, sprite: Sprite, floor: float, alpha: float) -> None:
    """The picture upside down below `floor`, as wet ground shows it."""
    canvas.save()
    canvas.translate(sprite.left, round(2 * floor - sprite.top))
    canvas.scale(1, -1)
    canvas.drawImage(sprite.image, 0, 0, NEAREST, skia.Paint(Alpha=round(255 * alpha)))
    canvas.restore()


def cast(
    canvas: Any,
    sprite: Sprite,
    feet: tuple[float, float],
    lean: float,
    reach: float,
    colour: Colour,
    alpha: float,
) -> None:
    """The silhouette laid on the ground, from the feet away from the sun; coarse, so soft.

    The slant is put into the pixels: a canvas draws an upright picture ten times faster.
    """
    _, y = feet
    slanted, shift = _slant(sprite, y, lean)
    canvas.save()
    canvas.translate(sprite.left - shift * COARSE, y + (y - sprite.top) * reach)
    canvas.scale(COARSE, -COARSE * reach)
    canvas.drawImage(_tint(slanted, colour, alpha), 0, 0, LINEAR, None)
    canvas.restore()


def _tint(alpha: NDArray[np.uint8], colour: Colour, strength: float) -> Any:
    """A coverage in one colour, premultiplied."""
    parts = np.array([colour & 255, colour >> 8 & 255, colour >> 16, 255])
    ramp = np.rint(np.arange(256)[:, None] * (parts * strength / 255)[None, :]).astype(np.uint8)
    pixels = ramp[alpha]
    h, w = alpha.shape
    return skia.Image.MakeRasterCopy(skia.Pixmap(info(w, h), pixels, w * 4))


def _slant(sprite: Sprite, feet: float, lean: float) -> tuple[NDArray[np.uint8], int]:
    """The coarse silhouette with each row moved by its height, and how far its left edge went."""
    alpha = sprite.coarse[:, :, 3]
    rows, columns = alpha.shape
    up = (feet - sprite.top) / COARSE - np.arange(rows)
    moves = np.rint(-lean * up).astype(np.intp)
    left = -int(moves.min())
    slanted = np.zeros((rows, columns + int(moves.max()) + left), np.uint8)
    for row, start, line in zip(slanted, (moves + left).tolist(), alpha, strict=True):
        row[start : start + columns] = line
    return slanted, left
