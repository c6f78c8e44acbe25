"""A reading and a seed → a scene: place, hour, camera, colours, and who is there."""

import colorsys
from dataclasses import replace

from animatic.casting import is_scenic, recast, traits_of
from animatic.colour import Colour, hsl, split
from animatic.dice import Dice
from animatic.lexicon import lexicon
from animatic.light import HOURS
from animatic.mentions import Reading
from animatic.scene import ABSTRACT, CARD, Actor, Scene
from animatic.staging import all_actors, dive_under_water, keep_in_step

HUES = (0.01, 0.06, 0.11, 0.44, 0.5, 0.55, 0.6, 0.66, 0.72, 0.78, 0.85, 0.93)
FORMS = (ABSTRACT, "abstract_dunes", "abstract_orbits", "abstract_blossom")
"""What is shown where nothing is known: the words decide."""
NEAR_BLUR = 0.007
"""How far out of focus the land is in a close-up."""

CARD_BLUR = 0.02
ENOUGH = 0.5
"""Where less of a prompt is understood, it is shown as a card: a wrong scene is worse than none."""

LONGEST = 280
"""Characters of a prompt that go on a card."""


def compose(reading: Reading, seed: int, *, aspect: float, span: float = 8.0) -> Scene:
    """The scene that a reading asks for. The seed varies placement, palette and rhythm only."""
    if is_card(reading):
        return _card(reading, seed, span)
    dice = Dice(seed, "scene")
    facing = dice.pick((-1, 1))
    setting = _setting(reading)
    actors = keep_in_step(dive_under_water(all_actors(reading, seed, aspect, facing), setting))
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
        unread=reading.unread,
        blur=NEAR_BLUR if reading.framing in {"close", "face"} else 0.0,
        letters=reading.quote,
        manner=reading.manner,
    )


def is_card(reading: Reading) -> bool:
    """Whether so little of a prompt is understood that it is better read than seen."""
    return bool(reading.text.strip()) and not reading.quote and reading.share < ENOUGH


def _card(reading: Reading, seed: int, span: float) -> Scene:
    """The prompt itself, over what is known of where and when, out of focus."""
    dice, text = Dice(seed, "scene"), " ".join(reading.text.split())
    place = replace(reading, mentions=())
    return Scene(
        setting=_setting(place),
        hour=_hour(place, dice),
        style=reading.style or "plain",
        camera=reading.camera or "push",
        weather=dict(reading.weather),
        palette=_palette(reading, seed),
        pace=_pace(reading),
        sun=dice.pick((-1, 1)),
        seed=seed,
        span=max(span, 1.0),
        unread=reading.unread,
        blur=CARD_BLUR,
        letters=text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …",
        manner=CARD,
    )


def revise(scene: Scene, reading: Reading, *, aspect: float, all_stay: bool = False) -> Scene:
    """A scene changed by a new prompt: what the prompt does not name stays as it was.

    Who is named again stays in place, and others join. Where nobody is, the others take the stage
    alone, unless `all_stay`.
    """
    fresh = compose(reading, scene.seed, aspect=aspect, span=scene.span)
    kept = replace(fresh, start=scene.start, sun=scene.sun, amount=scene.amount)
    cast = recast(scene.actors, fresh.actors, reading.mentions, all_stay=all_stay)
    if cast is not None:
        cast = keep_in_step(cast) if reading.mentions else cast
        going = [actor.travel for actor in cast if actor.host < 0]
        speed = max(going, default=0.0) if reading.mentions else abs(scene.travel)
        kept = replace(kept, actors=cast, travel=speed * (-1 if scene.travel < 0 else 1))
    elsewhere = any(not (all_stay and lexicon().setting(s).vague) for s in reading.settings)
    if not elsewhere and not (reading.mentions and scene.setting.startswith(ABSTRACT)):
        kept = replace(kept, setting=scene.setting)
    if reading.camera is None and cast is not None:
        kept = replace(kept, camera=scene.camera)
    hour = kept.hour if reading.hour or reading.weather else scene.hour
    return replace(
        kept,
        weather={**scene.weather, **reading.weather},
        hour=hour,
        sun=scene.sun if _side(hour) == _side(scene.hour) else -scene.sun,
        style=reading.style or scene.style,
        palette=scene.palette,
    )


def _side(hour: str) -> float:
    """Where the light comes from: palms, windows and lamps stand by it, and must not jump."""
    return HOURS.get(hour, HOURS["day"]).side


def _setting(reading: Reading) -> str:
    """The place named, before a vague one (sky) and before those where the subjects live."""
    lex = lexicon()
    if named := reading.settings:
        shown = {place for name in named for place in lex.setting(name).shows}
        return min(named, key=lambda name: (lex.setting(name).vague, name in shown))
    hosts = [m for m in reading.mentions if any(g.host == m.name for g in reading.mentions)]
    homes = [m.home or traits_of(m).home for m in (*hosts, *reading.mentions)]
    homes += [h for w in reading.weather if (h := lex.weather(w).home)]
    if homes:
        return homes[0]
    if reading.weather or reading.hour:
        return "meadow" if not reading.text.strip() else "mountains"
    return Dice(0, "form", reading.text).pick(FORMS)


def _hour(reading: Reading, dice: Dice) -> str:
    if reading.hour:
        return reading.hour
    for weather in reading.weather:
        if implied := lexicon().weather(weather).hour:
            return implied
    if "sun" in reading.weather:
        return "sunny"
    return dice.pick(("day", "morning", "sunny"))


def _camera(reading: Reading, actors: tuple[Actor, ...], dice: Dice) -> str:
    if reading.camera:
        return reading.camera
    stars = [a for a in actors if a.host < 0 and not is_scenic(a)]
    if stars and all(actor.travel > 0 for actor in stars):
        return "track"
    if any(actor.action == "sleep" for actor in actors):
        return "push"
    if len(stars) > 1:
        return "drift"  # whoever comes nearer loses those at the sides
    return dice.pick(("drift", "push", "dolly"))


def _pace(reading: Reading) -> float:
    """How fast time goes; where nothing is known, the words have their own rhythm."""
    named = lexicon().speed(reading.pace)
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
    named = [lexicon().rgb(name) for name in reading.colours]
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
