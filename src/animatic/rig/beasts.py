"""Shared anatomy of beasts with heads of their own: trunk, legs, tails, round faces, swimming."""

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources

from animatic.colour import Colour, darker, lighter
from animatic.ease import Point, knee, stride, turn, wave
from animatic.rig.act import Act
from animatic.rig.bodies import INK, Coat, dreams, eye
from animatic.rig.pen import Pen

BLUSH = 0xF2938E
FOAM = 0xF4FBFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Beast:
    """Proportions in body heights. `length` is from hip to shoulder, `neck` from there to the head.

    `rump` and `chest` are the trunk's depths, `hock` how far the heels stand back (0 for pillars),
    `pace` how fast the legs go for its size, `haunches` whether it sits like a dog.
    """

    length: float = 0.6
    rump: float = 0.36
    chest: float = 0.4
    sag: float = 0.0
    hump: float = 0.0
    leg: float = 0.4
    thick: float = 0.1
    hock: float = 0.1
    hoof: Colour | None = None
    neck: Point = (0.2, 0.2)
    throat: tuple[float, float] = (0.3, 0.2)
    tail: str = "long"
    pace: float = 1.0
    reach: float = 1.0
    haunches: bool = False


@cache
def builds() -> Mapping[str, Beast]:
    """How each kind is built: `beasts.toml`."""
    file = resources.files(__package__ or "") / "beasts.toml"
    kinds = tomllib.loads(file.read_text("utf-8"))
    return {name: Beast(**kind) for name, kind in kinds.items()}


@dataclass(frozen=True, slots=True)
class Bones:
    """Where a beast's body is at a moment; `tilt` is its head's, in degrees."""

    hip: Point
    shoulder: Point
    head: Point
    tilt: float

    @property
    def middle(self) -> Point:
        """Half way along the trunk."""
        return (self.hip[0] + self.shoulder[0]) / 2, (self.hip[1] + self.shoulder[1]) / 2


Head = Callable[[Pen, Act, Coat], None]
"""Draws a head about its own middle, facing +x, in body heights."""

Marks = Callable[[Pen, Bones], None]
"""Draws on the trunk (it is clipped to it): spots, stripes, patches."""


def beast(
    pen: Pen,
    act: Act,
    kind: str,
    coat: Coat,
    head: Head,
    *,
    marks: Marks | None = None,
    neck_marks: Marks | None = None,
) -> None:
    """Draw a beast of a kind in its gait."""
    build = builds()[kind]
    draw = partial(_whole, pen, act, build, coat, head, marks, neck_marks)
    if act.gait == "swim":
        afloat(pen, act, draw, build.leg)
    else:
        draw()


def _whole(
    pen: Pen,
    act: Act,
    build: Beast,
    coat: Coat,
    head: Head,
    marks: Marks | None,
    neck_marks: Marks | None,
) -> None:
    bones = _pose(act, build)
    lies = _lies(act, build)
    with pen.mould(-1.0, 0.05):
        far = Coat(main=darker(coat.main, 0.22), belly=coat.belly, deep=coat.deep)
        (_fold_legs if lies else _legs)(pen, act, build, bones, far, near=False)
        tail(pen, act, _tail_root(build, bones), build.tail, coat)
        _trunk(pen, act, build, bones, coat, marks)
        (_fold_legs if lies else _legs)(pen, act, build, bones, coat, near=True)
        _neck(pen, build, bones, coat, neck_marks)
    with pen.at(*bones.head, angle=bones.tilt):
        head(pen, act, coat)
    if act.gait == "sleep":
        dreams(pen, act, bones.head[0] + 0.08, bones.head[1] - 0.3)


def _lies(act: Act, build: Beast) -> bool:
    return act.gait == "sleep" or (act.gait == "sit" and not build.haunches)


def pose(act: Act, kind: str) -> Bones:
    """Where hip, shoulder and head of a kind are."""
    return _pose(act, builds()[kind])


