"""A reading and a seed → a scene: a plain value that can be stored, changed and continued."""

import colorsys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from animatic.camera import LOFTY
from animatic.colour import Colour, hsl, split
from animatic.dice import Dice
from animatic.lexicon import lexicon
from animatic.reading import Mention, Reading

ABSTRACT = "abstract"
HUES = (0.01, 0.06, 0.11, 0.44, 0.5, 0.55, 0.6, 0.66, 0.72, 0.78, 0.85, 0.93)
FORMS = (ABSTRACT, "abstract_dunes", "abstract_orbits", "abstract_blossom")
"""What is shown where nothing is known: the words decide."""

VERSION = 1
CROWD = 5
ALOFT = 0.72
"""What is in the air is further away."""

BROAD = 1.2
"""From this aspect on, one figure stands off the middle."""

YOUNG = frozenset({"boy", "girl"})
CHILD = 0.65
"""A child's height, in a grown-up's."""

SLIM = 0.7
"""Narrower than this is built like a person."""

ASIDE = 0.22
"""One in the air is so far from the middle, where the others are."""

HIGH = 0.25

LONG = 1.25
"""Wider than this is built like a dog: its head is at one end."""

LOOSE = 0.62
"""How much of the width one long figure takes: it stretches as it runs, and cameras come nearer."""

FROM_ABOVE = 0.66
NEAR_BLUR = 0.007
"""How far out of focus the land is in a close-up."""

