"""A style's last touch over whole frames: still overlays, borders, grain, old film, pixels."""

import math
from typing import Any

import numpy as np
import skia

from animatic.colour import Colour, argb, mix
from animatic.dice import Dice
from animatic.halo import COARSE, Sheet
from animatic.pixels import NEAREST, Frame, canvas_on, image_of
from animatic.stage import Stage
from animatic.styles import PAPER
from animatic.textures import TILE, cloudy, noise, paper, shade_relief, spread

FILM_RATE = 12
"""Old film changes its damage so often a second, as do grain and weave."""

SHADES = 7
"""Levels of each colour in pixel art."""

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) / 16 - 0.5


class Finish:
    """Draws what lies over every frame of a style at a size."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._style = stage.style
        self._size = (0, 0)
        self._overlay: Any = None
        self._grain: list[Any] = []

    def paint(self, width: int, height: int) -> None:
        """Paint what all frames share."""
        self._size = (width, height)
        self._overlay = _overlay(self._stage, width, height)
        if self._style.grain:
            self._grain = [_grain(width, height, k, self._style.grain) for k in range(3)]

    def weave(self, t: float) -> tuple[int, int]:
        """How far the whole picture has slipped in its gate, in pixels."""
        if not self._style.weave:
            return 0, 0
        dice = Dice(self._stage.seed, "weave", int(t * FILM_RATE))
        reach = max(1.0, self._style.weave * self._stage.unit)
        return round(dice.around(0, reach * 0.5)), round(dice.around(0, reach))

    def draw(self, canvas: Any, t: float) -> None:
        """Draw it at scene time `t`."""
        turn = int(t * FILM_RATE)
        if self._grain:
            dx, dy = (turn * 37) % 64 - 64, (turn * 23) % 64 - 64
            canvas.drawImage(self._grain[turn % 3], dx, dy, NEAREST, None)
        if self._style.damage:
            self._damage(canvas, turn)
        if self._overlay is not None:
            canvas.drawImage(self._overlay, 0, 0, NEAREST, None)

    def _damage(self, canvas: Any, turn: int) -> None:
        """Scratches that stay a moment, dust that does not."""
        (w, h), unit = self._size, self._stage.unit
        for k in range(3):
            dice = Dice(self._stage.seed, "scratch", k, (turn + 5 * k) // (9 + 4 * k))
            if dice.between(0, 1) < 0.55:
                x = dice.between(0, w) + Dice(turn, "slip", k).around(0, 0.002 * unit)
                paint = _stroke(0x70FFF4DC if k else 0x60120804, max(1.0, 0.0016 * unit))
                canvas.drawLine(x, 0, x + 0.01 * unit, h, paint)
        dice = Dice(self._stage.seed, "dust", turn)
        for _ in range(dice.pick((0, 2, 3, 5))):
            x, y, r = dice.between(0, w), dice.between(0, h), dice.between(0.001, 0.004) * unit
            hair = skia.Path()
            hair.moveTo(x, y)
            hair.cubicTo(x + 4 * r, y - 3 * r, x + 2 * r, y + 5 * r, x + 7 * r, y + 2 * r)
            canvas.drawPath(hair, _stroke(0xA0140A06, max(1.0, r)))


def _stroke(colour: int, width: float) -> Any:
    return skia.Paint(
        AntiAlias=True, Color=colour, Style=skia.Paint.kStroke_Style, StrokeWidth=width
    )


def _overlay(stage: Stage, w: int, h: int) -> Any:
    """All that lies still over the frame, as one picture; None if nothing does."""
    style = stage.style
    pixels = paper(h, w, style.paper) if style.paper else np.zeros((h, w, 4), np.uint8)
    with canvas_on(pixels) as canvas:
        if style.vignette:
            dark = mix(style.tone(0x120C24), style.tone(stage.light.sky[0]), 0.15)
            _vignette(canvas, w, h, dark, style.vignette)
        if style.overlay:
            OVERLAYS[style.overlay](canvas, w, h, stage)
        if style.letterbox:
            _letterbox(canvas, w, h, style.letterbox)
    if style.border:
        BORDERS[style.border](pixels, stage)
    return image_of(pixels) if pixels[:, :, 3].any() else None


def _vignette(canvas: Any, w: int, h: int, dark: Colour, strength: float) -> None:
    radius = 0.62 * math.hypot(w, h)
    stops = [argb(dark, 0), argb(dark, 0), argb(dark, strength)]
    shader = skia.GradientShader.MakeRadial((w / 2, h / 2), radius, stops, [0.0, 0.5, 1.0])
    canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))


def _letterbox(canvas: Any, w: int, h: int, ratio: float) -> None:
    """Bars above and below: a wide frame's, and never so high that they hide what is shown."""
    bar = round(min(0.13 * h, max(0.055 * h, (h - w / ratio) / 2)))
    black = skia.Paint(Color=0xFF000000)
    canvas.drawRect(skia.Rect.MakeWH(w, bar), black)
    canvas.drawRect(skia.Rect.MakeXYWH(0, h - bar, w, bar), black)


def _shaft(canvas: Any, w: int, h: int, stage: Stage) -> None:
    """Light through a blind, falling across the frame."""
    side = stage.light.side
    canvas.save()
    canvas.translate(w / 2, h / 2)
    canvas.scale(-side, 1)
    canvas.skew(-0.75, 0)
    step = 0.085 * stage.unit
    for k in range(-3, 4):
        y = k * step * 1.15
        stops = [0x00FFFFFF, 0x2AFFFFFF, 0x16FFFFFF, 0x00FFFFFF]
        shader = skia.GradientShader.MakeLinear(
            [(-0.5 * w, 0), (0.55 * w, 0)], stops, [0.0, 0.3, 0.6, 1.0]
        )
        box = skia.Rect.MakeXYWH(-0.5 * w, y - 0.25 * h, 1.05 * w, step * 0.62)
        canvas.drawRect(box, skia.Paint(AntiAlias=True, Shader=shader))
    canvas.restore()


