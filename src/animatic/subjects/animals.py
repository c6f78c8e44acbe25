"""Cat, dog, bird."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import Point, wave
from animatic.rig.act import Act
from animatic.rig.beasts import Bones, beast, eyes, mid, pose
from animatic.rig.bodies import INK, Coat, dreams, fur
from animatic.rig.pen import Pen, bend

PINK = 0xF2A0A6


def cat(pen: Pen, act: Act) -> None:
    """A tabby: curls up to sleep, sits with a swaying tail, walks and runs."""
    coat = _cat_coat(act.own(0xC9A27A))
    if act.gait == "sleep":
        _cat_asleep(pen, act, coat)
    elif act.moves or act.gait == "swim":
        _cat_on_legs(pen, act, coat)
    else:
        _cat_sitting(pen, act, coat)


def _cat_coat(main: Colour) -> Coat:
    return Coat(
        main=main, belly=mix(main, 0xFFF6E8, 0.78), deep=darker(mix(main, 0x9A4A1C, 0.35), 0.12)
    )


def _cat_asleep(pen: Pen, act: Act, coat: Coat) -> None:
    puff = 0.022 * act.breath()
    body = [
        (-0.7, -0.03),
        (-0.78, -0.27),
        (-0.6, -0.57 - puff),
        (-0.22, -0.7 - puff),
        (0.14, -0.63 - puff),
        (0.42, -0.42),
        (0.52, -0.16),
        (0.4, -0.01),
    ]
    _ruff(pen, act, body, coat)
    pen.blob(body, coat.main, shade=0.24)
    with pen.inside(body):
        _stripes(pen, coat, puff)
        pen.oval(0.05, 0.02, 0.6, 0.12, coat.belly, shade=0, alpha=0.7)
    _locks(pen, act, coat, puff)
    pen.oval(-0.43, -0.22, 0.27, 0.22, lighter(coat.main, 0.05), shade=0.2)
    _wrapped_tail(pen, act, coat)
    pen.oval(0.44, -0.055, 0.15, 0.06, coat.belly, shade=0.12)
    pen.oval(0.74, -0.05, 0.13, 0.055, coat.belly, shade=0.12)
    cat_head(pen, act, coat, (0.53, -0.31 - 0.5 * puff), tilt=7)
    dreams(pen, act, 0.8, -0.72)


def _ruff(pen: Pen, act: Act, body: list[Point], coat: Coat) -> None:
    """Fur that stands out from the back and lies over in the wind."""
    fur(pen, act, bend(body[1:6], 7), 0.095, coat.main, down=False)


def _locks(pen: Pen, act: Act, coat: Coat, puff: float) -> None:
    """Short strokes on the flank, rippling with each gust."""
    strokes = []
    for row in range(4):
        for k in range(9):
            x, y = (
                -0.5 + k * 0.105 + 0.03 * (row % 2),
                -0.52 - puff + 0.105 * row + 0.02 * math.sin(k * 2.1),
            )
            blow = act.gust(k * 0.16 + row * 0.05)
            strokes.append(((x, y), (x - 0.045 - 0.06 * blow, y + 0.03 - 0.05 * blow)))
    pen.hairs(strokes, 0.011, lighter(coat.main, 0.3), alpha=0.55)


def _stripes(pen: Pen, coat: Coat, puff: float) -> None:
    for x, long in ((-0.56, 0.2), (-0.38, 0.26), (-0.19, 0.28), (0.0, 0.26), (0.17, 0.2)):
        y = -0.72 - puff + 0.5 * (x + 0.2) ** 2
        pen.limb(
            [(x, y), (x + 0.035, y + long * 0.55), (x + 0.0, y + long)],
            [0.075, 0.055, 0.008],
            coat.deep,
            shade=0,
            alpha=0.8,
        )


def _wrapped_tail(pen: Pen, act: Act, coat: Coat) -> None:
    twitch = 0.05 * max(0.0, wave(act.t * 0.33)) + 0.02 * act.gust(0.9)
    line = [
        (-0.7, -0.12),
        (-0.56, -0.055),
        (-0.25, -0.05),
        (0.02, -0.06 - twitch * 0.3),
        (0.17, -0.1 - twitch),
    ]
    pen.limb(line, [0.12, 0.13, 0.125, 0.12, 0.08], coat.main, shade=0.16)
    for k in range(3):
        x = -0.42 + 0.17 * k
        pen.limb([(x, -0.11), (x + 0.01, -0.0)], [0.035, 0.03], coat.deep, shade=0, alpha=0.75)
    pen.oval(0.18, -0.105 - twitch, 0.05, 0.045, coat.belly, shade=0.1)


def cat_head(pen: Pen, act: Act, coat: Coat, at: Point, tilt: float = 0.0) -> None:
    """A cat's face, seen a little from the side."""
    with pen.at(*at, angle=tilt + 1.2 * act.breath()):
        for side in (-1, 1):
            _cat_ear(pen, act, coat, side)
        face = [
            (0, -0.235),
            (0.15, -0.2),
            (0.255, -0.06),
            (0.285, 0.06),
            (0.17, 0.19),
            (0, 0.22),
            (-0.17, 0.19),
            (-0.285, 0.06),
            (-0.255, -0.06),
            (-0.15, -0.2),
        ]
        fur(pen, act, [(-0.24, 0.02), (-0.26, 0.07), (-0.22, 0.12)], 0.085, coat.belly, down=True)
        pen.blob(face, coat.main, shade=0.2)
        with pen.inside(face):
            for x, w in ((-0.075, 0.035), (0, 0.045), (0.075, 0.035)):
                pen.limb([(x, -0.25), (x * 0.8, -0.1)], [w, 0.006], coat.deep, shade=0, alpha=0.85)
            for side in (-1, 1):
                for y in (0.0, 0.07):
                    pen.limb(
                        [(side * 0.29, y), (side * 0.19, y + 0.015)],
                        [0.032, 0.006],
                        coat.deep,
                        shade=0,
                        alpha=0.7,
                    )
            pen.oval(0, 0.15, 0.17, 0.12, coat.belly, shade=0.05)
        _cat_face(pen, act)