def _pose(act: Act, build: Beast) -> Bones:
    """They rise, pitch and stretch with the gait."""
    if _lies(act, build):
        return _bones_on_the_ground(act, build)
    half, phase = build.length / 2, act.phase * build.pace
    hip_y, shoulder_y = -(build.leg + build.rump * 0.38), -(build.leg + build.chest * 0.36)
    reach, rise = build.neck
    tilt = 2.5 * act.breath()
    if act.gait in {"run", "fly"}:
        pitch, bob = 0.045 * wave(phase + 0.1), 0.04 * wave(phase + 0.35)
        gather = 0.04 * wave(phase + 0.6)
        hip = (-half + gather, hip_y - bob + pitch)
        shoulder = (half - gather, shoulder_y - bob - pitch)
        dip = 0.25 * rise
        return Bones(
            hip,
            shoulder,
            (shoulder[0] + reach * 1.12, shoulder[1] - rise + dip + 0.5 * pitch),
            3.0 - 60 * pitch,
        )
    if act.gait == "walk":
        bob = 0.01 * wave(2 * phase)
        hip_y, shoulder_y = hip_y - bob, shoulder_y + bob
        tilt += 2.5 * wave(2 * phase + 0.3)
    hip, shoulder = (-half, hip_y), (half, shoulder_y)
    if act.gait == "sit":
        hip = (-half * 0.7, -build.rump * 0.55)
        shoulder = (half * 0.55, -(build.leg + build.chest * 0.5))
    nod = 0.01 * act.breath()
    return Bones(hip, shoulder, (shoulder[0] + reach, shoulder[1] - rise + nod), tilt)


def _bones_on_the_ground(act: Act, build: Beast) -> Bones:
    half, puff = build.length / 2, 0.008 * act.breath()
    hip, shoulder = (-half, -build.rump * 0.48 - puff), (half, -build.chest * 0.48 - puff)
    reach, rise = build.neck
    if act.gait == "sit" or rise > 1.5 * reach:
        return Bones(hip, shoulder, (half + reach, shoulder[1] - rise), 2.5 * act.breath())
    along = math.hypot(reach, rise)
    return Bones(hip, shoulder, (half + along * 0.85, -build.throat[1] * 0.62 - puff), 4.0)


def _trunk(pen: Pen, act: Act, build: Beast, bones: Bones, coat: Coat, marks: Marks | None) -> None:
    """Round rump, back (perhaps with a hump), deep chest, belly."""
    (hx, hy), (sx, sy) = bones.hip, bones.shoulder
    mx, my = bones.middle
    r, c = build.rump / 2, build.chest / 2
    half, puff = (r + c) / 2, 0.008 * act.breath()
    turned = math.atan2(sy - hy, sx - hx) if act.gait == "sit" and build.haunches else 0.0
    low = 0.55 if _lies(act, build) else 1.0

    def round_(about: Point, *spots: Point) -> list[Point]:
        return [turn((about[0] + x, about[1] + y), turned, about) for x, y in spots]

    shape = [
        *round_((hx, hy), (-r * 0.98, -r * 0.05), (-r * 0.55, -r * 0.84)),
        *round_((mx, my), (0.0, -half * 0.94 - puff - build.hump)),
        *round_((sx, sy), (-c * 0.1, -c), (c * 0.78, -c * 0.3), (c * 0.66, c * 0.5)),
        *round_((sx, sy), (-c * 0.2, c * 0.98 * low)),
        *round_((mx, my), (0.0, half * 0.9 + puff + build.sag)),
        *round_((hx, hy), (r * 0.4, r * 0.86 * low), (-r * 0.62, r * 0.75)),
    ]
    pen.blob(shape, coat.main, shade=0.2)
    with pen.inside(shape):
        pen.oval(
            mx, my + half * 1.1 + build.sag, build.length * 0.6, half * 0.5, coat.belly, shade=0
        )
        if marks:
            marks(pen, bones)


def _legs(pen: Pen, act: Act, build: Beast, bones: Bones, coat: Coat, *, near: bool) -> None:
    side = 0.0 if near else 0.5
    for front in (False, True):
        root = bones.shoulder if front else bones.hip
        deep = build.chest if front else build.rump
        hip = (root[0] + (-0.02 if front else -0.01), root[1] + deep * 0.16)
        foot = _foot(act, build, hip[0] + (0.0 if near else 0.05), front, side)
        if act.gait == "sit" and not front:
            _haunch(pen, build, bones, coat, near=near)
        else:
            leg(pen, build, hip, foot, coat.main, front=front)


def _haunch(pen: Pen, build: Beast, bones: Bones, coat: Coat, *, near: bool) -> None:
    x, t = bones.hip[0] + (0.0 if near else 0.05), build.thick
    if near:
        r = build.rump * 0.46
        pen.oval(x + 0.02, -r * 0.95, r * 0.95, r, lighter(coat.main, 0.03), shade=0.18)
    pen.limb([(x, -t * 0.45), (x + build.rump * 0.5, -t * 0.4)], [t, t * 0.85], coat.main)


