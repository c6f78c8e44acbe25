"""Elephant, giraffe, hippo, camel, monkey, kangaroo, crocodile, snake, frog."""

from functools import partial

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import Point, hop, wave
from animatic.rig.act import Act
from animatic.rig.beasts import (
    Bones,
    Head,
    afloat,
    beast,
    eyes,
    leaf_ear,
    long_head,
    mid,
    muzzle,
    pose,
)
from animatic.rig.bodies import INK, Coat, dreams
from animatic.rig.pen import Pen


def elephant(pen: Pen, act: Act) -> None:
    """An elephant: ears fan, the trunk swings."""
    main = act.own(0x9AA0AE)
    coat = Coat(main=main, belly=lighter(main, 0.08), deep=darker(main, 0.3))
    beast(pen, act, "elephant", coat, _elephant_head(main))


def _elephant_head(main: Colour) -> Head:
    def head(pen: Pen, act: Act, coat: Coat) -> None:
        fan, curl = 0.035 * wave(act.t * 0.5), 0.07 * wave(act.t * 0.35)
        pen.oval(0.02, -0.02, 0.24, 0.245, main, shade=0.14)
        drop = 0.1 if act.gait == "sleep" else 0.42
        trunk: list[Point] = [
            (0.14, 0.0),
            (0.27, 0.1),
            (0.3 + curl * 0.3, 0.14 + drop * 0.5),
            (0.33 + curl, 0.14 + drop),
            (0.43 + curl * 1.3, 0.1 + drop * 0.96),
        ]
        pen.limb([(0.14, 0.13), (0.26, 0.23), (0.38, 0.22)], [0.06, 0.05, 0.015], 0xFBF3DC)
        pen.limb(trunk, [0.25, 0.19, 0.13, 0.1, 0.085], main, shade=0.12)
        for k in range(4):
            x, y = mid(trunk[1], trunk[3], 0.15 + 0.2 * k)
            pen.line([(x - 0.05, y), (x + 0.03, y - 0.012)], 0.01, coat.deep, alpha=0.5)
        ear = [
            (-0.02, -0.2),
            (-0.2 - fan, -0.28),
            (-0.36 - fan, -0.12),
            (-0.34 - fan, 0.12),
            (-0.2, 0.26),
            (-0.05, 0.12),
        ]
        pen.blob(ear, darker(main, 0.1), shade=0.2)
        inner = [mid(p, (-0.17, 0.0), 0.28) for p in ear]
        pen.blob(inner, mix(main, 0xE8A6A4, 0.45), shade=0.12)
        eyes(pen, act, [(0.13, -0.06)], 0.026, blush=0.05)

    return head


def giraffe(pen: Pen, act: Act) -> None:
    """A giraffe in patches, its head among the leaves."""
    main = act.own(0xF2CC74)
    patch = mix(darker(main, 0.4), 0x9A5A20, 0.6)
    coat = Coat(main=main, belly=lighter(main, 0.5), deep=patch)

    def patches(pen: Pen, bones: Bones) -> None:
        x0, y0 = bones.hip[0] - 0.07, bones.middle[1] - 0.09
        for k in range(6):
            for j in range(3):
                _patch(pen, x0 + 0.075 * k + 0.035 * (j % 2), y0 + 0.062 * j, 0.031, k + j, patch)

    def neck(pen: Pen, bones: Bones) -> None:
        for k in range(9):
            x, y = mid(bones.shoulder, bones.head, 0.02 + 0.105 * k)
            r = 0.036 - 0.0022 * k
            for side in (-1, 1):
                _patch(pen, x + side * (0.052 - 0.004 * k), y + side * 0.014, r, k + side, patch)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        for x in (0.0, -0.03):
            pen.limb([(x, -0.04), (x - 0.012, -0.105)], [0.015, 0.013], patch)
            pen.oval(x - 0.012, -0.108, 0.016, 0.014, INK)
        leaf_ear(pen, act, (-0.04, -0.035), 0.09, -72, main, 0xF0BFA8)
        long_head(pen, act, coat, 0.062, long=0.85, lips=lighter(main, 0.45))
        pen.specks([(0.0, 0.03), (0.025, 0.045), (-0.02, 0.0)], 0.018, patch, alpha=0.7)

    bones = pose(act, "giraffe")
    if act.gait != "swim":
        (sx, sy), (hx, hy) = bones.shoulder, bones.head
        pen.limb([(sx - 0.09, sy - 0.08), (hx - 0.045, hy - 0.02)], [0.03, 0.024], patch)
    beast(pen, act, "giraffe", coat, head, marks=patches, neck_marks=neck)


