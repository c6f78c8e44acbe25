"""On and under the water: sailing boat, ship, liner, pirate ship, canoe, submarine."""

import math
from dataclasses import replace

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.figure import upright
from animatic.rig.pen import Pen
from animatic.rig.wardrobe import dress
from animatic.rig.wheels import PANE

SAILCLOTH = 0xFBF3E2


def boat(pen: Pen, act: Act) -> None:
    """A sailing boat, its sails filled by the wind, foam at the bow."""
    hull = act.own(0xB8573E)
    belly = 0.05 + 0.06 * act.gust()
    pen.limb([(0.0, -0.12), (0.01, -0.99)], [0.022, 0.014], 0x7A5238)
    main: list[Point] = [
        (-0.025, -0.94),
        (-0.16 - belly, -0.62),
        (-0.36 - belly, -0.24),
        (-0.2, -0.215),
        (-0.025, -0.22),
    ]
    pen.blob(main, SAILCLOTH, shade=0.16, tension=0.45)
    jib = [(0.04, -0.88), (0.17 + belly * 0.5, -0.58), (0.38, -0.25), (0.2, -0.22), (0.045, -0.27)]
    pen.blob(jib, mix(SAILCLOTH, hull, 0.3), shade=0.16, tension=0.45)
    pennant(pen, act, (0.01, -0.975))
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
    foam(pen, act, 0.55)


def pennant(pen: Pen, act: Act, at: Point, colour: Colour = 0xE5484D) -> None:
    """A little flag that streams."""
    line = [
        (at[0] - 0.05 * k, at[1] + 0.018 * wave(act.t * 1.4 - 0.3 * k) * k * 0.5) for k in range(4)
    ]
    pen.limb(line, [0.055, 0.045, 0.03, 0.008], colour)


def foam(pen: Pen, act: Act, half: float) -> None:
    """Water that breaks at the hull."""
    n = 11
    step = 2 * half / n
    crest: list[Point] = [
        (-half + step * k, 0.03 + 0.014 * wave(act.t * 0.8 + 0.21 * k)) for k in range(n + 1)
    ]
    ends: list[Point] = [(half + 0.03, 0.1), (-half - 0.03, 0.1)]
    pen.fade([*crest, *ends], 0x3E9CC2, 0x2F86B4, alphas=(0.85, 0.0), smooth=True)
    pen.line(crest, 0.02, 0xFFFFFF, alpha=0.85)


def _hull(pen: Pen, shape: list[Point], paint: Colour, boot: Colour) -> None:
    pen.poly(shape, paint, shade=0.22)
    with pen.inside(shape, smooth=False):
        pen.box(-2.0, -0.06, 4.0, 0.14, boot, shade=0)


def _smoke(pen: Pen, act: Act, at: Point) -> None:
    for k in range(5):
        life = (act.t * 0.3 + k / 5) % 1
        x, y = at[0] - 0.5 * life, at[1] - 0.22 * life
        pen.oval(x, y, 0.03 + 0.08 * life, 0.03 + 0.06 * life, 0xDADCE6, alpha=0.6 * (1 - life))


def ship(pen: Pen, act: Act) -> None:
    """A cargo ship with its boxes; as a liner it has decks and funnels."""
    if act.look == "liner":
        _liner(pen, act)
    elif act.look == "pirate":
        _galleon(pen, act)
    else:
        _freighter(pen, act)


def _freighter(pen: Pen, act: Act) -> None:
    tones = (0xD8553E, 0xE8A93A, 0x3F8FB8, 0x5FA068, 0xE9E3D6)
    for row in range(3):
        for k in range(6 - row):
            x, y = -0.5 + 0.24 * k, -0.42 - 0.13 * row
            pen.box(x, y, 0.225, 0.12, tones[(k * 2 + row * 3) % 5], corner=0.01, shade=0.14)
    pen.box(-0.98, -0.82, 0.34, 0.56, 0xF6F4EE, corner=0.02, shade=0.16)
    pen.box(-1.04, -0.9, 0.46, 0.12, 0xF6F4EE, corner=0.02)
    pen.specks([(-0.98 + 0.09 * k, -0.84) for k in range(5)], 0.05, _glass(act))
    pen.specks(
        [(-0.9 + 0.1 * k, -0.6 + 0.14 * j) for k in range(3) for j in range(2)], 0.04, _glass(act)
    )
    pen.box(-0.92, -1.0, 0.16, 0.12, act.own(0xD8453E), shade=0.2)
    _smoke(pen, act, (-0.84, -1.0))
    bow: list[Point] = [(-1.2, -0.28), (1.0, -0.28), (1.3, -0.4), (1.12, 0.06), (-1.1, 0.06)]
    _hull(pen, bow, act.own(0x2F4A6E), 0xA83A34)
    pen.limb([(1.12, -0.36), (1.12, -0.62)], [0.02, 0.015], 0xE9E3D6)
    foam(pen, act, 1.25)