def _cat_ear(pen: Pen, act: Act, coat: Coat, side: int) -> None:
    flick = 0.02 * max(0.0, wave(act.t * 0.5 + 0.3 * side)) ** 6 + 0.012 * act.gust(0.4 * side)
    tip = (side * 0.2 - flick, -0.39 + flick * 0.5)
    pen.poly([(side * 0.26, -0.07), tip, (side * 0.055, -0.21)], coat.main, shade=0.15)
    pen.poly(
        [(side * 0.22, -0.13), (tip[0] * 0.97, tip[1] + 0.06), (side * 0.1, -0.21)], PINK, shade=0.1
    )


def _cat_face(pen: Pen, act: Act) -> None:
    for side in (-1, 1):
        x, y = side * 0.115, 0.0
        pen.soft(side * 0.18, 0.09, 0.06, 0.04, PINK, 0.55)
        if act.shut > 0.7:
            pen.line([(x - 0.05, y + 0.005), (x, y + 0.036), (x + 0.05, y + 0.005)], 0.016, INK)
        else:
            _cat_eye(pen, act, x, y)
        for k in range(3):
            sway = 0.02 * act.gust(0.2 * k)
            pen.line(
                [
                    (side * 0.1, 0.105 + 0.012 * k),
                    (side * 0.22, 0.095 + 0.022 * k),
                    (side * 0.36 - sway, 0.085 + 0.04 * k),
                ],
                0.005,
                0xFFFDF6,
                alpha=0.9,
            )
    pen.poly([(-0.026, 0.065), (0.026, 0.065), (0.0, 0.095)], 0xE8808A, shade=0.1)
    pen.line([(-0.055, 0.115), (-0.025, 0.13), (0, 0.1), (0.025, 0.13), (0.055, 0.115)], 0.01, INK)


def _cat_eye(pen: Pen, act: Act, x: float, y: float) -> None:
    tall = 0.052 * (1 - act.shut)
    pen.oval(x, y, 0.05, tall, 0xA8C94F, shade=0.15)
    pen.oval(x + 0.006, y, 0.022, tall * 0.92, INK, shade=0)
    pen.oval(x + 0.018, y - 0.02, 0.012, 0.012 * (1 - act.shut), 0xFFFFFF, shade=0)


def _cat_sitting(pen: Pen, act: Act, coat: Coat) -> None:
    sway = 0.1 * wave(act.t * 0.35)
    pen.limb(
        [(-0.24, -0.1), (-0.5, -0.08), (-0.62, -0.3 + sway * 0.4), (-0.54 + sway, -0.52)],
        [0.13, 0.12, 0.11, 0.07],
        coat.main,
    )
    puff = 0.01 * act.breath()
    body = [
        (-0.34, -0.02),
        (-0.38, -0.22),
        (-0.22, -0.5 - puff),
        (0.0, -0.66),
        (0.2, -0.58),
        (0.29, -0.3),
        (0.26, -0.01),
    ]
    fur(pen, act, bend(body[1:4], 5), 0.07, coat.main, down=False)
    pen.blob(body, coat.main, shade=0.22)
    with pen.inside(body):
        for k in range(4):
            pen.limb(
                [(-0.36 + 0.04 * k, -0.3 - 0.1 * k), (-0.16 + 0.03 * k, -0.24 - 0.1 * k)],
                [0.05, 0.006],
                coat.deep,
                shade=0,
                alpha=0.8,
            )
        pen.oval(0.14, -0.36, 0.13, 0.24, coat.belly, shade=0.06)
    pen.oval(-0.2, -0.16, 0.17, 0.16, lighter(coat.main, 0.05), shade=0.18)
    for x in (0.05, 0.2):
        pen.limb([(x, -0.36), (x + 0.01, -0.06)], [0.11, 0.085], coat.main, shade=0.12)
        pen.oval(x + 0.025, -0.035, 0.07, 0.04, coat.belly, shade=0.1)
    pen.oval(-0.08, -0.035, 0.11, 0.042, coat.belly, shade=0.1)
    cat_head(pen, act, coat, (0.13, -0.73), tilt=4 * wave(act.t * 0.14))


