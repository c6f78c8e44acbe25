"""Octopus, jellyfish, crab, seahorse, starfish."""

import math
from functools import partial

from animatic.colour import darker, lighter
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.beasts import afloat, eyes, mid
from animatic.rig.pen import Pen, bend


def octopus(pen: Pen, act: Act) -> None:
    """An octopus with eight curling arms."""
    body = partial(_octopus, pen, act)
    if act.surfaced:
        afloat(pen, act, body, 0.34)
    else:
        body()


def _octopus(pen: Pen, act: Act) -> None:
    main = act.own(0xE0647A)
    pulse = 0.025 * wave(act.t * 0.45)
    for k in range(8):
        back = k % 2 == 0
        spread = -0.5 + k / 7
        tone = darker(main, 0.2) if back else main
        line: list[Point] = []
        for j in range(6):
            s = j / 5
            curl = 0.09 * s * wave(act.t * 0.4 + 0.13 * k - 0.45 * s)
            x = spread * (0.4 + 0.85 * s) + curl
            y = (
                -0.42
                + (0.36 - 0.12 * abs(spread)) * min(1.0, 1.5 * s)
                + 0.05 * wave(act.t * 0.4 + k * 0.21 + s)
            )
            line.append((x, y - 0.12 * s * s * abs(spread) * 2))
        pen.limb(line, [0.17, 0.14, 0.11, 0.085, 0.06, 0.025], tone, shade=0.16)
        if not back:
            pen.specks(
                [mid(p, (p[0], p[1] + 0.02), 1.0) for p in line[1:5]],
                0.028,
                lighter(main, 0.5),
                alpha=0.9,
            )
    pen.blob(
        [
            (-0.24, -0.36),
            (-0.3 - pulse, -0.62),
            (-0.26 - pulse, -0.88),
            (0, -1.0 - pulse),
            (0.26 + pulse, -0.88),
            (0.3 + pulse, -0.62),
            (0.24, -0.36),
            (0, -0.3),
        ],
        main,
        shade=0.24,
    )
    pen.specks(
        [(-0.14, -0.84), (-0.05, -0.9), (0.12, -0.86), (-0.18, -0.74)],
        0.06,
        lighter(main, 0.3),
        alpha=0.6,
    )
    for side in (-1, 1):
        pen.oval(side * 0.11, -0.56, 0.085, 0.09 * (1 - 0.9 * act.shut), 0xFFFFFF, shade=0)
        eyes(pen, act, [(side * 0.1, -0.55)], 0.045, blush=0.06)
    pen.line([(-0.05, -0.42), (0, -0.395), (0.05, -0.42)], 0.016, darker(main, 0.5))


def jellyfish(pen: Pen, act: Act) -> None:
    """A jellyfish that pulses, glowing, trailing ribbons."""
    body = partial(_jellyfish, pen, act)
    if act.surfaced:
        afloat(pen, act, body, 0.42)
    else:
        body()


def _jellyfish(pen: Pen, act: Act) -> None:
    main = act.own(0xC48AE8)
    beat = wave(act.t * 0.45 + act.seed)
    wide, lift = 0.38 + 0.045 * beat, 0.05 * wave(act.t * 0.45 + act.seed + 0.3)
    with pen.at(0, -lift):
        pen.glow(0, -0.72, 0.62, lighter(main, 0.3), 0.4)
        for k in range(7):
            x = wide * (-0.8 + 1.6 * k / 6)
            line = [
                (
                    x * (1 - 0.3 * j / 5)
                    + 0.05 * j / 5 * 2 * wave(act.t * 0.4 - 0.22 * j + 0.17 * k),
                    -0.62 + 0.125 * j,
                )
                for j in range(6)
            ]
            pen.line(line, 0.018 + 0.012 * (k % 2), lighter(main, 0.3), alpha=0.75)
        for k in range(3):
            x = 0.12 * (k - 1)
            line = [
                (x + 0.04 * j * wave(act.t * 0.4 - 0.2 * j + 0.3 * k) * 0.6, -0.64 + 0.09 * j)
                for j in range(6)
            ]
            pen.limb(
                line, [0.1, 0.13, 0.1, 0.09, 0.06, 0.02], lighter(main, 0.45), shade=0.1, alpha=0.75
            )
        rim: list[Point] = []
        for k in range(9):
            s = k / 8
            rim.append((wide * (1 - 2 * s), -0.6 + (0.035 if k % 2 else 0.0) + 0.02 * beat))
        dome: list[Point] = [
            (-wide * 1.02, -0.74),
            (-wide * 0.72, -0.95),
            (0, -1.04 + 0.02 * beat),
            (wide * 0.72, -0.95),
            (wide * 1.02, -0.74),
        ]
        pen.blob([*dome, *rim], main, shade=0.3, alpha=0.88)
        pen.blob(
            [(-wide * 0.55, -0.72), (0, -0.92), (wide * 0.55, -0.72), (0, -0.66)],
            lighter(main, 0.4),
            shade=0.1,
            alpha=0.55,
        )
        pen.line(
            [(-wide * 0.66, -0.86), (-wide * 0.4, -0.95), (-wide * 0.1, -0.985)],
            0.035,
            0xFFFFFF,
            alpha=0.6,
        )


