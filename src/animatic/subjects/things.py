"""Balloon, kite, lantern, candle, umbrella, ball, clock, book, chair, teddy, robot."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.beasts import eyes, mid, muzzle
from animatic.rig.bodies import INK
from animatic.rig.materials import GOLD, PARTY, WOOD, flame
from animatic.rig.pen import Pen


def balloon(pen: Pen, act: Act) -> None:
    """A toy balloon on a string that trails behind it."""
    main = act.own(PARTY[int(act.seed * 6)])
    tip = 7 * wave(act.t * 0.23 + act.seed) + 8 * act.gust()
    with pen.at(0, -0.55, angle=tip):
        line = [(0.05 * k / 6 * wave(act.t * 0.5 - 0.14 * k), 0.06 + 0.1 * k) for k in range(7)]
        pen.line(line, 0.012, 0xF4EFE6, alpha=0.9)
        pen.poly([(-0.035, 0.1), (0.035, 0.1), (0.0, 0.03)], darker(main, 0.15))
        pen.blob(
            [
                (0, 0.05),
                (-0.2, -0.1),
                (-0.26, -0.3),
                (-0.13, -0.5),
                (0.13, -0.5),
                (0.26, -0.3),
                (0.2, -0.1),
            ],
            main,
            shade=0.28,
        )
        pen.oval(-0.1, -0.36, 0.045, 0.09, 0xFFFFFF, angle=24, shade=0, alpha=0.55)


def kite(pen: Pen, act: Act) -> None:
    """A paper kite with a tail of bows, tugging at its line."""
    main = act.own(PARTY[int(act.seed * 6)])
    other = mix(main, 0xFFF3C0, 0.65)
    sway = wave(act.t * 0.31 + act.seed)
    with pen.at(0.05 * sway, -0.6 + 0.03 * wave(act.t * 0.47), angle=14 + 8 * sway):
        pen.line([(0, 0.0), (0.12, 0.3), (0.34, 0.7)], 0.007, 0xFFFFFF, alpha=0.8)
        tail: list[Point] = [
            (-0.03 * k + 0.006 * k * wave(act.t * 1.1 - 0.19 * k), 0.3 + 0.075 * k)
            for k in range(8)
        ]
        pen.line(tail, 0.012, 0xFFFFFF)
        for k in range(2, 8, 2):
            x, y = tail[k]
            tone = PARTY[k % 6]
            pen.poly([(x, y), (x - 0.06, y - 0.035), (x - 0.06, y + 0.035)], tone)
            pen.poly([(x, y), (x + 0.06, y - 0.035), (x + 0.06, y + 0.035)], tone)
        top, right, foot, left = (0.0, -0.4), (0.28, -0.1), (0.0, 0.32), (-0.28, -0.1)
        middle = (0.0, -0.1)
        for one, two, tone in (
            (top, right, main),
            (right, foot, other),
            (foot, left, main),
            (left, top, other),
        ):
            pen.poly([one, two, middle], tone, shade=0.14)
        pen.line([top, foot], 0.014, darker(main, 0.4), smooth=False)
        pen.line([left, right], 0.014, darker(main, 0.4), smooth=False)


def lantern(pen: Pen, act: Act) -> None:
    """A red paper lantern with a tassel, or a sky lantern that rises with its flame."""
    if act.look == "sky":
        _sky_lantern(pen, act)
        return
    main = act.own(0xE0392E)
    glow = 0.75 + 0.15 * wave(act.t * 0.7 + act.seed) + 0.06 * wave(act.t * 2.9)
    with pen.at(0, -1.0, angle=5 * wave(act.t * 0.29 + act.seed) + 5 * (act.gust() - 0.4)):
        pen.glow(0, 0.42, 0.75, 0xFFA04A, 0.6 * glow)
        pen.line([(0, -0.1), (0, 0.16)], 0.016, GOLD)
        body = [
            (-0.17, 0.2),
            (-0.36, 0.34),
            (-0.39, 0.46),
            (-0.3, 0.6),
            (-0.16, 0.67),
            (0.16, 0.67),
            (0.3, 0.6),
            (0.39, 0.46),
            (0.36, 0.34),
            (0.17, 0.2),
        ]
        pen.blob(body, mix(main, 0xFFB060, 0.25 * glow), shade=0.2)
        with pen.inside(body):
            pen.glow(0, 0.46, 0.36, 0xFFE39A, 0.85 * glow)
            for k in (-2, -1, 0, 1, 2):
                x = 0.14 * k
                pen.line(
                    [(x * 0.5, 0.18), (x * 1.25, 0.44), (x * 0.5, 0.69)],
                    0.012,
                    darker(main, 0.25),
                    alpha=0.7,
                )
        for y in (0.16, 0.66):
            pen.box(-0.17, y, 0.34, 0.055, GOLD, corner=0.015, shade=0.25)
        for k in range(5):
            x = -0.06 + 0.03 * k
            pen.line([(x, 0.72), (x + 0.02 * wave(act.t * 0.6 + 0.1 * k), 0.98)], 0.016, GOLD)


def _sky_lantern(pen: Pen, act: Act) -> None:
    main = act.own(0xFFC46A)
    glow = 0.8 + 0.1 * wave(act.t * 1.9 + act.seed)
    with pen.at(0, -0.1 + 0.03 * wave(act.t * 0.3), angle=4 * wave(act.t * 0.21 + act.seed)):
        pen.glow(0, -0.4, 0.8, 0xFFA848, 0.55 * glow)
        body = [
            (-0.2, -0.02),
            (-0.3, -0.4),
            (-0.26, -0.72),
            (0, -0.84),
            (0.26, -0.72),
            (0.3, -0.4),
            (0.2, -0.02),
        ]
        pen.fade(body, darker(main, 0.12), 0xFFEFB8, smooth=True, lit=False)
        for x in (-0.1, 0.1):
            pen.line([(x, -0.02), (x * 1.6, -0.4), (x, -0.79)], 0.01, 0xE8904A, alpha=0.6)
        pen.limb([(-0.19, -0.02), (0.19, -0.02)], [0.03, 0.03], 0x8A5A30)
        flame(pen, act, (0, 0.0), 0.12)


def candle(pen: Pen, act: Act) -> None:
    """A candle in a holder; its flame trembles."""
    wax = act.own(0xFBF1DC)
    pen.glow(0, -0.86, 0.75, 0xFFC060, 0.5 + 0.06 * wave(act.t * 2.3))
    pen.oval(0, -0.05, 0.4, 0.07, darker(GOLD, 0.15), shade=0.25)
    pen.oval(0, -0.08, 0.33, 0.05, GOLD, shade=0.2)
    pen.line([(0.34, -0.08), (0.5, -0.1), (0.5, -0.22), (0.36, -0.16)], 0.04, darker(GOLD, 0.1))
    pen.box(-0.15, -0.68, 0.3, 0.6, wax, corner=0.03, shade=0.12)
    pen.oval(0, -0.67, 0.15, 0.035, lighter(wax, 0.4), shade=0)
    pen.limb([(-0.09, -0.66), (-0.1, -0.46)], [0.06, 0.05], lighter(wax, 0.35), shade=0.05)
    pen.limb([(0.11, -0.66), (0.115, -0.55)], [0.05, 0.05], lighter(wax, 0.35), shade=0.05)
    pen.line([(0, -0.67), (0.005, -0.74)], 0.018, INK)
    flame(pen, act, (0, -0.7), 0.32)


def umbrella(pen: Pen, act: Act) -> None:
    """An open umbrella that tugs in the wind."""
    main = act.own(0xE0483E)
    with pen.at(0, -0.02, angle=4 * wave(act.t * 0.21) + 10 * (act.gust() - 0.4)):
        pen.limb([(0, -0.92), (0, -0.12)], [0.03, 0.03], 0x6A4A38)
        pen.line([(0, -0.14), (0.0, -0.02), (0.09, 0.01), (0.13, -0.07)], 0.045, 0x8A5A38)
        flutter = 0.02 * act.gust(0.4)
        edge = [
            (-0.62, -0.5),
            (-0.4, -0.57 + flutter),
            (-0.2, -0.5),
            (0.0, -0.57),
            (0.2, -0.5),
            (0.4, -0.57 + flutter),
            (0.62, -0.5),
        ]
        dome: list[Point] = [(0.55, -0.72), (0.32, -0.9), (0, -0.97), (-0.32, -0.9), (-0.55, -0.72)]
        pen.blob([*edge, *dome], main, shade=0.24, tension=0.75)
        pen.blob(
            [(-0.2, -0.51), (0, -0.57), (0.2, -0.51), (0.16, -0.75), (0, -0.96), (-0.16, -0.75)],
            lighter(main, 0.35),
            shade=0.16,
            tension=0.8,
        )
        pen.limb([(0, -0.96), (0, -1.04)], [0.03, 0.012], 0x6A4A38)


def ball(pen: Pen, act: Act) -> None:
    """A ball that rolls and bounces: striped, or for football or basketball."""
    main = act.own(
        0xE8863A if act.look == "basketball" else 0xFBF9F4 if act.look == "football" else 0xE8483E
    )
    rolled = 360 * act.phase * 0.6 if act.gait == "run" or act.moves else 12 * wave(act.t * 0.2)
    circle = [
        (0.5 * math.cos(TAU * k / 16), -0.5 + 0.5 * math.sin(TAU * k / 16)) for k in range(16)
    ]
    pen.oval(0, -0.5, 0.5, 0.5, main, shade=0.26)
    with pen.inside(circle):
        with pen.at(0, -0.5, angle=rolled):
            _ball_marks(pen, act.look, main)
        pen.soft(-0.16, -0.72, 0.24, 0.18, 0xFFFFFF, 0.45)
        pen.soft(0.1, -0.02, 0.5, 0.2, 0x1B1436, 0.3)


def _ball_marks(pen: Pen, look: str, main: Colour) -> None:
    if look == "basketball":
        for line in (((-0.5, 0.0), (0.5, 0.0)), ((0.0, -0.5), (0.0, 0.5))):
            pen.line(line, 0.026, 0x4A2A1E)
        for side in (-1, 1):
            pen.line([(side * 0.36, -0.4), (side * 0.16, 0), (side * 0.36, 0.4)], 0.026, 0x4A2A1E)
    elif look == "football":
        spots = [(0.0, 0.0)] + [
            (0.4 * math.cos(TAU * k / 5 - 1.57), 0.4 * math.sin(TAU * k / 5 - 1.57))
            for k in range(5)
        ]
        for x, y in spots:
            pen.poly(
                [
                    (
                        x + 0.14 * math.cos(TAU * k / 5 + 1.57),
                        y + 0.14 * math.sin(TAU * k / 5 + 1.57),
                    )
                    for k in range(5)
                ],
                0x34303C,
            )
            pen.line([(0, 0), (x, y)], 0.014, 0x34303C, smooth=False)
    else:
        for k in range(3):
            a, b = TAU * k / 3, TAU * (k + 0.5) / 3
            wedge = [
                (0.0, 0.0),
                (0.6 * math.cos(a), 0.6 * math.sin(a)),
                (0.7 * math.cos((a + b) / 2), 0.7 * math.sin((a + b) / 2)),
                (0.6 * math.cos(b), 0.6 * math.sin(b)),
            ]
            pen.poly(wedge, (0xFFF8EC, 0xF6C33A, 0x3F8FE0)[k])
        pen.oval(0, 0, 0.09, 0.09, 0xFFF8EC)


def clock(pen: Pen, act: Act) -> None:
    """An alarm clock whose hands go round."""
    main = act.own(0x3FA0A8)
    for side in (-1, 1):
        pen.limb([(side * 0.2, -0.16), (side * 0.3, -0.02)], [0.08, 0.06], darker(main, 0.3))
        with pen.at(
            side * 0.27, -0.84, angle=side * 34 + 2 * wave(act.t * 4) * max(0.0, wave(act.t * 0.2))
        ):
            pen.blob(
                [(-0.17, 0.02), (-0.12, -0.12), (0, -0.16), (0.12, -0.12), (0.17, 0.02)],
                GOLD,
                shade=0.25,
            )
    pen.limb([(0, -0.86), (0, -0.98)], [0.05, 0.06], darker(main, 0.2))
    pen.oval(0, -0.47, 0.43, 0.43, main, shade=0.25)
    pen.oval(0, -0.47, 0.345, 0.345, 0xFFFBF0, shade=0.06)
    marks = []
    for k in range(12):
        a = TAU * k / 12
        inner = 0.26 if k % 3 == 0 else 0.285
        marks.append(
            (
                (inner * math.sin(a), -0.47 - inner * math.cos(a)),
                (0.305 * math.sin(a), -0.47 - 0.305 * math.cos(a)),
            )
        )
    pen.hairs(marks, 0.022, INK)
    for turns, long, wide, tone in (
        (act.t / 48 + 0.85, 0.16, 0.042, INK),
        (act.t / 4 + 0.12, 0.25, 0.03, INK),
        (act.t / 2, 0.27, 0.012, 0xE0483E),
    ):
        a = TAU * turns
        pen.line(
            [(0, -0.47), (long * math.sin(a), -0.47 - long * math.cos(a))], wide, tone, smooth=False
        )
    pen.oval(0, -0.47, 0.032, 0.032, 0xE0483E)


def book(pen: Pen, act: Act) -> None:
    """An open book whose page turns by itself."""
    cover = act.own(0x9A4A3E)
    for side in (-1, 1):
        pen.poly([(0, -0.05), (side * 0.82, -0.16), (side * 0.86, -0.72), (0, -0.6)], cover)
        for k in range(3):
            y = 0.025 * k
            page = [
                (0, -0.08 - y),
                (side * 0.4, -0.2 - y),
                (side * 0.78, -0.2 - y),
                (side * 0.8, -0.72 - y),
                (side * 0.42, -0.74 - y),
                (0, -0.62 - y),
            ]
            pen.poly(page, mix(0xFBF4E2, 0xD8C8A8, 0.5 - 0.25 * k), shade=0.1)
        for row in range(5):
            y = -0.66 + 0.09 * row
            pen.line(
                [(side * 0.12, y + 0.03), (side * 0.4, y - 0.05), (side * 0.7, y - 0.04)],
                0.014,
                0x9A8C7C,
                alpha=0.75,
            )
    leaf = (act.t * 0.3 + act.seed) % 1
    if leaf < 0.6:
        a = math.pi * (leaf / 0.6)
        x, up = 0.78 * math.cos(a), 0.42 * math.sin(a)
        pen.poly(
            [
                (0, -0.13),
                (x * 0.5, -0.2 - up * 0.7),
                (x, -0.25 - up),
                (x, -0.77 - up),
                (x * 0.5, -0.74 - up * 0.7),
                (0, -0.67),
            ],
            0xFFFAEC,
            shade=0.16,
        )
    sparks = [(-0.5 + 0.17 * k, -0.85 - 0.25 * ((act.t * 0.25 + 0.37 * k) % 1)) for k in range(7)]
    pen.specks(sparks, 0.026, 0xFFE9A0, alpha=0.8, lit=False)


def chair(pen: Pen, act: Act) -> None:
    """A wooden rocking chair with a cushion."""
    wood = act.own(WOOD)
    with pen.at(0, 0, angle=3.5 * wave(act.t * 0.36)):
        far = darker(wood, 0.25)
        for x in (-0.18, 0.26):
            pen.limb([(x + 0.05, -0.4), (x + 0.06, -0.06)], [0.05, 0.045], far)
        for dx, tone in ((0.06, far), (0.0, wood)):
            pen.line(
                [(-0.5 + dx, -0.1), (-0.2 + dx, -0.03), (0.2 + dx, -0.03), (0.5 + dx, -0.1)],
                0.05,
                tone,
            )
        pen.limb([(-0.22, -0.42), (-0.38, -0.98)], [0.06, 0.06], far)
        for k in range(4):
            x, y = mid((-0.24, -0.5), (-0.36, -0.92), k / 3)
            pen.limb([(x - 0.02, y), (x + 0.1, y - 0.02)], [0.05, 0.05], wood)
        pen.limb([(-0.14, -0.42), (-0.29, -1.0)], [0.065, 0.065], wood, shade=0.2)
        pen.blob(
            [(-0.24, -0.42), (-0.1, -0.52), (0.28, -0.5), (0.36, -0.42), (0.1, -0.37)],
            0xC84B4E,
            shade=0.2,
        )
        pen.limb([(-0.22, -0.38), (0.36, -0.37)], [0.07, 0.06], wood)
        for x in (-0.2, 0.28):
            pen.limb([(x, -0.38), (x, -0.06)], [0.06, 0.05], wood, shade=0.2)
        pen.limb([(0.28, -0.38), (0.27, -0.62)], [0.05, 0.045], wood)
        pen.limb(
            [(-0.22, -0.66), (0.1, -0.64), (0.34, -0.63)], [0.05, 0.055, 0.06], wood, shade=0.2
        )


def teddy(pen: Pen, act: Act) -> None:
    """A teddy bear with a bow."""
    main = act.own(0xC08A56)
    pale = lighter(main, 0.4)
    sway = 2.5 * wave(act.t * 0.3) + (8 * act.swing() if act.gait == "dance" else 0)
    up = 0.14 + 0.08 * act.swing() if act.gait in {"wave", "dance"} else 0.0
    for side in (-1, 1):
        pen.limb([(side * 0.16, -0.14), (side * 0.36, -0.1)], [0.22, 0.2], main)
        pen.oval(side * 0.42, -0.12, 0.11, 0.12, main, shade=0.18)
        pen.oval(side * 0.43, -0.12, 0.065, 0.075, pale, shade=0.08)
    pen.oval(0, -0.3, 0.29, 0.29, main, shade=0.2)
    pen.oval(0, -0.28, 0.18, 0.19, pale, shade=0.08)
    for side in (-1, 1):
        high = up * 2.6 if side == 1 or act.gait == "dance" else 0
        pen.limb(
            [(side * 0.22, -0.46), (side * 0.38, -0.34 - high)], [0.15, 0.14], main, shade=0.14
        )
    with pen.at(0, -0.72, angle=sway):
        for side in (-1, 1):
            pen.oval(side * 0.21, -0.19, 0.11, 0.11, main, shade=0.16)
            pen.oval(side * 0.205, -0.18, 0.06, 0.06, pale, shade=0.1)
        pen.oval(0, 0, 0.29, 0.26, main, shade=0.16)
        muzzle(pen, (0, 0.08), 0.13, 0.1, pale)
        eyes(pen, act, [(-0.11, -0.04), (0.11, -0.04)], 0.032, blush=0.06)
    for side in (-1, 1):
        pen.poly([(0, -0.5), (side * 0.14, -0.56), (side * 0.14, -0.43)], 0xE0484E, shade=0.2)
    pen.oval(0, -0.495, 0.04, 0.04, 0xC8343E)


def robot(pen: Pen, act: Act) -> None:
    """A tin robot: walks, waves, its antenna blinks."""
    main = act.own(0x8FB4C8)
    far, pale = darker(main, 0.25), lighter(main, 0.3)
    bob = 0.015 * abs(wave(act.phase)) if act.moves or act.gait == "dance" else 0.005 * act.breath()
    for side, tone in ((1, far), (-1, main)):
        step = 0.12 * act.swing(0.5 * (side > 0)) if act.moves else 0.0
        lift = 0.04 * max(0.0, act.swing(0.25 + 0.5 * (side > 0))) if act.moves else 0.0
        pen.limb([(side * 0.1, -0.28), (side * 0.1 + step, -0.08 - lift)], [0.09, 0.08], far)
        pen.box(side * 0.1 + step - 0.08, -0.1 - lift, 0.2, 0.1, tone, corner=0.04, shade=0.2)
    with pen.at(0, -bob, angle=4 * act.swing() if act.gait == "dance" else 0):
        _robot_arm(pen, act, 1, far)
        pen.box(-0.21, -0.6, 0.42, 0.36, main, corner=0.06, shade=0.24)
        pen.box(-0.14, -0.53, 0.28, 0.17, darker(main, 0.45), corner=0.03, shade=0.1)
        pulse: list[Point] = [
            (-0.11 + 0.02 * k, -0.445 - 0.045 * max(0.0, wave(act.t * 0.8 - 0.17 * k)) ** 3)
            for k in range(12)
        ]
        pen.line(pulse, 0.012, 0x7CF0B0)
        for k, tone in enumerate((0xE8483E, 0xF6C33A, 0x5AB86A)):
            pen.oval(
                -0.08 + 0.08 * k,
                -0.3,
                0.022,
                0.022,
                tone if wave(act.t * 0.5 + k / 3) > -0.2 else darker(tone, 0.4),
            )
        pen.box(-0.06, -0.65, 0.12, 0.07, far)
        with pen.at(0, -0.64, angle=4 * wave(act.t * 0.3)):
            _robot_head(pen, act, main, pale)
        _robot_arm(pen, act, -1, main)


def _robot_head(pen: Pen, act: Act, main: Colour, pale: Colour) -> None:
    lit = 0.5 + 0.5 * wave(act.t * 0.9)
    pen.line([(0, -0.26), (0.0, -0.36)], 0.022, darker(main, 0.3))
    pen.glow(0, -0.37, 0.13, 0xFF8A5A, 0.7 * lit)
    pen.oval(0, -0.37, 0.032, 0.032, mix(0xA83A30, 0xFF7A5A, lit))
    for side in (-1, 1):
        pen.oval(side * 0.225, -0.13, 0.04, 0.07, darker(main, 0.25))
    pen.box(-0.22, -0.27, 0.44, 0.27, pale, corner=0.08, shade=0.2)
    pen.box(-0.17, -0.22, 0.34, 0.17, 0x2E3A4E, corner=0.06, shade=0.1)
    for x in (-0.075, 0.085):
        tall = 0.045 * (1 - act.shut) + 0.006
        pen.oval(x, -0.14, 0.035, tall, 0x7CEBF0, shade=0)
    pen.line([(-0.03, -0.085), (0.005, -0.072), (0.04, -0.085)], 0.012, 0x7CEBF0)


def _robot_arm(pen: Pen, act: Act, side: int, tone: Colour) -> None:
    root = (side * 0.22, -0.54)
    hand = (side * 0.31, -0.28 + 0.01 * act.breath())
    if act.moves:
        hand = (side * 0.25 + 0.12 * act.swing(0.5 * (side < 0)), -0.3)
    if (act.gait == "wave" and side > 0) or act.gait == "dance":
        hand = (side * (0.4 + 0.05 * act.swing()), -0.74 + 0.06 * act.swing(0.25))
    pen.limb(
        [root, (mid(root, hand)[0] + side * 0.05, mid(root, hand)[1]), hand],
        [0.075, 0.065, 0.06],
        tone,
        shade=0.2,
    )
    pen.oval(*hand, 0.055, 0.055, darker(tone, 0.2), shade=0.2)
    for dx in (-0.035, 0.035):
        down = 1 if hand[1] > -0.5 else -1
        pen.limb([hand, (hand[0] + dx, hand[1] + 0.075 * down)], [0.035, 0.025], darker(tone, 0.3))


SUBJECTS = {
    "balloon": balloon,
    "kite": kite,
    "lantern": lantern,
    "candle": candle,
    "umbrella": umbrella,
    "ball": ball,
    "clock": clock,
    "book": book,
    "chair": chair,
    "teddy": teddy,
    "robot": robot,
}
