"""Wheels, lamps and panes: what vehicles are made of."""

import math
from collections.abc import Sequence

from animatic.colour import Colour, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.bodies import INK
from animatic.rig.pen import Pen

PANE, STEEL, RUBBER = 0x9CC7DE, 0xB4BCC8, 0x2B2830


def lamps(pen: Pen, act: Act, front: Point, rear: Point, size: float = 1.0) -> None:
    """Head and tail lamps; after dark they shine ahead."""
    (x, y), (rx, ry) = front, rear
    pen.oval(x - 0.02, y, 0.055 * size, 0.07 * size, 0xFFF2C0, shade=0.1)
    pen.oval(rx, ry, 0.04 * size, 0.065 * size, 0xD93A3A, shade=0.1)
    if act.lamps > 0.25:
        pen.glow(x, y, 0.35 * size, 0xFFEDB0, 0.8 * act.lamps)
        beam = [(x, y - 0.05), (x + 0.9, y - 0.17), (x + 0.95, 0.03), (x, y + 0.05)]
        pen.poly(beam, 0xFFEDB0, shade=0, alpha=0.13 * act.lamps)


def siren(pen: Pen, act: Act, at: Point, size: float = 1.0) -> None:
    """A blue light that turns."""
    x, y = at
    on = 0.5 + 0.5 * wave(act.t * 1.5)
    pen.box(x - 0.08 * size, y - 0.07 * size, 0.16 * size, 0.08 * size, 0x3F8FFF, corner=0.02)
    pen.glow(x, y - 0.04, (0.2 + 0.1 * on) * size, 0x6FB8FF, 0.35 + 0.5 * on)


def wheel(pen: Pen, at: Point, r: float, turns: float, rim: Colour = 0xC9CDD6) -> None:
    """A wheel that has turned so many times."""
    x, y = at
    pen.oval(x, y, r, r, RUBBER, shade=0.15)
    pen.oval(x, y, r * 0.6, r * 0.6, rim, shade=0.2)
    for k in range(5):
        a = TAU * (turns + k / 5)
        pen.line(
            [(x, y), (x + r * 0.52 * math.cos(a), y + r * 0.52 * math.sin(a))],
            r * 0.14,
            0x6F7480,
            smooth=False,
        )
    pen.oval(x, y, r * 0.16, r * 0.16, INK, shade=0)


def panes(
    pen: Pen, act: Act, xs: Sequence[float], y: float, w: float, h: float, *, heads: bool = True
) -> None:
    """A row of windows with passengers; lit after dark."""
    glass = mix(PANE, 0xFFE3A0, min(1.0, act.lamps))
    for k, x in enumerate(xs):
        pen.box(x, y, w, h, glass, corner=0.18 * min(w, h), shade=0.25)
        if heads and (k * 7 + int(act.seed * 9)) % 3:
            with pen.inside([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], smooth=False):
                r = min(w, h) * 0.27
                pen.oval(x + w * 0.5, y + h * 0.62, r, r * 1.1, 0x5A4450, shade=0.1)
                pen.oval(x + w * 0.5, y + h * 1.2, r * 1.6, r * 1.4, 0x6A5464, shade=0.1)
        pen.line(
            [(x + w * 0.62, y + h * 0.1), (x + w * 0.85, y + h * 0.75)],
            w * 0.07,
            0xFFFFFF,
            alpha=0.4,
            smooth=False,
        )


def skirt(pen: Pen, left: float, right: float, y: float = -0.14) -> None:
    """The dark sill under a body, from left to right."""
    pen.box(left, y - 0.03, right - left, 0.06, 0x4A4A56, corner=0.02, shade=0.1)
