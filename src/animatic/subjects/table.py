"""Cup, apple, cake; guitar, piano."""

import math

from animatic.colour import darker, lighter, mix
from animatic.ease import wave
from animatic.rig.act import Act
from animatic.rig.materials import GOLD, PARTY, flame
from animatic.rig.pen import Pen

CHINA = 0xF6F2EA


def steam(pen: Pen, act: Act, x: float, y: float, size: float = 0.4) -> None:
    """Curls of steam that rise and thin."""
    for k in range(3):
        life = (act.t * 0.28 + k / 3) % 1
        px = x + 0.12 * size * (k - 1) - 0.4 * size * act.wind * life
        top = y - size * (0.3 + 0.9 * life)
        curl = 0.12 * size * wave(act.t * 0.4 + 0.3 * k)
        line = [(px, top + size * 0.45), (px + curl, top + size * 0.22), (px - curl, top)]
        pen.limb(
            line,
            [0.02, 0.06 * size + 0.02, 0.01],
            0xFFFFFF,
            shade=0,
            alpha=0.55 * math.sin(math.pi * life),
        )


def cup(pen: Pen, act: Act) -> None:
    """A steaming cup on its saucer."""
    main = act.own(0x5A9AC4)
    steam(pen, act, -0.02, -0.72)
    pen.oval(0, -0.06, 0.6, 0.08, CHINA, shade=0.2)
    pen.oval(0, -0.08, 0.4, 0.04, darker(CHINA, 0.1), shade=0)
    pen.line([(0.34, -0.6), (0.58, -0.6), (0.56, -0.34), (0.28, -0.28)], 0.075, main)
    pen.blob(
        [(-0.42, -0.7), (-0.4, -0.36), (-0.22, -0.09), (0.22, -0.09), (0.4, -0.36), (0.42, -0.7)],
        main,
        shade=0.24,
        tension=0.6,
    )
    pen.limb([(-0.39, -0.46), (0, -0.43), (0.39, -0.46)], [0.05, 0.06, 0.05], CHINA, shade=0.06)
    pen.oval(0, -0.7, 0.42, 0.085, lighter(main, 0.35), shade=0.1)
    pen.oval(0, -0.695, 0.36, 0.062, 0x6E4028, shade=0.2)
    pen.oval(0.06 + 0.02 * wave(act.t * 0.2), -0.69, 0.14, 0.022, 0xC89A6A, shade=0, alpha=0.8)


def apple(pen: Pen, act: Act) -> None:
    """A shining apple with a leaf."""
    main = act.own(0xD8362E)
    with pen.at(0, 0, angle=3 * wave(act.t * 0.3)):
        body = [
            (0, -0.76),
            (-0.2, -0.84),
            (-0.44, -0.7),
            (-0.48, -0.4),
            (-0.3, -0.06),
            (-0.1, -0.01),
            (0, -0.04),
            (0.1, -0.01),
            (0.3, -0.06),
            (0.48, -0.4),
            (0.44, -0.7),
            (0.2, -0.84),
        ]
        pen.blob(body, main, shade=0.28)
        pen.blob([(-0.1, -0.77), (0, -0.71), (0.1, -0.77), (0, -0.74)], darker(main, 0.4), shade=0)
        pen.limb([(0, -0.73), (0.01, -0.86), (0.06, -0.97)], [0.035, 0.035, 0.05], 0x6A4630)
        flick = 0.03 * act.gust()
        pen.blob(
            [(0.04, -0.87), (0.16, -1.0 - flick), (0.36, -0.96 - flick), (0.2, -0.84)],
            0x5FA845,
            shade=0.2,
        )
        pen.oval(-0.24, -0.58, 0.07, 0.13, 0xFFFFFF, angle=18, shade=0, alpha=0.5)
        pen.specks(
            [(0.1, -0.5), (0.22, -0.4), (0.02, -0.34), (0.16, -0.24), (-0.12, -0.24)],
            0.02,
            lighter(main, 0.45),
            alpha=0.7,
        )


def cake(pen: Pen, act: Act) -> None:
    """A birthday cake in two tiers, candles burning."""
    main = act.own(0xF6B4C0)
    cream = 0xFFF8EC
    pen.oval(0, -0.03, 0.68, 0.07, 0xE4E0EA, shade=0.2)
    pen.glow(0, -0.95, 0.6, 0xFFC868, 0.45)
    for x, y, w, h, tone in (
        (-0.52, -0.36, 1.04, 0.33, main),
        (-0.34, -0.66, 0.68, 0.31, mix(main, 0xFFF0D0, 0.5)),
    ):
        pen.box(x, y, w, h, tone, corner=0.04, shade=0.2)
        drips = [(x + w * (k + 0.5) / 7, y + 0.05 + 0.05 * (k % 2), w / 13) for k in range(7)]
        pen.puffs([*drips], cream, darker(cream, 0.06))
        pen.box(x - 0.015, y - 0.035, w + 0.03, 0.085, cream, corner=0.04, shade=0.1)
    pen.specks([(-0.42 + 0.12 * k, -0.13 - 0.035 * (k % 2)) for k in range(8)], 0.035, PARTY[1])
    pen.specks([(-0.36 + 0.12 * k, -0.09 - 0.035 * (k % 2)) for k in range(7)], 0.035, PARTY[2])
    for k in range(5):
        pen.oval(-0.4 + 0.2 * k, -0.41, 0.05, 0.05, 0xD8343E, shade=0.3)
    for k in range(3):
        x = -0.18 + 0.18 * k
        pen.box(x - 0.02, -0.86, 0.04, 0.17, PARTY[k + 3], corner=0.01)
        flame(pen, act, (x, -0.86), 0.12, lag=0.3 * k)