def _cat_on_legs(pen: Pen, act: Act, coat: Coat) -> None:
    def stripes(pen: Pen, bones: Bones) -> None:
        for k in range(4):
            x, y = bones.hip[0] + 0.1 + 0.14 * k, bones.middle[1] - 0.14
            pen.limb([(x, y), (x + 0.02, y + 0.14)], [0.05, 0.008], coat.deep, shade=0, alpha=0.75)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        with pen.at(scale=0.8):
            cat_head(pen, act, coat, (0.02, 0))

    beast(pen, act, "cat", coat, head, marks=stripes)


DOGS = {"retriever": 1.0, "corgi": 0.4, "husky": 0.6}
"""How shaggy a breed's chest is; one of no breed is sleek."""

PRICKED = frozenset({"corgi", "husky"})
"""Breeds whose ears stand."""


def dog(pen: Pen, act: Act) -> None:
    """A dog: retriever, corgi, husky or of no breed."""
    kind = act.look if act.look in DOGS else "dog"
    main = act.own(0xC08A55)
    coat = Coat(main=main, belly=lighter(main, 0.28), deep=darker(mix(main, 0xA0602A, 0.4), 0.1))
    beast(pen, act, kind, coat, _dog_head)
    if act.gait not in {"sleep", "swim"}:
        bones = pose(act, kind)
        if kind in DOGS:
            x, y = bones.shoulder
            chest = [(x + 0.18, y - 0.04), (x + 0.19, y + 0.09), (x + 0.1, y + 0.18)]
            fur(pen, act, bend(chest, 5), 0.1 * DOGS[kind], coat.belly, down=True)
        _collar(pen, *mid(bones.shoulder, bones.head, 0.58))


def _collar(pen: Pen, x: float, y: float) -> None:
    band = [(x - 0.1, y - 0.065), (x + 0.012, y + 0.04), (x + 0.095, y + 0.09)]
    pen.limb(band, [0.045, 0.05, 0.045], 0xC83F4B, shade=0.1)
    pen.oval(x + 0.09, y + 0.12, 0.03, 0.03, 0xF3C95A)


def _dog_head(pen: Pen, act: Act, coat: Coat) -> None:
    """In profile, facing +x; the tongue shows unless it sleeps."""
    with pen.at(scale=0.19 if act.look == "corgi" else 0.16):
        _dog_ear(pen, act, (-0.15, -0.5), darker(coat.deep, 0.2))
        if act.gait != "sleep":
            flap = 0.13 * act.swing(0.2)
            tongue = [(1.47, 0.45), (1.4, 0.9), (1.16, 1.25 + flap)]
            pen.limb(tongue, [0.33, 0.4, 0.33], 0xF0788A, shade=0.1)
            pen.limb([(0.3, 0.4), (1.67, 0.58)], [0.66, 0.37], coat.deep, shade=0.1)
        pen.oval(0, 0, 1.08, 1, coat.main, shade=0.2)
        snout = [(0.35, 0.18), (0.8, 0.2), (1.93, 0.22)]
        pen.limb(snout, [1.25, 0.92, 0.66], lighter(coat.main, 0.12), shade=0.12)
        pen.oval(1.99, 0.05, 0.24, 0.2, INK, shade=0.25)
        pen.line([(2.05, 0.25), (1.17, 0.55), (0.55, 0.5)], 0.08, darker(coat.deep, 0.4))
        eyes(pen, act, [(0.42, -0.18)], 0.17)
        _dog_ear(pen, act, (-0.4, -0.45), coat.deep)


def _dog_ear(pen: Pen, act: Act, at: Point, tone: Colour) -> None:
    """It flops, or stands up, and answers the wind and the stride."""
    x, y = at
    flap = 0.55 * act.swing(0.15) if act.gait == "run" else 0.2 * act.gust(0.3)
    if act.look in PRICKED:
        ear = [(x - 0.35, y), (x - 0.15 - flap * 0.3, y - 1.05), (x + 0.4, y - 0.2)]
        pen.poly(ear, tone, shade=0.2)
        return
    tip = (x - 0.55 - max(0.0, flap) * 1.2, y + 1.15 - flap * 1.4)
    ear = [(x, y - 0.12), (x - 0.45, y + 0.35 - flap * 0.5), tip]
    pen.limb(ear, [0.5, 0.85, 0.5], tone, shade=0.16)


