"""Tree and flower."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, lerp, smooth, turn, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen

CROWN = (
    (-0.2, -0.5, 0.17),
    (0.21, -0.52, 0.17),
    (-0.26, -0.66, 0.17),
    (0.25, -0.69, 0.17),
    (0.0, -0.55, 0.2),
    (-0.1, -0.8, 0.18),
    (0.12, -0.81, 0.17),
)
PETALS = (0xF28CA8, 0xF6C945, 0xB58CE8, 0xF7F2E6, 0xF0785A)


def tree(pen: Pen, act: Act) -> None:
    """A broad tree whose crown moves in the wind, leaf mass by leaf mass."""
    leaf = act.own(0x5FA04A)
    sway = 0.05 * (act.gust() - 0.4) + 0.004 * act.breath()
    bark = 0x7A563E
    pen.limb(
        [(-0.005, 0.01), (0.0, -0.22), (sway * 0.3, -0.5)], [0.13, 0.085, 0.05], bark, shade=0.25
    )
    for x, y in ((-0.17, -0.56), (0.17, -0.58)):
        pen.limb(
            [(0.0, -0.3), (x * 0.6, -0.44), (x + sway * 0.5, y)],
            [0.06, 0.045, 0.02],
            bark,
            shade=0.2,
        )
    for k, (x, y, r) in enumerate(CROWN):
        drift = sway * (0.4 - y) + 0.012 * act.wind * wave(act.t * 0.8 + k * 0.3)
        _mass(
            pen,
            act,
            x + drift,
            y + 0.006 * wave(act.t * 0.5 + k * 0.4),
            r,
            mix(leaf, 0x2E6A4A, 0.35 - 0.06 * k),
            k,
        )


def _mass(pen: Pen, act: Act, x: float, y: float, r: float, colour: Colour, k: int) -> None:
    points: list[Point] = []
    for j in range(11):
        a = TAU * j / 11 + 0.4 * k
        out = r * (1.0 + 0.1 * math.sin(3.7 * j + k)) + 0.006 * act.wind * wave(
            act.t * 1.1 + 0.3 * j
        )
        points.append((x + out * 1.1 * math.cos(a), y + out * math.sin(a)))
    pen.blob(points, colour, shade=0.22)
    side = pen.light.side * 0.3 * r
    dabs = [
        ((x + side + dx * r, y - r * 0.4 + dy * r))
        for dx, dy in ((-0.3, 0.1), (0.1, -0.15), (0.35, 0.15), (0.0, 0.3))
    ]
    pen.specks(dabs, r * 0.22, lighter(colour, 0.28), alpha=0.55)


def flower(pen: Pen, act: Act) -> None:
    """A flower on a bending stem; blooms from a bud when asked."""
    petal = act.own(PETALS[int(act.seed * 5)])
    lean = 0.16 * (act.gust() - 0.4) + 0.05 * act.breath()
    top = (lean, -0.78)
    pen.limb([(0, 0), (lean * 0.2, -0.4), top], [0.035, 0.03, 0.022], 0x4F8F46)
    for side, y in ((-1, -0.22), (1, -0.34)):
        pen.blob(
            [
                (lean * 0.1, y),
                (side * 0.13, y - 0.13),
                (side * 0.26 + lean * 0.3, y - 0.1),
                (side * 0.13, y - 0.02),
            ],
            0x5FA352,
        )
    open_ = 1.0 if act.gait != "bloom" else lerp(0.12, 1.0, smooth(act.t / 3.5))
    _bloom(pen, act, top, petal, open_, 12 if act.look == "sunflower" else 7)


def _bloom(pen: Pen, act: Act, at: Point, petal: Colour, open_: float, count: int) -> None:
    x, y = at
    r = 0.2 * (0.45 + 0.55 * open_)
    for ring, (scale, tone) in enumerate(((1.0, darker(petal, 0.12)), (0.82, petal))):
        for k in range(count):
            angle = (TAU * (k + 0.5 * ring) / count - TAU / 4) * open_ + 0.05 * wave(
                act.t * 0.4 + k / count
            )
            tip = turn((0.0, -r * scale), angle)
            side = turn((r * 0.34 * scale, -r * 0.62 * scale), angle)
            other = turn((-r * 0.34 * scale, -r * 0.62 * scale), angle)
            pen.blob(
                [
                    (x, y),
                    (x + side[0], y + side[1]),
                    (x + tip[0], y + tip[1]),
                    (x + other[0], y + other[1]),
                ],
                tone,
                shade=0.14,
            )
    heart = 0x7A4A26 if count > 8 else 0xF2B632
    pen.oval(x, y, r * 0.34, r * 0.34 * (0.4 + 0.6 * open_), heart, shade=0.25)


SUBJECTS = {"tree": tree, "flower": flower}
