"""Shared anatomy: a four-legged body that stands, walks, runs, sits and sleeps; fur; faces."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from animatic.colour import Colour, darker, lighter
from animatic.ease import Point, knee, stride, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen, bend

INK = 0x2B2028


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Proportions of a four-legged animal, in body heights, and the kind of its parts."""

    length: float = 0.72
    girth: float = 0.34
    leg: float = 0.5
    thick: float = 0.12
    neck: tuple[float, float] = (0.2, 0.26)
    head: float = 0.15
    snout: tuple[float, float] = (0.2, 0.11)
    ear: str = "flop"
    tail: str = "feather"
    tail_up: float = 0.6
    tongue: bool = False
    shaggy: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coat:
    """Colours of an animal."""

    main: Colour
    belly: Colour
    deep: Colour
    nose: Colour = INK

    @classmethod
    def of(cls, main: Colour) -> "Coat":
        """The usual coat about one colour."""
        return cls(main=main, belly=lighter(main, 0.45), deep=darker(main, 0.28))


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Where the body is at a moment."""

    hip: Point
    shoulder: Point
    head: Point
    nod: float


def quadruped(pen: Pen, act: Act, build: Build, coat: Coat) -> Skeleton:
    """Draw a four-legged animal in its gait; returns its skeleton for what goes on top."""
    if act.gait == "sleep":
        return lie_down(pen, act, build, coat)
    bones = skeleton(act, build)
    far = Coat(main=coat.deep, belly=coat.deep, deep=darker(coat.deep, 0.15))
    with pen.mould(bones.head[1] - build.head, 0.0):
        legs(pen, act, build, bones, far, near=False)
        tail(pen, act, build, bones.hip, coat)
        torso(pen, act, build, bones, coat)
        if act.gait == "sit":
            haunch(pen, build, bones, coat)
        legs(pen, act, build, bones, coat, near=True)
        neck_and_head(pen, act, build, bones, coat)
    return bones


def skeleton(act: Act, build: Build) -> Skeleton:
    """Hip, shoulder and head: they rise, pitch and stretch with the gait."""
    half, up = build.length / 2, build.leg + build.girth * 0.35
    pitch = bob = gather = 0.0
    if act.gait == "run":
        pitch, bob, gather = 0.06 * act.swing(0.1), 0.05 * act.swing(0.35), 0.05 * act.swing(0.6)
    elif act.gait == "walk":
        bob, pitch = 0.012 * wave(2 * act.phase), 0.008 * act.swing()
    hip_y = -up - bob + pitch
    if act.gait == "sit":
        hip_y, half = -build.girth * 0.55, half * 0.75
    hip = (-half + gather, hip_y)
    shoulder = (half - gather, -up - bob - pitch - (0.06 if act.gait == "sit" else 0))
    nod = -0.6 * pitch + 0.012 * act.breath()
    rise, reach = build.neck
    if act.gait == "run":
        rise, reach = rise * 0.62, reach * 1.3
    head = (shoulder[0] + reach, shoulder[1] - rise + nod)
    return Skeleton(hip, shoulder, head, nod)


def torso(pen: Pen, act: Act, build: Build, bones: Skeleton, coat: Coat) -> None:
    """The trunk: round rump, level back, deep chest, belly drawn up."""
    (hx, hy), (sx, sy) = bones.hip, bones.shoulder
    g, puff = build.girth, 0.008 * act.breath()
    mx, my = (hx + sx) / 2, (hy + sy) / 2
    back = [
        (hx - g * 0.4, hy + g * 0.02),
        (hx - g * 0.22, hy - g * 0.36),
        (mx, my - g * 0.4 - puff),
        (sx, sy - g * 0.46),
    ]
    belly = [
        (sx + g * 0.44, sy + g * 0.34),
        (sx + g * 0.08, sy + g * 0.62),
        (mx, my + g * 0.44 + puff),
        (hx + g * 0.1, hy + g * 0.34),
    ]
    shape = [*back, (sx + g * 0.5, sy - g * 0.1), *belly]
    pen.blob(shape, coat.main, shade=0.2)
    with pen.inside(shape):
        pen.oval(
            mx + g * 0.5,
            my + g * 0.72,
            build.length * 0.55,
            g * 0.34,
            coat.belly,
            shade=0,
            alpha=0.6,
        )
    if build.shaggy:
        fur(pen, act, bend(belly[:3], 5), 0.08 * build.shaggy, coat.belly, down=True)
        fur(pen, act, bend(back[:2], 4), 0.07 * build.shaggy, coat.main, down=True)


def haunch(pen: Pen, build: Build, bones: Skeleton, coat: Coat) -> None:
    """The round thigh of one that sits, and the slope of its back."""
    (hx, hy), (sx, sy) = bones.hip, bones.shoulder
    g = build.girth
    line = [(hx + g * 0.12, hy + g * 0.02), ((hx + sx) / 2, (hy + sy) / 2), (sx - g * 0.1, sy)]
    pen.limb(line, [g * 1.1, g * 1.05, g * 0.85], coat.main, shade=0.2)
    pen.oval(hx + g * 0.3, -g * 0.47, g * 0.52, g * 0.47, lighter(coat.main, 0.03), shade=0.18)


def legs(pen: Pen, act: Act, build: Build, bones: Skeleton, coat: Coat, *, near: bool) -> None:
    """One side's two legs."""
    side = 0.0 if near else 0.5
    for front in (False, True):
        root = bones.shoulder if front else bones.hip
        hip = (root[0] + (0.03 if front else 0.0), root[1] + build.girth * 0.1)
        foot = _foot(act, build, hip[0] + (0.05 if not near else 0.0), front, side)
        _leg(pen, build, hip, foot, coat, front=front)


