"""Where all stand: side by side, in rows, on one another, about each other."""

from collections.abc import Mapping
from dataclasses import replace

from animatic.camera import LOFTY
from animatic.casting import (
    LONG,
    action_of,
    actor_of,
    at_rest,
    face_the_middle,
    head_of,
    height_of,
    is_aloft,
    is_scenic,
    look_of,
    share_of_height,
    stands_on,
    traits_of,
    width_of,
)
from animatic.dice import Dice
from animatic.lexicon import lexicon
from animatic.mentions import Mention, Reading
from animatic.relations import ASIDE, in_order, keep_apart, put_beside, relate
from animatic.scene import Actor
from animatic.traits import SubjectTraits

CROWD = 5

BROAD = 1.2
"""From this aspect on, one figure stands off the middle."""

SLIM = 0.7
"""Narrower than this is built like a person."""


LOOSE = 0.62
"""How much of the width one long figure takes: it stretches as it runs, and cameras come nearer."""

FROM_ABOVE = 0.66

TALLEST = 0.72
"""No actor takes more of the frame's height than this."""


def all_actors(reading: Reading, seed: int, aspect: float, facing: int) -> tuple[Actor, ...]:
    """All individuals, placed: what lives in front, scenery about it, nobody on another."""
    guests = {m.name: m for m in reading.mentions if _seat(m, reading.mentions)}
    free = [m for m in reading.mentions if m.name not in guests]
    held = {m.host for m in guests.values()}
    heroes = [m for m in free if not traits_of(m).scenery or m.name in held]
    scenery = [m for m in free if m not in heroes]
    closer = lexicon().closer(reading.framing)
    if reading.camera in LOFTY and reading.framing is None:
        closer = FROM_ABOVE
    if any(_is_stacked(m, reading.mentions) for m in guests.values()):
        closer *= STACKED
    front = in_order(heroes or scenery)
    back = scenery if heroes else []
    stars = _heroes(front, seed, aspect, facing, closer)
    if len(stars) == 1 and not guests:
        stars = [_alone(stars[0], front[0], reading, aspect)]
    actors = (*_scenery(back, seed, aspect, closer), *stars)
    placed = keep_apart(put_beside(actors, reading.mentions, aspect), reading.mentions)
    placed = relate(placed, reading.mentions, facing)
    return _seat_guests(placed, list(guests.values()), seed)


SEATS: Mapping[str, tuple[float, float]] = {"on": (0.0, 0.97), "in": (0.0, 0.3)}
"""Where a guest is on a host that does not say: across and up, in the host's heights."""

HAD: Mapping[str, tuple[float, float]] = {
    "hand": (0.17, 0.4),
    "umbrella": (0.16, 0.48),
    "balloon": (0.34, 0.62),
}
"""Where a person has what is in the hand; some things, elsewhere."""

WORN: Mapping[str, tuple[float, float, float]] = {
    "crown": (0.0, 0.3, 2.7),
    "face": (0.0, -0.4, 1.9),
    "neck": (0.0, -3.2, 2.0),
    "nape": (-0.9, -1.8, 1.5),
}
"""Where a worn thing ends, from the middle of a head, and how wide it is, in the head's radius."""

PAWFUL = 0.4
"""What an animal holds is no larger than this share of it: its face is seen."""

STACK = 0.55
"""Who is larger than what carries it takes no more than this of the frame's height."""

PERCH = (0.2, 0.52)
"""Among the leaves of a tree."""


SADDLED = (-0.06, 0.62)
"""On the back of an animal, legs on both sides."""

TOP_OF_BACK = (-0.06, 0.73)

STACKED = 0.68
"""How much smaller one thing on another is drawn, that both be in the frame."""


def _is_stacked(m: Mention, mentions: tuple[Mention, ...]) -> bool:
    """Whether it stands on top of what has no deck for it."""
    hosts = [traits_of(h) for h in mentions if h.name == m.host]
    return m.place == "on" and bool(hosts) and not (hosts[0].deck or hosts[0].scenery)


def _seat(m: Mention, mentions: tuple[Mention, ...]) -> tuple[float, float] | None:
    """Where on its host a guest stands or sits, if it can."""
    hosts = [h for h in mentions if h.name == m.host and h is not m]
    carried = bool(hosts) and bool(hosts[0].host) and m.place not in {"worn", "hand"}
    if not hosts or m.place not in {*SEATS, *HAD, "worn"} or carried:
        return None
    traits = traits_of(hosts[0])
    if m.place in HAD or m.place == "worn":
        return _had(m, hosts[0])
    if traits.deck:
        return traits.deck
    if traits.alive and (m.action == "ride" or traits_of(m).human):
        return None if traits.human else SADDLED
    if traits.scenery and height_of(hosts[0]) > 2 * height_of(m):
        return PERCH if m.place in {"on", "in"} else None
    if m.place != "on" or traits.human:
        return None
    return TOP_OF_BACK if traits.alive else SEATS["on"]