def _patch(pen: Pen, x: float, y: float, r: float, k: int, colour: Colour) -> None:
    lean = 0.25 * r * wave(0.29 * k)
    pen.poly(
        [
            (x - r, y - r * 0.5 + lean),
            (x - r * 0.2, y - r - lean),
            (x + r, y - r * 0.6),
            (x + r * 0.8 + lean, y + r * 0.6),
            (x - r * 0.1, y + r),
            (x - r * 0.9, y + r * 0.5 - lean),
        ],
        colour,
        shade=0,
    )


def hippo(pen: Pen, act: Act) -> None:
    """A hippopotamus: mostly barrel and muzzle; a rhinoceros has horns."""
    rhino = act.look == "rhino"
    main = act.own(0x9A9AA2 if rhino else 0x9C8AA0)
    coat = Coat(main=main, belly=mix(main, 0xF2B4AC, 0.5), deep=darker(main, 0.3))

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        for x in (-0.06, 0.09):
            pen.oval(x, -0.22, 0.05, 0.06, darker(main, 0.1))
            pen.oval(x, -0.215, 0.025, 0.035, 0xE8A6A4)
        pen.oval(0.0, -0.03, 0.25, 0.22, main, shade=0.12)
        pen.blob(
            [(0.1, -0.08), (0.3, -0.08), (0.44, 0.04), (0.4, 0.22), (0.16, 0.26), (0.02, 0.18)],
            lighter(main, 0.1),
            shade=0.16,
        )
        for x in (0.3, 0.385):
            pen.oval(x, -0.01, 0.026, 0.02, darker(main, 0.5), shade=0)
        pen.line([(0.43, 0.12), (0.3, 0.17), (0.14, 0.16), (0.06, 0.1)], 0.014, darker(main, 0.5))
        if not rhino:
            pen.box(0.32, 0.14, 0.045, 0.05, 0xFFFDF0, corner=0.012)
        eyes(pen, act, [(0.0, -0.1), (0.15, -0.11)], 0.03, blush=0.05)
        if rhino:
            for x, y, tall in ((0.38, -0.02, 0.3), (0.24, -0.08, 0.15)):
                horn = [(x - 0.06, y), (x + 0.05, y - tall * 0.4), (x + 0.11, y - tall)]
                pen.limb(horn, [0.12, 0.085, 0.012], 0xF4EAD6, shade=0.2)

    beast(pen, act, "hippo", coat, head)


def camel(pen: Pen, act: Act) -> None:
    """A camel with two humps and a woven saddle cloth."""
    main = act.own(0xCF9C5E)
    coat = Coat(main=main, belly=darker(main, 0.05), deep=darker(main, 0.35))
    bones = pose(act, "camel")
    x, y = bones.middle
    if act.gait != "swim":
        for dx in (-0.13, 0.12):
            pen.blob(
                [
                    (x + dx - 0.13, y + 0.02),
                    (x + dx - 0.08, y - 0.18),
                    (x + dx, y - 0.29),
                    (x + dx + 0.08, y - 0.18),
                    (x + dx + 0.13, y + 0.02),
                ],
                main,
                shade=0.2,
            )

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        leaf_ear(pen, act, (-0.035, -0.045), 0.07, -35, main, coat.deep)
        long_head(pen, act, coat, 0.082, long=0.72, lips=lighter(main, 0.25))
        pen.puffs([(-0.04, -0.07, 0.035), (0.0, -0.085, 0.035)], coat.deep, coat.deep)

    def cloth(pen: Pen, bones: Bones) -> None:
        bx, by = bones.middle
        pen.box(bx - 0.1, by - 0.3, 0.2, 0.42, 0xC8403E, shade=0.1)
        for dy in (-0.02, 0.06):
            pen.box(bx - 0.1, by + dy, 0.2, 0.025, 0xF2C14E, shade=0)

    beast(pen, act, "camel", coat, head, marks=cloth)


