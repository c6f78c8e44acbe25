"""Fox, wolf, bear, panda, lion, tiger, deer, rabbit, squirrel, mouse, hedgehog."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, hop, turn, wave
from animatic.rig.act import Act
from animatic.rig.beasts import (
    Bones,
    Head,
    afloat,
    beast,
    eyes,
    leaf_ear,
    long_head,
    muzzle,
)
from animatic.rig.bodies import INK, Coat, dreams, fur
from animatic.rig.pen import Pen

CREAM = 0xFFF6E8


def fox(pen: Pen, act: Act) -> None:
    """A fox: white chin and chest, black stockings, a brush with a white tip."""
    main = act.own(0xE5792F)
    coat = Coat(main=main, belly=CREAM, deep=darker(main, 0.3))
    beast(pen, act, "vulpine", coat, _pointed_head(main, CREAM, 0x3A2A2A))


def wolf(pen: Pen, act: Act) -> None:
    """A grey wolf."""
    main = act.own(0x7D8594)
    coat = Coat(main=main, belly=lighter(main, 0.55), deep=darker(main, 0.35))

    def saddle(pen: Pen, bones: Bones) -> None:
        x, y = bones.middle
        pen.oval(x, y - 0.15, 0.42, 0.1, darker(main, 0.3), shade=0, alpha=0.75)

    beast(pen, act, "vulpine", coat, _pointed_head(main, lighter(main, 0.6), INK), marks=saddle)


def _pointed_head(main: Colour, pale: Colour, tips: Colour) -> Head:
    def head(pen: Pen, act: Act, coat: Coat) -> None:
        flick = 0.012 * act.gust(0.3)
        for dx, tone in ((0.07, darker(main, 0.25)), (-0.05, main)):
            pen.poly([(dx - 0.07, -0.08), (dx - 0.02 - flick, -0.27), (dx + 0.075, -0.11)], tone)
            pen.poly([(dx - 0.045, -0.19), (dx - 0.02 - flick, -0.27), (dx + 0.014, -0.195)], tips)
        pen.blob(
            [
                (-0.14, -0.05),
                (-0.04, -0.15),
                (0.09, -0.12),
                (0.17, -0.01),
                (0.08, 0.12),
                (-0.1, 0.12),
                (-0.19, 0.07),
            ],
            main,
            shade=0.15,
        )
        fur(pen, act, [(-0.1, 0.03), (-0.1, 0.07), (-0.06, 0.1)], 0.12, pale, down=True)
        pen.blob(
            [(-0.1, 0.1), (0.03, 0.02), (0.16, 0.03), (0.14, 0.11), (0.02, 0.14)], pale, shade=0.1
        )
        pen.limb([(0.08, 0.02), (0.2, 0.05), (0.29, 0.075)], [0.14, 0.085, 0.05], main, shade=0.1)
        pen.limb([(0.08, 0.1), (0.19, 0.1), (0.27, 0.1)], [0.06, 0.05, 0.03], pale, shade=0.05)
        pen.oval(0.305, 0.065, 0.028, 0.024, INK, shade=0.25)
        eyes(pen, act, [(0.08, -0.035)], 0.024)

    return head


def bear(pen: Pen, act: Act) -> None:
    """A big round bear: brown, black, or white of the pole."""
    main = act.own(0xF4F1EA if act.look == "polar" else 0x7C5236)
    pale = lighter(main, 0.35)
    coat = Coat(main=main, belly=lighter(main, 0.1), deep=darker(main, 0.3))

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        bear_head(pen, act, main, pale, darker(main, 0.15))

    beast(pen, act, "bear", coat, head)


def bear_head(pen: Pen, act: Act, main: Colour, pale: Colour, ears: Colour) -> None:
    """A round face from before: round ears, small eyes, a pale muzzle."""
    for side in (-1, 1):
        pen.oval(side * 0.17, -0.18, 0.085, 0.085, ears, shade=0.15)
        pen.oval(side * 0.165, -0.165, 0.045, 0.045, mix(ears, 0xE8A090, 0.45), shade=0.1)
    pen.oval(0, 0, 0.25, 0.225, main, shade=0.14)
    muzzle(pen, (0.02, 0.09), 0.125, 0.1, pale)
    eyes(pen, act, [(-0.09, -0.03), (0.12, -0.03)], 0.026, blush=0.05)


def panda(pen: Pen, act: Act) -> None:
    """A panda: black limbs, ears and eye patches; it likes to sit and chew bamboo."""
    white, black = act.own(0xFAF7F0), 0x35313C
    coat = Coat(main=black, belly=white, deep=black)

    def trunk(pen: Pen, bones: Bones) -> None:
        (hx, hy), (sx, sy) = bones.hip, bones.shoulder
        pen.limb([(hx - 0.1, hy), (sx - 0.18, sy)], [0.8, 0.7], white, shade=0.1)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        bear_head(pen, act, white, white, black)
        for side in (-1, 1):
            x = side * 0.105 + 0.012
            pen.oval(x, -0.02, 0.055, 0.07, black, angle=side * 28, shade=0.1)
            if act.shut > 0.7:
                pen.line([(x - 0.025, -0.03), (x, -0.015), (x + 0.025, -0.03)], 0.012, white)
            else:
                pen.oval(x, -0.03, 0.027, 0.03 * (1 - act.shut), 0xFFFFFF, shade=0)
                pen.oval(x + 0.004, -0.03, 0.019, 0.022 * (1 - act.shut), INK, shade=0)
        pen.soft(0.0, 0.1, 0.2, 0.05, 0xF2938E, 0.22)

    if act.gait in {"sit", "stand", "wave"}:
        _panda_sitting(pen, act, white, black, head)
    else:
        beast(pen, act, "bear", coat, head, marks=trunk)


def _panda_sitting(pen: Pen, act: Act, white: Colour, black: Colour, head: Head) -> None:
    puff, chew = 0.008 * act.breath(), wave(act.t * 0.8)
    coat = Coat(main=black, belly=white, deep=black)
    pen.limb([(-0.2, -0.3), (-0.3, -0.12), (-0.1, -0.07)], [0.2, 0.24, 0.16], darker(black, 0.2))
    pen.blob(
        [
            (-0.34, -0.03),
            (-0.37, -0.26),
            (-0.26, -0.52 - puff),
            (0, -0.6 - puff),
            (0.24, -0.52 - puff),
            (0.34, -0.26),
            (0.3, -0.03),
        ],
        white,
        shade=0.2,
    )
    pen.blob([(-0.29, -0.5), (-0.2, -0.62), (0.2, -0.62), (0.28, -0.5), (0.0, -0.42)], black)
    for side in (-1, 1):
        pen.limb([(side * 0.22, -0.1), (side * 0.36, -0.09)], [0.19, 0.17], black)
        pen.oval(side * 0.41, -0.11, 0.1, 0.11, black, shade=0.2)
        pen.oval(side * 0.42, -0.1, 0.05, 0.06, 0x6A6270, shade=0.1)
    with pen.at(0.0, -0.74 + 0.006 * chew, angle=3 * act.breath()):
        head(pen, act, coat)
    hand = (0.13, -0.47 + 0.012 * chew)
    pen.limb([(0.1, -0.3), (0.16, -0.5), (0.12, -0.68)], [0.035, 0.034, 0.03], 0x7DB352)
    for dx, dy in ((0.1, -0.08), (0.14, 0.02)):
        x, y = 0.15, -0.56
        pen.blob(
            [
                (x, y),
                (x + dx * 0.6, y + dy - 0.03),
                (x + dx, y + dy),
                (x + dx * 0.5, y + dy + 0.03),
            ],
            0x5F9A42,
        )
    raised = act.gait == "wave"
    far = (-0.34, -0.78 + 0.06 * act.swing()) if raised else (0.02, -0.38)
    pen.limb(
        [(-0.24, -0.5), (-0.3 if raised else -0.22, -0.38 if not raised else -0.6), far],
        [0.15, 0.14, 0.12],
        black,
    )
    pen.limb([(0.24, -0.5), (0.3, -0.36), hand], [0.15, 0.14, 0.12], black)


def lion(pen: Pen, act: Act) -> None:
    """A lion whose mane moves in the wind; a lioness has none."""
    main = act.own(0xDDA557)
    coat = Coat(main=main, belly=lighter(main, 0.45), deep=0x8A4E22)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        if act.look != "lioness":
            _mane(pen, act, 0.335, darker(0x9A5524, 0.18), 15)
            _mane(pen, act, 0.28, 0xB56A2C, 13)
        _cat_face(pen, act, main, coat.belly)

    beast(pen, act, "big_cat", coat, head)


def _mane(pen: Pen, act: Act, r: float, colour: Colour, count: int) -> None:
    points = []
    for k in range(2 * count):
        a = TAU * k / (2 * count)
        out = r * (1.0 if k % 2 else 0.84) + 0.016 * wave(act.t * 0.7 + k * 0.13) * (0.3 + act.wind)
        lag = 0.05 * act.gust(k * 0.1) + (0.04 if act.moves else 0)
        points.append((out * math.cos(a) - lag, out * math.sin(a) * 1.02 + 0.02))
    pen.blob(points, colour, shade=0.2, tension=0.7)


def _cat_face(pen: Pen, act: Act, main: Colour, pale: Colour) -> None:
    for side in (-1, 1):
        pen.oval(side * 0.165, -0.15, 0.065, 0.065, darker(main, 0.08), shade=0.15)
        pen.oval(side * 0.16, -0.14, 0.036, 0.036, 0xE8A898, shade=0.1)
    pen.blob(
        [
            (0, -0.205),
            (0.14, -0.17),
            (0.205, -0.03),
            (0.17, 0.12),
            (0.0, 0.2),
            (-0.17, 0.12),
            (-0.205, -0.03),
            (-0.14, -0.17),
        ],
        main,
        shade=0.14,
    )
    pen.limb([(0.0, -0.07), (0.01, 0.05)], [0.09, 0.075], lighter(main, 0.14), shade=0)
    muzzle(pen, (0.01, 0.105), 0.115, 0.085, pale, 0xB5605A)
    for side in (-1, 1):
        x = side * 0.095
        if act.shut < 0.7:
            pen.oval(x, -0.035, 0.035, 0.032 * (1 - act.shut), 0xF2C850, shade=0.1)
        eyes(pen, act, [(x, -0.035)], 0.022)


def tiger(pen: Pen, act: Act) -> None:
    """A striped tiger; a leopard is spotted."""
    leopard = act.look == "leopard"
    main = act.own(0xE0B060 if leopard else 0xE88A34)
    coat = Coat(main=main, belly=CREAM, deep=darker(main, 0.3))

    def stripes(pen: Pen, bones: Bones) -> None:
        x0, y0 = bones.hip[0] - 0.12, bones.middle[1]
        for k in range(8):
            x = x0 + 0.125 * k
            top = y0 - 0.24 + 0.03 * (k % 2)
            pen.limb(
                [(x, top), (x + 0.03, top + 0.13), (x + 0.005, top + 0.27)],
                [0.055, 0.045, 0.006],
                INK,
            )

    def spots(pen: Pen, bones: Bones) -> None:
        x0, y0 = bones.hip[0] - 0.16, bones.middle[1] - 0.16
        rings = [
            (x0 + 0.085 * k + 0.02 * wave(3.7 * j), y0 + 0.085 * j + 0.03 * wave(0.37 * k))
            for k in range(13)
            for j in range(4)
        ]
        pen.specks(rings, 0.055, 0x4A3428)
        pen.specks(rings, 0.026, darker(main, 0.12))

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        _cat_face(pen, act, main, CREAM)
        if leopard:
            pen.specks(
                [(-0.08, -0.13), (0.0, -0.15), (0.08, -0.13), (-0.04, -0.1), (0.05, -0.1)],
                0.028,
                0x4A3428,
            )
            return
        for x in (-0.05, 0.0, 0.05):
            pen.limb([(x * 1.3, -0.195), (x * 0.7, -0.09)], [0.028, 0.006], INK, shade=0)
        for side in (-1, 1):
            for y in (0.0, 0.05, 0.1):
                pen.limb(
                    [(side * (0.2 - y * 0.25), y), (side * 0.13, y + 0.005)],
                    [0.026, 0.005],
                    INK,
                    shade=0,
                )

    beast(pen, act, "big_cat", coat, head, marks=spots if leopard else stripes)


def deer(pen: Pen, act: Act) -> None:
    """A deer with antlers and dappled flanks; a fawn has none, a reindeer a red nose."""
    main = act.own(0xB5773F)
    coat = Coat(main=main, belly=lighter(main, 0.55), deep=darker(main, 0.3))

    def dapples(pen: Pen, bones: Bones) -> None:
        x, y = bones.middle
        pen.specks(
            [(x - 0.24 + 0.075 * k, y - 0.07 + 0.055 * (k % 3) - 0.02 * (k % 2)) for k in range(7)],
            0.026,
            CREAM,
            alpha=0.85,
        )

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        leaf_ear(pen, act, (-0.045, -0.035), 0.12, -75, darker(main, 0.12), 0xF0BFA8)
        if act.look != "fawn":
            _antler(pen, (0.0, -0.06), darker(0x8A6A4A, 0.2), 0.9)
        long_head(pen, act, coat, 0.075, long=0.78, lips=lighter(main, 0.5))
        pen.oval(0.155, 0.045, 0.026, 0.022, 0xE5423C if act.look == "reindeer" else INK, shade=0.3)
        if act.look != "fawn":
            _antler(pen, (-0.03, -0.06), 0x9A7A54, 1.0)

    beast(pen, act, "deer", coat, head, marks=dapples)


def _antler(pen: Pen, at: tuple[float, float], colour: Colour, size: float) -> None:
    with pen.at(*at, scale=size):
        beam = [(0, 0), (-0.05, -0.1), (-0.06, -0.2), (0.0, -0.3)]
        pen.limb(beam, [0.03, 0.026, 0.022, 0.01], colour)
        for root, tip in (
            ((-0.03, -0.07), (0.06, -0.13)),
            ((-0.06, -0.15), (0.05, -0.22)),
            ((-0.06, -0.2), (-0.13, -0.28)),
        ):
            pen.limb([root, tip], [0.02, 0.008], colour)


def rabbit(pen: Pen, act: Act) -> None:
    """A rabbit: hops when it moves, its ears flop after it."""
    main = act.own(0xC9B8A4)
    if act.gait == "swim":
        afloat(pen, act, lambda: _rabbit(pen, act, main, 0.0), 0.3)
        return
    moving = act.moves or act.gait == "dance"
    leap = hop(act.phase) if moving else 0.0
    with pen.at(
        0,
        -0.22 * leap if act.gait == "run" else -0.1 * leap,
        angle=-10 * wave(act.phase) if moving else 0,
    ):
        _rabbit(pen, act, main, leap)


def _rabbit(pen: Pen, act: Act, main: Colour, leap: float) -> None:
    pale, asleep = lighter(main, 0.5), act.gait == "sleep"
    puff, low = 0.01 * act.breath(), 0.08 if asleep else 0.0
    pen.oval(-0.4, -0.16, 0.1, 0.1, lighter(pale, 0.6), shade=0.08)
    pen.limb([(0.16, -0.2), (0.24 + 0.12 * leap, -0.05)], [0.12, 0.085], darker(main, 0.18))
    pen.blob(
        [
            (-0.38, -0.05),
            (-0.42, -0.24),
            (-0.26, -0.45 - puff + low),
            (0.02, -0.47 - puff + low),
            (0.24, -0.38),
            (0.28, -0.16),
            (0.16, -0.03),
        ],
        main,
        shade=0.22,
    )
    pen.oval(0.22, -0.2, 0.09, 0.14, pale, shade=0.05)
    pen.oval(-0.18, -0.18, 0.19, 0.16, lighter(main, 0.05), shade=0.18)
    pen.limb(
        [(-0.24 - 0.22 * leap, -0.045), (-0.02 - 0.16 * leap, -0.04)],
        [0.085, 0.07],
        lighter(main, 0.1),
    )
    pen.limb([(0.1, -0.2), (0.2 + 0.16 * leap, -0.04)], [0.12, 0.08], main)
    with pen.at(0.26, (-0.34 if asleep else -0.55) + puff, angle=2 * act.breath()):
        back = -40 * leap - (62 if asleep else 0)
        leaf_ear(pen, act, (0.0, -0.12), 0.42, 4 + back, darker(main, 0.15), 0xE8A6A4)
        leaf_ear(pen, act, (-0.07, -0.11), 0.44, -14 + back, main, 0xF2B4B2)
        pen.oval(0, 0, 0.2, 0.175, main, shade=0.15)
        pen.oval(0.13, 0.06, 0.09, 0.075, pale, shade=0.06)
        pen.oval(0.2, 0.02 + 0.004 * wave(act.t * 3), 0.022, 0.018, 0xE8808A, shade=0.1)
        eyes(pen, act, [(0.07, -0.03)], 0.032, blush=0.055)
    if asleep:
        dreams(pen, act, 0.42, -0.6)


def squirrel(pen: Pen, act: Act) -> None:
    """A squirrel under its tail, an acorn in its paws."""
    main = act.own(0xB8622F)
    leap = hop(act.phase) if act.moves else 0.0
    with pen.at(0, -0.14 * leap, angle=(8 if act.moves else 0) - 8 * leap):
        _squirrel(pen, act, main, leap)


def _squirrel(pen: Pen, act: Act, main: Colour, leap: float) -> None:
    sway = 0.03 * wave(act.t * 0.5) + 0.03 * act.gust()
    line = [
        (-0.18, -0.1),
        (-0.46, -0.16),
        (-0.5 - sway, -0.52),
        (-0.36 - sway, -0.86),
        (-0.56 - sway, -0.98),
    ]
    if act.moves:
        line = [turn((x, y - 0.12), -0.45, (-0.18, -0.22)) for x, y in line]
    pen.limb(line, [0.14, 0.27, 0.32, 0.27, 0.1], darker(main, 0.12), shade=0.22)
    inner = [(x + 0.01, y) for x, y in line[1:4]]
    pen.limb(inner, [0.06, 0.14, 0.06], lighter(main, 0.2), shade=0.1)
    pen.blob(
        [(-0.26, -0.03), (-0.27, -0.26), (-0.1, -0.5), (0.1, -0.52), (0.18, -0.3), (0.12, -0.03)],
        main,
        shade=0.2,
    )
    pen.blob(
        [(0.0, -0.06), (0.02, -0.34), (0.12, -0.46), (0.165, -0.28), (0.1, -0.06)], CREAM, shade=0.1
    )
    pen.oval(-0.1, -0.16, 0.15, 0.14, lighter(main, 0.04), shade=0.18)
    pen.limb([(-0.1, -0.035), (0.14 + 0.1 * leap, -0.03)], [0.075, 0.06], lighter(main, 0.1))
    nibble = 0.01 * wave(act.t * 2.2)
    with pen.at(0.12, -0.62, angle=2 * act.breath()):
        for x, tone in ((0.03, darker(main, 0.2)), (-0.08, main)):
            pen.poly([(x - 0.05, -0.1), (x - 0.015, -0.27), (x + 0.06, -0.12)], tone)
        pen.oval(0, 0, 0.17, 0.155, main, shade=0.14)
        pen.oval(0.1, 0.05, 0.085, 0.07, CREAM, shade=0.05)
        pen.oval(0.175, 0.02, 0.02, 0.017, INK, shade=0.1)
        eyes(pen, act, [(0.05, -0.025)], 0.034, blush=0.05)
    pen.oval(0.24, -0.36 + nibble, 0.055, 0.06, 0xB07A3A, shade=0.2)
    pen.oval(0.24, -0.405 + nibble, 0.062, 0.034, 0x7A4E2A, shade=0.15)
    pen.limb([(0.05, -0.42), (0.12, -0.32), (0.22, -0.35 + nibble)], [0.085, 0.07, 0.055], main)
    if act.gait == "sleep":
        dreams(pen, act, 0.3, -0.8)


def mouse(pen: Pen, act: Act) -> None:
    """A little mouse with big ears and a long tail."""
    main = act.own(0xA9A3AE)
    trot = 0.02 * abs(wave(act.phase * 2)) if act.moves else 0.0
    wag = 0.05 * wave(act.t * 0.8)
    pen.limb(
        [(-0.36, -0.1), (-0.58, -0.05), (-0.76, -0.16 + wag), (-0.95, -0.12 + wag * 2)],
        [0.06, 0.05, 0.04, 0.02],
        0xE8A6A8,
    )
    for k, x in enumerate((-0.24, -0.1, 0.16, 0.28)):
        step = 0.1 * wave(act.phase + 0.37 * k) if act.moves else 0.0
        pen.oval(x + step, -0.035, 0.08, 0.04, 0xF0B4B4)
    puff = 0.012 * act.breath()
    pen.blob(
        [
            (-0.42, -0.06),
            (-0.45, -0.26),
            (-0.24, -0.5 - puff - trot),
            (0.08, -0.48 - puff - trot),
            (0.34, -0.3),
            (0.36, -0.1),
            (0.0, -0.02),
        ],
        main,
        shade=0.24,
    )
    pen.oval(0.0, -0.07, 0.3, 0.07, lighter(main, 0.5), shade=0.05)
    drop = 0.1 if act.gait == "sleep" else 0.0
    with pen.at(0.34, -0.4 + drop - trot, angle=2 * act.breath()):
        pen.oval(0.06, -0.22, 0.14, 0.15, darker(main, 0.18), shade=0.12)
        pen.blob(
            [
                (-0.2, -0.06),
                (-0.08, -0.2),
                (0.12, -0.15),
                (0.34, 0.06),
                (0.36, 0.11),
                (0.1, 0.19),
                (-0.14, 0.14),
            ],
            main,
            shade=0.16,
        )
        pen.oval(-0.13, -0.22, 0.18, 0.19, main, shade=0.16)
        pen.oval(-0.12, -0.21, 0.12, 0.13, 0xF2B4B8, shade=0.1)
        pen.oval(0.365, 0.075, 0.032, 0.028, 0xE8707C, shade=0.15)
        for k in range(3):
            pen.line(
                [(0.28, 0.09), (0.2, 0.13 + 0.03 * k), (0.12, 0.14 + 0.06 * k)], 0.007, 0xFFFDF6
            )
        eyes(pen, act, [(0.16, -0.02)], 0.036, blush=0.06)
    if act.gait == "sleep":
        dreams(pen, act, 0.6, -0.55)


def hedgehog(pen: Pen, act: Act) -> None:
    """A hedgehog, spines up."""
    spine = act.own(0x6E5646)
    for k, x in enumerate((-0.3, -0.12, 0.14, 0.3)):
        step = 0.06 * wave(act.phase + 0.3 * k) if act.moves else 0.0
        pen.oval(x + step, -0.035, 0.09, 0.045, 0xD8AE86)
    for ring in range(4):
        spread, tone = 1.0 - 0.16 * ring, lighter(spine, 0.11 * ring)
        spikes = []
        for k in range(13):
            a = math.pi * (0.98 - 0.9 * k / 12) + 0.05 * ring
            out = 1.0 + 0.03 * act.gust(k * 0.1) + 0.015 * act.breath()
            x, y = 0.56 * spread * math.cos(a) - 0.06, -0.26 - 0.5 * spread * math.sin(a)
            tip = (x * out - 0.06 + 0.13 * math.cos(a), y * out - 0.13 * math.sin(a))
            spikes.append(
                [
                    (x - 0.06 * math.sin(a), y - 0.06 * math.cos(a)),
                    tip,
                    (x + 0.06 * math.sin(a), y + 0.06 * math.cos(a)),
                ]
            )
        pen.blob(
            [
                (-0.62 * spread, -0.1),
                (-0.5 * spread, -0.52 * spread),
                (-0.06, -0.76 * spread),
                (0.36 * spread, -0.56 * spread),
                (0.46 * spread, -0.16),
                (0, -0.06),
            ],
            tone,
            shade=0.12,
        )
        pen.shapes(spikes, tone)
    pen.blob(
        [(0.2, -0.08), (0.2, -0.36), (0.38, -0.46), (0.56, -0.3), (0.74, -0.18), (0.6, -0.08)],
        0xEBC9A0,
        shade=0.15,
    )
    pen.oval(0.75, -0.2, 0.042, 0.038, INK, shade=0.2)
    pen.oval(0.3, -0.42, 0.07, 0.07, 0xC99A70, shade=0.15)
    eyes(pen, act, [(0.5, -0.28)], 0.035, blush=0.06)
    if act.gait == "sleep":
        dreams(pen, act, 0.7, -0.5)


SUBJECTS = {
    "fox": fox,
    "wolf": wolf,
    "bear": bear,
    "panda": panda,
    "lion": lion,
    "tiger": tiger,
    "deer": deer,
    "rabbit": rabbit,
    "squirrel": squirrel,
    "mouse": mouse,
    "hedgehog": hedgehog,
}
