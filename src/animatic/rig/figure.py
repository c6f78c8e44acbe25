"""The body of any person, dressed: others give it a `Dress` with hats and tools."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from animatic.colour import Colour, darker, lighter
from animatic.ease import Point, wave
from animatic.rig.act import Act
from animatic.rig.bodies import INK, dreams
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress, bones
from animatic.rig.tools import AROUND, BEFORE, HELD
from animatic.rig.wear import cape

SPRAY = 0xEAFBFF


def figure(pen: Pen, act: Act, d: Dress) -> None:
    """A person in the gait of the act, with the tools that the gait needs."""
    match act.gait:
        case "sleep":
            with pen.at(0.42, -0.1, angle=-84):
                upright(pen, act, d)
            dreams(pen, act, -0.3, -0.28, 0.05)
        case "swim":
            _draw_swimmer(pen, act, d)
        case "dive":
            with pen.at(-0.5, -0.45 + 0.03 * act.swing(), angle=82):
                upright(pen, act, d)
        case "fly":
            with pen.at(-0.42, -0.3, angle=68):
                upright(pen, act, d)
        case "broom":
            with pen.at(0, -0.05, angle=-6 + 2 * act.swing()):
                upright(pen, act, sit_astride(d))
        case gait:
            with pen.at(angle=7 if gait == "run" else 0):
                upright(pen, act, d)


def sit_astride(d: Dress) -> Dress:
    """A gown falls behind one whose legs are on both sides, and the hands are on the reins."""
    if not d.robe:
        return replace(d, held=None)
    gown = d.behind or partial(cape, colour=d.shirt, low=0.42)
    return replace(d, held=None, robe=False, trousers=d.shirt, behind=gown)


def _draw_swimmer(pen: Pen, act: Act, d: Dress) -> None:
    """Crawling through water: what is under the surface is not seen."""
    air = [(-1.0, -1.2), (1.0, -1.2), (1.0, 0.0), (-1.0, 0.0)]
    with pen.inside(air, smooth=False), pen.at(-0.45, 0.05 + 0.015 * act.swing(), angle=76):
        upright(pen, act, d)
    for k in range(3):
        x = 0.42 - 0.42 * k
        pen.line(
            [(x - 0.16, 0.012), (x, -0.012 + 0.01 * act.swing(k * 0.3)), (x + 0.16, 0.012)],
            0.02,
            SPRAY,
            alpha=0.8,
        )
    splash = [
        (-0.5 - 0.02 * k, -0.04 - 0.06 * abs(wave(act.phase * 2 + k * 0.17))) for k in range(5)
    ]
    pen.specks(splash, 0.025, SPRAY, alpha=0.9)


def upright(pen: Pen, act: Act, d: Dress) -> None:
    """From the back to the front: far arm, legs, trunk, head, near arm."""
    b = bones(act, d)
    for part in (d.behind, BEFORE.get(act.gait), d.other if act.gait not in AROUND else None):
        if part:
            part(pen, act, b, d)
    _arm(pen, d, b, 1)
    if not d.robe:
        for side in (1, 0):
            _leg(pen, d, b, side)
    with _turn_head(pen, act, b):
        _hair_behind(pen, act, d, b)
    _torso(pen, act, d, b)
    with _turn_head(pen, act, b):
        _head(pen, act, d, b)
        if d.hat:
            d.hat(pen, act, b, d)
    held = HELD.get(act.gait) or (None if act.gait in AROUND else d.held)
    if held:
        held(pen, act, b, d)
    _arm(pen, d, b, 0)
    if around := AROUND.get(act.gait):
        around(pen, act, b, d)


@contextmanager
def _turn_head(pen: Pen, act: Act, b: Bones) -> Iterator[None]:
    """The head, turned up where the body lies flat: it looks ahead."""
    x, y = b.head
    up = {"swim": -58, "dive": -40, "fly": -50}.get(act.gait, 0)
    with pen.at(x, y, angle=up), pen.at(-x, -y):
        yield


def _far(colour: Colour, side: int, share: float = 0.18) -> Colour:
    return darker(colour, share) if side else colour


def _leg(pen: Pen, d: Dress, b: Bones, side: int) -> None:
    tone, skin = _far(d.trousers, side), _far(d.skin, side)
    hip = (b.hip[0] + (0.02 if side else -0.02), b.hip[1])
    joint, foot = b.knees[side], b.feet[side]
    widths = [w * d.bulk for w in (0.1, 0.075, 0.055)]
    thigh = skin if d.skirt else tone
    pen.limb([hip, joint, (foot[0], foot[1] - 0.03)], widths, thigh, shade=0.12)
    if side:
        pen.limb([hip, joint], widths[:2], INK, shade=0, alpha=0.06)
    pen.limb(
        [(foot[0] - 0.015, foot[1] - 0.022), (foot[0] + 0.055, foot[1] - 0.018)],
        [0.05 * d.bulk, 0.038 * d.bulk],
        _far(d.shoes, side, 0.1),
        shade=0.1,
    )


def _torso(pen: Pen, act: Act, d: Dress, b: Bones) -> None:
    (hx, hy), (nx, ny) = b.hip, b.neck
    w = d.bulk
    pen.blob(
        [
            (nx - 0.085 * w, ny + 0.03),
            (nx, ny - 0.012),
            (nx + 0.085 * w, ny + 0.03),
            (hx + 0.08 * w, hy - 0.1),
            (hx + 0.085 * w, hy + 0.02),
            (hx - 0.085 * w, hy + 0.02),
            (hx - 0.075 * w, hy - 0.1),
        ],
        d.shirt,
        shade=0.2,
    )
    if d.robe:
        _robe(pen, act, d, b)
    elif d.skirt:
        _skirt(pen, act, d, b)
    if d.over:
        d.over(pen, act, b, d)


def _skirt(pen: Pen, act: Act, d: Dress, b: Bones) -> None:
    hx, hy = b.hip
    flare = 0.02 * act.swing() - 0.05 * act.gust()
    hem = [(hx + 0.14 + flare, hy + 0.16), (hx + flare, hy + 0.185), (hx - 0.14 + flare, hy + 0.16)]
    pen.blob(
        [(hx - 0.075, hy - 0.1), (hx + 0.075, hy - 0.1), *hem], d.shirt, shade=0.22, tension=0.7
    )
    belt = [(hx - 0.07, hy - 0.095), (hx + 0.07, hy - 0.095)]
    pen.limb(belt, [0.022, 0.022], darker(d.shirt, 0.3), shade=0)


def _robe(pen: Pen, act: Act, d: Dress, b: Bones) -> None:
    """A gown to the ground; it swings with the stride, the toes peep out."""
    hx, hy = b.hip
    moves = act.moves or act.gait == "dance"
    swing = 0.03 * wave(act.phase * 0.75) if moves else 0.008 * act.breath()
    back = 0.06 * act.gust() + (0.05 if act.gait == "run" else 0.0)
    for side in (1, 0):
        x, y = (b.feet[side][0] * 0.5, min(b.feet[side][1], -0.0))
        pen.limb([(x, y - 0.02), (x + 0.07, y - 0.018)], [0.05, 0.04], d.shoes, shade=0.1)
    low = -0.015
    shape = [
        (hx - 0.082, hy - 0.12),
        (hx + 0.082, hy - 0.12),
        (hx + 0.11, hy + 0.1),
        (hx + 0.15 + swing, low - 0.02),
        (hx + swing, low + 0.01),
        (hx - 0.17 + swing - back, low - 0.02),
        (hx - 0.12 - back * 0.4, hy + 0.1),
    ]
    pen.blob(shape, d.shirt, shade=0.24, tension=0.75)
    for x in (-0.05, 0.04):
        fold: list[Point] = [(hx + x * 0.6, hy + 0.06), (hx + x * 1.6 + swing, low - 0.03)]
        pen.limb(fold, [0.004, 0.016], darker(d.shirt, 0.25), shade=0, alpha=0.5)


def _arm(pen: Pen, d: Dress, b: Bones, side: int) -> None:
    root, joint, hand = b.shoulders[side], b.elbows[side], b.hands[side]
    cloth = d.shirt if d.sleeves is None else d.sleeves
    sleeve = darker(cloth, 0.22) if side else lighter(cloth, 0.04)
    skin = _far(d.skin, side, 0.15)
    w = d.bulk
    if d.sleeves is None:
        pen.limb([root, joint, hand], [0.06 * w, 0.05 * w, 0.04 * w], skin, shade=0.1)
        pen.limb([root, joint], [0.072 * w, 0.06 * w], sleeve, shade=0.12)
    else:
        pen.limb([root, joint, hand], [0.074 * w, 0.064 * w, 0.056 * w], sleeve, shade=0.12)
    palm = skin if d.gloves is None else _far(d.gloves, side, 0.15)
    pen.oval(*hand, 0.027 * w, 0.027 * w, palm, shade=0.1)


def _hair_behind(pen: Pen, act: Act, d: Dress, b: Bones) -> None:
    if not d.long_hair:
        return
    (x, y), r = b.head, b.r
    flow = 0.1 * act.gust(0.2) + (0.09 + 0.02 * act.swing() if act.gait == "run" else 0.0)
    pen.blob(
        [
            (x - r * 0.95, y - r * 0.2),
            (x, y - r),
            (x + r * 0.6, y - r * 0.3),
            (x + r * 0.1, y + r),
            (x - r * 0.6 - flow, y + r * 2.3),
            (x - r * 1.35 - flow, y + r * 1.9),
        ],
        d.hair,
        shade=0.2,
    )


def _head(pen: Pen, act: Act, d: Dress, b: Bones) -> None:
    (x, y), r = b.head, b.r
    nape = (b.neck[0], b.neck[1] + 0.02)
    pen.limb([nape, (x, y + r * 0.5)], [0.055, 0.05], darker(d.skin, 0.1), shade=0)
    pen.oval(x, y, r * 0.92, r, d.skin, shade=0.14)
    pen.oval(x + r * 0.9, y + r * 0.12, r * 0.13, r * 0.12, d.skin, shade=0.05)
    pen.soft(x + r * 0.5, y + r * 0.38, r * 0.28, r * 0.2, 0xF08A80, 0.5)
    _eyes(pen, act, x, y, r)
    _mouth(pen, act, x, y, r)
    if d.beard is not None:
        _beard(pen, act, d.beard, x, y, r)
    if not d.masked:
        _hair(pen, d, x, y, r)


def _eyes(pen: Pen, act: Act, x: float, y: float, r: float) -> None:
    open_ = 1 - act.shut
    for dx in (0.22, 0.66):
        pen.oval(x + r * dx, y + r * 0.05, r * 0.15, r * 0.19 * open_, 0xFFFDF8, shade=0)
        pupil = x + r * dx + r * 0.04
        pen.oval(pupil, y + r * 0.06, r * 0.1, r * 0.15 * open_ + 0.002, INK, shade=0)


def _mouth(pen: Pen, act: Act, x: float, y: float, r: float) -> None:
    if act.gait in {"sing", "cheer", "eat"}:
        wide = 0.07 + 0.07 * abs(wave(act.phase * 1.5))
        pen.oval(x + r * 0.5, y + r * 0.54, r * 0.15, r * wide * 1.4, 0x7A2A34, shade=0)
        return
    smile = [(x + r * 0.3, y + r * 0.5), (x + r * 0.5, y + r * 0.6), (x + r * 0.68, y + r * 0.48)]
    pen.line(smile, 0.009, 0xA84A4A)


def _beard(pen: Pen, act: Act, colour: Colour, x: float, y: float, r: float) -> None:
    blow = 0.2 * act.gust()
    pen.blob(
        [
            (x - r * 0.3, y + r * 0.2),
            (x + r * 0.1, y + r * 0.42),
            (x + r * 0.55, y + r * 0.36),
            (x + r * 0.9, y + r * 0.4),
            (x + r * 0.8, y + r * 0.95),
            (x + r * (0.4 - blow), y + r * 1.7),
            (x - r * 0.1, y + r * 1.1),
        ],
        colour,
        shade=0.16,
    )
    pen.limb([(x + r * 0.35, y + r * 0.72), (x + r * 0.65, y + r * 0.7)], [0.012, 0.012], 0x9A4A4A)


CAP = (
    (-1.08, -0.1),
    (-0.82, -0.82),
    (-0.1, -1.14),
    (0.62, -0.98),
    (0.96, -0.42),
    (0.9, -0.22),
    (0.62, -0.52),
    (0.1, -0.5),
    (-0.3, -0.2),
    (-0.36, 0.12),
    (-0.52, 0.3),
)


def _hair(pen: Pen, d: Dress, x: float, y: float, r: float) -> None:
    ear = (x - r * 0.32, y + r * 0.2)
    if d.bald:
        tuft = [(-1.0, 0.35), (-1.05, -0.25), (-0.75, -0.35), (-0.45, 0.05), (-0.6, 0.4)]
        pen.blob([(x + r * px, y + r * py) for px, py in tuft], d.hair, shade=0.15)
        pen.oval(*ear, r * 0.14, r * 0.18, d.skin, shade=0.05)
        return
    cap = [(-0.86, 0.75 if d.long_hair else 0.42), *CAP]
    pen.blob([(x + r * px, y + r * py) for px, py in cap], d.hair, shade=0.22, tension=0.75)
    pen.oval(*ear, r * 0.14, r * 0.18, d.skin, shade=0.05)
    shine = [(x - r * 0.62, y - r * 0.62), (x - r * 0.1, y - r * 0.88), (x + r * 0.4, y - r * 0.82)]
    pen.line(shine, r * 0.09, lighter(d.hair, 0.35), alpha=0.6)