TALLEST = 0.72
"""No actor takes more of the frame's height than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One individual. `x` is a share of the width, `depth` 0 far … 1 near; `height` in units.

    `host` is the index of the actor that it is on, at (`seat_x`, `seat_y` up) of that one's box.
    `sunk` is how far below its ground it stands, in units: in a close-up, out of the frame.
    """

    subject: str
    stands: str
    x: float
    depth: float
    height: float
    facing: int = 1
    action: str = "stand"
    look: str = ""
    colour: Colour | None = None
    travel: float = 0.0
    tempo: float = 1.0
    phase: float = 0.0
    seed: float = 0.0
    host: int = -1
    seat_x: float = 0.0
    seat_y: float = 0.0
    sunk: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn, whatever the size and the rate. `start` is the scene time of frame 0.

    `span` is the seconds over which the camera makes its move once; `travel` the speed at which a
    tracking camera follows, in stage widths a second; `blur` puts the land out of focus.
    """

    setting: str
    hour: str
    style: str
    camera: str
    actors: tuple[Actor, ...] = ()
    weather: Mapping[str, float] = field(default_factory=dict)
    palette: tuple[Colour, ...] = ()
    amount: float = 1.0
    pace: float = 1.0
    travel: float = 0.0
    sun: int = 0
    seed: int = 0
    span: float = 8.0
    start: float = 0.0
    blur: float = 0.0
    version: int = VERSION

    def continued(self, seconds: float) -> "Scene":
        """The same scene from `seconds` later: its first frame follows the last without a jump."""
        return replace(self, start=self.start + seconds)

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Scene":
        """From plain data."""
        actors = tuple(Actor(**actor) for actor in data["actors"])
        return cls(**{**data, "actors": actors, "palette": tuple(data["palette"])})


def compose(reading: Reading, seed: int, *, aspect: float, span: float = 8.0) -> Scene:
    """The scene that a reading asks for. The seed varies placement, palette and rhythm only."""
    dice = Dice(seed, "scene")
    facing = dice.pick((-1, 1))
    setting = _setting(reading)
    actors = _in_step(_submerged(_cast(reading, seed, aspect, facing), setting))
    return Scene(
        setting=setting,
        hour=_hour(reading, dice),
        style=reading.style or "plain",
        camera=_camera(reading, actors, dice),
        actors=actors,
        weather=dict(reading.weather),
        palette=_palette(reading, seed),
        amount=dice.between(0.85, 1.15),
        pace=_pace(reading),
        travel=_travel(actors) * facing,
        sun=dice.pick((-1, 1)),
        seed=seed,
        span=max(span, 1.0),
        blur=NEAR_BLUR if reading.framing == "close" else 0.0,
    )


def revise(scene: Scene, reading: Reading, *, aspect: float) -> Scene:
    """A scene changed by a new prompt: what the prompt does not name stays as it was."""
    fresh = compose(reading, scene.seed, aspect=aspect, span=scene.span)
    kept = replace(fresh, start=scene.start, sun=scene.sun, amount=scene.amount)
    if not reading.mentions:
        kept = replace(kept, actors=scene.actors, travel=scene.travel)
    if not reading.settings and not (reading.mentions and scene.setting.startswith(ABSTRACT)):
        kept = replace(kept, setting=scene.setting)
    if reading.camera is None and not reading.mentions:
        kept = replace(kept, camera=scene.camera)
    return replace(
        kept,
        weather={**scene.weather, **reading.weather},
        hour=kept.hour if reading.hour or reading.weather else scene.hour,
        style=reading.style or scene.style,
        palette=scene.palette,
    )


def _setting(reading: Reading) -> str:
    """The place named, before a vague one (sky) and before those where the subjects live."""
    lex = lexicon()
    if reading.settings:
        return min(reading.settings, key=lambda s: bool(lex.traits("setting", s).get("vague")))
    hosts = [m for m in reading.mentions if any(g.host == m.name for g in reading.mentions)]
    homes = [m.home or _traits(m).get("home", "meadow") for m in (*hosts, *reading.mentions)]
    homes += [h for w in reading.weather if (h := lex.traits("weather", w).get("home"))]
    if homes:
        return str(homes[0])
    if reading.weather or reading.hour:
        return "meadow" if not reading.text.strip() else "mountains"
    return Dice(0, "form", reading.text).pick(FORMS)


def _hour(reading: Reading, dice: Dice) -> str:
    if reading.hour:
        return reading.hour
    for setting in reading.settings:
        if implied := lexicon().traits("setting", setting).get("hour"):
            return str(implied)
    for weather in reading.weather:
        if implied := lexicon().traits("weather", weather).get("hour"):
            return str(implied)
    if "sun" in reading.weather:
        return "sunny"
    return dice.pick(("day", "morning", "sunny"))


def _camera(reading: Reading, actors: tuple[Actor, ...], dice: Dice) -> str:
    if reading.camera:
        return reading.camera
    stars = [a for a in actors if a.host < 0 and not _scenic(a)]
    if stars and all(actor.travel > 0 for actor in stars):
        return "track"
    if any(actor.action == "sleep" for actor in actors):
        return "push"
    if len(stars) > 1:
        return "drift"  # whoever comes nearer loses those at the sides
    return dice.pick(("drift", "push", "dolly"))


def _scenic(actor: Actor) -> bool:
    return bool(lexicon().traits("subject", actor.subject).get("scenery"))


def _pace(reading: Reading) -> float:
    """How fast time goes; where nothing is known, the words have their own rhythm."""
    named = float(lexicon().traits("pace", reading.pace or "").get("speed", 1.0))
    return named if reading.known else named * Dice(0, "rhythm", reading.text).between(0.7, 1.6)


def _travel(actors: tuple[Actor, ...]) -> float:
    return max((actor.travel for actor in actors), default=0.0)


def _palette(reading: Reading, seed: int) -> tuple[Colour, ...]:
    """Colours that follow from the words: deep, middle, warm, an accent, pale, another deep.

    Neighbours on the wheel, and one from across it; the seed turns them a little.
    """
    words = Dice(0, "palette", reading.text)
    hue = words.pick(HUES) + Dice(seed, "palette").around(0, 0.03)
    step, across = words.pick((-0.09, -0.06, 0.06, 0.09)), words.pick((0.36, 0.45, 0.5, 0.58))
    named = [int(lexicon().traits("colour", name)["rgb"]) for name in reading.colours]
    if named:
        hue = colorsys.rgb_to_hls(*(part / 255 for part in split(named[0])))[0]
    rest = [
        hsl(hue, 0.58, 0.27),
        hsl(hue + step, 0.6, 0.45),
        hsl(hue + 2 * step, 0.68, 0.6),
        hsl(hue + across, 0.78, 0.62),
        hsl(hue + 2.5 * step, 0.7, 0.84),
        hsl(hue - step, 0.52, 0.4),
    ]
    order = (2, 3, 1, 5)
    for place, colour in zip(order, named, strict=False):
        rest[place] = colour
    return tuple(rest)


def _traits(mention: Mention) -> Mapping[str, Any]:
    return lexicon().traits("subject", mention.name)


def _cast(reading: Reading, seed: int, aspect: float, facing: int) -> tuple[Actor, ...]:
    """All individuals, placed: what lives in front, scenery about it, nobody on another."""
    guests = {m.name: m for m in reading.mentions if _seat(m, reading.mentions)}
    free = [m for m in reading.mentions if m.name not in guests]
    held = {m.host for m in guests.values()}
    heroes = [m for m in free if not _traits(m).get("scenery") or m.name in held]
    scenery = [m for m in free if m not in heroes]
    closer = float(lexicon().traits("framing", reading.framing or "").get("closer", 1.0))
    if reading.camera in LOFTY and reading.framing is None:
        closer = FROM_ABOVE
    front = heroes or scenery
    back = scenery if heroes else []
    stars = _heroes(front, seed, aspect, facing, closer)
    if len(stars) == 1 and not guests:
        stars = [_alone(stars[0], front[0], reading, aspect)]
    actors = (*_scenery(back, seed, aspect, closer), *stars)
    return _seated(_beside(actors, reading.mentions, aspect), list(guests.values()), seed)


def _beside(
    actors: tuple[Actor, ...], mentions: tuple[Mention, ...], aspect: float
) -> tuple[Actor, ...]:
    """A tree that one is under or by stands right behind that one."""
    cast = list(actors)
    for m in mentions:
        guests = [a for a in cast if a.subject == m.name]
        hosts = [k for k, a in enumerate(cast) if a.subject == m.host and _scenic(a)]
        for k, guest in zip(hosts, guests, strict=False):
            host = cast[k]
            wide = float(lexicon().traits("subject", host.subject).get("aspect", 1.0))
            aside = (0.22 if m.place == "under" else 0.45) * host.height * wide
            side = -1 if guest.x > 0.5 else 1
            x = guest.x + side * aside / max(aspect, 1.0)
            cast[k] = replace(host, x=x, depth=max(0.0, guest.depth - 0.25))
    return tuple(cast)


SEATS: Mapping[str, tuple[float, float]] = {"on": (0.0, 0.97), "in": (0.0, 0.3)}
"""Where a guest is on a host that does not say: across and up, in the host's heights."""