def _foot(act: Act, build: Beast, x: float, front: bool, side: float) -> Point:
    phase, leg_ = act.phase * build.pace, build.leg * build.reach
    if act.gait in {"run", "fly"}:
        dx, dy = stride(phase + (0.5 if front else 0.0) + side * 0.28, leg_ * 1.3, build.leg * 0.42)
        return x + dx + (0.05 if front else -0.04), dy
    if act.gait == "walk":
        dx, dy = stride(phase + (0.25 if front else 0.0) + side, leg_ * 0.7, build.leg * 0.2)
        return x + dx, dy
    if act.gait == "dance":
        return x, -0.1 * max(0.0, wave(act.phase + side + 0.25 * front))
    if act.gait == "wave" and front and not side:
        return x + 0.3 * build.leg, -build.leg * (0.7 + 0.2 * act.swing())
    return x, 0.0


def leg(pen: Pen, build: Beast, hip: Point, foot: Point, colour: Colour, *, front: bool) -> None:
    """Thigh, shank and foot, with a hoof or a paw."""
    t, high = build.thick, max(0.1, -hip[1])
    swing = min(1.0, -foot[1] / (0.3 * high))
    back = build.hock * (0.4 if front else 1.0) + 0.2 * swing
    heel = (foot[0] - back * high, foot[1] - (0.24 - 0.08 * swing) * high)
    bone = high * (0.386 if front else 0.384 + 0.1 * build.hock)
    joint = knee(hip, heel, bone, bone, 1 if front else -1)
    wide = (t * 1.5, t * 1.1) if front else (t * 2.1, t * 1.45)
    pen.limb([hip, joint, heel, (foot[0], foot[1] - t * 0.35)], [*wide, t * 0.85, t * 0.8], colour)
    if build.hoof is None:
        pen.oval(foot[0] + t * 0.2, foot[1] - t * 0.3, t * 0.6, t * 0.34, lighter(colour, 0.08))
        return
    x, y = foot
    pen.poly(
        [
            (x - t * 0.42, y - t * 0.55),
            (x + t * 0.42, y - t * 0.55),
            (x + t * 0.58, y),
            (x - t * 0.5, y),
        ],
        build.hoof,
    )


def _fold_legs(pen: Pen, act: Act, build: Beast, bones: Bones, coat: Coat, *, near: bool) -> None:
    """Legs of one that lies: the fore leg forward, the hind leg under a round thigh."""
    t, off = build.thick, 0.0 if near else 0.07
    (hx, hy), (sx, _) = bones.hip, bones.shoulder
    pen.limb(
        [
            (sx - 0.02, -t * 1.0),
            (sx + build.chest * 0.5 + off, -t * 0.5),
            (sx + build.chest * 0.42 + build.leg * 0.3 + off, -t * 0.45),
        ],
        [t * 1.4, t, t * 0.85],
        coat.main,
    )
    if near:
        r = build.rump * 0.4
        pen.oval(hx + r * 0.2, hy + r * 0.25, r * 1.05, r, lighter(coat.main, 0.03), shade=0.18)
        pen.limb([(hx, -t * 0.45), (hx + build.rump * 0.75, -t * 0.42)], [t, t * 0.85], coat.main)


def _neck(pen: Pen, build: Beast, bones: Bones, coat: Coat, marks: Marks | None) -> None:
    (sx, sy), (hx, hy) = bones.shoulder, bones.head
    c, (wide, thin) = build.chest, build.throat
    root = (sx + c * 0.02, sy + c * 0.02)
    if marks is None:
        middle = ((root[0] + hx) / 2 + 0.01, (root[1] + hy) / 2 + 0.01)
        pen.limb([root, middle, (hx, hy)], [wide, (wide + thin) / 2, thin], coat.main, shade=0.2)
        return
    shape = ribbon([root, (hx, hy)], [wide, thin])
    pen.poly(shape, coat.main, shade=0.2)
    with pen.inside(shape, smooth=False):
        marks(pen, bones)