def monkey(pen: Pen, act: Act) -> None:
    """A monkey: sits and scratches, walks on knuckles, swings its tail."""
    main = act.own(0x8A5A3A)
    skin = 0xF2C9A0
    body = partial(_monkey, pen, act, main, skin)
    if act.gait == "swim":
        afloat(pen, act, body, 0.3)
    else:
        with pen.at(0, -0.05 * abs(act.swing()) if act.moves else 0.0):
            body()


def _monkey(pen: Pen, act: Act, main: Colour, skin: Colour) -> None:
    coat = Coat(main=main, belly=skin, deep=darker(main, 0.3))
    asleep, go = act.gait == "sleep", act.moves
    sway = 0.06 * wave(act.t * 0.4)
    pen.limb(
        [
            (-0.14, -0.1),
            (-0.42, -0.08),
            (-0.56, -0.32),
            (-0.46 + sway, -0.52),
            (-0.34 + sway, -0.42),
        ],
        [0.06, 0.055, 0.05, 0.045, 0.035],
        main,
    )
    step = 0.12 * act.swing() if go else 0.0
    for x, tone, s in ((0.12, darker(main, 0.2), 1), (-0.12, main, -1)):
        foot = (x + 0.14 + step * s, -0.035)
        pen.limb(
            [(x * 0.8, -0.2), (x + 0.13 + step * 0.5 * s, -0.24), foot], [0.16, 0.12, 0.08], tone
        )
        pen.oval(foot[0] + 0.03, -0.035, 0.085, 0.04, skin)
    puff = 0.008 * act.breath()
    pen.limb([(-0.02, -0.16), (0.0, -0.46 - puff)], [0.36, 0.28], main, shade=0.2)
    pen.oval(0.05, -0.28, 0.12, 0.16, skin, shade=0.1)
    scratch = 0.03 * wave(act.t * 2.4) * max(0.0, wave(act.t * 0.2))
    near, far = (0.16, -0.2), (0.24, -0.24)
    if act.gait in {"wave", "dance"}:
        far = (0.36, -0.78 + 0.1 * act.swing())
    if act.gait == "dance":
        near = (-0.4, -0.74 - 0.1 * act.swing())
    if go:
        near, far = (0.16 - step * 1.5, -0.12), (0.22 + step * 1.5, -0.12)
    pen.limb([(0.1, -0.46), (0.24, -0.36), far], [0.1, 0.09, 0.075], coat.deep)
    pen.oval(*far, 0.045, 0.045, skin)
    with pen.at(
        0.04, -0.68 + (0.12 if asleep else 0), angle=3 * act.breath() + (14 if asleep else 0)
    ):
        for side in (-1, 1):
            pen.oval(side * 0.235, 0.0, 0.085, 0.09, main, shade=0.12)
            pen.oval(side * 0.235, 0.005, 0.05, 0.055, skin, shade=0.08)
        pen.oval(0, -0.02, 0.225, 0.215, main, shade=0.14)
        pen.puffs([(-0.075, -0.02, 0.095), (0.085, -0.02, 0.095)], skin, darker(skin, 0.05))
        muzzle(pen, (0.005, 0.1), 0.15, 0.1, lighter(skin, 0.12), darker(main, 0.2), size=0.7)
        eyes(pen, act, [(-0.07, -0.02), (0.08, -0.02)], 0.03, blush=0.05)
        pen.limb([(-0.02, -0.22), (0.03, -0.27), (0.1, -0.25)], [0.06, 0.045, 0.01], main)
    pen.limb(
        [(-0.11, -0.46), (-0.16, -0.28), (near[0], near[1] + scratch)], [0.11, 0.09, 0.08], main
    )
    pen.oval(near[0] + 0.01, near[1] + scratch, 0.048, 0.045, skin)
    if asleep:
        dreams(pen, act, 0.25, -0.8)


