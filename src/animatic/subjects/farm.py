"""Horse, zebra, cow, sheep, pig."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.beasts import (
    Bones,
    beast,
    eyes,
    leaf_ear,
    long_head,
    mid,
    pose,
)
from animatic.rig.bodies import INK, Coat
from animatic.rig.horses import contrast, mount
from animatic.rig.pen import Pen


def horse(pen: Pen, act: Act) -> None:
    """A horse: mane and tail stream at a gallop."""
    main = act.own(0xA8693F)
    hair = mix(darker(main, 0.55), 0x3A2418, 0.4) if act.colour is None else contrast(main)
    mount(pen, act, main, hair)


def zebra(pen: Pen, act: Act) -> None:
    """A zebra: a white horse in stripes, with a brush for a mane."""
    main = act.own(0xF6F3EE)
    coat = Coat(main=main, belly=0xFFFFFF, deep=INK)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        leaf_ear(pen, act, (-0.02, -0.07), 0.11, -12, INK, 0xF0C8C0)
        long_head(pen, act, coat, 0.097, long=0.9, lips=0x4A4248)
        for k in range(3):
            x = 0.05 + 0.035 * k
            pen.line([(x, -0.05 + 0.025 * k), (x - 0.02, 0.02 + 0.02 * k)], 0.014, INK)
        for k in range(2):
            pen.line([(-0.05 + 0.03 * k, 0.08), (-0.03 + 0.03 * k, 0.02)], 0.016, INK)

    def stripes(pen: Pen, bones: Bones) -> None:
        x0 = bones.hip[0] - 0.14
        for k in range(9):
            x = x0 + 0.098 * k
            y = bones.middle[1]
            lean = 0.05 - 0.012 * k
            pen.limb(
                [(x + lean, y - 0.24), (x, y), (x - lean * 0.4, y + 0.16)], [0.05, 0.04, 0.01], INK
            )

    def neck(pen: Pen, bones: Bones) -> None:
        for k in range(5):
            x, y = mid(bones.shoulder, bones.head, 0.1 + 0.2 * k)
            pen.line([(x - 0.16, y - 0.05), (x + 0.14, y + 0.1)], 0.03, INK, smooth=False)

    bones = pose(act, "horse")
    if act.gait != "swim":
        (sx, sy), (hx, hy) = bones.shoulder, bones.head
        pen.limb(
            [
                (sx - 0.12, sy - 0.15),
                mid((sx - 0.16, sy - 0.17), (hx - 0.13, hy - 0.1)),
                (hx - 0.05, hy - 0.12),
            ],
            [0.06, 0.1, 0.08],
            INK,
        )
    beast(pen, act, "horse", coat, head, marks=stripes, neck_marks=neck)


def cow(pen: Pen, act: Act) -> None:
    """A dairy cow in patches, with a bell."""
    main = act.own(0xF7F2EA)
    patch = 0x5A4238 if act.colour is None else darker(main, 0.35)
    coat = Coat(main=main, belly=lighter(main, 0.3), deep=patch)

    def spots(pen: Pen, bones: Bones) -> None:
        (hx, hy), (mx, my) = bones.hip, bones.middle
        for x, y, rx, ry, angle in (
            (hx - 0.08, hy - 0.14, 0.2, 0.15, 20),
            (mx + 0.12, my - 0.16, 0.17, 0.15, -15),
            (mx - 0.08, my + 0.12, 0.1, 0.09, 0),
            (mx + 0.4, my + 0.1, 0.1, 0.14, 10),
        ):
            pen.oval(x, y, rx, ry, patch, angle=angle, shade=0.1)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        pen.limb([(0.0, -0.14), (0.05, -0.22), (0.12, -0.25)], [0.055, 0.045, 0.012], 0xE8DCC0)
        long_head(pen, act, coat, 0.14, long=0.62, lips=0xF2B4A8)
        pen.blob([(-0.1, -0.05), (-0.02, -0.15), (0.08, -0.1), (0.02, 0.08)], patch, shade=0.1)
        eyes(pen, act, [(0.07, -0.015)], 0.024)
        leaf_ear(pen, act, (-0.08, -0.08), 0.17, -100, patch, 0xF2B4A8)
        pen.limb([(-0.04, -0.13), (-0.06, -0.22), (-0.01, -0.28)], [0.06, 0.05, 0.012], 0xF4EAD2)

    beast(pen, act, "cow", coat, head, marks=spots)
    if act.gait not in {"swim", "sleep"}:
        _bell(pen, act)


def _bell(pen: Pen, act: Act) -> None:
    bones = pose(act, "cow")
    x, y = mid(bones.shoulder, bones.head, 0.72)
    pen.line([(x - 0.12, y - 0.1), (x + 0.02, y + 0.06), (x + 0.06, y + 0.12)], 0.035, 0xC84B42)
    swing = 0.02 * act.swing()
    pen.poly(
        [
            (x + 0.03, y + 0.12),
            (x + 0.1, y + 0.12),
            (x + 0.13 + swing, y + 0.23),
            (x + 0.01 + swing, y + 0.23),
        ],
        0xF2C14E,
        shade=0.25,
    )


def sheep(pen: Pen, act: Act) -> None:
    """A cloud of wool on four dark legs."""
    wool = act.own(0xF8F3E8)
    coat = Coat(main=0x4A4046, belly=wool, deep=0x3A3238)
    bones = pose(act, "sheep")

    def fleece(pen: Pen, bones: Bones) -> None:
        pen.box(-2, -2, 4, 3, wool, shade=0)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        face = 0x54484E
        leaf_ear(pen, act, (-0.06, -0.03), 0.17, -104, face, 0xC08A88)
        pen.blob(
            [
                (-0.1, -0.1),
                (0.03, -0.14),
                (0.14, -0.04),
                (0.2, 0.1),
                (0.13, 0.17),
                (0.0, 0.14),
                (-0.11, 0.04),
            ],
            face,
            shade=0.16,
        )
        pen.puffs(
            [(-0.08, -0.12, 0.075), (0.01, -0.15, 0.075), (-0.13, -0.05, 0.06)],
            lighter(wool, 0.3),
            darker(wool, 0.06),
        )
        pen.oval(0.075, -0.005, 0.03, 0.034 * (1 - act.shut), 0xFFFFFF, shade=0)
        eyes(pen, act, [(0.08, 0.0)], 0.02, 0xF8F3E8 if act.shut > 0.7 else INK)
        pen.line([(0.19, 0.11), (0.14, 0.13), (0.11, 0.12)], 0.01, 0x2B2028)

    beast(pen, act, "sheep", coat, head, marks=fleece)
    _wool(pen, act, wool, bones)


def _wool(pen: Pen, act: Act, wool: Colour, bones: Bones) -> None:
    if act.gait == "swim":
        return
    (mx, my), half = bones.middle, 0.4
    tilt = math.atan2(bones.shoulder[1] - bones.hip[1], bones.shoulder[0] - bones.hip[0])
    spots = []
    for k in range(14):
        a = TAU * k / 14
        x, y = half * math.cos(a), 0.2 * math.sin(a) + 0.005 * wave(act.t * 0.4 + k * 0.3)
        px = mx - 0.03 + x * math.cos(tilt) - y * math.sin(tilt)
        spots.append(
            (px, my + x * math.sin(tilt) + y * math.cos(tilt), 0.125 + 0.015 * math.sin(5 * k))
        )
    spots.append((mx - 0.03, my, 0.26))
    spots += [(mx - 0.2, my, 0.2), (mx + 0.14, my, 0.2)]
    pen.puffs(spots, lighter(wool, 0.4), darker(wool, 0.14))
    curls: list[tuple[Point, ...]] = []
    for k in range(9):
        x, y = mx - 0.34 + 0.075 * k, my - 0.08 + 0.11 * (k % 3) - 0.05
        curls.append(((x - 0.03, y), (x, y + 0.028), (x + 0.03, y)))
    for curl in curls:
        pen.line(curl, 0.013, darker(wool, 0.16), alpha=0.7)


def pig(pen: Pen, act: Act) -> None:
    """A round pink pig with a curly tail."""
    main = act.own(0xF4A6AC)
    coat = Coat(main=main, belly=lighter(main, 0.25), deep=darker(main, 0.25))

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        ear = darker(main, 0.12)
        pen.poly([(0.02, -0.2), (0.12, -0.34), (0.17, -0.14)], darker(ear, 0.1))
        pen.oval(0, 0, 0.25, 0.235, main, shade=0.14)
        pen.soft(0.06, 0.1, 0.08, 0.06, 0xE86A7A, 0.5)
        pen.limb([(0.16, 0.05), (0.27, 0.06)], [0.19, 0.17], lighter(main, 0.1), shade=0.1)
        pen.oval(0.31, 0.06, 0.055, 0.09, darker(main, 0.12), shade=0.1)
        for y in (0.03, 0.095):
            pen.oval(0.315, y, 0.016, 0.02, darker(main, 0.5), shade=0)
        eyes(pen, act, [(0.1, -0.06)], 0.03)
        pen.line([(0.26, 0.16), (0.19, 0.18), (0.13, 0.15)], 0.014, darker(main, 0.5))
        flap = 0.02 * act.gust(0.2) + 0.015 * act.swing()
        pen.blob(
            [
                (-0.13, -0.17),
                (-0.02, -0.22),
                (0.03 - flap, -0.1),
                (-0.05 - flap, 0.02),
                (-0.14, -0.06),
            ],
            ear,
            shade=0.15,
        )

    _curl(pen, act, main)
    beast(pen, act, "pig", coat, head)


def _curl(pen: Pen, act: Act, main: Colour) -> None:
    if act.gait == "swim":
        return
    bones = pose(act, "pig")
    x, y = bones.hip[0] - 0.27, bones.hip[1] - 0.08
    wag = 0.02 * wave(act.t * 1.6)
    line = [
        (x + 0.04, y),
        (x - 0.06, y - 0.02 + wag),
        (x - 0.09, y - 0.1),
        (x - 0.04, y - 0.1 + wag),
        (x - 0.06, y - 0.03),
        (x - 0.14, y - 0.07 + wag),
    ]
    pen.line(line, 0.032, darker(main, 0.12))


SUBJECTS = {"horse": horse, "zebra": zebra, "cow": cow, "sheep": sheep, "pig": pig}
