"""On rails: a steam train, a fast train."""

from animatic.colour import Colour, darker, lighter
from animatic.ease import Point, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.wheels import PANE, lamps, panes, wheel

IRON, BRASS = 0x33343E, 0xE0B040


def train(pen: Pen, act: Act) -> None:
    """A steam engine and its carriages, or a fast train if the prompt says so."""
    with pen.at(0.62):
        _rails(pen)
        if act.look == "fast":
            _fast(pen, act)
        else:
            _by_steam(pen, act)


def _by_steam(pen: Pen, act: Act) -> None:
    paint = act.own(0x2E7A56)
    for k in (1, 0):
        _carriage(pen, act, -1.28 - 1.08 * k, (0xC8553E, 0xD9A24A)[k])
    _engine(pen, act, paint)
    _steam(pen, act)


def _rails(pen: Pen) -> None:
    pen.line([(-2.7, 0.0), (1.6, 0.0)], 0.022, 0x8A8F9C, smooth=False)
    pen.hairs(
        [((x * 0.16 - 2.6, 0.02), (x * 0.16 - 2.52, 0.045)) for x in range(26)], 0.03, 0x6A5240
    )


def _carriage(pen: Pen, act: Act, x: float, paint: Colour) -> None:
    bob = 0.008 * wave(act.phase * 2 + x)
    pen.box(x - 0.48, -0.72 + bob, 0.96, 0.52, paint, corner=0.05, shade=0.2)
    pen.box(x - 0.52, -0.78 + bob, 1.04, 0.09, darker(paint, 0.35), corner=0.04)
    panes(pen, act, [x - 0.41 + 0.29 * k for k in range(3)], -0.62 + bob, 0.23, 0.2)
    pen.box(x - 0.48, -0.36 + bob, 0.96, 0.035, lighter(paint, 0.5), shade=0)
    pen.limb([(x + 0.46, -0.18), (x + 0.62, -0.18)], [0.03, 0.03], IRON, shade=0)
    for dx in (-0.3, 0.3):
        wheel(pen, (x + dx, -0.12), 0.115, act.phase * 2)


def _engine(pen: Pen, act: Act, paint: Colour) -> None:
    pen.box(-0.62, -0.3, 1.78, 0.13, IRON, corner=0.03)
    pen.limb([(0.0, -0.5), (1.02, -0.5)], [0.42, 0.42], paint, shade=0.3)
    for x in (0.2, 0.5, 0.8):
        pen.line([(x, -0.7), (x, -0.3)], 0.022, BRASS, smooth=False)
    pen.oval(1.1, -0.5, 0.09, 0.2, IRON, shade=0.2)
    pen.poly([(0.74, -0.68), (0.7, -0.98), (0.98, -0.98), (0.92, -0.68)], IRON, shade=0.2)
    pen.box(0.67, -1.02, 0.34, 0.07, BRASS, corner=0.02)
    pen.blob([(0.26, -0.7), (0.3, -0.84), (0.44, -0.84), (0.48, -0.7)], BRASS, shade=0.25)
    pen.box(-0.62, -0.92, 0.58, 0.66, paint, corner=0.04, shade=0.22)
    pen.box(-0.7, -0.98, 0.74, 0.09, darker(paint, 0.4), corner=0.04)
    pen.box(-0.5, -0.82, 0.32, 0.26, PANE, corner=0.04, shade=0.25)
    pen.oval(-0.33, -0.64, 0.07, 0.08, 0x5A4450)
    pen.poly([(1.12, -0.24), (1.42, 0.0), (1.1, 0.0)], 0xC8453A, shade=0.2)
    lamps(pen, act, (1.2, -0.5), (-0.6, -0.3), 0.9)
    for x, r in ((-0.32, 0.21), (0.16, 0.21), (0.64, 0.14), (0.94, 0.14)):
        wheel(pen, (x, -r), r, act.phase * 1.4, 0xC8453A)
    arm = 0.1 * wave(act.phase * 1.4), 0.1 * wave(act.phase * 1.4 + 0.25)
    rod: list[Point] = [(-0.32 + arm[1], -0.21 + arm[0]), (0.16 + arm[1], -0.21 + arm[0])]
    pen.limb([*rod, (0.8, -0.2)], [0.035, 0.035, 0.03], 0xC9CDD6)


def _steam(pen: Pen, act: Act) -> None:
    for k in range(7):
        life = (act.t * 0.42 + k / 7) % 1
        x, y = 0.84 - 1.5 * life, -1.04 - 0.42 * life**0.7
        pen.puffs(
            [(x, y, 0.05 + 0.13 * life), (x - 0.07, y + 0.03, 0.04 + 0.1 * life)],
            0xFFFFFF,
            0xD8DCE8,
            alphas=(0.85 * (1 - life), 0.7 * (1 - life)),
        )


def _fast(pen: Pen, act: Act) -> None:
    white, band = 0xF4F6FA, act.own(0x3F6FC0)
    hull = [(-2.6, -0.1), (-2.6, -0.86), (0.2, -0.86), (0.75, -0.78), (1.15, -0.5), (1.4, -0.24)]
    pen.blob([*hull, (1.36, -0.1)], white, shade=0.2, tension=0.3)
    pen.poly(
        [(-2.6, -0.4), (0.9, -0.4), (1.3, -0.27), (1.3, -0.22), (-2.6, -0.28)], band, shade=0.1
    )
    pen.blob([(0.5, -0.78), (0.72, -0.72), (0.98, -0.54), (0.62, -0.54)], 0x3A4A66, tension=0.4)
    panes(pen, act, [-2.45 + 0.31 * k for k in range(5)], -0.7, 0.24, 0.18)
    panes(pen, act, [-0.78 + 0.31 * k for k in range(4)], -0.7, 0.24, 0.18)
    for x in (-0.88,):
        pen.line([(x, -0.84), (x, -0.12)], 0.03, 0xA8B0BE, smooth=False)
    pen.box(-2.6, -0.13, 3.9, 0.09, 0x5A6472, corner=0.03)
    lamps(pen, act, (1.32, -0.3), (-2.58, -0.3), 0.6)
    streaks = [
        ((-2.7, -0.3 - 0.2 * k), (-3.0 - 0.1 * act.swing(k * 0.3), -0.3 - 0.2 * k))
        for k in range(3)
    ]
    pen.hairs(streaks, 0.02, 0xFFFFFF, alpha=0.5)


SUBJECTS = {"train": train}
