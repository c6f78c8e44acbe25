"""In the air: aeroplane, helicopter, balloon."""

import math

from animatic.colour import darker, lighter
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.wheels import PANE

WHITE = 0xF4F6FA


def airplane(pen: Pen, act: Act) -> None:
    """An airliner; as a jet it is slim, as a biplane it has two wings and a propeller."""
    if act.look == "biplane":
        _biplane(pen, act)
        return
    paint = act.own(0x3F7FD0)
    white = WHITE if act.colour is None else lighter(paint, 0.15)
    pen.poly([(-0.1, -0.56), (-0.5, -0.86), (-0.38, -0.86), (0.3, -0.58)], darker(white, 0.2))
    pen.poly([(-1.15, -0.55), (-1.42, -0.95), (-1.18, -0.96), (-0.8, -0.62)], paint, shade=0.2)
    hull: list[Point] = [(-1.4, -0.56), (-0.9, -0.66), (0.6, -0.66), (1.1, -0.58), (1.3, -0.46)]
    pen.blob(
        [*hull, (1.12, -0.36), (0.5, -0.31), (-0.6, -0.33), (-1.1, -0.46)],
        white,
        shade=0.24,
        tension=0.7,
    )
    pen.poly([(-1.3, -0.53), (1.26, -0.48), (1.24, -0.42), (-1.1, -0.45)], paint, shade=0)
    pen.blob([(0.96, -0.6), (1.12, -0.55), (1.2, -0.5), (0.98, -0.5)], 0x3A4A66, tension=0.4)
    glass = 0xFFE9A8 if act.lamps > 0.25 else 0x5A7FA8
    pen.specks([(-0.75 + 0.14 * k, -0.565) for k in range(12)], 0.055, glass)
    pen.poly([(-1.15, -0.5), (-1.55, -0.36), (-1.38, -0.34), (-0.92, -0.44)], darker(white, 0.12))
    pen.limb([(-0.02, -0.2), (0.22, -0.2)], [0.13, 0.15], 0xB4BCC8, shade=0.25)
    pen.poly([(0.32, -0.46), (-0.55, -0.04), (-0.75, -0.06), (-0.22, -0.44)], white, shade=0.22)
    pen.poly([(-0.53, -0.05), (-0.75, -0.06), (-0.72, -0.2)], paint)
    blink = max(0.0, wave(act.t * 1.1)) ** 6
    pen.glow(-0.66, -0.06, 0.12, 0xFF5A4A, 0.9 * blink)
    _trail(pen, act, (-1.5, -0.5))


def _trail(pen: Pen, act: Act, at: Point) -> None:
    x, y = at
    pen.fade(
        [(x - 0.6, y - 0.03), (x, y - 0.02), (x, y + 0.02), (x - 0.6, y + 0.05)],
        0xFFFFFF,
        0xFFFFFF,
        alphas=(0.3, 0.3),
    )


def _biplane(pen: Pen, act: Act) -> None:
    paint = act.own(0xD8453E)
    cream = 0xF7EBD0
    pen.box(-0.22, -0.24, 0.62, 0.06, darker(cream, 0.1), corner=0.03)
    pen.limb(
        [(0.95, -0.5), (0.2, -0.48), (-0.6, -0.52), (-1.15, -0.62)],
        [0.34, 0.38, 0.24, 0.1],
        paint,
        shade=0.25,
    )
    pen.blob([(-1.2, -0.6), (-1.3, -0.92), (-1.08, -0.94), (-0.9, -0.62)], paint, shade=0.2)
    pen.oval(0.06, -0.72, 0.1, 0.11, 0x6A4A34, shade=0.2)
    pen.oval(0.1, -0.7, 0.055, 0.04, PANE, shade=0.2)
    scarf: list[Point] = [
        (0.0, -0.64),
        (-0.2, -0.66 + 0.03 * wave(act.t)),
        (-0.42, -0.62 + 0.05 * wave(act.t + 0.2)),
    ]
    pen.limb(scarf, [0.06, 0.06, 0.03], cream)
    for x in (-0.02, 0.36):
        pen.line([(x, -0.9), (x - 0.06, -0.28)], 0.022, 0x7A5A3A)
    pen.box(-0.3, -0.97, 0.86, 0.075, cream, corner=0.035, shade=0.2)
    pen.box(-0.34, -0.33, 0.86, 0.085, cream, corner=0.04, shade=0.2)
    pen.limb([(0.3, -0.3), (0.42, -0.12)], [0.03, 0.03], 0x6A6470)
    pen.oval(0.42, -0.1, 0.1, 0.1, 0x2B2830)
    pen.oval(0.42, -0.1, 0.04, 0.04, 0xC9CDD6)
    pen.oval(1.1, -0.5, 0.05, 0.28, 0xFFFFFF, shade=0, alpha=0.35)
    blade = 0.28 * wave(act.t * 3.1)
    pen.limb([(1.1, -0.5 - blade), (1.1, -0.5 + blade)], [0.03, 0.03], 0x5A4030)
    pen.oval(1.1, -0.5, 0.06, 0.06, 0xE8B83A, shade=0.2)