def ribbon(line: Sequence[Point], widths: Sequence[float]) -> list[Point]:
    """The outline of a tapered band along straight pieces."""
    left: list[Point] = []
    right: list[Point] = []
    for k, (x, y) in enumerate(line):
        (ax, ay), (bx, by) = line[max(k - 1, 0)], line[min(k + 1, len(line) - 1)]
        long = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / long * widths[k] / 2, (bx - ax) / long * widths[k] / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return [*left, *reversed(right)]


Tail = tuple[tuple[Point, ...], tuple[float, ...]]
TAILS: Mapping[str, Tail] = {
    "hair": (((0, 0), (-0.11, 0.0), (-0.17, 0.16), (-0.17, 0.42)), (0.06, 0.1, 0.14, 0.02)),
    "tuft": (((0, 0), (-0.08, 0.08), (-0.12, 0.22), (-0.11, 0.36)), (0.05, 0.035, 0.028, 0.025)),
    "brush": (((0, 0), (-0.15, 0.06), (-0.33, 0.05), (-0.52, -0.08)), (0.07, 0.17, 0.21, 0.03)),
    "long": (
        ((0, 0), (-0.17, 0.1), (-0.36, 0.04), (-0.46, -0.14), (-0.4, -0.3)),
        (0.07, 0.06, 0.055, 0.05, 0.035),
    ),
    "rat": (((0, 0), (-0.2, 0.08), (-0.42, 0.04), (-0.6, -0.12)), (0.05, 0.04, 0.03, 0.015)),
    "thick": (((0, 0), (-0.18, 0.14), (-0.38, 0.3), (-0.62, 0.34)), (0.18, 0.13, 0.09, 0.04)),
    "wag": (((0.02, 0), (-0.13, -0.13), (-0.27, -0.26), (-0.37, -0.44)), (0.07, 0.06, 0.05, 0.03)),
    "plume": (((0.02, 0), (-0.15, -0.08), (-0.31, -0.16), (-0.44, -0.3)), (0.09, 0.14, 0.17, 0.02)),
    "curl": (((0.02, 0), (-0.12, -0.18), (-0.24, -0.34), (-0.3, -0.5)), (0.09, 0.18, 0.19, 0.03)),
    "high": (((0.02, 0), (-0.15, -0.04), (-0.3, -0.2), (-0.38, -0.45)), (0.08, 0.07, 0.065, 0.04)),
    "stub": (((0.02, 0), (-0.06, -0.06), (-0.11, -0.12), (-0.15, -0.18)), (0.1, 0.08, 0.06, 0.03)),
}
STREAM: Mapping[str, float] = {"hair": 1.15, "tuft": 1.0, "thick": 0.5, "long": 0.35}
"""How far a tail turns up at a run, in radians."""

WAG = {"wag": 2.2, "plume": 2.2, "curl": 1.6, "stub": 2.6}
"""Swings a second of a dog's tail; others sway."""


def _tail_root(build: Beast, bones: Bones) -> Point:
    return bones.hip[0] - build.rump * 0.42, bones.hip[1] - build.rump * 0.16


def tail(pen: Pen, act: Act, root: Point, kind: str, coat: Coat) -> None:
    """A tail that sways at rest and streams at a run."""
    x, y = root
    if kind == "scut":
        pen.oval(x - 0.02, y + 0.02, 0.065, 0.075, lighter(coat.belly, 0.3))
    if kind not in TAILS:
        return
    line, widths = TAILS[kind]
    run = act.gait in {"run", "fly"}
    sway = 0.09 * wave(act.t * (0.9 if run else WAG.get(kind, 0.45))) + 0.05 * act.gust(0.5)
    last = len(line) - 1
    bent = []
    for k, (dx, dy) in enumerate(line):
        far = (k / last) ** 1.5
        dx, dy = turn((dx, dy), STREAM.get(kind, 0.0)) if run else (dx, dy)
        bent.append((x + 0.04 + dx - 0.6 * sway * far, y + min(dy - 0.5 * sway * far, -y - 0.05)))
    tone = coat.deep if kind == "hair" else coat.main
    pen.limb(bent, widths, tone, shade=0.16)
    if kind == "tuft":
        ex, ey = bent[-1]
        pen.oval(ex, ey, 0.045, 0.065, coat.deep, angle=20)
    if kind == "brush":
        pen.limb([mid(bent[-2], bent[-1], 0.35), bent[-1]], [0.13, 0.03], coat.belly)


def mid(one: Point, two: Point, share: float = 0.5) -> Point:
    """A point between two."""
    return one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share