def bird(pen: Pen, act: Act) -> None:
    """A small bird: flaps and glides in the air, hops on the ground."""
    main = act.own(0x5B86C4)
    if act.gait in {"fly", "swim", "run", "walk"} or act.action in {"fly", "float"}:
        _bird_flying(pen, act, main)
    else:
        _bird_standing(pen, act, main)


def _bird_flying(pen: Pen, act: Act, main: Colour) -> None:
    rest = 0.5 + 0.5 * wave(act.t * 0.21 + act.seed)
    flap = wave(act.phase * 1.3) * (0.25 + 0.75 * rest)
    wing(pen, (0.02, -0.56), flap * 0.9, darker(main, 0.3), far=True)
    pen.poly([(-0.3, -0.52), (-0.72, -0.62), (-0.68, -0.5), (-0.74, -0.42)], darker(main, 0.15))
    pen.blob(
        [(-0.42, -0.52), (-0.1, -0.68), (0.25, -0.7), (0.42, -0.56), (0.2, -0.38), (-0.15, -0.38)],
        main,
        shade=0.22,
    )
    pen.blob(
        [(-0.2, -0.42), (0.1, -0.46), (0.34, -0.5), (0.2, -0.38), (-0.1, -0.365)],
        lighter(main, 0.6),
        shade=0.05,
    )
    _bird_head(pen, act, main, (0.42, -0.64))
    wing(pen, (0.04, -0.56), flap, main, far=False)


def wing(pen: Pen, at: Point, flap: float, colour: Colour, *, far: bool) -> None:
    """One wing, -1 down … 1 up: it folds on the way up and spreads on the way down."""
    x, y = at
    span = 0.62 + 0.1 * (1 - abs(flap))
    tip = (x - 0.42 - 0.1 * flap, y - span * flap - 0.06)
    mid = (x - 0.06, y - span * 0.55 * flap - 0.1)
    back = (x - 0.38, y - span * 0.28 * flap + 0.06)
    shape = [
        (x + 0.16, y - 0.02),
        (mid[0] + 0.1, mid[1] - 0.04),
        tip,
        (tip[0] - 0.02, tip[1] + 0.09),
        back,
        (x - 0.16, y + 0.05),
    ]
    pen.blob(shape, colour, shade=0.2, tension=0.8)
    if not far:
        inner = [(px * 0.72 + x * 0.28, py * 0.72 + (y + 0.01) * 0.28) for px, py in shape]
        pen.blob(inner, lighter(colour, 0.16), shade=0.12, tension=0.8)


def _bird_head(pen: Pen, act: Act, main: Colour, at: Point) -> None:
    x, y = at
    pen.poly([(x + 0.1, y - 0.05), (x + 0.29, y + 0.02), (x + 0.1, y + 0.06)], 0xF0A63C)
    pen.oval(x, y, 0.155, 0.145, main, shade=0.2)
    pen.soft(x + 0.03, y + 0.06, 0.05, 0.035, 0xF08A80, 0.5)
    pen.oval(x + 0.06, y - 0.03, 0.034, 0.034 * (1 - act.shut), INK, shade=0)
    pen.oval(x + 0.072, y - 0.042, 0.012, 0.012, 0xFFFFFF, shade=0)


def _bird_standing(pen: Pen, act: Act, main: Colour) -> None:
    peck = max(0.0, wave(act.t * 0.3 + act.seed)) ** 3
    for x in (-0.05, 0.08):
        pen.line([(x, -0.28), (x + 0.02, 0), (x + 0.09, 0)], 0.025, 0xD98A3A, smooth=False)
    pen.poly([(-0.3, -0.5), (-0.74, -0.36), (-0.66, -0.28), (-0.3, -0.34)], darker(main, 0.2))
    pen.blob(
        [(-0.4, -0.42), (-0.1, -0.66), (0.22, -0.66), (0.34, -0.42), (0.12, -0.22), (-0.2, -0.24)],
        main,
        shade=0.22,
    )
    pen.blob(
        [(0.0, -0.3), (0.2, -0.56), (0.32, -0.42), (0.14, -0.23)], lighter(main, 0.6), shade=0.05
    )
    pen.blob(
        [(-0.46, -0.34), (-0.2, -0.56), (0.08, -0.5), (-0.05, -0.34)],
        darker(main, 0.12),
        shade=0.15,
    )
    _bird_head(pen, act, main, (0.26 + 0.06 * peck, -0.76 + 0.14 * peck))


SUBJECTS = {"cat": cat, "dog": dog, "bird": bird}