def kangaroo(pen: Pen, act: Act) -> None:
    """A kangaroo with a joey in her pouch: she goes in bounds."""
    main = act.own(0xB98253)
    leap = hop(act.phase) if act.moves else 0.0
    lift = -0.28 * leap if act.gait == "run" else -0.14 * leap
    with pen.at(0, lift, angle=10 * leap if act.moves else 0):
        _kangaroo(pen, act, main, leap)
    if act.gait == "sleep":
        dreams(pen, act, 0.3, -0.95)


def _kangaroo(pen: Pen, act: Act, main: Colour, leap: float) -> None:
    pale = lighter(main, 0.5)
    wag = 0.04 * wave(act.t * 0.4) - 0.15 * leap
    pen.limb(
        [(-0.12, -0.26), (-0.3, -0.12), (-0.48, -0.05 + wag * 0.5), (-0.66, -0.06 + wag)],
        [0.2, 0.13, 0.09, 0.035],
        main,
    )
    _hind(pen, darker(main, 0.2), 0.07, leap)
    pen.limb([(0.12, -0.52), (0.23, -0.46), (0.26, -0.38)], [0.07, 0.055, 0.045], darker(main, 0.2))
    pen.blob(
        [
            (-0.24, -0.22),
            (-0.18, -0.42),
            (-0.02, -0.6),
            (0.07, -0.72),
            (0.17, -0.68),
            (0.18, -0.5),
            (0.15, -0.28),
            (0.02, -0.16),
        ],
        main,
        shade=0.2,
    )
    pen.blob(
        [(0.08, -0.6), (0.165, -0.54), (0.155, -0.3), (0.05, -0.2), (0.06, -0.4)], pale, shade=0.08
    )
    _joey(pen, act, main)
    _hind(pen, main, 0.0, leap)
    pen.limb(
        [(0.08, -0.54), (0.2, -0.45), (0.25 + 0.02 * act.breath(), -0.36)],
        [0.085, 0.06, 0.05],
        main,
    )
    with pen.at(0.17, -0.8, angle=3 * act.breath()):
        leaf_ear(pen, act, (0.0, -0.06), 0.2, 8, darker(main, 0.2), 0xE8B0A0)
        leaf_ear(pen, act, (-0.04, -0.06), 0.21, -12, main, 0xF0BFA8)
        coat = Coat(main=main, belly=pale, deep=darker(main, 0.3))
        long_head(pen, act, coat, 0.09, long=0.55, lips=pale)
        pen.oval(0.155, 0.055, 0.024, 0.02, INK)


def _hind(pen: Pen, colour: Colour, off: float, leap: float) -> None:
    x = -0.06 + off
    toe = (x + 0.26 - 0.34 * leap, -0.03 + 0.02 * leap)
    heel = (x - 0.03 - 0.16 * leap, -0.04)
    pen.limb([(x - 0.04, -0.3), (x + 0.12, -0.2), heel], [0.27, 0.18, 0.075], colour, shade=0.16)
    pen.limb([heel, toe], [0.075, 0.06], colour)


def _joey(pen: Pen, act: Act, main: Colour) -> None:
    peep = 0.02 * wave(act.t * 0.3)
    x, y = 0.15, -0.36 - peep
    for dx in (-0.02, 0.025):
        pen.oval(x + dx, y - 0.065, 0.016, 0.04, lighter(main, 0.1))
    pen.oval(x + 0.005, y, 0.055, 0.05, lighter(main, 0.12))
    pen.oval(x + 0.05, y + 0.012, 0.012, 0.01, INK)
    eyes(pen, act, [(x + 0.02, y - 0.008)], 0.011)
    pen.blob(
        [(0.06, -0.34), (0.13, -0.32), (0.19, -0.34), (0.17, -0.24), (0.08, -0.22)],
        lighter(main, 0.28),
    )