def _foot(act: Act, build: Build, x: float, front: bool, side: float) -> Point:
    if act.gait == "run":
        dx, dy = stride(
            act.phase + (0.5 if front else 0.0) + side * 0.28, build.leg * 1.25, build.leg * 0.42
        )
        return x + dx + (0.05 if front else -0.04), dy
    if act.gait == "walk":
        dx, dy = stride(
            act.phase + (0.25 if front else 0.0) + side, build.leg * 0.7, build.leg * 0.2
        )
        return x + dx, dy
    if act.gait == "swim":
        return x + 0.12 * wave(act.phase + side + 0.3 * front), -0.12
    if act.gait == "sit" and not front:
        return x + 0.26, 0.0
    return x, 0.0


def _leg(pen: Pen, build: Build, hip: Point, foot: Point, coat: Coat, *, front: bool) -> None:
    """Thigh, shank, and the long foot that quadrupeds stand on the tip of."""
    t, high = build.thick, max(0.1, -hip[1])
    swing = min(1.0, -foot[1] / (0.3 * high))
    back = 0.03 + 0.2 * swing
    heel = (
        foot[0] - (back if front else back + 0.05) * high,
        foot[1] - (0.22 - 0.08 * swing) * high,
    )
    bone = high * (0.402 if front else 0.415)
    joint = knee(hip, heel, bone, bone, 1 if front else -1)
    widths = (
        [t * 1.5, t * 1.05, t * 0.8, t * 0.72] if front else [t * 2.1, t * 1.6, t * 0.85, t * 0.75]
    )
    pen.limb([hip, joint, heel, (foot[0], foot[1] - t * 0.3)], widths, coat.main, shade=0.2)
    pen.oval(
        foot[0] + t * 0.2,
        foot[1] - t * 0.28,
        t * 0.55,
        t * 0.32,
        lighter(coat.main, 0.1),
        shade=0.2,
    )


def tail(pen: Pen, act: Act, build: Build, hip: Point, coat: Coat) -> None:
    """A tail that wags or streams."""
    x, y = hip[0] - build.girth * 0.36, hip[1] - build.girth * 0.12
    wag = (
        0.10 * wave(act.t * (2.2 if act.gait != "run" else 1.2))
        if act.gait != "sit"
        else 0.08 * act.breath()
    )
    up = build.tail_up * (0.35 if act.gait == "run" else 0.5)
    line = [
        (x + 0.06, y),
        (x - 0.13, y - up * 0.3 + wag * 0.3),
        (x - 0.29, y - up * 0.6 + wag),
        (x - 0.41, y - up + wag * 1.6),
    ]
    widths = {
        "feather": [0.1, 0.13, 0.15, 0.03],
        "bushy": [0.09, 0.2, 0.2, 0.04],
        "stub": [0.1, 0.08, 0.05, 0.02],
    }
    if build.tail == "stub":
        line = [(p[0] * 0.5 + x * 0.5, p[1] * 0.5 + y * 0.5) for p in line]
    pen.limb(line, widths.get(build.tail, [0.07, 0.06, 0.05, 0.03]), coat.main, shade=0.18)
    if build.tail == "feather":
        fur(pen, act, bend(line[1:], 5), 0.12, lighter(coat.main, 0.2), down=True)