def _had(m: Mention, holder: Mention) -> tuple[float, float] | None:
    """Where one has a thing: worn at its head, in the hand, or before the mouth."""
    (x, y, r), traits = head_of(holder), traits_of(holder)
    if m.place == "worn" and (worn := traits_of(m).worn):
        along, up, _ = WORN["nape" if worn == "neck" and traits.aspect > LONG else worn]
        return x + along * r, y + up * r
    if traits.human:
        return HAD.get(m.name, HAD["hand"])
    return x + 0.3 * r, y - 1.1 * r - 0.8 * _share_of_host(m, holder)


def _seat_guests(actors: tuple[Actor, ...], guests: list[Mention], seed: int) -> tuple[Actor, ...]:
    """Guests on their hosts, side by side."""
    cast = list(actors)
    for m in sorted(guests, key=lambda m: m.place in {"worn", "hand"}):
        hosts = [k for k, a in enumerate(cast) if a.subject == m.host]
        for k in range(m.count if hosts else 0):
            index = hosts[k % len(hosts)]
            host = cast[index]
            aside = k // len(hosts) - (m.count // len(hosts) - 1) / 2
            guest = _guest(m, Dice(seed, m.name, k), host, index, aside)
            share = min(1.0, STACK / guest.height) if guest.height > host.height else 1.0
            cast[index] = replace(cast[index], height=host.height * share)
            cast.append(replace(guest, height=guest.height * share))
    return tuple(cast)


def _guest(m: Mention, dice: Dice, host: Actor, index: int, aside: float) -> Actor:
    """One on its host, `aside` seats from the middle: it faces as the host does."""
    holder = Mention(name=host.subject, look=host.look)
    across, up = _seat(m, (m, holder)) or SEATS["on"]
    mounted = up == SADDLED[1] and traits_of(m).human
    height = host.height * _share_of_host(m, holder)
    guest = actor_of(m, dice, host.x, host.depth, height, host.facing)
    action = "ride" if mounted else guest.action if guest.action not in ABROAD else "sit"
    if action == "sit" and traits_of(m).human:
        action = "perch"
    low = SADDLE * height / host.height if action in {"perch", "ride"} else 0.0
    gap = 0.5 * height / host.height * traits_of(m).aspect
    return replace(
        guest,
        stands=host.stands,
        facing=host.facing,
        action=action,
        travel=0.0,
        host=index,
        seat_x=across + aside * gap * 1.7,
        seat_y=up - low,
    )


def _share_of_host(m: Mention, host: Mention) -> float:
    """How tall a guest is, in its host's heights: the living less unlike than in life."""
    traits = traits_of(m)
    if m.place == "worn" and traits.worn:
        return WORN[traits.worn][2] * head_of(host)[2] / traits.aspect
    ratio = height_of(m) / traits_of(host).height
    if m.place == "hand" and not traits_of(host).human:
        return min(PAWFUL, ratio)
    return min(3.0, max(0.2, float(ratio ** (0.6 if traits.alive else 0.75))))


ABROAD = frozenset({"walk", "run", "fly", "drive", "sail", "swim"})
"""What one does not do on another's back."""

SADDLE = 0.43
"""How high the seat of a rider is, in its own heights."""


def dive_under_water(actors: tuple[Actor, ...], setting: str) -> tuple[Actor, ...]:
    """Under water people swim with their whole body."""
    if setting != "underwater":
        return actors
    return tuple(
        replace(a, action="dive")
        if a.action == "swim" and lexicon().subject(a.subject).human
        else a
        for a in actors
    )


def _alone(actor: Actor, mention: Mention, reading: Reading, aspect: float) -> Actor:
    """One who has the frame: off its middle, looking into it; close up, filling it."""
    if reading.framing == "face" and traits_of(mention).human:
        return _close_to_face(actor, traits_of(mention), aspect)
    if reading.framing in {"close", "face"}:
        return _close(actor, traits_of(mention).aspect, aspect)
    if aspect > BROAD:
        return replace(actor, x=actor.x - (0.08 if actor.travel else 0.1) * actor.facing)
    return actor


def _close_to_face(actor: Actor, traits: SubjectTraits, aspect: float) -> Actor:
    """Head and shoulders: the head a little above the middle of the frame."""
    x, y, r = traits.head
    high = 1 / min(aspect, 1.0)
    height = 0.2 * min(high, 1.3) / r
    aside = x * height / max(aspect, 1.0)
    return replace(
        actor, x=0.5 - aside * actor.facing, depth=1.0, height=height, sunk=height * y - 0.43 * high
    )


