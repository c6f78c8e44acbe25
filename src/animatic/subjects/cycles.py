"""On two wheels, with who rides them: bicycle, motorcycle, scooter."""

import math
from dataclasses import replace
from functools import partial

from animatic.colour import Colour, darker, lighter
from animatic.ease import TAU, Point, knee
from animatic.rig.act import Act
from animatic.rig.figure import upright
from animatic.rig.hats import bicycle_helmet, hard_hat
from animatic.rig.pen import Pen
from animatic.rig.poses import Dress
from animatic.rig.tailors import clothe, outfits
from animatic.rig.wardrobe import dress
from animatic.rig.wheels import RUBBER, lamps, wheel

STEEL = 0xC4CAD4
RIDER = 0.78
"""A rider's height, where the bicycle with its rider is 1."""


def bicycle(pen: Pen, act: Act) -> None:
    """A bicycle; whoever rides it pedals."""
    paint = act.own(0xD8453E)
    crank, saddle, bars = (-0.02, -0.19), (-0.13, -0.44), (0.24, -0.5)
    turn = TAU * act.phase
    ridden = act.gait != "stand" and act.look != "empty"
    pedals = [
        (crank[0] + 0.075 * math.cos(turn + a), crank[1] + 0.075 * math.sin(turn + a))
        for a in (0, math.pi)
    ]
    if ridden:
        _thigh(pen, act, saddle, pedals[1], far=True)
    for x in (-0.33, 0.37):
        _spoked(pen, (x, -0.2), 0.2, act.phase * 0.8)
    frame = [[(-0.33, -0.2), crank, (0.2, -0.42), (-0.11, -0.4), (-0.33, -0.2)], [crank, saddle]]
    for tube in [*frame, [(0.37, -0.2), (0.2, -0.42), bars, (0.3, -0.5)]]:
        pen.line(tube, 0.026, paint, smooth=False)
    pen.limb(
        [(saddle[0] - 0.06, saddle[1]), (saddle[0] + 0.07, saddle[1] + 0.005)],
        [0.045, 0.025],
        0x3A2E34,
    )
    pen.oval(*crank, 0.045, 0.045, STEEL, shade=0.2)
    pen.line([pedals[0], pedals[1]], 0.016, 0x6A7280, smooth=False)
    if ridden:
        _thigh(pen, act, saddle, pedals[0], far=False)
        d = _rider(act)
        rider(pen, act, replace(d, hat=d.hat or bicycle_helmet), saddle)


def _rider(act: Act) -> Dress:
    """The rider's own clothes: the prompt's colour is the machine's."""
    bare = replace(act, colour=None)
    d = dress(bare)
    if act.look in outfits():
        d = clothe(act.look, bare, d)
    return replace(d, skirt=False, robe=False, held=None, other=None)


def rider(pen: Pen, act: Act, d: Dress, saddle: Point) -> None:
    """The upper half of whoever sits on it, leaning to the bars."""
    with pen.at(saddle[0], saddle[1] + 0.37, scale=RIDER):
        trunk = [(-1.0, -1.6), (1.0, -1.6), (1.0, -0.43), (-1.0, -0.43)]
        with pen.inside(trunk, smooth=False), pen.at(0.0, -0.46, angle=14), pen.at(0.0, 0.46):
            upright(pen, replace(act, gait="drive"), d)


def _thigh(pen: Pen, act: Act, saddle: Point, pedal: Point, *, far: bool) -> None:
    d = _rider(act)
    tone = darker(d.trousers, 0.2) if far else d.trousers
    root = (saddle[0] + 0.015, saddle[1] + 0.0)
    joint = knee(root, (pedal[0], pedal[1] - 0.02), 0.18, 0.18, -1)
    pen.limb([root, joint, (pedal[0], pedal[1] - 0.03)], [0.085, 0.065, 0.045], tone)
    pen.limb(
        [(pedal[0] - 0.03, pedal[1] - 0.02), (pedal[0] + 0.05, pedal[1] - 0.015)],
        [0.04, 0.03],
        d.shoes,
    )


def _spoked(pen: Pen, at: Point, r: float, turns: float) -> None:
    x, y = at
    ring = [(x + r * math.cos(TAU * k / 16), y + r * math.sin(TAU * k / 16)) for k in range(16)]
    spokes = []
    for k in range(8):
        a = TAU * (turns + k / 8)
        spokes.append(((x, y), (x + r * math.cos(a), y + r * math.sin(a))))
    pen.hairs(spokes, 0.006, STEEL, alpha=0.8)
    pen.line(ring, 0.026, RUBBER, closed=True)


def motorcycle(pen: Pen, act: Act) -> None:
    """A motorcycle and its rider, leaning forward."""
    paint = act.own(0x2F5FA8)
    scooter = act.look == "scooter"
    for x in (-0.38, 0.42):
        wheel(pen, (x, -0.18), 0.18 if not scooter else 0.14, act.phase * 2)
    pen.line([(0.42, -0.18), (0.28, -0.52), (0.24, -0.58)], 0.035, STEEL, smooth=False)
    if scooter:
        shell: list[Point] = [
            (-0.52, -0.2),
            (-0.5, -0.42),
            (-0.12, -0.42),
            (-0.06, -0.14),
            (0.14, -0.14),
        ]
        pen.blob(
            [*shell, (0.26, -0.5), (0.34, -0.46), (0.24, -0.06), (-0.2, -0.08)],
            paint,
            shade=0.25,
            tension=0.4,
        )
    else:
        pen.blob(
            [(-0.2, -0.12), (-0.22, -0.34), (0.12, -0.36), (0.2, -0.14)],
            0x5A6070,
            shade=0.3,
            tension=0.5,
        )
        for k in range(3):
            pen.line([(-0.14, -0.16 - 0.05 * k), (0.12, -0.16 - 0.05 * k)], 0.014, 0x3A3E4A)
        pen.blob(
            [(-0.12, -0.38), (-0.02, -0.5), (0.2, -0.5), (0.26, -0.4), (0.1, -0.34)],
            paint,
            shade=0.28,
        )
        pen.limb([(-0.1, -0.14), (-0.58, -0.16)], [0.04, 0.06], STEEL, shade=0.3)
    pen.limb([(-0.52, -0.45), (-0.3, -0.42), (-0.08, -0.42)], [0.04, 0.08, 0.07], 0x2E2A32)
    lamps(pen, act, (0.36, -0.5), (-0.56, -0.42), 0.7)
    if act.look == "empty":
        return
    d = _rider(act)
    leather: Colour = 0x3A3440 if not scooter else d.shirt
    helmet = partial(hard_hat, colour=lighter(paint, 0.1))
    jacket = replace(d, shirt=leather, sleeves=leather, hat=d.hat or helmet)
    saddle, peg = (-0.2, -0.46), (0.06, -0.14)
    pen.limb([saddle, (0.1, -0.42), peg], [0.1, 0.085, 0.055], d.trousers)
    pen.limb([(peg[0] - 0.03, peg[1]), (peg[0] + 0.07, peg[1] + 0.01)], [0.05, 0.04], d.shoes)
    rider(pen, act, jacket, saddle)


SUBJECTS = {"bicycle": bicycle, "motorcycle": motorcycle}