def neck_and_head(pen: Pen, act: Act, build: Build, bones: Skeleton, coat: Coat) -> None:
    """Neck, ears, skull, snout, eye, and a tongue when it runs."""
    sx, sy = bones.shoulder
    hx, hy = bones.head
    g, r = build.girth, build.head
    ear(pen, act, build, (hx - r * 0.15, hy - r * 0.5), coat, near=False)
    pen.limb(
        [(sx - g * 0.05, sy + g * 0.05), ((sx + hx) / 2, (sy + hy) / 2), (hx - r * 0.1, hy)],
        [g * 1.0, g * 0.72, r * 1.6],
        coat.main,
        shade=0.2,
    )
    if build.shaggy:
        chest = bend(
            [
                (sx + g * 0.5, sy - g * 0.1),
                (sx + g * 0.52, sy + g * 0.25),
                (sx + g * 0.28, sy + g * 0.5),
            ],
            5,
        )
        fur(pen, act, chest, 0.1 * build.shaggy, coat.belly, down=True)
    head(pen, act, build, (hx, hy), coat)
    ear(pen, act, build, (hx - r * 0.4, hy - r * 0.45), coat, near=True)


def head(pen: Pen, act: Act, build: Build, at: Point, coat: Coat) -> None:
    """A head in profile, facing +x."""
    x, y = at
    r = build.head
    long, deep = build.snout
    if build.tongue and act.gait in {"run", "walk", "stand", "sit"}:
        flap = 0.02 * act.swing(0.2)
        pen.limb(
            [
                (x + r + long * 0.35, y + r * 0.45),
                (x + r + long * 0.3, y + r * 0.9),
                (x + r + long * 0.12, y + r * 1.25 + flap),
            ],
            [0.05, 0.06, 0.05],
            0xF0788A,
            shade=0.1,
        )
        pen.limb(
            [(x + r * 0.3, y + r * 0.4), (x + r + long * 0.5, y + r * 0.58)],
            [deep * 0.9, deep * 0.5],
            coat.deep,
            shade=0.1,
        )
    pen.oval(x, y, r * 1.08, r, coat.main, shade=0.2)
    pen.limb(
        [
            (x + r * 0.35, y + r * 0.18),
            (x + r * 0.8, y + r * 0.2),
            (x + r * 0.6 + long, y + r * 0.22),
        ],
        [deep * 1.7, deep * 1.25, deep * 0.9],
        lighter(coat.main, 0.12),
        shade=0.12,
    )
    pen.oval(x + r * 0.66 + long, y + r * 0.05, 0.036, 0.03, coat.nose, shade=0.25)
    pen.line(
        [
            (x + r * 0.72 + long, y + r * 0.25),
            (x + r * 0.5 + long * 0.5, y + r * 0.55),
            (x + r * 0.55, y + r * 0.5),
        ],
        0.012,
        darker(coat.deep, 0.4),
    )
    eye(pen, act, x + r * 0.42, y - r * 0.18, r * 0.17)


def ear(pen: Pen, act: Act, build: Build, at: Point, coat: Coat, *, near: bool) -> None:
    """A flopping, pointed or round ear that answers the wind and the stride."""
    x, y = at
    flap = 0.09 * act.swing(0.15) if act.gait == "run" else 0.03 * act.gust(0.3)
    tone = coat.deep if near else darker(coat.deep, 0.2)
    r = build.head
    if build.ear == "flop":
        tip = (x - r * 0.55 - max(0.0, flap) * 1.2, y + r * 1.15 - flap * 1.4)
        pen.limb(
            [(x, y - r * 0.12), (x - r * 0.45, y + r * 0.35 - flap * 0.5), tip],
            [r * 0.5, r * 0.85, r * 0.5],
            tone,
            shade=0.16,
        )
    elif build.ear == "point":
        pen.poly(
            [
                (x - r * 0.35, y),
                (x - r * 0.15 - flap * 0.3, y - r * 1.05),
                (x + r * 0.4, y - r * 0.2),
            ],
            tone,
            shade=0.2,
        )
    else:
        pen.oval(x, y - r * 0.35, r * 0.42, r * 0.42, tone)


