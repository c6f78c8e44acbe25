"""Snowman, campfire, lighthouse, windmill, house."""

import math

from animatic.colour import darker, lighter, mix
from animatic.ease import Point, turn, wave
from animatic.rig.act import Act
from animatic.rig.beasts import eyes
from animatic.rig.bodies import INK
from animatic.rig.materials import flame
from animatic.rig.pen import Pen

PANE = 0x8FB8D4
LAMPLIGHT = 0xFFD98A


def window(pen: Pen, act: Act, x: float, y: float, w: float, h: float) -> None:
    """A window about (x, y), alight after dark."""
    lit = min(1.0, act.lamps * 1.5)
    if lit > 0.2:
        pen.glow(x, y, 2.2 * max(w, h), LAMPLIGHT, 0.45 * lit)
    box = [
        (x - w / 2, y - h / 2),
        (x + w / 2, y - h / 2),
        (x + w / 2, y + h / 2),
        (x - w / 2, y + h / 2),
    ]
    tone = mix(PANE, LAMPLIGHT, lit)
    if lit > 0.2:
        pen.fade(box, tone, lighter(tone, 0.2), lit=False)
    else:
        pen.poly(box, tone, shade=0.2)
    pen.line([(x, y - h / 2), (x, y + h / 2)], w * 0.1, 0xF6EFE2, smooth=False)
    pen.line([(x - w / 2, y), (x + w / 2, y)], w * 0.1, 0xF6EFE2, smooth=False)
    pen.line(box, w * 0.12, 0xF6EFE2, closed=True, smooth=False)


def snowman(pen: Pen, act: Act) -> None:
    """A snowman in hat and scarf who waves a twig."""
    scarf = act.own(0xD8403C)
    snow = 0xF6FAFF
    tip = 2.5 * wave(act.t * 0.3) + (6 * act.swing() if act.gait == "dance" else 0)
    with pen.at(0, 0, angle=tip):
        _twig(pen, (-0.2, -0.52), (-0.48, -0.62))
        raised = 0.1 * (act.swing() if act.gait in {"wave", "dance"} else wave(act.t * 0.4))
        _twig(pen, (0.2, -0.52), (0.46, -0.74 - raised))
        for y, r in ((-0.22, 0.26), (-0.55, 0.2)):
            pen.oval(0, y, r, r * 0.96, snow, shade=0.16)
        pen.specks([(0.02, -0.62), (0.03, -0.53), (0.02, -0.44)], 0.036, INK)
        pen.oval(0, -0.8, 0.15, 0.145, snow, shade=0.14)
        flow = 0.05 * act.gust()
        pen.limb(
            [(-0.09, -0.68), (-0.13, -0.56), (-0.16 - flow, -0.45)],
            [0.07, 0.08, 0.085],
            darker(scarf, 0.1),
        )
        pen.limb([(-0.14, -0.69), (0, -0.66), (0.14, -0.69)], [0.07, 0.085, 0.07], scarf)
        eyes(pen, act, [(-0.04, -0.83), (0.07, -0.83)], 0.02, blush=0.035)
        pen.poly([(0.02, -0.8), (0.02, -0.765), (0.17, -0.775)], 0xF08A3A, shade=0.2)
        pen.specks([(-0.03, -0.735), (0.0, -0.722), (0.035, -0.72), (0.07, -0.73)], 0.014, INK)
        pen.limb([(-0.17, -0.91), (0.17, -0.91)], [0.045, 0.045], 0x3A3646)
        pen.box(-0.11, -1.08, 0.22, 0.18, 0x3A3646, corner=0.015, shade=0.2)
        pen.box(-0.11, -0.955, 0.22, 0.04, scarf, shade=0)


def _twig(pen: Pen, root: Point, tip: Point) -> None:
    pen.limb([root, tip], [0.03, 0.018], 0x6A4A38)
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    for a in (-0.6, 0.6):
        fx, fy = turn((dx * 0.3, dy * 0.3), a)
        pen.limb([tip, (tip[0] + fx, tip[1] + fy)], [0.018, 0.01], 0x6A4A38)


def campfire(pen: Pen, act: Act) -> None:
    """A fire of logs in a ring of stones, with sparks."""
    pen.glow(0, -0.4, 0.95, 0xFF9A40, 0.5 + 0.05 * wave(act.t * 1.7))
    for k in range(5):
        pen.oval(-0.44 + 0.22 * k, -0.1, 0.12, 0.08, 0x8A8490, shade=0.2)
    for dx, size in ((-0.17, 0.55), (0.17, 0.6), (0.0, 0.88)):
        flame(pen, act, (dx, -0.1), size, lag=dx * 3)
    for root, tip in (((-0.4, -0.05), (0.26, -0.2)), ((0.4, -0.05), (-0.26, -0.2))):
        pen.limb([root, tip], [0.12, 0.1], 0x6E4A34, shade=0.25)
        pen.oval(*root, 0.055, 0.062, 0xC99A6A, shade=0.1)
    for k in range(6):
        x = -0.5 + 0.2 * k
        pen.oval(x, -0.035, 0.13, 0.085, (0x9A94A0, 0x847E8C)[k % 2], shade=0.22)
    sparks = []
    for k in range(9):
        life = (act.t * 0.45 + 0.37 * k) % 1
        sparks.append(
            (
                0.2 * wave(0.31 * k) + 0.1 * wave(act.t * 0.5 + 0.2 * k) - 0.4 * act.wind * life,
                -0.5 - 0.7 * life,
            )
        )
    pen.specks(sparks, 0.02, 0xFFC860, alpha=0.9, lit=False)


