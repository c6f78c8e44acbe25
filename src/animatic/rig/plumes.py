"""Birds: their wings, heads and feathers, and the water about them."""

import math
from dataclasses import dataclass

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import Point, smooth, wave
from animatic.rig.act import Act
from animatic.rig.beasts import FOAM, eyes, mid
from animatic.rig.bodies import INK, dreams
from animatic.rig.pen import Pen

AMBER = 0xF2A93C


@dataclass(frozen=True, slots=True, kw_only=True)
class Plume:
    """A bird in flight: colours, and how long its wings, neck and legs are."""

    body: Colour
    head: Colour
    wing: Colour
    tips: Colour
    belly: Colour
    beak: Colour = AMBER
    hook: bool = False
    span: float = 0.75
    chord: float = 0.42
    neck: float = 0.0
    legs: float = 0.0
    fan: float = 0.28
    rate: float = 0.8


def bird_aloft(pen: Pen, act: Act, plume: Plume) -> None:
    """A bird on the wing, seen from the side: it beats, and glides between."""
    rest = smooth(0.5 + 1.2 * wave(act.t * 0.19 + act.seed))
    flap = 0.32 * (1 - rest) + rest * wave(act.phase * plume.rate) + 0.05 * wave(act.t * 0.3)
    lift = 0.03 * wave(act.phase * plume.rate + 0.5) * rest
    with pen.at(0, lift):
        spread(pen, (0.06, -0.58), flap * 0.92, plume, far=True)
        if plume.legs:
            pen.line([(-0.3, -0.46), (-0.4 - plume.legs, -0.42)], 0.025, plume.beak)
        for k in range(3):
            y = -0.53 + 0.03 * (k - 1)
            end = (-0.42 - plume.fan, y - 0.07 * (1 - k))
            pen.limb([(-0.34, -0.52), end], [0.1, 0.09], mix(plume.body, plume.tips, 0.3 * k))
        body = [(-0.46, -0.53), (-0.12, -0.66), (0.22, -0.67), (0.38, -0.56), (0.18, -0.42)]
        pen.blob([*body, (-0.16, -0.42)], plume.body, shade=0.2)
        pen.blob(
            [(-0.2, -0.45), (0.1, -0.49), (0.33, -0.53), (0.18, -0.425), (-0.12, -0.42)],
            plume.belly,
            shade=0.05,
        )
        head = (0.4 + plume.neck, -0.66 - 0.15 * plume.neck)
        pen.limb([(0.24, -0.56), mid((0.24, -0.56), head), head], [0.24, 0.16, 0.16], plume.head)
        beaked_head(pen, act, head, 0.115, plume)
        spread(pen, (0.06, -0.58), flap, plume, far=False)


def spread(pen: Pen, at: Point, flap: float, plume: Plume, *, far: bool) -> None:
    """One wing of long feathers, -1 down … 1 up."""
    x, y = at
    main = darker(plume.wing, 0.25) if far else plume.wing
    tips = darker(plume.tips, 0.25) if far else plume.tips
    bow = 0.12 * (1 - abs(flap))
    for k in range(8):
        s = k / 7
        root = (x + 0.12 - 0.05 * s, y - 0.56 * plume.span * flap * s - bow * s)
        out = smooth(s)
        end = (
            x - plume.chord * (0.85 - 0.1 * s),
            y + 0.05 - plume.span * flap * (0.15 * s + 0.95 * out * s) - bow * s + 0.06 * (1 - s),
        )
        pen.limb([root, mid(root, end, 0.6), end], [0.12, 0.13, 0.05], mix(main, tips, s * s))
    wrist = (x + 0.1, y - 0.56 * plume.span * flap - bow)
    arm = [(x + 0.14, y + 0.03), mid((x + 0.2, y), wrist), wrist]
    pen.limb(arm, [0.2, 0.19, 0.1], lighter(main, 0.1), shade=0.15)


def beaked_head(pen: Pen, act: Act, at: Point, r: float, plume: Plume) -> None:
    """A head with a beak, straight or hooked."""
    x, y = at
    if plume.hook:
        pen.blob(
            [
                (x + r * 0.6, y - r * 0.45),
                (x + r * 1.5, y - r * 0.15),
                (x + r * 1.75, y + r * 0.65),
                (x + r * 1.2, y + r * 0.4),
                (x + r * 0.6, y + r * 0.45),
            ],
            plume.beak,
            tension=0.7,
        )
    else:
        pen.poly(
            [(x + r * 0.6, y - r * 0.4), (x + r * 2.0, y + r * 0.15), (x + r * 0.6, y + r * 0.5)],
            plume.beak,
        )
    pen.oval(x, y, r * 1.05, r, plume.head, shade=0.14)
    eyes(pen, act, [(x + r * 0.42, y - r * 0.18)], r * 0.2)
    if plume.hook:
        pen.line([(x + r * 0.12, y - r * 0.5), (x + r * 0.72, y - r * 0.3)], r * 0.14, INK)


def bird_on_legs(pen: Pen, act: Act, plume: Plume) -> None:
    """Upright on its feet, wings folded."""
    turned = 0.02 * act.breath()
    for x in (-0.06, 0.1):
        pen.limb([(x, -0.2), (x + 0.01, -0.02)], [0.09, 0.04], plume.belly)
        for dx in (-0.03, 0.03, 0.09):
            pen.line([(x, -0.03), (x + dx, 0.0)], 0.028, plume.beak)
    pen.limb([(-0.18, -0.3), (-0.34, -0.04)], [0.2, 0.14], plume.tips)
    pen.blob(
        [(-0.2, -0.2), (-0.24, -0.5), (-0.08, -0.76), (0.12, -0.78), (0.26, -0.54), (0.16, -0.18)],
        plume.body,
        shade=0.2,
    )
    pen.blob(
        [(0.06, -0.22), (0.1, -0.6), (0.22, -0.62), (0.24, -0.44), (0.15, -0.2)],
        plume.belly,
        shade=0.06,
    )
    lift = 0.02 * act.gust(0.3)
    pen.blob(
        [(-0.3 - lift, -0.06), (-0.32, -0.42), (-0.14, -0.7), (0.06, -0.62), (0.04, -0.36)],
        plume.wing,
        shade=0.2,
    )
    for k in range(3):
        pen.line([(-0.24 + 0.08 * k, -0.5 + 0.04 * k), (-0.24 + 0.03 * k, -0.2)], 0.014, plume.tips)
    beaked_head(pen, act, (0.1 + turned, -0.86), 0.14, plume)


def bird(pen: Pen, act: Act, plume: Plume) -> None:
    """A bird of these feathers: in the air, or on its legs."""
    if act.gait in {"stand", "sit", "sleep", "wave", "walk"} and act.action != "float":
        with pen.at(0, -0.05 * abs(act.swing()) if act.gait == "walk" else 0.0):
            bird_on_legs(pen, act, plume)
        if act.gait == "sleep":
            dreams(pen, act, 0.25, -1.05)
    else:
        bird_aloft(pen, act, plume)


def ripples(pen: Pen, act: Act, half: float, y: float = 0.0) -> None:
    """Rings that spread from what floats."""
    for k in range(3):
        life = (act.t * 0.35 + k / 3) % 1
        wide = half * (0.9 + 0.7 * life)
        pen.line(
            [
                (-wide, y),
                (-wide * 0.5, y + 0.03),
                (0, y + 0.045),
                (wide * 0.5, y + 0.03),
                (wide, y),
            ],
            0.014,
            FOAM,
            alpha=0.7 * math.sin(math.pi * life),
        )
