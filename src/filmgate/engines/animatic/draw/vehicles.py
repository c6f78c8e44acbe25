"""Boat and car."""

import math

from filmgate.engines.animatic.colour import Colour, darker, lighter, mix
from filmgate.engines.animatic.draw.act import Act
from filmgate.engines.animatic.draw.bodies import INK
from filmgate.engines.animatic.draw.pen import Pen
from filmgate.engines.animatic.ease import TAU, Point, wave

SAILCLOTH = 0xFBF3E2


def boat(pen: Pen, act: Act) -> None:
    """A sailing boat, its sails filled by the wind, foam at the bow."""
    hull = act.own(0xB8573E)
    belly = 0.05 + 0.06 * act.gust()
    pen.limb([(0.0, -0.12), (0.01, -0.99)], [0.022, 0.014], 0x7A5238)
    main = [
        (-0.025, -0.94),
        (-0.16 - belly, -0.62),
        (-0.36 - belly, -0.24),
        (-0.2, -0.215),
        (-0.025, -0.22),
    ]
    pen.blob(main, SAILCLOTH, shade=0.16, tension=0.45)
    jib = [(0.04, -0.88), (0.17 + belly * 0.5, -0.58), (0.38, -0.25), (0.2, -0.22), (0.045, -0.27)]
    pen.blob(jib, mix(SAILCLOTH, hull, 0.3), shade=0.16, tension=0.45)
    _pennant(pen, act)
    shape = [(-0.46, -0.18), (0.5, -0.2), (0.42, -0.07), (0.3, 0.04), (-0.3, 0.04), (-0.4, -0.04)]
    pen.poly(shape, hull, shade=0.2)
    pen.limb(
        [(-0.47, -0.18), (0.0, -0.165), (0.51, -0.205)],
        [0.036, 0.034, 0.03],
        lighter(hull, 0.45),
        shade=0.05,
    )
    with pen.inside(shape, smooth=False):
        pen.box(-0.5, -0.045, 1.0, 0.1, darker(hull, 0.35), shade=0)
    _foam(pen, act)


def _pennant(pen: Pen, act: Act) -> None:
    line = [
        (0.01 - 0.05 * k, -0.975 + 0.018 * wave(act.t * 1.4 - 0.3 * k) * k * 0.5) for k in range(4)
    ]
    pen.limb(line, [0.055, 0.045, 0.03, 0.008], 0xE5484D)


def _foam(pen: Pen, act: Act) -> None:
    crest: list[Point] = [
        (-0.55 + 0.1 * k, 0.03 + 0.014 * wave(act.t * 0.8 + 0.21 * k)) for k in range(12)
    ]
    pen.fade(
        [*crest, (0.58, 0.1), (-0.58, 0.1)], 0x3E9CC2, 0x2F86B4, alphas=(0.85, 0.0), smooth=True
    )
    pen.line(crest, 0.02, 0xFFFFFF, alpha=0.85)


def car(pen: Pen, act: Act) -> None:
    """A rounded little car; its wheels turn, its lamps shine after dark."""
    paint = act.own(0xD9483E)
    roof = [(-0.62, -0.56), (-0.42, -0.93), (-0.05, -1.0), (0.3, -0.92), (0.56, -0.56)]
    pen.blob([*roof, (0.4, -0.5), (-0.5, -0.5)], paint, shade=0.25, tension=0.7)
    _glass(pen)
    body = [
        (-1.12, -0.2),
        (-1.14, -0.42),
        (-1.02, -0.56),
        (-0.6, -0.6),
        (0.0, -0.61),
        (0.56, -0.59),
        (0.98, -0.5),
        (1.14, -0.38),
        (1.15, -0.2),
        (1.0, -0.13),
        (-1.0, -0.13),
    ]
    pen.blob(body, paint, shade=0.25, tension=0.6)
    pen.limb(
        [(-1.05, -0.43), (0.0, -0.475), (1.08, -0.4)],
        [0.012, 0.016, 0.012],
        lighter(paint, 0.5),
        shade=0,
        alpha=0.8,
    )
    pen.line([(-0.04, -0.58), (-0.05, -0.2)], 0.01, darker(paint, 0.35), smooth=False)
    pen.limb([(-0.3, -0.44), (-0.2, -0.44)], [0.025, 0.025], lighter(paint, 0.6), shade=0)
    pen.box(-1.16, -0.22, 2.32, 0.07, mix(darker(paint, 0.5), 0x9A9AA4, 0.4), corner=0.03)
    _lamps(pen, act)
    for x in (-0.66, 0.68):
        wheel(pen, (x, -0.19), 0.2, act.phase * 2.2)
    if act.look == "taxi":
        pen.box(-0.13, -1.1, 0.24, 0.1, 0xFFF3C4, corner=0.03)


def _glass(pen: Pen) -> None:
    pane = 0x9CC7DE
    pen.blob(
        [(-0.5, -0.6), (-0.36, -0.86), (-0.1, -0.91), (-0.1, -0.6)], pane, shade=0.3, tension=0.4
    )
    pen.blob(
        [(-0.02, -0.6), (-0.02, -0.91), (0.24, -0.84), (0.43, -0.6)], pane, shade=0.3, tension=0.4
    )
    pen.oval(0.12, -0.68, 0.08, 0.1, 0x53434E, shade=0.1)
    pen.line([(0.1, -0.88), (0.25, -0.64)], 0.035, 0xFFFFFF, alpha=0.4, smooth=False)


def _lamps(pen: Pen, act: Act) -> None:
    pen.oval(1.07, -0.41, 0.06, 0.075, 0xFFF2C0, shade=0.1)
    pen.oval(-1.1, -0.42, 0.04, 0.07, 0xD93A3A, shade=0.1)
    if act.lamps > 0.25:
        pen.glow(1.1, -0.41, 0.35, 0xFFEDB0, 0.8 * act.lamps)
        beam = [(1.1, -0.46), (2.0, -0.58), (2.05, 0.03), (1.1, -0.36)]
        pen.poly(beam, 0xFFEDB0, shade=0, alpha=0.13 * act.lamps)


def wheel(pen: Pen, at: Point, r: float, turns: float, rim: Colour = 0xC9CDD6) -> None:
    """A wheel that has turned so many times."""
    x, y = at
    pen.oval(x, y, r, r, 0x2B2830, shade=0.15)
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


SUBJECTS = {"boat": boat, "car": car}