def lighthouse(pen: Pen, act: Act) -> None:
    """A lighthouse whose beam sweeps the sea."""
    band = act.own(0xD8403C)
    sweep = wave(act.t * 0.12)
    bright = 0.25 + 0.75 * act.lamps
    for side in (-1, 1):
        for reach in (0.4, 0.6, 0.8, 1.0):
            long = side * reach * (0.3 + 0.9 * abs(sweep))
            spread = reach * (0.1 + 0.06 * abs(sweep))
            beam = [(0, -0.885), (long, -0.885 - spread), (long, -0.885 + spread)]
            pen.blob(beam, 0xFFF3C0, shade=0, alpha=0.1 * bright, tension=0.25)
    pen.blob(
        [(-0.34, 0.02), (-0.28, -0.07), (0, -0.1), (0.3, -0.06), (0.36, 0.02)], 0x7A7480, shade=0.25
    )
    tower = [(-0.15, -0.05), (-0.09, -0.8), (0.09, -0.8), (0.15, -0.05)]
    pen.poly(tower, 0xFBF7EE, shade=0.2)
    with pen.inside(tower, smooth=False):
        for k in range(3):
            y = -0.25 - 0.22 * k
            pen.box(-0.2, y, 0.4, 0.11, band, shade=0.16)
    for y in (-0.34, -0.56):
        window(pen, act, 0, y + 0.05, 0.035, 0.05)
    pen.box(-0.035, -0.15, 0.07, 0.1, 0x6A4A38, corner=0.03)
    pen.box(-0.12, -0.83, 0.24, 0.035, 0x4A4656, corner=0.01)
    pen.box(-0.065, -0.93, 0.13, 0.1, mix(0xBFD8E4, 0xFFF0B0, bright), shade=0.1)
    pen.glow(0, -0.885, 0.28, 0xFFF0B0, 0.85 * bright)
    pen.poly([(-0.095, -0.925), (0.095, -0.925), (0, -1.01)], band, shade=0.2)


def windmill(pen: Pen, act: Act) -> None:
    """A windmill: the harder it blows, the more it looks alive."""
    cap = act.own(0xA8503E)
    pen.poly([(-0.22, 0.0), (-0.13, -0.62), (0.13, -0.62), (0.22, 0.0)], 0xF4E8D2, shade=0.22)
    pen.box(-0.055, -0.17, 0.11, 0.17, 0x7A5238, corner=0.05)
    for x, y in ((0.0, -0.3), (0.0, -0.48)):
        window(pen, act, x, y, 0.075, 0.085)
    pen.blob(
        [(-0.16, -0.6), (-0.12, -0.72), (0, -0.78), (0.12, -0.72), (0.16, -0.6), (0, -0.58)],
        cap,
        shade=0.24,
    )
    turned = act.t * (0.1 + 0.06 * act.wind)
    with pen.at(0.03, -0.67, angle=360 * turned + 20):
        for k in range(4):
            with pen.at(0, 0, angle=90 * k):
                pen.line([(0, 0), (0, -0.46)], 0.022, 0x6A4A38, smooth=False)
                sail = [(0.005, -0.12), (0.105, -0.12), (0.105, -0.45), (0.005, -0.45)]
                pen.poly(sail, 0xFFFAEE, shade=0.1, alpha=0.95)
                for j in range(4):
                    y = -0.18 - 0.075 * j
                    pen.line([(0, y), (0.105, y)], 0.008, 0x9A7A5A, smooth=False)
        pen.oval(0, 0, 0.035, 0.035, 0x5A3E30)


def house(pen: Pen, act: Act) -> None:
    """A cottage with smoke from its chimney."""
    roof = act.own(0xC05A44)
    for k in range(5):
        life = (act.t * 0.16 + k / 5) % 1
        x, y = (
            0.3 - 0.5 * life * (0.3 + act.wind) + 0.03 * wave(act.t * 0.3 + 0.3 * k),
            -1.0 - 0.4 * life,
        )
        pen.oval(
            x,
            y,
            0.045 + 0.08 * life,
            0.04 + 0.07 * life,
            0xF2EEF2,
            shade=0,
            alpha=0.6 * math.sin(math.pi * life),
        )
    pen.box(0.24, -0.96, 0.13, 0.3, 0x9A6A58)
    pen.box(0.225, -0.99, 0.16, 0.05, 0x7A5248)
    pen.box(-0.5, -0.54, 1.0, 0.54, 0xF6E8CE, shade=0.16)
    pen.poly([(-0.64, -0.5), (-0.38, -0.92), (0.38, -0.92), (0.64, -0.5)], roof, shade=0.26)
    for k in range(4):
        y = -0.57 - 0.09 * k
        half = 0.59 - 0.056 * k
        pen.line([(-half, y), (half, y)], 0.01, darker(roof, 0.3), alpha=0.5, smooth=False)
    pen.box(-0.1, -0.32, 0.2, 0.32, 0x7A5238, corner=0.04, shade=0.2)
    pen.oval(0.06, -0.15, 0.016, 0.016, 0xF2C84A)
    for x in (-0.3, 0.3):
        window(pen, act, x, -0.3, 0.17, 0.2)
        pen.box(x - 0.11, -0.19, 0.22, 0.045, 0x8A5A3E, corner=0.01)
        pen.specks(
            [(x - 0.08 + 0.04 * j, -0.205 + 0.004 * wave(act.t * 0.5 + j)) for j in range(5)],
            0.036,
            0xE8607A,
        )


SUBJECTS = {
    "snowman": snowman,
    "campfire": campfire,
    "lighthouse": lighthouse,
    "windmill": windmill,
    "house": house,
}
