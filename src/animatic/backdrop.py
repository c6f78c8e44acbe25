"""Backdrops: painted once, shown in every frame by parallax, only where nothing nearer hides them.

Showing a picture between pixels costs ten times what copying it does, and most of what is far is
covered by what is near: a frame first asks what each backdrop still shows, block by block.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from animatic.halo import COARSE, halo_of
from animatic.pixels import CUBIC, LINEAR, MIPMAPS, Frame, canvas_on, image_of
from animatic.rig.pen import Pen
from animatic.stage import Layer, Moment, Stage
from animatic.textures import lay_texture

BLOCK = 64
"""The width of frame, in pixels, over which what is hidden is known."""

REACH = BLOCK + 10
"""As many columns of a backdrop can lie under a block, at any zoom from 0.9."""

OVERLAP = 2
TEXTURED = 900
"""The frame size at which a texture's tile is shown as it is."""

OPAQUE = 255

Rows = NDArray[np.int64]
View = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A painted picture that repeats sideways after `period` pixels, painted at `scale`.

    `heads` and `solid` are, for the columns from each column on that a block may cover, the first
    row that holds something, and the first from which all is opaque to the lowest row.
    """

    layer: Layer
    image: Any
    top: int
    period: int
    scale: float
    heads: Rows
    solid: Rows


@dataclass(frozen=True, slots=True)
class Placed:
    """A backdrop in one frame: where its origin is, in pixels, how large, and what is in sight."""

    backdrop: Backdrop
    left: float
    top: float
    zoom: float


def paint(stage: Stage, layers: Sequence[Layer], scale: float, blur: float = 0.0) -> Backdrop:
    """Paint layers that move as one, over a period; keep only the rows that hold something.

    `blur` (a share of the shorter side) puts them out of focus.
    """
    unit = stage.unit * scale
    wide = round(stage.period * unit)
    margin = round(0.25 * unit)
    tall = round(stage.height * unit) + 2 * margin
    pixels = np.zeros((tall, wide + OVERLAP, 4), np.uint8)
    with canvas_on(pixels) as canvas:
        for turn in (-1, 0, 1):
            canvas.save()
            canvas.translate(turn * wide, margin)
            canvas.scale(wide / stage.period, unit)
            for layer in layers:
                pen = Pen(canvas, stage.light, stage.style, layer.far, period=stage.period)
                layer.paint(pen)
            canvas.restore()
    pixels = _put_in_style(pixels, stage)
    if blur:
        pixels = _blur_pixels(pixels, blur * unit)
    alpha = np.ascontiguousarray(pixels[:, :wide, 3])
    rows = np.flatnonzero(alpha.any(axis=1))
    first, last = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 1)
    alpha = alpha[first:last]
    return Backdrop(
        layer=layers[0],
        image=image_of(pixels[first:last].copy()),
        top=first - margin,
        period=wide,
        scale=scale,
        heads=_window(_heads(alpha), np.minimum),
        solid=_window(_solid_rows(alpha), np.maximum),
    )


def _put_in_style(pixels: Frame, stage: Stage) -> Frame:
    """The style's texture and halo, which cost nothing here: this is painted once."""
    style = stage.style
    if style.tile:
        with canvas_on(pixels) as canvas:
            lay_texture(canvas, style.tile, stage.unit / TEXTURED, pixels.shape[1] - OVERLAP)
    under, over = halo_of(style.halo, pixels[::COARSE, ::COARSE], stage.unit, around=True)
    if under is None and over is None:
        return pixels
    laid = np.zeros_like(pixels)
    with canvas_on(laid) as canvas:
        if under:
            under.lay(canvas, 0, 0)
        canvas.drawImage(image_of(pixels), 0, 0)
        if over:
            over.lay(canvas, 0, 0)
    return laid


def _blur_pixels(pixels: Frame, reach: float) -> Frame:
    """Out of focus: made small, then large again, twice as fast as any filter."""
    h, w, _ = pixels.shape
    k = max(1.0, reach)
    small = np.zeros((max(1, round(h / k)), max(1, round(w / k)), 4), np.uint8)
    with canvas_on(small) as canvas:
        box = skia.Rect.MakeWH(small.shape[1], small.shape[0])
        canvas.drawImageRect(image_of(pixels), box, MIPMAPS, None)
    soft = np.zeros_like(pixels)
    with canvas_on(soft) as canvas:
        canvas.drawImageRect(image_of(small), skia.Rect.MakeWH(w, h), CUBIC, None)
    return soft


