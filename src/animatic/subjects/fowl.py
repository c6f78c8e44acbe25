"""Duck, swan, penguin, chicken, flamingo, peacock."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import Point, wave
from animatic.rig.act import Act
from animatic.rig.beasts import eyes, mid
from animatic.rig.bodies import INK, dreams
from animatic.rig.pen import Pen
from animatic.rig.plumes import AMBER, Plume, bird_aloft, ripples


def duck(pen: Pen, act: Act) -> None:
    """A drake on the water; a duckling is yellow, and on land it waddles."""
    yellow = act.look == "duckling"
    main = act.own(0xF8D24A if yellow else 0xE9E2D4)
    head = main if yellow or act.colour is not None else 0x2F7A5A
    if act.gait == "fly":
        plume = Plume(
            body=main,
            head=head,
            wing=0x9A8A7A,
            tips=0x4A5F9A,
            belly=lighter(main, 0.3),
            neck=0.16,
            rate=1.3,
        )
        bird_aloft(pen, act, plume)
        return
    afloat = act.gait in {"swim", "sleep"}
    tip = 5 * wave(act.phase) if act.moves else 0.0
    with pen.at(0, 0.2 if afloat else 0.0, angle=tip):
        if not afloat:
            _webbed(pen, act)
        _drake(pen, act, main, head, yellow=yellow)
    if afloat:
        with pen.inside([(-0.9, 0.02), (0.9, 0.02), (0.9, 0.4), (-0.9, 0.4)], smooth=False):
            pen.oval(0, 0.02, 0.5, 0.07, 0x3E86AC, shade=0, alpha=0.6)
        ripples(pen, act, 0.6, 0.02)


def _webbed(pen: Pen, act: Act) -> None:
    for k, x in enumerate((0.06, -0.08)):
        step = 0.1 * wave(act.phase + 0.5 * k) if act.moves else 0.0
        pen.limb([(x, -0.26), (x + step, -0.03)], [0.05, 0.04], AMBER)
        pen.poly([(x + step - 0.04, -0.05), (x + step + 0.15, 0.0), (x + step - 0.05, 0.0)], AMBER)


def _drake(pen: Pen, act: Act, main: Colour, head: Colour, *, yellow: bool) -> None:
    wag = 0.03 * wave(act.t * 1.3) * max(0.0, wave(act.t * 0.21))
    pen.blob(
        [
            (-0.62, -0.56 - wag),
            (-0.42, -0.42),
            (-0.1, -0.52),
            (0.24, -0.52),
            (0.4, -0.36),
            (0.28, -0.2),
            (-0.2, -0.18),
            (-0.46, -0.3),
        ],
        main,
        shade=0.2,
    )
    pen.blob(
        [(0.14, -0.5), (0.34, -0.5), (0.42, -0.36), (0.28, -0.22), (0.14, -0.28)],
        main if yellow else mix(0x8A4A30, main, 0.2),
        shade=0.15,
    )
    lift = 0.02 * act.gust(0.3)
    wing = [(-0.46, -0.42 - lift), (-0.12, -0.5), (0.14, -0.44), (0.02, -0.28), (-0.24, -0.28)]
    pen.blob(wing, darker(main, 0.12 if yellow else 0.3), shade=0.18)
    if not yellow:
        pen.limb([(-0.24, -0.33), (-0.06, -0.33)], [0.05, 0.06], 0x3F6FB4)
    low = 0.12 if act.gait == "sleep" else 0.0
    at = (0.34 - low, -0.82 + low + 0.015 * act.swing())
    pen.limb([(0.26, -0.4), (0.32 - low, -0.62), at], [0.24, 0.16, 0.16], head, shade=0.15)
    if not yellow:
        pen.limb([(0.2, -0.52), (0.4, -0.56)], [0.05, 0.05], 0xFBF8F0)
    x, y = at
    pen.blob(
        [
            (x + 0.09, y - 0.03),
            (x + 0.22, y + 0.02),
            (x + 0.3, y + 0.03),
            (x + 0.28, y + 0.09),
            (x + 0.08, y + 0.08),
        ],
        AMBER,
    )
    pen.oval(x, y, 0.145, 0.135, head, shade=0.18)
    eyes(pen, act, [(x + 0.06, y - 0.03)], 0.028, blush=0.045 if yellow else 0)
    if act.gait == "sleep":
        dreams(pen, act, x + 0.15, y - 0.2)


def swan(pen: Pen, act: Act) -> None:
    """A swan: a proud neck and wings like sails; a goose when so named."""
    main = act.own(0xFCFAF6)
    if act.gait == "fly":
        plume = Plume(
            body=main,
            head=main,
            wing=main,
            tips=darker(main, 0.12),
            belly=0xFFFFFF,
            neck=0.4,
            span=0.85,
            chord=0.5,
            rate=0.6,
        )
        bird_aloft(pen, act, plume)
        return
    shade = darker(main, 0.1)
    sway = 0.02 * wave(act.t * 0.3)
    low = 0.26 if act.gait == "sleep" else 0.0
    with pen.at(0, 0.06):
        pen.poly([(-0.44, -0.2), (-0.68, -0.34), (-0.5, -0.08)], shade)
        neck: list[Point] = [
            (0.3, -0.12),
            (0.44, -0.3),
            (0.28, -0.5 + low * 0.5),
            (0.24 + sway, -0.72 + low),
            (0.34 + sway, -0.88 + low),
            (0.44 + sway, -0.83 + low),
        ]
        pen.limb(neck, [0.2, 0.14, 0.11, 0.1, 0.1, 0.1], main, shade=0.14)
        pen.blob(
            [
                (-0.56, -0.14),
                (-0.4, -0.32),
                (0.1, -0.32),
                (0.42, -0.22),
                (0.4, -0.02),
                (0.0, 0.04),
                (-0.42, 0.0),
            ],
            main,
            shade=0.2,
        )
        lift = 0.03 * act.breath() + 0.04 * act.gust(0.2)
        for k in range(4):
            end = (-0.52 + 0.05 * k, -0.42 - lift + 0.075 * k)
            pen.limb(
                [(0.2 - 0.04 * k, -0.2 + 0.03 * k), mid((0.1, -0.3 - lift), end), end],
                [0.12, 0.19, 0.06],
                mix(shade, main, 0.35 * k if k < 3 else 1.0),
                shade=0.12,
            )
        x, y = neck[-1]
        pen.poly([(x + 0.04, y - 0.045), (x + 0.2, y + 0.05), (x + 0.04, y + 0.05)], 0xF08A3C)
        pen.oval(x, y, 0.085, 0.075, main, shade=0.1)
        pen.poly([(x + 0.055, y - 0.045), (x + 0.1, y - 0.005), (x + 0.06, y + 0.015)], INK)
        eyes(pen, act, [(x + 0.03, y - 0.012)], 0.017)
    ripples(pen, act, 0.62, 0.06)
    if act.gait == "sleep":
        dreams(pen, act, 0.55, -0.75)


def penguin(pen: Pen, act: Act) -> None:
    """A penguin: it waddles; in the water it flies."""
    main = act.own(0x2E3448)
    if act.gait == "swim":
        with pen.at(-0.35, -0.35, angle=72 + 5 * act.swing()):
            _penguin(pen, act, main, flap=0.4 * act.swing())
        return
    tip = 8 * wave(act.phase) if act.moves else 0.0
    flap = 0.3 * abs(act.swing()) if act.gait in {"run", "dance", "wave", "fly"} else 0.0
    with pen.at(0, 0, angle=tip):
        _penguin(pen, act, main, flap)
    if act.gait == "sleep":
        dreams(pen, act, 0.25, -1.0)


def _penguin(pen: Pen, act: Act, main: Colour, flap: float) -> None:
    for k, x in enumerate((0.12, -0.1)):
        lift = 0.05 * max(0.0, wave(act.phase + 0.5 * k)) if act.moves else 0.0
        pen.oval(x + 0.05, -0.03 - lift, 0.12, 0.045, AMBER, shade=0.2)
    puff = 0.006 * act.breath()
    pen.limb(
        [(0.2, -0.62), (0.32 + flap * 0.6, -0.44 - flap * 0.4)], [0.12, 0.05], darker(main, 0.25)
    )
    pen.blob(
        [
            (-0.22, -0.06),
            (-0.3 - puff, -0.32),
            (-0.24, -0.62),
            (-0.2, -0.86),
            (0.02, -1.0),
            (0.2, -0.88),
            (0.24, -0.62),
            (0.3 + puff, -0.32),
            (0.22, -0.05),
        ],
        main,
        shade=0.22,
    )
    pen.blob(
        [
            (-0.14, -0.07),
            (-0.19, -0.34),
            (-0.1, -0.6),
            (0.08, -0.66),
            (0.22, -0.58),
            (0.27, -0.32),
            (0.2, -0.06),
        ],
        0xFBF8F0,
        shade=0.1,
    )
    pen.blob(
        [(-0.06, -0.72), (-0.04, -0.88), (0.06, -0.86), (0.15, -0.88), (0.2, -0.74), (0.08, -0.66)],
        0xFBF8F0,
        shade=0.05,
    )
    pen.limb([(-0.08, -0.66), (0.2, -0.66)], [0.05, 0.05], 0xF6B84A, shade=0, alpha=0.8)
    eyes(pen, act, [(0.0, -0.8), (0.14, -0.8)], 0.03, blush=0.05)
    pen.poly([(0.05, -0.77), (0.14, -0.76), (0.15, -0.69), (0.05, -0.71)], AMBER)
    pen.limb(
        [(-0.2, -0.64), (-0.31 - flap * 0.4, -0.46), (-0.32 - flap, -0.28 - flap * 0.6)],
        [0.13, 0.13, 0.05],
        darker(main, 0.12),
    )


def chicken(pen: Pen, act: Act) -> None:
    """A hen that pecks; a rooster crows with his tail in a sickle; a chick is a yellow ball."""
    if act.look == "chick":
        _chick(pen, act)
        return
    cock = act.look == "rooster"
    main = act.own(0xC4682F if cock else 0xF6EEDF)
    peck = 0.0 if act.moves else max(0.0, wave(act.t * 0.35 + act.seed)) ** 4
    for k, x in enumerate((0.1, -0.06)):
        step = 0.12 * wave(act.phase + 0.5 * k) if act.moves else 0.0
        pen.line([(x, -0.3), (x + 0.02, -0.16), (x + step, 0), (x + step + 0.1, 0)], 0.03, AMBER)
    plumes = (
        (0x2F5F5A, 0x3F7A6A, 0x24484A) if cock else (darker(main, 0.15), main, lighter(main, 0.2))
    )
    sway = 0.05 * act.gust(0.4)
    for k in range(5 if cock else 3):
        high = 0.5 + 0.12 * k if cock else 0.58 + 0.07 * k
        tip = (-0.62 + 0.06 * k - sway, -high + (0.12 if cock else 0.0))
        pen.limb(
            [(-0.26, -0.46), (-0.44 + 0.05 * k - sway * 0.5, -high - (0.08 if cock else 0.0)), tip],
            [0.14, 0.14, 0.04],
            plumes[k % 3],
        )
    pen.blob(
        [
            (-0.42, -0.5),
            (-0.22, -0.48),
            (0.04, -0.5),
            (0.24, -0.72),
            (0.36, -0.5),
            (0.24, -0.26),
            (-0.1, -0.18),
            (-0.34, -0.28),
        ],
        main,
        shade=0.22,
    )
    pen.blob(
        [(-0.36, -0.42), (-0.12, -0.47), (0.1, -0.4), (-0.02, -0.27), (-0.24, -0.28)],
        darker(main, 0.2 if cock else 0.1),
        shade=0.15,
    )
    at = (0.3 + 0.14 * peck, -0.8 + 0.5 * peck)
    ruff = 0xE8A23C if cock else main
    pen.limb([(0.22, -0.5), mid((0.26, -0.55), at), at], [0.3, 0.22, 0.17], ruff, shade=0.16)
    _comb(pen, act, at, 1.25 if cock else 0.9)
    eyes(pen, act, [(at[0] + 0.05, at[1] - 0.03)], 0.026)


def _comb(pen: Pen, act: Act, at: Point, size: float) -> None:
    x, y = at
    wobble = 0.01 * act.swing()
    for k in range(3):
        pen.oval(x - 0.05 + 0.055 * k + wobble, y - 0.11, 0.045 * size, 0.06 * size, 0xD8403C)
    pen.oval(x, y, 0.115, 0.11, 0xF6EEDF if size < 1 else 0xE8A23C, shade=0.12)
    pen.poly([(x + 0.09, y - 0.04), (x + 0.21, y + 0.02), (x + 0.09, y + 0.05)], AMBER)
    pen.oval(x + 0.1, y + 0.09 + wobble, 0.035 * size, 0.055 * size, 0xD8403C)


def _chick(pen: Pen, act: Act) -> None:
    main = act.own(0xF9D84E)
    bounce = 0.06 * abs(act.swing()) if act.moves else 0.0
    for x in (-0.08, 0.1):
        pen.line([(x, -0.2), (x + 0.01, 0), (x + 0.1, 0)], 0.035, AMBER)
    with pen.at(0, -bounce):
        pen.oval(-0.04, -0.4, 0.38, 0.3, main, shade=0.22)
        pen.oval(0.14, -0.72, 0.26, 0.25, main, shade=0.16)
        flap = 0.05 * wave(act.t * 1.6)
        pen.blob(
            [(-0.34, -0.5 - flap), (-0.1, -0.5), (0.02, -0.4), (-0.12, -0.3)], darker(main, 0.12)
        )
        pen.poly([(0.36, -0.76), (0.5, -0.69), (0.36, -0.64)], AMBER)
        eyes(pen, act, [(0.24, -0.76)], 0.045, blush=0.07)
        for dx in (-0.04, 0.03):
            pen.line([(0.12, -0.95), (0.12 + dx, -1.03)], 0.03, main)
    if act.gait == "sleep":
        dreams(pen, act, 0.4, -0.95)


def flamingo(pen: Pen, act: Act) -> None:
    """A flamingo on one leg; a crane, white and black, when so named."""
    crane = act.look == "crane"
    main = act.own(0xFBF8F2 if crane else 0xF58CA0)
    leg = 0x3A3A42 if crane else 0xE8707E
    plume = Plume(
        body=main,
        head=main,
        wing=main,
        tips=INK,
        belly=lighter(main, 0.3),
        neck=0.4,
        legs=0.36,
        span=0.8,
        rate=0.6,
    )
    if act.gait == "fly":
        bird_aloft(pen, act, plume)
        return
    step = 0.1 * act.swing() if act.moves else 0.0
    pen.line([(0.0, -0.46), (0.02 - step, -0.24), (-step, 0), (0.07 - step, 0)], 0.022, leg)
    if act.moves:
        pen.line([(0.0, -0.46), (0.06 + step, -0.24), (0.02 + step, 0)], 0.022, leg)
    else:
        pen.line(
            [(0.0, -0.46), (0.14, -0.32), (0.0, -0.26), (0.06, -0.24)], 0.022, leg, smooth=False
        )
    sway = 0.015 * act.breath()
    if crane or act.gait != "sleep":
        neck: list[Point] = [
            (0.16, -0.54),
            (0.27, -0.64),
            (0.14, -0.76),
            (0.16 + sway, -0.92),
            (0.27 + sway, -0.94),
        ]
    else:
        neck = [(0.16, -0.54), (0.25, -0.64), (0.1, -0.7), (-0.02, -0.62), (0.06, -0.56)]
    pen.limb(neck, [0.13, 0.075, 0.055, 0.055, 0.06], main, shade=0.12)
    pen.blob(
        [(-0.36, -0.42), (-0.18, -0.6), (0.08, -0.64), (0.22, -0.54), (0.08, -0.42), (-0.14, -0.4)],
        main,
        shade=0.22,
    )
    lift = 0.02 * act.gust(0.3)
    pen.blob(
        [(-0.44, -0.36 - lift), (-0.2, -0.56), (0.06, -0.56), (-0.06, -0.42)],
        darker(main, 0.12),
        shade=0.18,
    )
    pen.blob([(-0.46, -0.35 - lift), (-0.3, -0.44), (-0.2, -0.4), (-0.32, -0.35)], INK, shade=0.1)
    x, y = neck[-1]
    pen.limb(
        [(x + 0.03, y), (x + 0.11, y + 0.02), (x + 0.13, y + 0.09)], [0.05, 0.045, 0.012], 0x3A3238
    )
    pen.oval(x, y, 0.06, 0.05, main, shade=0.1)
    if crane:
        pen.oval(x - 0.005, y - 0.04, 0.04, 0.02, 0xD8403C)
    eyes(pen, act, [(x + 0.02, y - 0.008)], 0.013)


def peacock(pen: Pen, act: Act) -> None:
    """A peacock before his open fan."""
    main = act.own(0x2568B4)
    shut = 0.25 if act.gait in {"sleep", "walk", "run", "fly"} else 1.0
    for ring, (r, size) in enumerate(((0.9, 0.062), (0.7, 0.052), (0.5, 0.042))):
        count = 15 - 3 * ring
        for k in range(count):
            a = math.pi * (0.5 + shut * (0.94 * k / (count - 1) - 0.47)) + 0.02 * wave(
                act.t * 0.6 + 0.1 * k
            )
            x, y = r * math.cos(a), -0.16 - r * 0.92 * math.sin(a)
            pen.limb(
                [(0, -0.16), (x, y)],
                [0.03, 0.09 - 0.015 * ring],
                (0x2F8A5E, 0x3A9A62, 0x4CAA66)[ring],
            )
            pen.oval(x, y, size, size, 0xE8B84A, shade=0.15)
            pen.oval(x, y, size * 0.66, size * 0.66, 0x37B8C4, shade=0.1)
            pen.oval(x, y, size * 0.36, size * 0.36, 0x22307A, shade=0)
    for x in (-0.04, 0.06):
        pen.line([(x, -0.14), (x, 0), (x + 0.06, 0)], 0.022, 0x8A7A6A)
    sway = 0.012 * act.breath()
    pen.blob(
        [(-0.15, -0.16), (-0.14, -0.34), (0.0, -0.44), (0.14, -0.34), (0.15, -0.16), (0.0, -0.08)],
        main,
        shade=0.22,
    )
    pen.limb([(0.0, -0.3), (0.01, -0.5), (0.02 + sway, -0.64)], [0.2, 0.11, 0.1], main, shade=0.18)
    pen.oval(0.03 + sway, -0.66, 0.075, 0.07, main, shade=0.14)
    pen.poly([(0.09 + sway, -0.69), (0.17 + sway, -0.65), (0.09 + sway, -0.63)], 0xE8E0D0)
    for dx in (-0.04, 0.0, 0.04):
        top = (0.02 + sway + dx * 1.2, -0.8)
        pen.line([(0.02 + sway, -0.72), top], 0.01, main)
        pen.oval(*top, 0.018, 0.018, 0x37B8C4)
    pen.oval(0.05 + sway, -0.67, 0.035, 0.026, 0xFFFFFF, shade=0)
    eyes(pen, act, [(0.055 + sway, -0.67)], 0.018)


SUBJECTS = {
    "duck": duck,
    "swan": swan,
    "penguin": penguin,
    "chicken": chicken,
    "flamingo": flamingo,
    "peacock": peacock,
}
