"""An actor's picture in a frame: drawn once into a small patch, used for body, rim and shadow."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from filmgate.engines.animatic.colour import Colour, split

LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
COARSE = 3
ABOVE, BELOW, MARGIN = 1.55, 0.3, 0.4
"""How far beyond its box an actor may draw: hair, dreams, tails."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """A drawn patch, its place on the frame, and its silhouette (alpha, 0…255)."""

    image: Any
    alpha: NDArray[np.uint8]
    left: int
    top: int


class Patch:
    """Pixels that one actor draws into, kept from frame to frame."""

    def __init__(self) -> None:
        self._pixels: NDArray[np.uint8] = np.zeros((1, 1, 4), np.uint8)

    def draw(
        self, x: float, y: float, size: float, half: float, paint: Callable[[Any], None]
    ) -> Sprite:
        """Call `paint` with a canvas whose origin is at (x, y) of the frame, in pixels."""
        left, top = int(x - half * size), int(y - ABOVE * size)
        wide, tall = int(2 * half * size) + 2, int((ABOVE + BELOW) * size) + 2
        pixels = self._room(wide, tall)
        pixels[:] = 0
        info = skia.ImageInfo.Make(wide, tall, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
        surface = skia.Surface.MakeRasterDirect(info, pixels, pixels.strides[0])
        canvas = surface.getCanvas()
        canvas.translate(x - left, y - top)
        paint(canvas)
        x0, y0, x1, y1 = _bounds(pixels[::COARSE, ::COARSE, 3])
        kept = skia.IRect.MakeLTRB(x0, y0, min(x1, wide), min(y1, tall))
        image = surface.makeImageSnapshot(kept)
        return Sprite(image, pixels[y0:y1, x0:x1, 3], left + x0, top + y0)

    def _room(self, wide: int, tall: int) -> NDArray[np.uint8]:
        h, w, _ = self._pixels.shape
        if h < tall or w < wide:
            self._pixels = np.zeros((max(h, tall), max(w, wide), 4), np.uint8)
        return self._pixels[:tall, :wide]


def _bounds(coarse: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is drawn, with room for what fell between the samples."""
    columns, rows = np.flatnonzero(coarse.any(axis=0)), np.flatnonzero(coarse.any(axis=1))
    if not len(columns):
        return 0, 0, COARSE, COARSE
    first, last = (columns[0], rows[0]), (columns[-1], rows[-1])
    x0, y0 = (COARSE * max(0, int(k) - 2) for k in first)
    x1, y1 = (COARSE * (int(k) + 3) for k in last)
    return x0, y0, x1, y1


@lru_cache(32)
def _ramp(colour: Colour, alpha: float) -> NDArray[np.uint32]:
    """The premultiplied pixel for each of 256 coverages: far cheaper than filtering a picture."""
    cover: NDArray[np.float64] = np.arange(256) * alpha / 255
    levels = [np.rint(cover * part).astype(np.uint32) for part in (*split(colour), 255)]
    red, green, blue, opaque = levels
    return (blue | green << 8 | red << 16 | opaque << 24).astype(np.uint32)


def _tinted(alpha: NDArray[np.uint8], colour: Colour, strength: float) -> Any:
    pixels = np.take(_ramp(colour, strength), alpha)
    h, w = alpha.shape
    info = skia.ImageInfo.Make(w, h, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels, w * 4))


def stamp(canvas: Any, sprite: Sprite, colour: Colour, alpha: float, dx: float, dy: float) -> None:
    """The silhouette in one colour, moved by whole pixels."""
    image = _tinted(sprite.alpha, colour, round(alpha, 2))
    canvas.drawImage(image, sprite.left + round(dx), sprite.top + round(dy))


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
    slanted, shift = _slanted(sprite, y, lean)
    canvas.save()
    canvas.translate(sprite.left - shift * COARSE, y + (y - sprite.top) * reach)
    canvas.scale(COARSE, -COARSE * reach)
    canvas.drawImage(_tinted(slanted, colour, round(alpha, 2)), 0, 0, LINEAR, None)
    canvas.restore()


def _slanted(sprite: Sprite, feet: float, lean: float) -> tuple[NDArray[np.uint8], int]:
    """The coarse silhouette with each row moved by its height, and how far its left edge went."""
    coarse = sprite.alpha[::COARSE, ::COARSE]
    rows, columns = coarse.shape
    up = (feet - sprite.top) / COARSE - np.arange(rows)
    moves = np.rint(-lean * up).astype(np.intp)
    left = -int(moves.min())
    wide = columns + int(moves.max()) + left
    source = np.arange(wide)[None, :] - left - moves[:, None]
    inside = (source >= 0) & (source < columns)
    taken = np.take_along_axis(coarse, np.clip(source, 0, columns - 1), axis=1)
    return np.where(inside, taken, 0).astype(np.uint8), left