def _glass(act: Act) -> Colour:
    return 0xFFE39A if act.lamps > 0.25 else 0x4A6A8A


def _liner(pen: Pen, act: Act) -> None:
    for k, x in enumerate((-0.5, -0.1, 0.3)):
        stack = [(x - 0.09, -0.7), (x - 0.13, -1.0), (x + 0.07, -1.0), (x + 0.11, -0.7)]
        pen.poly(stack, 0xD8553E, shade=0.25)
        pen.box(x - 0.13, -1.02, 0.2, 0.06, 0x33343E)
        _smoke(pen, replace(act, t=act.t + 0.7 * k), (x - 0.03, -1.03))
    for k, (left, right) in enumerate(((-1.15, 1.0), (-1.0, 0.85), (-0.85, 0.68))):
        y = -0.44 - 0.13 * k
        pen.box(left, y, right - left, 0.14, 0xFBFAF6, corner=0.03, shade=0.12)
        n = int((right - left) / 0.11)
        pen.specks([(left + 0.08 + 0.11 * j, y + 0.07) for j in range(n)], 0.045, _glass(act))
    bow: list[Point] = [(-1.3, -0.3), (1.0, -0.31), (1.42, -0.4), (1.16, 0.06), (-1.2, 0.06)]
    _hull(pen, bow, act.own(0x2E3A5C), 0xA83A34)
    pen.line([(-1.28, -0.27), (1.0, -0.28), (1.38, -0.37)], 0.025, 0xFFFFFF, smooth=False)
    pen.specks([(-1.05 + 0.15 * k, -0.16) for k in range(14)], 0.035, _glass(act))
    foam(pen, act, 1.35)


def _galleon(pen: Pen, act: Act) -> None:
    wood, belly = act.own(0x7A4A30), 0.04 + 0.05 * act.gust()
    black = 0x3A3644
    for x, top, w in ((-0.42, -0.9, 0.2), (0.36, -0.84, 0.18), (-0.02, -1.0, 0.25)):
        pen.limb([(x, -0.2), (x, top)], [0.03, 0.02], 0x5A3826)
        for k in range(2):
            y0, y1 = top + 0.05 + 0.28 * k, top + 0.29 + 0.28 * k
            wide = w * (0.8 + 0.25 * k)
            sail: list[Point] = [
                (x - wide, y0),
                (x + wide, y0),
                (x + wide * 1.05 + belly, (y0 + y1) / 2),
            ]
            cloth = black if act.colour is None else SAILCLOTH
            pen.blob(
                [*sail, (x + wide, y1), (x - wide, y1), (x - wide * 0.8 + belly, (y0 + y1) / 2)],
                cloth,
                shade=0.2,
                tension=0.4,
            )
    pen.oval(0.0, -0.53, 0.07, 0.065, 0xFBF8F0, shade=0)
    pen.specks([(-0.025, -0.535), (0.03, -0.535)], 0.026, black)
    pen.line([(-0.09, -0.42), (0.1, -0.47)], 0.018, 0xFBF8F0)
    pen.line([(-0.09, -0.47), (0.1, -0.42)], 0.018, 0xFBF8F0)
    pennant(pen, act, (-0.02, -1.02), black)
    pen.limb([(0.6, -0.26), (1.0, -0.42)], [0.03, 0.015], 0x5A3826)
    hull: list[Point] = [
        (-0.78, -0.42),
        (-0.5, -0.4),
        (-0.44, -0.24),
        (0.42, -0.22),
        (0.72, -0.34),
        (0.58, 0.06),
        (-0.62, 0.06),
    ]
    pen.poly(hull, wood, shade=0.25)
    with pen.inside(hull, smooth=False):
        for k in range(3):
            pen.line([(-0.8, -0.18 + 0.07 * k), (0.8, -0.16 + 0.07 * k)], 0.01, darker(wood, 0.3))
    pen.line(
        [(-0.77, -0.41), (-0.5, -0.39), (-0.44, -0.235), (0.42, -0.215), (0.71, -0.33)],
        0.03,
        0xD9A83A,
        smooth=False,
    )
    for k in range(4):
        pen.box(-0.36 + 0.2 * k, -0.15, 0.07, 0.06, 0x2A2028, shade=0)
    pen.specks([(-0.66, -0.31), (-0.57, -0.31)], 0.045, 0xFFD97A)
    foam(pen, act, 0.75)


