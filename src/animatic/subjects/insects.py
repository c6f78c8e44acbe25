"""Butterfly, bee, dragonfly, ladybird, snail."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.beasts import eyes
from animatic.rig.bodies import INK
from animatic.rig.pen import Pen

GAUZE = 0xEAF6FF


def butterfly(pen: Pen, act: Act) -> None:
    """A butterfly: its wings clap, it tumbles along its way."""
    main = act.own((0xF28A3C, 0x5A8CE8, 0xE86AA0, 0xF2C63C)[int(act.seed * 4)])
    still = act.gait in {"stand", "sit", "sleep"}
    beat = 0.5 + 0.5 * wave(act.t * (0.35 if still else 1.7) + act.seed)
    drift = 0.0 if still else 0.07 * wave(act.t * 0.43 + act.seed)
    with pen.at(0.05 * wave(act.t * 0.3), -0.5 + drift, angle=-22 + 5 * wave(act.t * 0.37)):
        for side, tone in ((-1, darker(main, 0.14)), (1, main)):
            with pen.at(0, 0, sx=side * (0.28 + 0.72 * beat)):
                _wing_pair(pen, tone)
        pen.limb([(0, -0.2), (0, 0.02), (0.01, 0.26)], [0.05, 0.075, 0.03], 0x3A2E38)
        pen.oval(0, -0.24, 0.05, 0.05, 0x3A2E38)
        for side in (-1, 1):
            tip = (side * 0.14, -0.48 + 0.02 * wave(act.t))
            pen.line([(side * 0.02, -0.27), (side * 0.07, -0.4), tip], 0.014, 0x3A2E38)
            pen.oval(*tip, 0.02, 0.02, 0x3A2E38)


def _wing_pair(pen: Pen, main: Colour) -> None:
    upper = [(0.02, -0.1), (0.2, -0.42), (0.52, -0.5), (0.6, -0.28), (0.42, -0.02), (0.1, 0.02)]
    lower = [(0.02, 0.02), (0.36, 0.02), (0.48, 0.18), (0.36, 0.42), (0.18, 0.4), (0.04, 0.16)]
    edge = darker(main, 0.55)
    for shape in (lower, upper):
        cx = sum(p[0] for p in shape) / len(shape)
        cy = sum(p[1] for p in shape) / len(shape)
        pen.blob(shape, edge, shade=0.12)
        inner = [(cx + (x - cx) * 0.78, cy + (y - cy) * 0.78) for x, y in shape]
        pen.blob(inner, main, shade=0.24)
        pen.oval(cx + 0.04, cy, 0.075, 0.075, lighter(main, 0.5), shade=0)
    pen.specks(
        [(0.54, -0.4), (0.56, -0.3), (0.48, -0.47), (0.44, 0.26), (0.36, 0.37)], 0.035, 0xFFFBF0
    )


def bee(pen: Pen, act: Act) -> None:
    """A plump bee on humming wings."""
    main = act.own(0xF6C23C)
    hum = wave(act.t * 9.7)
    with pen.at(
        0.02 * wave(act.t * 0.9), 0.04 * wave(act.t * 0.7), angle=-6 + 4 * wave(act.t * 0.31)
    ):
        pen.poly([(-0.56, -0.46), (-0.74, -0.42), (-0.54, -0.38)], 0x3A2E38)
        body = [
            (-0.6, -0.42),
            (-0.4, -0.66),
            (0.0, -0.72),
            (0.3, -0.6),
            (0.36, -0.4),
            (0.2, -0.2),
            (-0.2, -0.14),
            (-0.5, -0.24),
        ]
        pen.blob(body, main, shade=0.22)
        with pen.inside(body):
            for x in (-0.44, -0.2, 0.04):
                pen.line([(x, -0.8), (x - 0.05, -0.42), (x, -0.05)], 0.1, 0x3A2E38)
        for dx, angle in ((-0.08, -18 - 14 * hum), (0.04, 12 + 14 * hum)):
            with pen.at(dx, -0.64, angle=angle):
                pen.oval(-0.04, -0.22, 0.14, 0.26, GAUZE, shade=0.1, alpha=0.75)
        pen.oval(0.36, -0.48, 0.22, 0.21, lighter(main, 0.12), shade=0.15)
        for side in (0.0, 0.1):
            tip = (0.5 + side, -0.82 + 0.02 * wave(act.t * 1.1))
            pen.line([(0.38 + side * 0.6, -0.66), (0.42 + side, -0.76), tip], 0.022, 0x3A2E38)
            pen.oval(*tip, 0.03, 0.03, 0x3A2E38)
        eyes(pen, act, [(0.36, -0.5), (0.5, -0.5)], 0.036, blush=0.05)
        pen.line([(0.39, -0.4), (0.44, -0.38), (0.49, -0.4)], 0.016, 0x3A2E38)


def dragonfly(pen: Pen, act: Act) -> None:
    """A dragonfly with four glassy wings."""
    main = act.own(0x3FA6A0)
    hum = wave(act.t * 8.3)
    with pen.at(0, 0.03 * wave(act.t * 0.6), angle=-4 + 4 * wave(act.t * 0.27)):
        for x, angle, size in ((0.18, 26, 0.9), (0.06, -26, 0.8)):
            for far in (True, False):
                turn_ = angle * 0.5 + (7 if far else -7) * hum + (18 if far else -8)
                with pen.at(x, -0.52, angle=turn_):
                    pen.blob(
                        [
                            (0, 0),
                            (0.1, -0.3 * size),
                            (0.06, -0.62 * size),
                            (-0.08, -0.62 * size),
                            (-0.1, -0.3 * size),
                        ],
                        mix(GAUZE, main, 0.2 if far else 0.08),
                        shade=0.14,
                        alpha=0.72,
                    )
                    pen.oval(0.05, -0.56 * size, 0.03, 0.03, darker(main, 0.2), shade=0)
        curve = 0.03 * wave(act.t * 0.5)
        pen.limb(
            [(0.14, -0.46), (-0.3, -0.44), (-0.9, -0.5 + curve)],
            [0.12, 0.075, 0.04],
            main,
            shade=0.2,
        )
        for k in range(6):
            x = -0.14 - 0.12 * k
            pen.line([(x, -0.48), (x, -0.4)], 0.016, darker(main, 0.35), alpha=0.7)
        pen.oval(0.2, -0.48, 0.19, 0.13, darker(main, 0.1), shade=0.2)
        for x in (0.06, 0.18):
            pen.line([(x + 0.06, -0.38), (x + 0.14, -0.26), (x + 0.08, -0.2)], 0.016, INK)
        pen.oval(0.44, -0.5, 0.14, 0.13, main, shade=0.15)
        pen.oval(0.48, -0.54, 0.095, 0.095, 0xC84B4E, shade=0.2)
        eyes(pen, act, [(0.51, -0.55)], 0.036)


def ladybird(pen: Pen, act: Act) -> None:
    """A ladybird; it opens its shell to fly."""
    main = act.own(0xE0403A)
    flies = act.gait == "fly"
    bob = 0.02 * abs(wave(act.phase * 2)) if act.moves else 0.0
    for k, x in enumerate((-0.36, -0.04, 0.28)):
        step = 0.08 * wave(act.phase * 2 + 0.33 * k) if act.moves else 0.0
        pen.line([(x, -0.22), (x + 0.06 + step, -0.1), (x + 0.1 + step, 0.0)], 0.055, INK)
    with pen.at(0, -bob):
        if flies:
            hum = 12 * wave(act.t * 8.9)
            for angle in (-50 + hum, -80 - hum):
                with pen.at(-0.1, -0.5, angle=angle):
                    pen.oval(0, -0.4, 0.17, 0.42, GAUZE, shade=0.1, alpha=0.75)
            pen.oval(-0.1, -0.32, 0.52, 0.2, INK, shade=0.2)
        pen.oval(0.5, -0.38, 0.24, 0.24, INK, shade=0.2)
        pen.oval(0.56, -0.48, 0.075, 0.075, 0xFFFFFF, shade=0)
        eyes(pen, act, [(0.58, -0.48)], 0.042)
        for dx in (0.08, 0.2):
            tip = (0.56 + dx, -0.8 + 0.02 * wave(act.t * 0.9 + dx))
            pen.line([(0.5 + dx * 0.5, -0.58), (0.52 + dx, -0.7), tip], 0.03, INK)
            pen.oval(*tip, 0.035, 0.035, INK)
        dome = [
            (-0.64, -0.16),
            (-0.58, -0.48),
            (-0.3, -0.8),
            (0.06, -0.84),
            (0.34, -0.62),
            (0.42, -0.18),
            (-0.1, -0.12),
        ]
        with pen.at(0.02 if flies else 0.0, -0.14 if flies else 0.0, angle=22 if flies else 0):
            pen.blob(dome, main, shade=0.28)
            for x, y, r in (
                (-0.36, -0.44, 0.1),
                (-0.08, -0.64, 0.11),
                (0.16, -0.38, 0.11),
                (-0.16, -0.28, 0.09),
                (-0.5, -0.22, 0.06),
            ):
                pen.oval(x, y, r, r * 0.95, INK, shade=0.1)
            pen.line([(-0.4, -0.64), (-0.24, -0.74), (-0.06, -0.77)], 0.04, 0xFFFFFF, alpha=0.55)


def snail(pen: Pen, act: Act) -> None:
    """A snail that stretches and follows."""
    shell = act.own(0xD08A4A)
    flesh = 0xE8CFA0
    reach = 0.05 * wave(act.t * 0.4)
    foot: list[Point] = [
        (-0.8, -0.04),
        (-0.3, -0.1),
        (0.3, -0.12),
        (0.62 + reach, -0.24),
        (0.74 + reach, -0.5),
    ]
    pen.limb(foot, [0.06, 0.16, 0.2, 0.22, 0.19], flesh, shade=0.18)
    for dx in (-0.02, 0.14):
        tip = (0.76 + reach + dx, -0.84 + 0.02 * wave(act.t * 0.5 + dx))
        pen.line([(0.72 + reach + dx * 0.6, -0.56), tip], 0.045, flesh)
        pen.oval(*tip, 0.06, 0.06, 0xFFFFFF, shade=0)
        eyes(pen, act, [(tip[0] + 0.01, tip[1])], 0.036)
    pen.line([(0.84 + reach, -0.47), (0.78 + reach, -0.43), (0.73 + reach, -0.45)], 0.02, 0x8A5A3A)
    pen.soft(0.72 + reach, -0.49, 0.05, 0.035, 0xF2938E, 0.7)
    with pen.at(-0.12, -0.5, angle=3 * wave(act.t * 0.4)):
        pen.oval(0, 0, 0.45, 0.44, shell, shade=0.28)
        spiral: list[Point] = []
        for k in range(26):
            a, r = 0.5 + TAU * k / 11, 0.4 * (1 - k / 27)
            spiral.append((0.02 + r * math.cos(a), r * math.sin(a)))
        pen.line(spiral, 0.045, darker(shell, 0.32))
        pen.line([(-0.28, -0.24), (-0.14, -0.34), (0.04, -0.37)], 0.04, 0xFFFFFF, alpha=0.5)


SUBJECTS = {
    "butterfly": butterfly,
    "bee": bee,
    "dragonfly": dragonfly,
    "ladybird": ladybird,
    "snail": snail,
}
