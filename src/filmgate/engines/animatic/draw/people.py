"""People."""

from dataclasses import dataclass

from filmgate.engines.animatic.colour import Colour, darker, lighter
from filmgate.engines.animatic.draw.act import Act
from filmgate.engines.animatic.draw.bodies import INK
from filmgate.engines.animatic.draw.pen import Pen
from filmgate.engines.animatic.ease import Point, knee, stride, wave

SKINS = (0xF6CFB0, 0xE8B48C, 0xC98A60, 0x9A6342, 0xF9DCC4)
HAIRS = (0x3A2A24, 0x5C3A28, 0x20202A, 0xA8652F, 0xD9A85A)
SHIRTS = (0xD95B4E, 0x3E7CB8, 0xE7A93C, 0x4E9A6E, 0x8A62B0, 0xE07A9A)
TROUSERS = (0x3B4A6B, 0x5A4A44, 0x38504E, 0x6A5A80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """What a person looks like."""

    skin: Colour
    hair: Colour
    shirt: Colour
    trousers: Colour
    shoes: Colour = 0x3A2E34
    long_hair: bool = False
    skirt: bool = False
    child: bool = False


def person(pen: Pen, act: Act) -> None:
    """A man, woman, boy or girl."""
    figure(pen, act, dress(act))


def dress(act: Act) -> Dress:
    """Clothes and hair by look and seed."""
    k = int(act.seed * 997)
    female = act.look in {"woman", "girl"} or (not act.look and k % 2 == 0)
    return Dress(
        skin=SKINS[k % 5],
        hair=HAIRS[k // 5 % 5],
        shirt=act.own(SHIRTS[k // 3 % 6]),
        trousers=TROUSERS[k // 7 % 4],
        long_hair=female,
        skirt=female,
        child=act.look in {"boy", "girl"},
    )


def figure(pen: Pen, act: Act, d: Dress) -> None:
    """The body of any person: others draw hats and tools over it."""
    if act.gait == "sleep":
        with pen.at(0.42, -0.1, angle=-84):
            _upright(pen, act, d)
        return
    with pen.at(angle=7 if act.gait == "run" else 0):
        _upright(pen, act, d)


def _upright(pen: Pen, act: Act, d: Dress) -> None:
    head = 0.125 if d.child else 0.095
    hip, neck = _trunk(act, d)
    _arm(pen, act, d, neck, far=True)
    for far in (True, False):
        _leg(pen, act, d, hip, far=far)
    _hair_behind(pen, act, d, neck, head)
    _torso(pen, act, d, hip, neck)
    _head(pen, act, d, neck, head)
    _arm(pen, act, d, neck, far=False)


def _trunk(act: Act, d: Dress) -> tuple[Point, Point]:
    bob = 0.0
    if act.gait == "run":
        bob = 0.035 * abs(wave(act.phase + 0.1))
    elif act.gait in {"walk", "dance"}:
        bob = 0.014 * abs(wave(act.phase))
    down = 0.25 if act.gait == "sit" else 0.0
    hip = (
        0.03 * act.swing() if act.gait == "dance" else 0.0,
        -(0.42 if d.child else 0.48) - bob + down,
    )
    neck = (0.0, hip[1] - (0.26 if d.child else 0.3) + 0.004 * act.breath())
    return hip, neck


def _leg(pen: Pen, act: Act, d: Dress, hip: Point, *, far: bool) -> None:
    tone = darker(d.trousers, 0.2) if far else d.trousers
    skin = darker(d.skin, 0.15) if far else d.skin
    offset = 0.5 if far else 0.0
    x = hip[0] + (0.02 if far else -0.02)
    foot: Point = (x + (0.03 if far else -0.03), 0.0)
    if act.gait in {"walk", "run"}:
        long, lift = (0.3, 0.06) if act.gait == "walk" else (0.5, 0.2)
        dx, dy = stride(act.phase * 0.75 + offset, long, lift)
        foot = (x + dx, dy)
    elif act.gait == "dance":
        foot = (
            x + 0.07 * wave(act.phase * 0.5 + offset),
            -0.07 * max(0.0, wave(act.phase + offset)),
        )
    elif act.gait == "sit":
        foot = (x + 0.26, 0.0)
    bone = 0.245 if not d.child else 0.215
    joint = knee((x, hip[1]), foot, bone, bone, -1)
    thigh = skin if d.skirt else tone
    pen.limb(
        [(x, hip[1]), joint, (foot[0], foot[1] - 0.03)], [0.1, 0.075, 0.055], thigh, shade=0.12
    )
    pen.limb(
        [(foot[0] - 0.015, foot[1] - 0.022), (foot[0] + 0.055, foot[1] - 0.018)],
        [0.05, 0.038],
        d.shoes,
        shade=0.1,
    )


def _torso(pen: Pen, act: Act, d: Dress, hip: Point, neck: Point) -> None:
    (hx, hy), (nx, ny) = hip, neck
    pen.blob(
        [
            (nx - 0.085, ny + 0.03),
            (nx, ny - 0.012),
            (nx + 0.085, ny + 0.03),
            (hx + 0.08, hy - 0.1),
            (hx + 0.085, hy + 0.02),
            (hx - 0.085, hy + 0.02),
            (hx - 0.075, hy - 0.1),
        ],
        d.shirt,
        shade=0.2,
    )
    if d.skirt:
        flare = 0.02 * act.swing() - 0.05 * act.gust()
        pen.blob(
            [
                (hx - 0.075, hy - 0.1),
                (hx + 0.075, hy - 0.1),
                (hx + 0.14 + flare, hy + 0.16),
                (hx + flare, hy + 0.185),
                (hx - 0.14 + flare, hy + 0.16),
            ],
            d.shirt,
            shade=0.22,
            tension=0.7,
        )
        pen.limb(
            [(hx - 0.07, hy - 0.095), (hx + 0.07, hy - 0.095)],
            [0.022, 0.022],
            darker(d.shirt, 0.3),
            shade=0,
        )


def _arm(pen: Pen, act: Act, d: Dress, neck: Point, *, far: bool) -> None:
    root = (neck[0] + (0.05 if far else -0.05), neck[1] + 0.045)
    hand = _hand(act, root, far=far)
    bone = 0.145
    joint = knee(root, hand, bone, bone, 1)
    sleeve = darker(d.shirt, 0.22) if far else lighter(d.shirt, 0.04)
    skin = darker(d.skin, 0.15) if far else d.skin
    pen.limb([root, joint, hand], [0.06, 0.05, 0.04], skin, shade=0.1)
    pen.limb([root, joint], [0.072, 0.06], sleeve, shade=0.12)
    pen.oval(*hand, 0.027, 0.027, skin, shade=0.1)


def _hand(act: Act, root: Point, *, far: bool) -> Point:
    x, y = root
    side = 0.5 if far else 0.0
    match act.gait:
        case "run":
            s = wave(act.phase * 0.75 + side + 0.5)
            return x + 0.06 + 0.17 * s, y + 0.17 - 0.06 * s
        case "walk":
            return x + 0.15 * wave(act.phase * 0.75 + side + 0.5), y + 0.26
        case "wave" if far:
            return x + 0.13 + 0.07 * act.swing(), y - 0.22
        case "dance":
            return x + (0.2 if far else -0.2), y - 0.12 + 0.16 * wave(act.phase * 0.5 + side)
        case "sit":
            return x + 0.17, y + 0.2
    return x + (0.02 if far else -0.03) + 0.008 * act.breath(), y + 0.275


def _hair_behind(pen: Pen, act: Act, d: Dress, neck: Point, r: float) -> None:
    if d.long_hair:
        x, y = neck[0], neck[1] - r * 1.05
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


def _head(pen: Pen, act: Act, d: Dress, neck: Point, r: float) -> None:
    x, y = neck[0] + 0.01, neck[1] - r * 1.05 + 0.004 * act.breath()
    pen.limb(
        [(neck[0], neck[1] + 0.02), (x, y + r * 0.5)], [0.055, 0.05], darker(d.skin, 0.1), shade=0
    )
    pen.oval(x, y, r * 0.92, r, d.skin, shade=0.14)
    pen.oval(x + r * 0.9, y + r * 0.12, r * 0.13, r * 0.12, d.skin, shade=0.05)
    pen.soft(x + r * 0.5, y + r * 0.38, r * 0.28, r * 0.2, 0xF08A80, 0.5)
    for dx in (0.22, 0.66):
        pen.oval(x + r * dx, y + r * 0.05, r * 0.15, r * 0.19 * (1 - act.shut), 0xFFFDF8, shade=0)
        pen.oval(
            x + r * dx + r * 0.04,
            y + r * 0.06,
            r * 0.1,
            r * 0.15 * (1 - act.shut) + 0.002,
            INK,
            shade=0,
        )
    pen.line(
        [(x + r * 0.3, y + r * 0.5), (x + r * 0.5, y + r * 0.6), (x + r * 0.68, y + r * 0.48)],
        0.009,
        0xA84A4A,
    )
    _hair(pen, d, x, y, r)


def _hair(pen: Pen, d: Dress, x: float, y: float, r: float) -> None:
    nape = 0.75 if d.long_hair else 0.42
    cap = [
        (-0.86, nape),
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
    ]
    pen.blob([(x + r * px, y + r * py) for px, py in cap], d.hair, shade=0.22, tension=0.75)
    pen.oval(x - r * 0.32, y + r * 0.2, r * 0.14, r * 0.18, d.skin, shade=0.05)
    shine = [(x - r * 0.62, y - r * 0.62), (x - r * 0.1, y - r * 0.88), (x + r * 0.4, y - r * 0.82)]
    pen.line(shine, r * 0.09, lighter(d.hair, 0.35), alpha=0.6)


SUBJECTS = {"person": person}
