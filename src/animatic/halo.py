"""What a style shows about figures and layers: soft shadows, washes, bevels, glows.

All work on a coarse copy (one pixel in `COARSE` each way) that is drawn large again: soft, and a
sixteenth of the work.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from animatic.pixels import LINEAR, Frame, image_of

COARSE = 4
Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A coarse picture, premultiplied: one of its pixels is `step` of the frame's."""

    pixels: Frame
    pad: int
    step: int = COARSE

    def lay(self, canvas: Any, left: float, top: float) -> None:
        """Draw it large, the corner of the figure that it belongs to at (left, top)."""
        canvas.save()
        canvas.translate(left - self.pad * self.step, top - self.pad * self.step)
        canvas.scale(self.step, self.step)
        canvas.drawImage(image_of(self.pixels), 0, 0, LINEAR, None)
        canvas.restore()


Halo = tuple[Sheet | None, Sheet | None]
"""What lies under a figure, and what over it."""


def halo_of(kind: str, coarse: Frame, unit: float, *, around: bool = False) -> Halo:
    """The halo of a coarse picture, which repeats sideways if `around`; `unit`: short side."""
    make = HALOS.get(kind)
    if make is None:
        return None, None
    pad = max(1, round(0.015 * unit / COARSE)) * 2
    padded = np.pad(coarse, ((pad, pad), (0, 0), (0, 0)))
    padded = np.pad(padded, ((0, 0), (pad, pad), (0, 0)), mode="wrap" if around else "constant")
    return make(padded.astype(np.float32), pad, unit / COARSE)


def blur_plane(plane: Plane, radius: float) -> Plane:
    """A plane (or planes) softened by two boxes."""
    k = max(1, round(radius))
    for _ in range(2):
        for axis in (0, 1):
            plane = _box(plane, k, axis)
    return plane


def _box(plane: Plane, k: int, axis: int) -> Plane:
    edges = [(0, 0)] * plane.ndim
    edges[axis] = (k + 1, k)
    total = np.cumsum(np.pad(plane, edges), axis=axis, dtype=np.float32)
    size = plane.shape[axis]
    if axis == 0:
        return np.asarray((total[2 * k + 1 :][:size] - total[:size]) / (2 * k + 1), np.float32)
    return np.asarray((total[:, 2 * k + 1 :][:, :size] - total[:, :size]) / (2 * k + 1), np.float32)


def _halve(plane: Plane) -> Plane:
    """Half as fine each way: each pixel the mean of four."""
    h, w = len(plane) // 2 * 2, plane.shape[1] // 2 * 2
    even = plane[:h, :w]
    mean = even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]
    return np.asarray(mean / 4, np.float32)


def _tint(cover: Plane, rgb: tuple[float, float, float]) -> Frame:
    """A coverage (0…255) in one colour, premultiplied."""
    bgra = (rgb[2] / 255, rgb[1] / 255, rgb[0] / 255, 1.0)
    return np.dstack([cover * part for part in bgra]).clip(0, 255).astype(np.uint8)


def _drop(coarse: Plane, pad: int, unit: float) -> Halo:
    """A cut sheet's soft shadow, down and to the side."""
    alpha = coarse[:, :, 3]
    step = max(1, round(0.008 * unit))
    moved = np.roll(alpha, (step, step), (0, 1))
    wide, near = blur_plane(moved, 0.012 * unit), blur_plane(alpha, 0.003 * unit)
    return Sheet(_tint(0.5 * wide + 0.3 * near, (26, 14, 44)), pad), None


def _wash(coarse: Plane, pad: int, unit: float) -> Halo:
    """Pigment that gathered at the edge, and a little that ran beyond it."""
    alpha = coarse[:, :, 3]
    soft = blur_plane(_halve(coarse), 0.005 * unit)
    ran = Sheet(np.minimum(soft * 0.5, 255).astype(np.uint8), pad // 2, 2 * COARSE)
    inner = alpha * (1 - blur_plane(alpha, 0.006 * unit) / 255) * 0.9
    ink = np.empty_like(coarse)
    share = inner / np.maximum(alpha, 1)
    ink[:, :, :3] = coarse[:, :, :3] * share[:, :, None] * 0.5
    ink[:, :, 3] = inner
    return ran, Sheet(ink.clip(0, 255).astype(np.uint8), pad)


def _bevel(coarse: Plane, pad: int, unit: float) -> Halo:
    """Light on the upper left flank, shade on the lower right one, as on something thick."""
    alpha = coarse[:, :, 3]
    soft = blur_plane(alpha, 0.007 * unit)
    step = max(1, round(0.005 * unit))
    slope = np.roll(soft, (-step, -step), (0, 1)) - np.roll(soft, (step, step), (0, 1))
    inside = alpha / 255
    light = np.maximum(slope, 0) * 0.55 * inside
    dark = np.maximum(-slope, 0) * 0.42 * inside
    over = np.maximum(_tint(light, (255, 246, 226)), 0)
    shade = _tint(dark, (38, 18, 40))
    step *= 2
    below = blur_plane(np.roll(alpha, (step, step), (0, 1)), 0.014 * unit)
    return Sheet(_tint(0.3 * below, (30, 16, 36)), pad), Sheet(np.maximum(over, shade), pad)


def _bloom(coarse: Plane, pad: int, unit: float) -> Halo:
    """Light that bright lines shed about them."""
    peak = coarse[:, :, :3].max(axis=2)
    bright = _halve(coarse * np.clip((peak - 110) / 90, 0, 1)[:, :, None])
    glow = 0.5 * bright + 1.9 * blur_plane(bright, 0.007 * unit)
    glow[:, :, 3] = glow[:, :, :3].max(axis=2)
    lit = np.minimum(glow, 235)
    half, step = pad // 2, 2 * COARSE
    under = Sheet(lit.astype(np.uint8), half, step)
    return under, Sheet((lit * 0.45).astype(np.uint8), half, step)


HALOS: Mapping[str, Callable[[Plane, int, float], Halo]] = {
    "drop": _drop,
    "wash": _wash,
    "bevel": _bevel,
    "bloom": _bloom,
}
