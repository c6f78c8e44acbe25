"""How a person is built and how the body is held: dress, bones, and a table of hands and feet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from animatic.colour import Colour
from animatic.ease import Point, knee, smooth, stride, there_and_back, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen

BONE = 0.145
"""Upper arm and forearm."""

GLIDING = frozenset({"glide", "ski", "surf", "skate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """What a person looks like.

    `skirt` ends at the knee, `robe` on the ground; `bulk` widens; `stoop` bends the old; `carries`
    holds the near hand forward. The parts are drawn at their turn: `behind` before all else, `over`
    on the trunk, `hat` on the head, `held` in the near hand, `other` in the far one.
    """

    skin: Colour
    hair: Colour
    shirt: Colour
    trousers: Colour
    shoes: Colour = 0x3A2E34
    sleeves: Colour | None = None
    gloves: Colour | None = None
    beard: Colour | None = None
    long_hair: bool = False
    bald: bool = False
    masked: bool = False
    skirt: bool = False
    robe: bool = False
    child: bool = False
    carries: bool = False
    stoop: float = 0.0
    bulk: float = 1.0
    behind: "Part | None" = None
    over: "Part | None" = None
    hat: "Part | None" = None
    held: "Part | None" = None
    other: "Part | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bones:
    """Where the body is at a moment. Pairs are near, then far."""

    hip: Point
    neck: Point
    head: Point
    r: float
    shoulders: tuple[Point, Point]
    elbows: tuple[Point, Point]
    hands: tuple[Point, Point]
    knees: tuple[Point, Point]
    feet: tuple[Point, Point]


Part = Callable[[Pen, Act, Bones, Dress], None]
"""Something worn or held."""


def bones(act: Act, d: Dress) -> Bones:
    """The body in its gait."""
    hip, neck = trunk(act, d)
    r = 0.125 if d.child else 0.095
    head = (neck[0] + 0.01 + 0.5 * d.stoop, neck[1] - r * 1.05 + 0.004 * act.breath())
    shoulders = (neck[0] - 0.05, neck[1] + 0.045), (neck[0] + 0.05, neck[1] + 0.045)
    near = "carry" if d.carries and act.gait in {"stand", "float", "walk"} else act.gait
    hands = _hand(act, near, shoulders[0], 0.0), _hand(act, act.gait, shoulders[1], 0.5)
    bone = 0.215 if d.child else 0.245
    hips = (hip[0] - 0.02, hip[1]), (hip[0] + 0.02, hip[1])
    feet = _foot(act, hips[0], 0.0), _foot(act, hips[1], 0.5)
    return Bones(
        hip=hip,
        neck=neck,
        head=head,
        r=r,
        shoulders=shoulders,
        elbows=(_elbow(shoulders[0], hands[0]), _elbow(shoulders[1], hands[1])),
        hands=hands,
        knees=(knee(hips[0], feet[0], bone, bone, -1), knee(hips[1], feet[1], bone, bone, -1)),
        feet=feet,
    )


def _elbow(shoulder: Point, hand: Point) -> Point:
    return knee(shoulder, hand, BONE, BONE, 1)


DOWN = {
    "sit": 0.25,
    "ride": 0.02,
    "broom": 0.02,
    "perch": 0.02,
    "surf": 0.09,
    "ski": 0.1,
    "skate": 0.07,
    "dig": 0.06,
}
LEAN = {"surf": 0.07, "ski": 0.13, "skate": 0.06, "dig": 0.1, "kick": -0.05, "cook": 0.02}


def trunk(act: Act, d: Dress) -> tuple[Point, Point]:
    """Hip and neck: they bob, crouch and lean with the gait."""
    bob = 0.0
    if act.gait == "run":
        bob = 0.035 * abs(wave(act.phase + 0.1))
    elif act.gait in {"walk", "dance", "sing", "play"}:
        bob = 0.014 * abs(wave(act.phase))
    sway = 0.03 * act.swing() if act.gait == "dance" else 0.0
    y = -(0.42 if d.child else 0.48) - bob + DOWN.get(act.gait, 0.0)
    if act.gait in GLIDING:
        y += 0.012 * act.swing()
    long = (0.26 if d.child else 0.3) - 0.5 * d.stoop
    return (sway, y), (LEAN.get(act.gait, 0.0) + d.stoop, y - long + 0.004 * act.breath())


# Hands: (act, shoulder, 0 for the near or 0.5 for the far one) → place

Hold = Callable[[Act, float, float, float], Point]


def _run(act: Act, x: float, y: float, side: float) -> Point:
    s = wave(act.phase * 0.75 + side + 0.5)
    return x + 0.06 + 0.17 * s, y + 0.17 - 0.06 * s


def _walk(act: Act, x: float, y: float, side: float) -> Point:
    return x + 0.15 * wave(act.phase * 0.75 + side + 0.5), y + 0.26


def _wave(act: Act, x: float, y: float, side: float) -> Point:
    return (x + 0.13 + 0.07 * act.swing(), y - 0.22) if side else _hang(act, x, y, side)


def _dance(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.2 if side else -0.2), y - 0.12 + 0.16 * wave(act.phase * 0.5 + side)


def _hang(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.02 if side else -0.03) + 0.008 * act.breath(), y + 0.275


def _eat(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return x + 0.11, y + 0.16
    up = smooth(0.5 + 0.8 * act.swing())
    return x + 0.2 - 0.05 * up, y + 0.12 - 0.17 * up


def _drink(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return _hang(act, x, y, side)
    up = smooth(0.5 + 0.9 * act.swing())
    return x + 0.2 - 0.02 * up, y + 0.1 - 0.13 * up


def _before(dx: float, dy: float) -> Hold:
    def hold(act: Act, x: float, y: float, side: float) -> Point:
        return x + (dx - 0.06 if side else dx), y + dy + 0.006 * act.swing(side)

    return hold


def _sing(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return x + 0.2, y - 0.02 - 0.09 * there_and_back(act.phase)
    return x + 0.19, y - 0.01


def _strum(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return x + 0.15, y + 0.05 + 0.01 * wave(act.phase * 0.5)
    return x + 0.11, y + 0.2 + 0.045 * wave(act.phase * 2)


def _bow(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return x + 0.2, y - 0.03
    return x + 0.2 + 0.06 * act.swing(), y + 0.06 + 0.05 * act.swing()


def _paint(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return x + 0.07, y + 0.19
    return x + 0.25 + 0.02 * wave(act.phase * 2), y + 0.0 + 0.06 * act.swing()


def _cook(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return x + 0.1 + 0.02 * wave(act.phase * 2), y + 0.13
    return x + 0.22 + 0.02 * act.swing(), y + 0.15 - 0.03 * max(0.0, act.swing(0.2))


def _climb(act: Act, x: float, y: float, side: float) -> Point:
    return 0.17, y - 0.1 + 0.09 * wave(act.phase * 0.5 + side)


def _balance(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.24 if side else -0.2), y + 0.04 + 0.05 * wave(act.phase * 0.5 + side)


def _poles(act: Act, x: float, y: float, side: float) -> Point:
    return x + 0.16 - 0.04 * act.swing(), y + 0.17 + 0.03 * act.swing(side * 0.2)


def _cheer(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.1 if side else -0.1), y - 0.23 + 0.04 * wave(act.phase + side * 0.3)


def _juggle(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.17 if side else 0.07), y + 0.15 - 0.05 * wave(act.phase + side)


def _fight(act: Act, x: float, y: float, side: float) -> Point:
    if side:
        return x + 0.12, y + 0.12
    cut = smooth(0.5 + 0.9 * act.swing())
    return x + 0.08 + 0.18 * cut, y - 0.18 + 0.26 * cut


def _kick(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.16 if side else -0.2) * (0.6 + 0.3 * act.swing()), y + 0.16


def _dig(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.17 if side else 0.1), y + (0.12 if side else 0.2) + 0.05 * act.swing()


def _clap(act: Act, x: float, y: float, side: float) -> Point:
    apart = 0.07 * abs(wave(act.phase))
    return 0.2 + (apart if side else -apart), y + 0.06


def _crawl(act: Act, x: float, y: float, side: float) -> Point:
    turn = act.phase + side
    return x + 0.2 * wave(turn), y - 0.1 + 0.18 * wave(turn + 0.25)


def _ahead(act: Act, x: float, y: float, side: float) -> Point:
    return x + (0.06 if side else 0.0), y - 0.27 + 0.01 * act.swing(side)


def _handle(act: Act, x: float, y: float, side: float) -> Point:
    """Both hands busy before the chest."""
    return x + 0.19 + 0.03 * act.swing(side), y + 0.15 + 0.025 * act.swing(side + 0.25)


HANDS: Mapping[str, Hold] = {
    "swim": _crawl,
    "dive": _crawl,
    "fly": _ahead,
    "run": _run,
    "walk": _walk,
    "wave": _wave,
    "dance": _dance,
    "sit": _before(0.17, 0.2),
    "ride": _before(0.21, 0.15),
    "broom": _before(0.24, 0.24),
    "perch": _before(0.13, 0.2),
    "drive": _before(0.22, 0.12),
    "eat": _eat,
    "drink": _drink,
    "read": _before(0.22, 0.1),
    "sing": _sing,
    "play": _strum,
    "fiddle": _bow,
    "paint": _paint,
    "cook": _cook,
    "climb": _climb,
    "glide": _balance,
    "surf": _balance,
    "skate": _balance,
    "ski": _poles,
    "cheer": _cheer,
    "clap": _clap,
    "handle": _handle,
    "juggle": _juggle,
    "fight": _fight,
    "kick": _kick,
    "dig": _dig,
    "fish": _before(0.24, 0.12),
    "carry": _before(0.2, 0.14),
}


def _hand(act: Act, gait: str, shoulder: Point, side: float) -> Point:
    return HANDS.get(gait, _hang)(act, *shoulder, side)


# Feet

Step = Callable[[Act, float, float, float], Point]


def _step(long: float, lift: float) -> Step:
    def step(act: Act, x: float, hip: float, side: float) -> Point:
        dx, dy = stride(act.phase * 0.75 + side, long, lift)
        return x + dx, dy

    return step


def _dance_step(act: Act, x: float, hip: float, side: float) -> Point:
    return x + 0.07 * wave(act.phase * 0.5 + side), -0.07 * max(0.0, wave(act.phase + side))


def _climb_step(act: Act, x: float, hip: float, side: float) -> Point:
    return 0.13, hip + 0.36 + 0.08 * wave(act.phase * 0.5 + side + 0.5)


def _kick_step(act: Act, x: float, hip: float, side: float) -> Point:
    if side:
        return x, 0.0
    swing = act.swing()
    return x + 0.06 + 0.24 * swing, -0.06 - 0.14 * max(0.0, swing) - 0.05 * max(0.0, -swing)


def _apart(back: float, front: float) -> Step:
    def step(act: Act, x: float, hip: float, side: float) -> Point:
        return x + (front if side else back), 0.0

    return step


FEET: Mapping[str, Step] = {
    "walk": _step(0.3, 0.06),
    "run": _step(0.5, 0.2),
    "dance": _dance_step,
    "climb": _climb_step,
    "kick": _kick_step,
    "sit": _apart(0.26, 0.28),
    "surf": _apart(-0.14, 0.16),
    "skate": _apart(-0.13, 0.14),
    "ski": _apart(-0.02, 0.03),
    "fight": _apart(-0.13, 0.12),
    "dig": _apart(-0.1, 0.1),
    "ride": lambda act, x, hip, side: (x + 0.12, hip + 0.32),
    "broom": lambda act, x, hip, side: (x - 0.1 + 0.04 * side, hip + 0.34),
    "perch": lambda act, x, hip, side: (x + 0.2 + 0.02 * act.swing(side), hip + 0.3),
    "dive": lambda act, x, hip, side: (x + 0.06 * wave(act.phase * 2 + side), -0.02),
    "swim": lambda act, x, hip, side: (x + 0.06 * wave(act.phase * 2 + side), -0.02),
    "fly": lambda act, x, hip, side: (x - (0.04 if side else 0.07), -0.01),
}


def _foot(act: Act, hip: Point, side: float) -> Point:
    step = FEET.get(act.gait)
    if step is None:
        return hip[0] + (0.03 if side else -0.03), 0.0
    return step(act, *hip, side)