def eye(pen: Pen, act: Act, x: float, y: float, r: float, colour: Colour = INK) -> None:
    """A bright eye that blinks."""
    if act.shut > 0.7:
        pen.line([(x - r, y), (x, y + r * 0.55), (x + r, y)], r * 0.4, INK)
        return
    pen.oval(x, y, r, r * (1 - act.shut), colour, shade=0)
    pen.oval(x + r * 0.3, y - r * 0.35, r * 0.34, r * 0.34 * (1 - act.shut), 0xFFFFFF, shade=0)


def fur(
    pen: Pen, act: Act, roots: Sequence[Point], length: float, colour: Colour, *, down: bool
) -> None:
    """Locks along a line: they stream back and flutter in the wind, a wave running through them."""
    run = 0.6 if act.gait == "run" else 0.0
    locks = []
    for k, (x, y) in enumerate(roots):
        blow = act.gust(k * 0.17) * 0.9 + run * (0.8 + 0.3 * act.swing(k * 0.09))
        drop = length * (0.75 if down else -0.24) * (1 - 0.35 * min(1.0, blow))
        tip = (
            x - length * (0.25 + 0.75 * blow),
            y + drop + length * 0.2 * math.sin(act.t * 5 + k * 0.8) * act.wind,
        )
        locks.append(((x, y), ((x + tip[0]) / 2 - length * 0.05, (y + tip[1]) / 2), tip))
    pen.locks(locks, length * 0.55, colour)


def lie_down(pen: Pen, act: Act, build: Build, coat: Coat) -> Skeleton:
    """Asleep on the ground, head on the paws."""
    half, g = build.length * 0.62, build.girth
    puff = 0.015 * act.breath()
    pen.limb(
        [(-half, -0.08), (-half - 0.2, -0.05), (-half - 0.3, -0.09 - 0.03 * act.gust(0.5))],
        [0.13, 0.12, 0.04],
        coat.main,
    )
    body = [
        (-half - g * 0.25, -0.02),
        (-half - g * 0.1, -g * 0.75),
        (-half * 0.3, -g * 1.12 - puff),
        (half * 0.55, -g * 1.0 - puff),
        (half + g * 0.2, -g * 0.5),
        (half + g * 0.1, -0.01),
    ]
    pen.blob(body, coat.main, shade=0.22)
    pen.oval(-half * 0.62, -g * 0.42, g * 0.62, g * 0.44, lighter(coat.main, 0.05), shade=0.18)
    pen.limb([(-half * 0.6, -0.06), (-half * 0.1, -0.05)], [0.11, 0.1], coat.main)
    fur(pen, act, bend(body[1:4], 6), 0.05 + 0.02 * build.shaggy, coat.main, down=False)
    pen.limb([(half * 0.7, -0.06), (half + 0.42, -0.05)], [0.13, 0.1], lighter(coat.main, 0.08))
    at = (half + 0.18, -0.2 - puff)
    head(pen, act, build, at, coat)
    ear(pen, act, build, (at[0] - build.head * 0.4, at[1] - build.head * 0.45), coat, near=True)
    dreams(pen, act, at[0] + 0.1, at[1] - 0.25)
    return Skeleton((-half, -g * 0.5), (half, -g * 0.5), at, 0.0)


def dreams(pen: Pen, act: Act, x: float, y: float, size: float = 0.085) -> None:
    """Little z's that rise from a sleeper."""
    for k in range(3):
        life = (act.t * 0.22 + k / 3) % 1
        s = size * (0.45 + 0.7 * life)
        px, py = x + 0.22 * life + 0.03 * wave(life * 1.5), y - 0.5 * life
        shape = [(px, py), (px + s, py), (px, py + s), (px + s, py + s)]
        pen.line(shape, s * 0.17, 0xFFFFFF, alpha=0.85 * math.sin(math.pi * life), smooth=False)
