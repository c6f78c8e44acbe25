"""Grain, paper, brush strokes: repeatable noise as small pictures that tile."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from animatic.dice import Dice
from animatic.pixels import NEAREST, Frame, canvas_on, image_of

TILE = 512
Noise = NDArray[np.float64]


def noise(h: int, w: int, seed: int) -> Noise:
    """Repeatable noise about 0: integer hashing, so that no library's generator is in it."""
    y, x = np.mgrid[0:h, 0:w].astype(np.uint32)
    n = (
        x * np.uint32(374761393)
        + y * np.uint32(668265263)
        + np.uint32(seed * 2246822519 & 0xFFFFFFFF)
    )
    n = (n ^ (n >> np.uint32(13))) * np.uint32(1274126177)
    n ^= n >> np.uint32(16)
    fine: Noise = n.astype(np.float64) / 2**32 - 0.5
    return np.asarray(fine + np.roll(fine, 1, 0) + np.roll(fine, 1, 1), np.float64)


def cloudy(size: int, cells: int, seed: int) -> Noise:
    """Slow noise about 0 that tiles: a coarse grid, eased between its points."""
    grid = noise(cells, cells, seed)
    at = np.arange(size) * cells / size
    low = at.astype(int)
    share = at - low
    share = share * share * (3 - 2 * share)
    high = (low + 1) % cells
    rows = grid[low] * (1 - share)[:, None] + grid[high] * share[:, None]
    return np.asarray(rows[:, low] * (1 - share) + rows[:, high] * share, np.float64)


def shade_relief(relief: Noise, dark: float, light: float) -> Frame:
    """Noise as a film over a picture: dark where below 0, light above, premultiplied."""
    alpha = np.clip(np.where(relief > 0, relief * light, -relief * dark) * 255, 0, 255)
    pixels = np.zeros((*relief.shape, 4), np.uint8)
    pixels[:, :, 3] = alpha
    pixels[:, :, :3] = (alpha * (relief > 0))[:, :, None]
    return pixels


def spread(tile: Frame, h: int, w: int) -> Frame:
    """A tile repeated over a whole frame."""
    rows, columns = -(-h // len(tile)), -(-w // tile.shape[1])
    return np.ascontiguousarray(np.tile(tile, (rows, columns, 1))[:h, :w])


def paper(h: int, w: int, strength: float) -> Frame:
    """A sheet's tooth over a whole frame."""
    return spread(shade_relief(noise(TILE, TILE, 7), 0.13 * strength, 0.2 * strength), h, w)


def _fibre() -> Frame:
    """Coloured card: fine tooth, and a few fibres."""
    relief = noise(TILE, TILE, 3) * 0.5 + cloudy(TILE, 24, 5) * 0.6
    pixels = shade_relief(relief, 0.13, 0.13)
    dice = Dice(0, "fibres")
    with canvas_on(pixels) as canvas:
        for k in range(90):
            x, y, a = dice.between(0, TILE), dice.between(0, TILE), dice.between(0, math.tau)
            paint = skia.Paint(
                AntiAlias=True, Color=0x2AFFFFFF if k % 2 else 0x20100818, StrokeWidth=1.0
            )
            canvas.drawLine(x, y, x + 14 * math.cos(a), y + 14 * math.sin(a), paint)
    return pixels


def _wash() -> Frame:
    """Pigment that dried unevenly: pools and grains."""
    pools = cloudy(TILE, 4, 11) + 0.6 * cloudy(TILE, 9, 12) + 0.35 * cloudy(TILE, 22, 13)
    return shade_relief(pools + 0.22 * noise(TILE, TILE, 14), 0.22, 0.42)


def _prints() -> Frame:
    """Thumb marks in clay, on lumps."""
    pixels = shade_relief(cloudy(TILE, 7, 21) + 0.5 * cloudy(TILE, 17, 22), 0.16, 0.16)
    dice = Dice(0, "prints")
    with canvas_on(pixels) as canvas:
        for k in range(9):
            x = (k % 3 + dice.between(0.2, 0.8)) * TILE / 3
            y = (k // 3 + dice.between(0.2, 0.8)) * TILE / 3
            _thumb(canvas, x, y, dice.between(26, 40), dice.between(0, 180))
    return pixels


def _thumb(canvas: Any, x: float, y: float, size: float, angle: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    for k in range(1, 9):
        rx, ry = size * k / 9, size * 1.4 * k / 9
        for shift, colour in ((0.0, 0x1A1A0C20), (1.2, 0x1CFFFFFF)):
            box = skia.Rect.MakeLTRB(-rx + shift, -ry + shift, rx + shift, ry + shift)
            paint = skia.Paint(
                AntiAlias=True, Color=colour, Style=skia.Paint.kStroke_Style, StrokeWidth=1.6
            )
            canvas.drawOval(box, paint)
    canvas.restore()


def _strokes() -> Frame:
    """Short brush strokes, light and dark, as of thick paint."""
    pixels = np.zeros((TILE, TILE, 4), np.uint8)
    dice = Dice(0, "strokes")
    with canvas_on(pixels) as canvas:
        for k in range(900):
            x, y = dice.between(0, TILE), dice.between(0, TILE)
            a, long = dice.around(0.5, 0.7), dice.between(14, 46)
            paint = skia.Paint(
                AntiAlias=True,
                Color=(0x24FFFFFF, 0x22100418, 0x18FFE6B0)[k % 3],
                StrokeWidth=dice.between(3, 8),
                StrokeCap=skia.Paint.kRound_Cap,
            )
            for dx in (-TILE, 0, TILE):
                for dy in (-TILE, 0, TILE):
                    x0, y0 = x + dx, y + dy
                    canvas.drawLine(x0, y0, x0 + long * math.cos(a), y0 + long * math.sin(a), paint)
    return pixels


TILES: Mapping[str, Callable[[], Frame]] = {
    "fibre": _fibre,
    "wash": _wash,
    "prints": _prints,
    "strokes": _strokes,
}


@lru_cache
def _image(name: str) -> Any:
    return image_of(TILES[name]())


def lay_texture(canvas: Any, name: str, zoom: float, period: int) -> None:
    """Lay a texture over all that is drawn on a canvas, and over nothing else.

    Its tiles are stretched a little, so that a whole number of them fill the period.
    """
    if name in TILES:
        wide = period / TILE / max(1, round(period / TILE / zoom))
        matrix = skia.Matrix().setScale(wide, zoom)
        repeat = skia.TileMode.kRepeat
        shader = _image(name).makeShader(repeat, repeat, NEAREST, matrix)
        canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSrcATop))