def canoe(pen: Pen, act: Act) -> None:
    """A canoe; who sits in it paddles, left and right."""
    paint = act.own(0xC8643A)
    stroke = wave(act.phase)
    d = replace(dress(replace(act, colour=None)), skirt=False)
    with pen.at(-0.05, 0.38, scale=1.15):
        trunk = [(-1.0, -1.6), (1.0, -1.6), (1.0, -0.43), (-1.0, -0.43)]
        with pen.inside(trunk, smooth=False), pen.at(0, -0.46, angle=6 * stroke), pen.at(0, 0.46):
            upright(pen, replace(act, gait="drive"), d)
    low = (0.3 - 0.24 * stroke, 0.08)
    top = (0.12 + 0.08 * stroke, -0.58)
    pen.line([top, low], 0.03, 0x9A6A40, smooth=False)
    pen.limb([(low[0], low[1] - 0.12), low], [0.05, 0.09], 0xE0B878)
    hull: list[Point] = [
        (-1.15, -0.3),
        (-0.9, -0.2),
        (0.0, -0.17),
        (0.9, -0.2),
        (1.15, -0.3),
        (1.0, 0.0),
        (0.6, 0.06),
        (-0.6, 0.06),
        (-1.0, 0.0),
    ]
    pen.blob(hull, paint, shade=0.25, tension=0.5)
    pen.line(
        [(-1.14, -0.29), (-0.9, -0.19), (0.0, -0.16), (0.9, -0.19), (1.14, -0.29)],
        0.03,
        lighter(paint, 0.5),
    )
    foam(pen, act, 1.1)


def submarine(pen: Pen, act: Act) -> None:
    """A round yellow submarine, its screw turning, bubbles behind."""
    paint = act.own(0xF2B632)
    for k in range(6):
        life = (act.t * 0.5 + k / 6) % 1
        at = (-1.1 - 0.35 * life, -0.4 - 0.4 * life + 0.04 * wave(life * 2 + k * 0.3))
        pen.oval(*at, 0.03 + 0.03 * life, 0.03 + 0.03 * life, 0xDDF6FF, alpha=0.6 * (1 - life))
    reach = 0.24 * wave(act.t * 1.7)
    pen.limb([(-1.06, -0.38 - reach), (-1.06, -0.38 + reach)], [0.06, 0.06], 0xD8453E)
    for side in (-1, 1):
        fin: list[Point] = [
            (-0.75, -0.38),
            (-1.05, -0.38 + 0.34 * side),
            (-0.85, -0.38 + 0.36 * side),
            (-0.5, -0.38 + 0.15 * side),
        ]
        pen.blob(fin, 0xD8453E, tension=0.4)
    pen.blob(
        [(-0.2, -0.62), (-0.16, -0.88), (0.26, -0.88), (0.34, -0.62)],
        paint,
        shade=0.25,
        tension=0.5,
    )
    pen.limb([(0.1, -0.86), (0.1, -1.02), (0.24, -1.03)], [0.045, 0.045, 0.05], 0x8A94A4)
    hull: list[Point] = [
        (-1.02, -0.38),
        (-0.6, -0.64),
        (0.1, -0.7),
        (0.7, -0.62),
        (0.98, -0.36),
        (0.7, -0.12),
        (0.0, -0.06),
        (-0.6, -0.14),
    ]
    pen.blob(hull, paint, shade=0.3)
    for x in (-0.42, 0.02, 0.46):
        pen.oval(x, -0.42, 0.13, 0.13, 0xC98A2A, shade=0.2)
        pen.oval(x, -0.42, 0.095, 0.095, mix(PANE, 0xFFE9A8, 0.3), shade=0.3)
        pen.line([(x - 0.04, -0.46), (x + 0.02, -0.47)], 0.016, 0xFFFFFF, alpha=0.8)
    pen.glow(0.95, -0.36, 0.22, 0xFFF3C0, 0.6)
    for k in range(6):
        a = TAU * k / 6
        pen.oval(
            0.02 + 0.8 * math.cos(a), -0.38 + 0.24 * math.sin(a), 0.014, 0.014, 0xB07A22, shade=0
        )


SUBJECTS = {"boat": boat, "ship": ship, "canoe": canoe, "submarine": submarine}