def guitar(pen: Pen, act: Act) -> None:
    """A guitar on its stand; strings tremble and notes fly."""
    main = act.own(0xC88A48)
    with pen.at(0, 0, angle=-9 + 1.5 * wave(act.t * 0.4)):
        pen.limb([(0, -0.4), (0, -0.84)], [0.07, 0.055], 0x5A3A2A)
        pen.poly([(-0.05, -0.83), (0.05, -0.83), (0.065, -1.0), (-0.065, -1.0)], 0x4A2E22)
        for k in range(3):
            for side in (-1, 1):
                pen.oval(side * 0.085, -0.86 - 0.045 * k, 0.022, 0.016, GOLD)
        body = [
            (0, -0.53),
            (-0.13, -0.51),
            (-0.17, -0.41),
            (-0.14, -0.32),
            (-0.23, -0.2),
            (-0.2, -0.06),
            (0, -0.005),
            (0.2, -0.06),
            (0.23, -0.2),
            (0.14, -0.32),
            (0.17, -0.41),
            (0.13, -0.51),
        ]
        pen.blob([(x * 1.05, y * 1.02 + 0.005) for x, y in body], darker(main, 0.45), shade=0.1)
        pen.blob(body, main, shade=0.24)
        pen.oval(0, -0.33, 0.075, 0.075, darker(main, 0.25), shade=0)
        pen.oval(0, -0.33, 0.06, 0.06, 0x3A2620, shade=0)
        pen.box(-0.08, -0.13, 0.16, 0.03, 0x4A2E22, corner=0.01)
        for k in range(4):
            x = -0.024 + 0.016 * k
            hum = 0.005 * wave(act.t * 7 + 0.3 * k)
            pen.line([(x, -0.95), (x + hum, -0.45), (x, -0.12)], 0.005, 0xFFF6DC)
    _notes(pen, act, 0.16, -0.5)


def _notes(pen: Pen, act: Act, x: float, y: float) -> None:
    for k in range(3):
        life = (act.t * 0.3 + k / 3) % 1
        px, py = x + 0.3 * life + 0.05 * wave(act.t * 0.5 + 0.3 * k), y - 0.5 * life
        fade = math.sin(math.pi * life)
        tone = PARTY[(2 * k) % 6]
        with pen.at(px, py, angle=12 * wave(act.t * 0.6 + 0.2 * k)):
            pen.oval(0, 0, 0.042, 0.032, tone, angle=-20, shade=0, alpha=fade)
            pen.line(
                [(0.036, -0.005), (0.036, -0.15), (0.085, -0.11)],
                0.016,
                tone,
                alpha=fade,
                smooth=False,
            )


def piano(pen: Pen, act: Act) -> None:
    """A grand piano; its keys go down by themselves."""
    main = act.own(0x33303E)
    for x in (-0.62, 0.0, 0.6):
        pen.limb([(x, -0.4), (x, -0.04)], [0.07, 0.045], darker(main, 0.3), shade=0.2)
        pen.oval(x, -0.025, 0.035, 0.03, GOLD)
    pen.blob(
        [(-0.74, -0.58), (-0.7, -1.0), (-0.3, -1.12), (0.3, -1.0), (0.78, -0.72), (0.72, -0.58)],
        lighter(main, 0.07),
        shade=0.24,
        tension=0.7,
    )
    pen.blob(
        [(-0.66, -0.6), (-0.62, -0.95), (-0.28, -1.05), (0.26, -0.94), (0.66, -0.7), (0.62, -0.6)],
        mix(main, 0xB06A3A, 0.5),
        shade=0.2,
        tension=0.7,
    )
    pen.hairs(
        [((-0.56 + 0.09 * k, -0.6), (-0.5 + 0.08 * k, -0.92 + 0.018 * k)) for k in range(12)],
        0.006,
        0xF2D28A,
        alpha=0.8,
    )
    pen.line([(0.3, -0.6), (0.12, -0.96)], 0.022, GOLD)
    pen.box(-0.8, -0.62, 1.6, 0.24, main, corner=0.03, shade=0.26)
    pen.box(-0.76, -0.44, 1.3, 0.1, 0xFFFBF0, shade=0.05)
    for k in range(20):
        x = -0.76 + 0.065 * k
        low = 0.018 * max(0.0, wave(act.t * 1.1 + 0.377 * k)) ** 4
        if low > 0.004:
            pen.box(x, -0.44 + low, 0.06, 0.1, 0xE4DCD0, shade=0)
        pen.line([(x, -0.44), (x, -0.34)], 0.006, 0x8A8490, smooth=False)
        if k % 7 not in {0, 3}:
            pen.box(x - 0.019, -0.44, 0.038, 0.06, 0x24202C, shade=0.1)
    pen.box(-0.84, -0.36, 1.68, 0.06, lighter(main, 0.1), corner=0.02, shade=0.2)
    pen.limb(
        [(-0.5, -0.9), (-0.38, -0.96), (-0.2, -0.98)],
        [0.02, 0.03, 0.01],
        0xFFFFFF,
        shade=0,
        alpha=0.25,
    )
    _notes(pen, act, 0.2, -0.95)


SUBJECTS = {
    "cup": cup,
    "apple": apple,
    "cake": cake,
    "guitar": guitar,
    "piano": piano,
}