def _dots(canvas: Any, w: int, h: int, stage: Stage) -> None:
    """A printer's screen, denser downwards."""
    step = max(4.0, 0.011 * stage.unit)
    for row in range(int(h / step) + 1):
        y = row * step
        size = step * (0.12 + 0.4 * (y / h) ** 1.4)
        shift = step / 2 * (row % 2)
        points = [skia.Point(shift + k * step, y) for k in range(int(w / step) + 2)]
        paint = skia.Paint(
            AntiAlias=True, Color=0x20180830, StrokeWidth=size, StrokeCap=skia.Paint.kRound_Cap
        )
        canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, points, paint)


def _canvas(canvas: Any, w: int, h: int, stage: Stage) -> None:
    """The weave of a painter's canvas."""
    step = max(3, round(0.004 * stage.unit))
    y, x = np.mgrid[0 : step * 2, 0 : step * 2] // step
    relief = np.where((x + y) % 2 == 0, 0.3, -0.3) + 0.4 * noise(2 * step, 2 * step, 5)
    tile = image_of(shade_relief(relief, 0.16, 0.12))
    repeat = skia.TileMode.kRepeat
    canvas.drawPaint(skia.Paint(Shader=tile.makeShader(repeat, repeat, NEAREST)))


OVERLAYS = {"shaft": _shaft, "dots": _dots, "canvas": _canvas}


def _gate(pixels: Frame, stage: Stage) -> None:
    """A projector's gate: black, with round corners, a little soft."""
    h, w, _ = pixels.shape
    edge, unit = 0.018 * stage.unit, stage.unit
    with canvas_on(pixels) as canvas:
        canvas.save()
        inner = skia.RRect.MakeRectXY(
            skia.Rect.MakeLTRB(edge, edge, w - edge, h - edge), 0.06 * unit, 0.06 * unit
        )
        canvas.clipRRect(inner, skia.ClipOp.kDifference, True)
        canvas.drawPaint(skia.Paint(Color=0xFF0A0604))
        canvas.restore()


def _panel(pixels: Frame, stage: Stage) -> None:
    """A white gutter and a black frame."""
    h, w, _ = pixels.shape
    edge, line = 0.022 * stage.unit, 0.007 * stage.unit
    with canvas_on(pixels) as canvas:
        for inset, colour in ((edge / 2, 0xFFFDFBF4), (edge, 0xFF120C18)):
            width = edge if colour == 0xFFFDFBF4 else line
            box = skia.Rect.MakeLTRB(inset, inset, w - inset, h - inset)
            canvas.drawRect(box, _stroke(colour, width))


def _deckle(pixels: Frame, stage: Stage) -> None:
    """Paper left bare about a painting whose washes end unevenly."""
    h, w, _ = pixels.shape
    rows, columns, unit = -(-h // COARSE), -(-w // COARSE), stage.unit / COARSE
    side = max(rows, columns)
    wander = cloudy(side, 14, 41) * 0.05 + cloudy(side, 60, 42) * 0.02
    y, x = np.arange(rows)[:, None], np.arange(columns)[None, :]
    inward = np.minimum(np.minimum(x, columns - 1 - x), np.minimum(y, rows - 1 - y)) / unit
    inward = inward + wander[:rows, :columns]
    bare = np.clip((0.045 - inward) / 0.008, 0, 1)
    pooled = np.clip(1 - np.abs(inward - 0.052) / 0.008, 0, 1) * 0.2 * (1 - bare)
    colours = np.array([[0x50, 0x35, 0x2A, 255], [*_bgr(PAPER), 255]])
    edge = pooled[:, :, None] * colours[0] + bare[:, :, None] * colours[1]
    with canvas_on(pixels) as canvas:
        Sheet(edge.clip(0, 255).astype(np.uint8), 0).lay(canvas, 0, 0)


def _bgr(colour: Colour) -> tuple[int, int, int]:
    return colour & 255, colour >> 8 & 255, colour >> 16


BORDERS = {"gate": _gate, "panel": _panel, "deckle": _deckle}


def _grain(width: int, height: int, k: int, strength: float) -> Any:
    tile = shade_relief(noise(TILE, TILE, 31 + k), 0.16 * strength, 0.1 * strength)
    return image_of(spread(tile, height + 64, width + 64))


def posterise(pixels: Frame) -> None:
    """Few colours, dithered where they change: in place."""
    h, w, _ = pixels.shape
    screen = np.tile(BAYER, (h // 4 + 1, w // 4 + 1))[:h, :w, None]
    steps = SHADES - 1
    level = np.floor(pixels[:, :, :3] * (steps / 255) + 0.5 + screen * 0.3)
    pixels[:, :, :3] = (level.clip(0, steps) * (255 / steps)).round()


def pixelate(pixels: Frame, k: int, amount: float = 1.0) -> None:
    """Each `k` pixels each way as one of few colours, as far as `amount` says: in place."""
    h, w, _ = pixels.shape
    small = pixels[k // 2 :: k, k // 2 :: k].copy()
    posterise(small)
    large = np.repeat(np.repeat(small, k, axis=1), k, axis=0)
    large = np.pad(
        large, ((0, max(0, h - len(large))), (0, max(0, w - large.shape[1])), (0, 0)), "edge"
    )
    if amount >= 1:
        pixels[:] = large[:h, :w]
    else:
        pixels[:] = (pixels + (large[:h, :w].astype(np.int16) - pixels) * amount).round()