def crab(pen: Pen, act: Act) -> None:
    """A crab that waves its claws and goes sideways; a lobster when so named."""
    main = act.own(0xE2553C)
    bob = 0.03 * abs(wave(act.phase * 2)) if act.moves else 0.008 * act.breath()
    for side in (-1, 1):
        for k in range(3):
            step = 0.07 * wave(act.phase + 0.33 * k + 0.5 * (side > 0)) if act.moves else 0.0
            root = (side * (0.34 - 0.03 * k), -0.34)
            elbow = (side * (0.62 + 0.1 * k), -0.5 + 0.11 * k - bob)
            foot = (side * (0.68 + 0.13 * k) + step, -0.02 - 0.04 * (2 - k) * 0.4)
            pen.limb([root, elbow, foot], [0.12, 0.085, 0.03], darker(main, 0.18))
    for side in (-1, 1):
        raised = 0.07 * wave(act.t * 0.5 + 0.4 * side) + (
            0.14 * act.swing() if act.gait == "wave" else 0
        )
        claw = (side * 0.8, -0.84 - raised)
        pen.limb([(side * 0.4, -0.42), (side * 0.74, -0.5), claw], [0.15, 0.13, 0.12], main)
        nip = 8 + 8 * wave(act.t * 0.9 + 0.3 * side)
        for turned in (-1, 1):
            with pen.at(*claw, angle=side * -14 + turned * nip):
                pen.blob(
                    [
                        (0, 0.06),
                        (turned * 0.15, -0.06),
                        (turned * 0.13, -0.24),
                        (turned * 0.02, -0.32),
                        (turned * 0.03, -0.12),
                    ],
                    main,
                    shade=0.2,
                )
    for side in (-1, 1):
        eye_ = (side * 0.15 + 0.01 * act.breath(), -0.86 - bob)
        pen.line([(side * 0.13, -0.6 - bob), eye_], 0.045, main)
        pen.oval(*eye_, 0.075, 0.08, 0xFFFFFF, shade=0)
        eyes(pen, act, [(eye_[0] + 0.012, eye_[1])], 0.042)
    shell = [
        (-0.5, -0.4),
        (-0.46, -0.6),
        (0, -0.72),
        (0.46, -0.6),
        (0.5, -0.4),
        (0.28, -0.2),
        (-0.28, -0.2),
    ]
    with pen.at(0, -bob):
        pen.blob(shell, main, shade=0.25)
        pen.specks(
            [(-0.28, -0.56), (0.26, -0.57), (-0.1, -0.63), (0.12, -0.62)],
            0.05,
            lighter(main, 0.35),
            alpha=0.7,
        )
        pen.line([(-0.13, -0.36), (0, -0.3), (0.13, -0.36)], 0.026, darker(main, 0.5))
        for side in (-1, 1):
            pen.soft(side * 0.24, -0.4, 0.07, 0.05, 0xFFC0A8, 0.6)


def seahorse(pen: Pen, act: Act) -> None:
    """A seahorse, upright, with a fluttering fin."""
    main = act.own(0xF2B04A)
    bob = 0.02 * act.breath()
    with pen.at(0, bob):
        flutter = 0.04 * wave(act.t * 2.0)
        pen.blob(
            [(-0.12, -0.56), (-0.34, -0.62 + flutter), (-0.36, -0.44 + flutter), (-0.14, -0.4)],
            lighter(main, 0.35),
            alpha=0.9,
        )
        spine: list[Point] = [
            (0.08, -0.86),
            (-0.05, -0.72),
            (0.04, -0.5),
            (-0.04, -0.3),
            (-0.12, -0.12),
            (0.0, -0.02),
            (0.12, -0.1),
            (0.05, -0.17),
        ]
        pen.limb(spine, [0.15, 0.17, 0.26, 0.16, 0.1, 0.075, 0.055, 0.03], main, shade=0.22)
        for k, (x, y) in enumerate(bend(spine[1:5], 4)):
            half = 0.1 - 0.0045 * k
            pen.line(
                [(x - half, y), (x + half * 0.9, y + 0.02)], 0.012, darker(main, 0.2), alpha=0.7
            )
        pen.limb([(0.14, -0.86), (0.34, -0.79)], [0.1, 0.075], main, shade=0.12)
        pen.oval(0.09, -0.88, 0.12, 0.11, main, shade=0.15)
        pen.poly(
            [(0.0, -0.93), (0.02, -1.05), (0.07, -0.97), (0.12, -1.06), (0.14, -0.94)],
            darker(main, 0.12),
        )
        eyes(pen, act, [(0.12, -0.9)], 0.032, blush=0.04)


def starfish(pen: Pen, act: Act) -> None:
    """A starfish that stretches its five arms."""
    main = act.own(0xF08A5A)
    points: list[Point] = []
    for k in range(10):
        a = -TAU / 4 + TAU * k / 10 + 0.06 * wave(act.t * 0.25)
        r = (0.5 + 0.03 * wave(act.t * 0.4 + 0.2 * k)) if k % 2 == 0 else 0.24
        points.append((r * math.cos(a), -0.46 + r * math.sin(a)))
    pen.blob(points, main, shade=0.24, tension=0.85)
    dots = [mid((0, -0.46), points[k], s) for k in range(0, 10, 2) for s in (0.35, 0.55, 0.75)]
    pen.specks(dots, 0.045, lighter(main, 0.4), alpha=0.9)
    eyes(pen, act, [(-0.09, -0.5), (0.09, -0.5)], 0.04, blush=0.06)
    pen.line([(-0.05, -0.42), (0, -0.395), (0.05, -0.42)], 0.02, darker(main, 0.5))


SUBJECTS = {
    "octopus": octopus,
    "jellyfish": jellyfish,
    "crab": crab,
    "seahorse": seahorse,
    "starfish": starfish,
}