def _close(actor: Actor, wide: float, aspect: float) -> Actor:
    """So near that the head is high in the frame, and feet may be below it."""
    across, high = max(aspect, 1.0), 1 / min(aspect, 1.0)
    height = min((1.45 if wide < SLIM else 0.9) * min(high, 1.3), 1.1 * across / max(wide, 0.4))
    aside = 0.24 * actor.facing * height * wide / across if wide > LONG else 0.0
    sunk = max(0.0, height - 0.7 * high) if actor.stands == "ground" else 0.0
    return replace(actor, x=0.5 - aside, depth=1.0, height=height, sunk=sunk)


def keep_in_step(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Travellers keep pace with the fastest: a tracking camera holds them all.

    Beside some who stay where they are, the others move on the spot: none leaves the picture.
    """
    if any(a.travel == 0 and a.host < 0 and not is_scenic(a) for a in actors):
        return tuple(replace(a, travel=0.0) for a in actors)
    fastest = max((actor.travel for actor in actors), default=0.0)
    return tuple(replace(a, travel=fastest) if a.travel else a for a in actors)


def _heroes(
    mentions: list[Mention], seed: int, aspect: float, facing: int, closer: float
) -> list[Actor]:
    people = [replace(m, look=look_of(m, k)) for m in mentions for k in range(m.count)]
    ranks = {m.name: k for k, m in reversed(list(enumerate(people)))}
    actors: list[Actor] = []
    told: list[str | None] = []
    for name in ("places", "aloft"):
        group = [m for m in people if is_aloft(m) == (name == "aloft")]
        base, places = _places(group, people, Dice(seed, name), aspect, closer)
        if len(group) > 1 and all(stands_on(m) == "air" for m in group):
            base *= 0.62
        if name == "aloft" and len(group) == 1 and actors:
            places = [(x + ASIDE * facing, depth) for x, depth in places]
        for k, (m, (x, depth)) in enumerate(zip(group, places, strict=True)):
            height = base * share_of_height(m, people) * (0.62 + 0.38 * depth)
            dice = Dice(seed, m.name, k + ranks[m.name])
            actors.append(actor_of(m, dice, x, depth, height, facing))
            told.append(m.action)
    if any(not a.travel for a in actors):
        actors = [a if t else at_rest(a) for a, t in zip(actors, told, strict=True)]
    return [face_the_middle(a) for a in actors]


def _places(
    group: list[Mention], people: list[Mention], dice: Dice, aspect: float, closer: float
) -> tuple[float, list[tuple[float, float]]]:
    """The height of the tallest, and for each (x, depth): side by side, each as wide as it is.

    Those in one row stand clear of each other; rows may overlap a little, as in a photograph.
    """
    if not group:
        return 1.0, []
    width, count = max(aspect, 1.0), len(group)
    rows = _rows(count, aspect)
    wides = [share_of_height(m, people) * max(0.5, width_of(m)) for m in group]
    alone = 0.5 * (1 + 0.35 * min(1.0, 1 / min(aspect, 1.0) - 1))
    slim = all(width_of(m) < SLIM for m in group)
    room = _room(group, wides) * width * float(rows**0.55) / sum(wides)
    base = min(min(alone * (1.25 if slim else 1.0), room) * closer, TALLEST / min(aspect, 1.0))
    if count == 1:
        return base, [(dice.around(0.5, 0.04), 0.8)]
    turn = int(dice.between(0, rows))
    share = (0.84 if count < CROWD else 0.94) / sum(wides)
    left, places = 0.5 - share * sum(wides) / 2, []
    for k, wide in enumerate(wides):
        x = dice.around(left + share * wide / 2, 0.05 / count)
        places.append((x, dice.around(0.88 - 0.3 * ((k + turn) % rows), 0.05)))
        left += share * wide
    return base, places


def _room(group: list[Mention], wides: list[float]) -> float:
    """The share of the width that a group may fill."""
    if len(group) > 1:
        return 0.84
    return LOOSE if wides[0] > LONG and action_of(group[0]) != "sit" else 0.92


def _rows(count: int, aspect: float) -> int:
    """How many deep they stand."""
    if count <= (1 if aspect < 1 else 3):
        return 1
    return 2 if count <= CROWD else 3


def _scenery(mentions: list[Mention], seed: int, aspect: float, closer: float) -> list[Actor]:
    actors = []
    for m in mentions:
        tall = height_of(m) > 1
        count = max(m.count, 1 if tall else 5)
        for k in range(count):
            dice = Dice(seed, "scenery", m.name, k)
            edge = (k + 0.5) / count + dice.around(0, 0.3 / count)
            x = edge if count > 1 else dice.pick((0.2, 0.8)) + dice.around(0, 0.05)
            depth = dice.between(0.05, 0.4) if tall else dice.between(0.3, 1.0)
            height = (0.75 if tall else 0.17) * (0.6 + 0.5 * depth) * closer**0.5
            actors.append(actor_of(m, dice, x, depth, height, 1))
    return actors
