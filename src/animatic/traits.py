"""What an entry of the words may say of itself, by its kind: read once, typed, nothing unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Strict, ValidationError

from animatic.colour import Colour

Stands = Literal["ground", "water", "air"]
Voice = Literal[
    "applause", "bangs", "birds", "bubbles", "city", "crickets", "crowd", "drips", "engine", "fall",
    "fire", "gulls", "jet", "propeller", "rails", "rain", "stream", "thunder", "waves", "wind",
]  # fmt: skip
Sounds = Mapping[Voice, float]
"""What is heard of a thing, and how strong beside the rest."""

Listed = Annotated[tuple[str, ...], Strict(False)]

T = TypeVar("T", bound="Said")


class WordsError(ValueError):
    """A file of words says what nothing reads, or what another entry has said already."""


class Said(BaseModel):
    """What is read from a table: frozen, of exact types, without an unknown key."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Traits(Said):
    """Of an entry that has none."""


class SubjectTraits(Traits):
    """Of what is drawn.

    `height` is in metres, `aspect` its width for its height. `home` is where it is and `does` what
    it does where the prompt does not say. A vehicle `goes` in its own way; a `crew` is drawn in it,
    guests sit at its `deck` (across and up, in its heights). `scenery` stands about what lives.
    What is `worn` goes to that part of one's `head` (across, up and its radius, in heights), which
    may be elsewhere in some `heads`, by look.
    `sounds` are heard unless it sleeps, those of a vehicle while it goes.
    """

    height: float
    aspect: float
    home: str
    stands: Stands = "ground"
    does: str = "stand"
    alive: bool = False
    human: bool = False
    scenery: bool = False
    crew: bool = False
    goes: str = ""
    deck: Annotated[tuple[float, float], Strict(False)] | None = None
    worn: Literal["", "crown", "face", "neck"] = ""
    head: Annotated[tuple[float, float, float], Strict(False)] = (0.03, 0.88, 0.095)
    heads: Mapping[str, Annotated[tuple[float, float, float], Strict(False)]] = {}
    sounds: Sounds = {}


class ActionTraits(Traits):
    """Of what a subject does.

    `gait` is the pose, `motion` moves the whole body, `effect` is drawn over it. `tempo` is in
    cycles a second, `travel` in heights a second, `lift` in heights above the ground. Where
    `going`, a vehicle does its own kind of going instead; what is `living` only the living do. What
    one does it `on` is drawn with people, as is what it is done `by`; animals stand on that thing,
    and hold this one.
    """

    gait: str
    tempo: float
    travel: float = 0.0
    lift: float = 0.0
    motion: str = ""
    effect: str = ""
    going: bool = False
    living: bool = False
    water: bool = False
    on: str = ""
    by: str = ""
    sounds: Sounds = {}


class SettingTraits(Traits):
    """Of a place: a `vague` one gives way to any other, others to one that `shows` them, too.

    `indoors` weather is faint.
    """

    vague: bool = False
    shows: Listed = ()
    indoors: bool = False
    sounds: Sounds = {}


class WeatherTraits(Traits):
    """Of weather: the hour and the place that it implies."""

    hour: str = ""
    home: str = ""
    sounds: Sounds = {}


class ColourTraits(Traits):
    """Of a colour."""

    rgb: Colour


class SizeTraits(Traits):
    """Of a size: how much larger it makes, and how many `times` larger beside others."""

    scale: float = 1.0
    times: float = 1.0


class FramingTraits(Traits):
    """Of a framing: how much nearer it is."""

    closer: float = 1.0


class PaceTraits(Traits):
    """Of a pace: how fast time goes."""

    speed: float = 1.0


class PartTraits(Traits):
    """Of a part of a subject: a `worn` one gives its colour to the wearer."""

    worn: bool = False


KINDS: Mapping[str, type[Traits]] = {
    "action": ActionTraits,
    "camera": Traits,
    "colour": ColourTraits,
    "count": Traits,
    "framing": FramingTraits,
    "hour": Traits,
    "ignored": Traits,
    "negation": Traits,
    "pace": PaceTraits,
    "plain": Traits,
    "part": PartTraits,
    "relation": Traits,
    "setting": SettingTraits,
    "size": SizeTraits,
    "style": Traits,
    "subject": SubjectTraits,
    "weather": WeatherTraits,
}


class Adds(Said):
    """What a phrase says beyond its entry's name: a ginger cat is a cat, and orange."""

    colour: str | None = None
    look: str | None = None
    count: int | None = None
    does: str | None = None
    home: str | None = None
    strength: float = 1.0
    weather: Mapping[str, float] = {}


class Form(Said):
    """Phrases that say the same: English ones, Chinese ones, and what they add to the entry."""

    en: Listed = ()
    zh: Listed = ()
    set: Adds = Adds()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a phrase may mean. `source` is where it is written."""

    kind: str
    name: str
    traits: Traits
    forms: tuple[Form, ...] = ()
    source: str = ""

    @property
    def where(self) -> str:
        """Its file and key, for who has to mend it."""
        return f"{self.source}: {self.kind}.{self.name}"


def entry_of(source: str, kind: str, name: str, table: Mapping[str, Any]) -> Entry:
    """The entry that a table of a file of words says.

    Raises:
        WordsError: of an unknown kind or key, or a value of the wrong type, by name.
    """
    where = f"{source}: {kind}.{name}"
    if kind not in KINDS:
        raise WordsError(f"{where}: there is no such kind{_nearest(kind, KINDS)}")
    phrases = {key: table[key] for key in ("en", "zh") if key in table}
    more = [_read_as(Form, form, where) for form in table.get("forms", ())]
    traits = {key: table[key] for key in table if key not in {"en", "zh", "forms"}}
    return Entry(
        kind,
        name,
        _read_as(KINDS[kind], traits, where),
        (_read_as(Form, phrases, where), *more),
        source,
    )


def _read_as(kind: type[T], table: Any, where: str) -> T:
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] == "extra_forbidden"
        why = f" is unknown{_nearest(key, kind.model_fields)}" if unknown else f": {first['msg']}"
        raise WordsError(f"{where}: {key}{why}") from error


def _nearest(word: str, known: Mapping[str, Any]) -> str:
    close = get_close_matches(word, known, 1)
    return f"; did you mean {close[0]}?" if close else ""