def helicopter(pen: Pen, act: Act) -> None:
    """Its rotors whirl, its door is glass."""
    paint = act.own(0xE8A23A)
    pen.limb([(-0.2, -0.5), (-0.8, -0.54), (-1.25, -0.6)], [0.26, 0.13, 0.08], paint, shade=0.22)
    pen.poly([(-1.3, -0.56), (-1.4, -0.82), (-1.22, -0.82), (-1.1, -0.58)], darker(paint, 0.15))
    a = TAU * act.t * 2.3
    tail = [
        (-1.27 + 0.15 * math.cos(a), -0.66 + 0.15 * math.sin(a)),
        (-1.27 - 0.15 * math.cos(a), -0.66 - 0.15 * math.sin(a)),
    ]
    pen.oval(-1.27, -0.66, 0.15, 0.15, 0xFFFFFF, shade=0, alpha=0.25)
    pen.line(tail, 0.025, 0x4A4A56)
    cabin: list[Point] = [
        (-0.45, -0.42),
        (-0.36, -0.68),
        (0.1, -0.78),
        (0.5, -0.68),
        (0.72, -0.42),
        (0.55, -0.22),
    ]
    pen.blob([*cabin, (-0.25, -0.22)], paint, shade=0.25, tension=0.8)
    pen.blob(
        [(0.16, -0.7), (0.46, -0.62), (0.63, -0.42), (0.2, -0.4)], PANE, shade=0.3, tension=0.6
    )
    pen.box(-0.18, -0.66, 0.28, 0.26, PANE, corner=0.05, shade=0.3)
    pen.oval(0.33, -0.5, 0.07, 0.08, 0x53434E)
    pen.box(-0.44, -0.36, 1.1, 0.045, lighter(paint, 0.55), shade=0)
    for x in (-0.2, 0.32):
        pen.line([(x, -0.24), (x + 0.04, -0.08)], 0.025, 0x4A4A56)
    pen.limb([(-0.42, -0.07), (0.5, -0.07), (0.64, -0.12)], [0.035, 0.035, 0.025], 0x4A4A56)
    pen.limb([(0.06, -0.76), (0.06, -0.92)], [0.06, 0.04], 0x4A4A56)
    reach = 1.05 * wave(act.t * 2.6)
    pen.oval(0.06, -0.94, 1.05, 0.05, 0xFFFFFF, shade=0, alpha=0.3)
    pen.limb([(0.06 - reach, -0.95), (0.06 + reach, -0.93)], [0.03, 0.03], 0x3A3A46, shade=0)
    pen.glow(-0.1, -0.22, 0.1, 0xFF5A4A, 0.9 * max(0.0, wave(act.t * 0.9)) ** 6)


def hot_air_balloon(pen: Pen, act: Act) -> None:
    """A hot-air balloon in gores of colour; the burner breathes."""
    main = act.own(0xE8553E)
    tones = (main, lighter(main, 0.55), 0xF4C542 if act.colour is None else darker(main, 0.2))
    cx, cy, r = 0.0, -0.66, 0.34
    skin: list[Point] = [
        (0.0, cy - r),
        (0.25, cy - 0.25),
        (r, cy),
        (0.24, cy + 0.25),
        (0.09, cy + 0.4),
    ]
    envelope = [*skin, *[(-x, y) for x, y in reversed(skin[1:])]]
    pen.blob(envelope, tones[0], shade=0.0)
    with pen.inside(envelope):
        for k in range(7):
            edge = [math.sin(TAU * (j - 3.5) / 16) * 0.36 for j in (k, k + 1)]
            gore = [
                (0, cy - r),
                (edge[0], cy),
                (edge[0] * 0.3, cy + 0.42),
                (edge[1] * 0.3, cy + 0.42),
                (edge[1], cy),
            ]
            pen.blob(gore, tones[k % 3], shade=0.14, tension=0.8)
        pen.soft(-0.14 * pen.light.side, cy + 0.05, 0.3, 0.45, 0x2B2040, 0.25)
        pen.soft(0.14 * pen.light.side, cy - 0.16, 0.14, 0.16, 0xFFFFFF, 0.4)
    burn = max(0.0, wave(act.t * 0.23)) ** 2
    pen.glow(cx, cy + 0.44, 0.08 + 0.12 * burn, 0xFFC05A, 0.25 + 0.7 * burn)
    pen.limb([(0, -0.19), (0, -0.24 - 0.05 * burn)], [0.03, 0.005], 0xFFD65A, shade=0)
    for x in (-0.075, 0.075):
        pen.line([(x, cy + 0.4), (x * 0.9, -0.13)], 0.007, 0x6A5240)
    for x in (-0.03, 0.035):
        pen.oval(x, -0.16, 0.022, 0.025, 0x6A4A3A)
        pen.blob(
            [(x - 0.03, -0.1), (x - 0.02, -0.14), (x + 0.02, -0.14), (x + 0.03, -0.1)], 0x3F7FB8
        )
    pen.poly([(-0.08, -0.13), (0.08, -0.13), (0.065, 0.0), (-0.065, 0.0)], 0xB07A44, shade=0.25)
    pen.hairs(
        [((-0.075, -0.1 + 0.03 * k), (0.075, -0.1 + 0.03 * k)) for k in range(3)], 0.007, 0x7A5230
    )
    pen.limb([(-0.085, -0.13), (0.085, -0.13)], [0.022, 0.022], 0x8A5A34)


SUBJECTS = {
    "airplane": airplane,
    "helicopter": helicopter,
    "hot_air_balloon": hot_air_balloon,
}