def crocodile(pen: Pen, act: Act) -> None:
    """A crocodile: a long grin, a sawtooth back, a sweeping tail."""
    main = act.own(0x5F9150)
    body = partial(_crocodile, pen, act, main)
    if act.gait == "swim":
        afloat(pen, act, body, 0.42)
    else:
        body()


def _crocodile(pen: Pen, act: Act, main: Colour) -> None:
    sweep = 0.07 * wave(act.t * 0.5)
    gape = 0.06 * max(0.0, wave(act.t * 0.22)) if act.gait != "sleep" else 0.0
    pale = mix(main, 0xF2EBB0, 0.65)
    for k, x in enumerate((-0.5, 0.42)):
        step = 0.1 * wave(act.phase + 0.5 * k) if act.moves else 0.0
        pen.limb([(x + 0.1, -0.26), (x + 0.16 - step, -0.05)], [0.2, 0.14], darker(main, 0.25))
    spine: list[Point] = [
        (-1.45, -0.1 - sweep),
        (-1.1, -0.22 - sweep * 0.5),
        (-0.7, -0.42),
        (-0.2, -0.56),
        (0.3, -0.54),
        (0.62, -0.52),
    ]
    saw = []
    for k in range(12):
        x, y = mid(spine[k // 3], spine[k // 3 + 1], (k % 3) / 3)
        saw.append([(x - 0.06, y + 0.05), (x + 0.01, y - 0.09), (x + 0.08, y + 0.05)])
    pen.shapes(saw, darker(main, 0.2))
    under: list[Point] = [
        (0.6, -0.2),
        (0.2, -0.14),
        (-0.3, -0.14),
        (-0.75, -0.16),
        (-1.1, -0.1 - sweep * 0.4),
    ]
    pen.blob([*spine, *under], main, shade=0.2, tension=0.9)
    pen.limb([(0.5, -0.2), (0.0, -0.16), (-0.6, -0.18)], [0.1, 0.12, 0.06], pale, shade=0.05)
    for k, x in enumerate((-0.52, 0.4)):
        step = 0.1 * wave(act.phase + 0.25 + 0.5 * k) if act.moves else 0.0
        pen.limb([(x, -0.28), (x + 0.04 + step, -0.05)], [0.24, 0.15], main, shade=0.15)
        pen.oval(x + 0.1 + step, -0.04, 0.13, 0.045, lighter(main, 0.1))
    pen.limb([(0.6, -0.28), (1.0, -0.2 + gape), (1.42, -0.2 + gape * 1.5)], [0.2, 0.13, 0.09], pale)
    teeth = [
        [(0.86 + 0.1 * k, -0.27), (0.9 + 0.1 * k, -0.19), (0.94 + 0.1 * k, -0.27)] for k in range(6)
    ]
    pen.shapes(teeth, 0xFFFDF0)
    pen.limb(
        [(0.55, -0.42), (0.95, -0.34 - gape), (1.42, -0.31 - gape)],
        [0.36, 0.18, 0.13],
        main,
        shade=0.16,
    )
    pen.oval(1.42, -0.37 - gape, 0.06, 0.045, main)
    pen.oval(0.72, -0.58, 0.11, 0.11, main, shade=0.14)
    if act.shut < 0.7:
        pen.oval(0.75, -0.6, 0.065, 0.065 * (1 - act.shut), 0xF6E27A, shade=0)
    eyes(pen, act, [(0.77, -0.6)], 0.035)
    if act.gait == "sleep":
        dreams(pen, act, 1.0, -0.75)


def snake(pen: Pen, act: Act) -> None:
    """A snake that ripples along, tongue flickering."""
    main = act.own(0x6FA84A)
    line: list[Point] = []
    for k in range(12):
        s = k / 11
        y = -0.12 - 0.1 * (1 - s) * (1 + wave(1.6 * s - act.t * 0.6)) * min(1.0, 3 * (1 - s) + 0.1)
        line.append((-1.0 + 1.5 * s, y))
    line += [(0.58, -0.3), (0.5, -0.58), (0.62, -0.78)]
    widths = [
        0.03,
        0.09,
        0.14,
        0.17,
        0.18,
        0.18,
        0.18,
        0.18,
        0.18,
        0.17,
        0.17,
        0.16,
        0.16,
        0.15,
        0.15,
    ]
    pen.limb(line, widths, main, shade=0.22)
    for k in range(2, 11):
        x, y = line[k]
        pen.poly([(x - 0.05, y), (x, y - 0.06), (x + 0.05, y), (x, y + 0.05)], darker(main, 0.35))
    hx, hy = 0.68, -0.84 + 0.01 * act.breath()
    if wave(act.t * 0.8) > 0.2 and act.gait != "sleep":
        pen.line(
            [(hx + 0.18, hy + 0.04), (hx + 0.3, hy + 0.05), (hx + 0.38, hy + 0.02)], 0.02, 0xD8454E
        )
    pen.blob(
        [
            (hx - 0.16, hy - 0.03),
            (hx, hy - 0.13),
            (hx + 0.18, hy - 0.02),
            (hx + 0.2, hy + 0.06),
            (hx, hy + 0.11),
        ],
        main,
        shade=0.16,
    )
    eyes(pen, act, [(hx + 0.05, hy - 0.03)], 0.036, blush=0.05)


def frog(pen: Pen, act: Act) -> None:
    """A frog: its throat swells; it leaps when it moves."""
    main = act.own(0x6DB54A)
    leap = hop(act.phase) if act.moves else 0.0
    swell = 0.03 * max(0.0, wave(act.t * 0.6))
    with pen.at(0, -0.35 * leap, angle=-14 * wave(act.phase) if act.moves else 0):
        for side, tone in ((1, darker(main, 0.2)), (-1, main)):
            x = -0.28 + 0.08 * side
            pen.limb(
                [
                    (x, -0.3),
                    (x - 0.2 - 0.2 * leap, -0.4 + 0.2 * leap),
                    (x - 0.22 - 0.3 * leap, -0.06),
                    (x + 0.05 - 0.7 * leap, -0.04),
                ],
                [0.26, 0.2, 0.1, 0.09],
                tone,
            )
            pen.limb(
                [
                    (0.22 + 0.08 * side, -0.36),
                    (0.3 + 0.08 * side, -0.2),
                    (0.34 + 0.1 * side, -0.04),
                ],
                [0.16, 0.11, 0.1],
                tone,
            )
        pen.blob(
            [
                (-0.46, -0.14),
                (-0.4, -0.42),
                (-0.05, -0.72),
                (0.36, -0.78),
                (0.58, -0.6),
                (0.5, -0.36),
                (0.2, -0.12),
            ],
            main,
            shade=0.2,
        )
        pen.blob(
            [
                (0.54, -0.55),
                (0.5, -0.34 + swell),
                (0.24, -0.14 + swell),
                (0.1, -0.24),
                (0.3, -0.42),
            ],
            mix(main, 0xFDF6C8, 0.75),
            shade=0.06,
        )
        pen.line([(0.58, -0.58), (0.42, -0.5), (0.2, -0.54)], 0.018, darker(main, 0.5))
        pen.specks(
            [(-0.2, -0.5), (-0.05, -0.58), (-0.28, -0.38), (-0.08, -0.42)],
            0.07,
            darker(main, 0.18),
            alpha=0.7,
        )
        for x in (0.4, 0.22):
            pen.oval(x, -0.82, 0.13, 0.13, main, shade=0.12)
            if act.shut < 0.7:
                pen.oval(x + 0.01, -0.83, 0.09, 0.09 * (1 - act.shut), 0xFBF2C0, shade=0)
            eyes(pen, act, [(x + 0.02, -0.83)], 0.055)
        pen.soft(0.3, -0.6, 0.08, 0.05, 0xF2938E, 0.5)


SUBJECTS = {
    "elephant": elephant,
    "giraffe": giraffe,
    "hippo": hippo,
    "camel": camel,
    "monkey": monkey,
    "kangaroo": kangaroo,
    "crocodile": crocodile,
    "snake": snake,
    "frog": frog,
}