PERCH = (0.2, 0.52)
"""Among the leaves of a tree."""


def _seat(m: Mention, mentions: tuple[Mention, ...]) -> tuple[float, float] | None:
    """Where on its host a guest stands or sits, if it can."""
    hosts = [h for h in mentions if h.name == m.host and h is not m]
    if not hosts or m.place not in SEATS or hosts[0].host:
        return None
    traits = _traits(hosts[0])
    if "deck" in traits:
        across, up = traits["deck"]
        return float(across), float(up)
    if traits.get("alive") and m.action == "ride":
        return -0.06, 0.62
    if traits.get("scenery") and _size(hosts[0]) > 2 * _size(m):
        return PERCH if m.place in {"on", "in"} else None
    return SEATS["on"] if m.place == "on" and traits.get("goes") else None


def _seated(actors: tuple[Actor, ...], guests: list[Mention], seed: int) -> tuple[Actor, ...]:
    """Guests on their hosts: side by side, facing as these do, moving with them."""
    cast = list(actors)
    for m in guests:
        hosts = [k for k, a in enumerate(actors) if a.subject == m.host]
        across, up = _seat(m, (m, Mention(name=m.host or ""))) or SEATS["on"]
        for k in range(m.count if hosts else 0):
            index = hosts[k % len(hosts)]
            host = actors[index]
            ratio = (_size(m) / _host_size(host)) ** 0.6
            height = host.height * min(0.95, max(0.2, ratio))
            guest = _actor(m, Dice(seed, m.name, k), host.x, host.depth, height, host.facing)
            gap = 0.5 * height / host.height * float(_traits(m).get("aspect", 1.0))
            offset = (k // len(hosts) - (m.count // len(hosts) - 1) / 2) * gap * 1.7
            action = guest.action if guest.action not in ABROAD else "sit"
            if action == "sit" and _traits(m).get("human"):
                action = "perch"
            low = SADDLE * height / host.height if action in {"perch", "ride"} else 0.0
            cast.append(
                replace(
                    guest,
                    stands=host.stands,
                    facing=host.facing,
                    action=action,
                    travel=0.0,
                    host=index,
                    seat_x=across + offset,
                    seat_y=up - low,
                )
            )
    return tuple(cast)


ABROAD = frozenset({"walk", "run", "fly", "drive", "sail", "swim"})
"""What one does not do on another's back."""


SADDLE = 0.43
"""How high the seat of a rider is, in its own heights."""


def _host_size(host: Actor) -> float:
    return float(lexicon().traits("subject", host.subject).get("height", 1.0))


def _submerged(actors: tuple[Actor, ...], setting: str) -> tuple[Actor, ...]:
    """Under water people swim with their whole body."""
    if setting != "underwater":
        return actors
    return tuple(
        replace(a, action="dive")
        if a.action == "swim" and lexicon().traits("subject", a.subject).get("human")
        else a
        for a in actors
    )


def _alone(actor: Actor, mention: Mention, reading: Reading, aspect: float) -> Actor:
    """One who has the frame: off its middle, looking into it; close up, filling it."""
    if reading.framing == "close":
        return _close(actor, float(_traits(mention).get("aspect", 1.0)), aspect)
    if aspect > BROAD:
        return replace(actor, x=actor.x - (0.08 if actor.travel else 0.1) * actor.facing)
    return actor


def _close(actor: Actor, wide: float, aspect: float) -> Actor:
    """So near that the head is high in the frame, and feet may be below it."""
    across, high = max(aspect, 1.0), 1 / min(aspect, 1.0)
    height = min((1.45 if wide < SLIM else 0.9) * min(high, 1.3), 1.1 * across / max(wide, 0.4))
    aside = 0.24 * actor.facing * height * wide / across if wide > LONG else 0.0
    sunk = max(0.0, height - 0.7 * high) if actor.stands == "ground" else 0.0
    return replace(actor, x=0.5 - aside, depth=1.0, height=height, sunk=sunk)


def _in_step(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Travellers keep pace with the fastest: a tracking camera holds them all.

    Beside some who stay where they are, the others move on the spot: none leaves the picture.
    """
    if any(a.travel == 0 and a.host < 0 and not _scenic(a) for a in actors):
        return tuple(replace(a, travel=0.0) for a in actors)
    fastest = max((actor.travel for actor in actors), default=0.0)
    return tuple(replace(a, travel=fastest) if a.travel else a for a in actors)


def _heroes(
    mentions: list[Mention], seed: int, aspect: float, facing: int, closer: float
) -> list[Actor]:
    people = [replace(m, look=_look(m, k)) for m in mentions for k in range(m.count)]
    ranks = {m.name: k for k, m in reversed(list(enumerate(people)))}
    actors: list[Actor] = []
    told: list[str | None] = []
    for name in ("places", "aloft"):
        group = [m for m in people if _high(m) == (name == "aloft")]
        base, places = _places(group, people, Dice(seed, name), aspect, closer)
        if len(group) > 1 and all(_stands(m) == "air" for m in group):
            base *= 0.62
        if name == "aloft" and len(group) == 1 and actors:
            places = [(x + ASIDE * facing, depth) for x, depth in places]
        for k, (m, (x, depth)) in enumerate(zip(group, places, strict=True)):
            height = base * _share(m, people) * (0.62 + 0.38 * depth)
            dice = Dice(seed, m.name, k + ranks[m.name])
            actors.append(_actor(m, dice, x, depth, height, facing))
            told.append(m.action)
    if any(not a.travel for a in actors):
        actors = [a if t else _parked(a) for a, t in zip(actors, told, strict=True)]
    return [_opposed(a) for a in actors]


def _high(m: Mention) -> bool:
    """Whether it is up in the air: it needs no place on the ground."""
    lift = lexicon().traits("action", _doing(m)).get("lift", 0.0)
    return _stands(m) == "air" or float(lift) >= HIGH


def _opposed(actor: Actor) -> Actor:
    """Fighters look to the middle."""
    return replace(actor, facing=1 if actor.x < 0.5 else -1) if actor.action == "fight" else actor


def _parked(actor: Actor) -> Actor:
    """Nobody said that it goes, and others stay: it waits."""
    return replace(actor, action="stand") if actor.travel and actor.stands == "ground" else actor


def _look(m: Mention, k: int) -> str | None:
    """The look of the k-th of them: a couple is "man woman"."""
    looks = (m.look or "").split()
    return looks[k % len(looks)] if looks else None


def _share(m: Mention, people: list[Mention]) -> float:
    """How tall one is beside the tallest: less unlike than in life, that all be seen."""
    return float((_size(m) / max(_size(other) for other in people)) ** 0.5)


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
    wides = [_share(m, people) * max(0.5, _wide(m)) for m in group]
    alone = 0.5 * (1 + 0.35 * min(1.0, 1 / min(aspect, 1.0) - 1))
    slim = all(_wide(m) < SLIM for m in group)
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
    return LOOSE if wides[0] > LONG and _doing(group[0]) != "sit" else 0.92


def _rows(count: int, aspect: float) -> int:
    """How many deep they stand."""
    if count <= (1 if aspect < 1 else 3):
        return 1
    return 2 if count <= CROWD else 3


def _scenery(mentions: list[Mention], seed: int, aspect: float, closer: float) -> list[Actor]:
    actors = []
    for m in mentions:
        tall = _size(m) > 1
        count = max(m.count, 1 if tall else 5)
        for k in range(count):
            dice = Dice(seed, "scenery", m.name, k)
            edge = (k + 0.5) / count + dice.around(0, 0.3 / count)
            x = edge if count > 1 else dice.pick((0.2, 0.8)) + dice.around(0, 0.05)
            depth = dice.between(0.05, 0.4) if tall else dice.between(0.3, 1.0)
            height = (0.75 if tall else 0.17) * (0.6 + 0.5 * depth) * closer**0.5
            actors.append(_actor(m, dice, x, depth, height, 1))
    return actors


def _actor(m: Mention, dice: Dice, x: float, depth: float, height: float, facing: int) -> Actor:
    traits = _traits(m)
    name = _doing(m)
    action = lexicon().traits("action", name)
    colour = lexicon().traits("colour", m.colour).get("rgb") if m.colour else None
    lexical = float(lexicon().traits("size", m.size or "").get("scale", 1.0))
    alive = bool(traits.get("alive"))
    stands = _stands(m)
    travel = float(action.get("travel", 0.0))
    return Actor(
        subject=m.name,
        stands=stands,
        x=x,
        depth=depth,
        height=height * lexical * (ALOFT if stands == "air" else 1.0),
        facing=facing if travel or not alive else (1 if dice.around(x, 0.3) < 0.5 else -1),
        action=name,
        look=m.look or "",
        colour=colour,
        travel=travel * height,
        tempo=float(action.get("tempo", 0.5)) * dice.around(1.0, 0.06),
        phase=dice.between(0, 1),
        seed=dice.between(0, 1),
    )


def _doing(m: Mention) -> str:
    """What one does: as the prompt says, or its word; a vehicle goes in its own way."""
    traits = _traits(m)
    name = m.action or m.does or str(traits.get("does", "stand"))
    if traits.get("goes") and lexicon().traits("action", name).get("going"):
        return str(traits["goes"])
    return name


def _stands(m: Mention) -> str:
    """Where it is: what flies comes down, what swims goes in."""
    traits = _traits(m)
    stands = str(traits.get("stands", "ground"))
    action = lexicon().traits("action", _doing(m))
    if stands == "air" and m.action and not action.get("lift") and not traits.get("goes"):
        return "ground"
    if stands == "ground" and action.get("water") and traits.get("alive"):
        return "water"
    return stands


def _wide(m: Mention) -> float:
    """Its width for its height; who sleeps lies down."""
    wide = float(_traits(m).get("aspect", 1.0))
    return wide + (0.4 if m.action == "sleep" else 0.2 if wide > 1.1 * LONG else 0.0)


def _size(mention: Mention) -> float:
    young = bool(mention.look) and set((mention.look or "").split()) <= YOUNG
    return float(_traits(mention).get("height", 1.0)) * (CHILD if young else 1.0)