def _heads(alpha: NDArray[np.uint8]) -> Rows:
    ink_or = alpha > 0
    return np.where(ink_or.any(axis=0), ink_or.argmax(axis=0), len(alpha)).astype(np.int64)


def _solid_rows(alpha: NDArray[np.uint8]) -> Rows:
    open_ = alpha[::-1] < OPAQUE
    count = np.where(open_.any(axis=0), open_.argmax(axis=0), len(alpha))
    return (len(alpha) - count).astype(np.int64)


def _window(values: Rows, pick: Callable[[Rows, Rows], Rows]) -> Rows:
    """Each value with the next ones within a block's reach, round the period."""
    span = 1
    while span < REACH:
        step = min(span, REACH - span)
        values = pick(values, np.roll(values, -step))
        span += step
    return values


def place(backdrop: Backdrop, stage: Stage, view: View, moment: Moment) -> Placed:
    """Where a backdrop is in a frame; `view` is its depth's origin and zoom."""
    layer, unit = backdrop.layer, stage.unit
    x, y, zoom = view
    amount, rate = layer.bob
    if amount:
        y += amount * float(np.sin(2 * np.pi * rate * moment.t))
    zoom /= backdrop.scale
    if abs(zoom - 1) < 1e-9:
        zoom = 1.0
    period = backdrop.period * zoom
    left = x * unit + layer.drift * moment.t * unit * zoom
    return Placed(backdrop, left % period - period, y * unit + backdrop.top * zoom, zoom)


def in_sight(placed: Sequence[Placed], width: int, height: int) -> list[Any]:
    """What is to be seen of each, given far to near: regions of the frame."""
    edges = np.arange(0, width, BLOCK)
    upper = np.full(len(edges), height, np.int64)
    lower = upper.copy()
    regions = []
    for one in reversed(placed):
        drop = one.backdrop
        columns = np.floor((edges - 2 - one.left) / one.zoom).astype(np.int64) % drop.period
        end = one.top + drop.image.height() * one.zoom
        first = np.floor(one.top + drop.heads[columns] * one.zoom).astype(np.int64) - 1
        last = np.full(len(edges), min(height, int(np.ceil(end)) + 1), np.int64)
        regions.append(_region(edges, first.clip(0), np.where(last <= lower, upper, last), last))
        solid = np.ceil(one.top + (drop.solid[columns] + 1) * one.zoom).astype(np.int64).clip(0)
        closed = height if end >= height else int(end - one.zoom)
        joins = (solid < closed) & (closed >= upper) & (solid <= lower)
        upper = np.where(joins, np.minimum(upper, solid), upper)
        lower = np.where(joins, np.maximum(lower, closed), lower)
    return regions[::-1]


def _region(edges: Rows, first: Rows, seen: Rows, last: Rows) -> Any:
    ends = np.minimum(seen, last)
    rects = [
        skia.IRect.MakeLTRB(x, y0, x + BLOCK, y1)
        for x, y0, y1 in zip(edges.tolist(), first.tolist(), ends.tolist(), strict=True)
        if y0 < y1
    ]
    region = skia.Region()
    if rects:
        region.setRects(rects)
    return region


def show(canvas: Any, placed: Placed, region: Any, width: int) -> None:
    """Draw what is in sight of a backdrop, as often as it takes to fill the width."""
    if region.isEmpty():
        return
    canvas.save()
    canvas.clipRegion(region)
    left, period = placed.left, placed.backdrop.period * placed.zoom
    while left < width:
        if left + period > 0:
            _blit(canvas, placed.backdrop.image, left, placed.top, placed.zoom)
        left += period
    canvas.restore()


def _blit(canvas: Any, image: Any, x: float, y: float, zoom: float) -> None:
    if zoom == 1 and abs(x - round(x)) + abs(y - round(y)) < 1e-6:
        canvas.drawImage(image, round(x), round(y))
        return
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(zoom, zoom)
    canvas.drawImage(image, 0, 0, LINEAR, None)
    canvas.restore()