def eyes(
    pen: Pen, act: Act, spots: Sequence[Point], r: float, colour: Colour = INK, *, blush: float = 0
) -> None:
    """A pair of bright eyes that blink; `blush` sets cheeks below them."""
    for x, y in spots:
        if blush:
            pen.soft(x, y + r * 2.2, blush, blush * 0.7, BLUSH, 0.55)
        eye(pen, act, x, y, r, colour)


def muzzle(
    pen: Pen,
    at: Point,
    rx: float,
    ry: float,
    colour: Colour,
    nose: Colour = INK,
    *,
    size: float = 1,
) -> None:
    """A soft round muzzle with a nose and a mouth, seen from before."""
    x, y = at
    pen.oval(x, y, rx, ry, colour, shade=0.08)
    pen.oval(x, y - ry * 0.48, rx * 0.34 * size, ry * 0.3 * size, nose, shade=0.2)
    low = y + ry * 0.36
    pen.line(
        [(x - rx * 0.45, low - 0.01), (x - rx * 0.2, low + 0.012), (x, y - ry * 0.1)], 0.011, INK
    )
    pen.line(
        [(x + rx * 0.45, low - 0.01), (x + rx * 0.2, low + 0.012), (x, y - ry * 0.1)], 0.011, INK
    )


def long_head(
    pen: Pen, act: Act, coat: Coat, r: float, *, long: float = 1.0, lips: Colour | None = None
) -> None:
    """A grazer's long head in profile: poll, brow, nose, chin, cheek; an eye and a nostril."""
    out = 1.0 + 1.2 * long
    shape = [
        (-r * 0.75, -r * 0.5),
        (r * 0.1, -r * 0.98),
        (r * 0.9, -r * 0.45),
        (r * out, r * 0.42),
        (r * (out + 0.22), r * 0.9),
        (r * (out - 0.2), r * 1.3),
        (r * 0.9, r * 1.05),
        (-r * 0.2, r * 0.95),
        (-r * 0.85, r * 0.35),
    ]
    pen.blob(shape, coat.main, shade=0.16)
    if lips is not None:
        with pen.inside(shape):
            pen.oval(r * (out + 0.15), r * 1.0, r * 0.75, r * 0.8, lips, shade=0.08)
    pen.oval(
        r * (out - 0.02), r * 0.68, r * 0.11, r * 0.08, darker(coat.deep, 0.35), angle=40, shade=0
    )
    pen.line(
        [(r * (out + 0.1), r * 1.06), (r * (out - 0.3), r * 1.1), (r * (out - 0.5), r * 1.0)],
        r * 0.07,
        darker(coat.deep, 0.35),
    )
    eyes(pen, act, [(r * 0.5, -r * 0.12)], r * 0.17)


def leaf_ear(
    pen: Pen, act: Act, at: Point, size: float, angle: float, outer: Colour, inner: Colour
) -> None:
    """A long ear that flicks; `angle` 0 stands straight up."""
    flick = 8 * max(0.0, wave(act.t * 0.4 + angle)) ** 5 + 5 * act.gust(angle)
    with pen.at(*at, angle=angle - flick):
        for share, tone in ((1.0, outer), (0.62, inner)):
            w, h = size * 0.3 * share, size * (0.5 + 0.5 * share)
            pen.blob([(0, 0), (w, -h * 0.5), (0, -h), (-w, -h * 0.5)], tone, shade=0.1)


def afloat(pen: Pen, act: Act, paint: Callable[[], None], deep: float) -> None:
    """Paint what swims `deep` in the water: its head and back above the line, rings around it."""
    if act.place == "underwater":
        paint()
        return
    rock = 0.012 * act.breath()
    line: list[Point] = [(-1.2 + 0.2 * k, 0.012 * wave(act.t * 0.7 + 0.23 * k)) for k in range(13)]
    above = [(-1.6, -2.5), (1.6, -2.5), (1.6, 0.0), *reversed(line)]
    with pen.inside(above, smooth=False), pen.at(0, deep + rock):
        paint()
    for k in range(3):
        life = (act.t * 0.35 + k / 3) % 1
        half = 0.45 + 0.5 * life
        fade = 0.75 * math.sin(math.pi * life)
        pen.line(
            [(-half, 0.0), (-half * 0.5, 0.04), (0, 0.055), (half * 0.5, 0.04), (half, 0.0)],
            0.014,
            FOAM,
            alpha=fade,
        )
