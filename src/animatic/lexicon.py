"""The words that the animatic knows: every `words/*.toml`, and what outsiders bring, merged.

A table `[kind.name]` holds `en` and `zh` phrases, the entry's traits, and `forms`: phrases that say
more than the name (`ginger cat` is a cat with `colour = "orange"`).
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from animatic import registry
from animatic.colour import Colour
from animatic.inflection import words
from animatic.traits import (
    ActionTraits,
    Adds,
    ColourTraits,
    Entry,
    FramingTraits,
    PaceTraits,
    PartTraits,
    SettingTraits,
    SizeTraits,
    SubjectTraits,
    Traits,
    WeatherTraits,
    WordsError,
    entry_of,
)

PRIORITY = (
    "ignored",
    "camera",
    "framing",
    "pace",
    "style",
    "negation",
    "action",
    "subject",
    "setting",
    "hour",
    "weather",
    "part",
    "colour",
    "size",
    "count",
    "relation",
    "plain",
)
"""When entries of two kinds claim one phrase, the kind that comes first has it."""

NUMERALS = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
    "几": 3,
    "数": 5,
    "两三": 3,
    "三四": 4,
    "五六": 5,
}
MEASURES = "只条头匹个朵棵艘辆架位名株座群对颗枝片列台部根张间栋束丛串窝队排双枚艇款尊"
MANY = {"群": 7, "对": 2, "双": 2, "窝": 4, "队": 6, "排": 6, "丛": 5, "束": 5, "串": 5}
HAN = re.compile("[㐀-鿿豈-﫿ぁ-ヿ가-힣]")
"""Scripts without blanks between words, or whose endings hang on the word: longest match."""


T = TypeVar("T", bound=Traits)

STRANGER = SubjectTraits(stands="ground", height=1.0, aspect=1.0, home="meadow", does="stand")
"""What is taken for true of a subject that no file of words knows."""

STILL = ActionTraits(gait="stand", tempo=0.5)


@dataclass(frozen=True, slots=True)
class Role:
    """One that films call by its `name`. `key` tells it from others of that name; `colour` is its.

    It looks the same wherever the key is the same.
    """

    name: str
    key: str
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase says: an entry, what the phrase adds to it, and whose name it is, if one's."""

    entry: Entry
    adds: Adds = field(default_factory=Adds)
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases → senses. English phrases are words joined by one blank.

    `colours` are the English words that name a colour, also where they name a thing: orange, rose.
    """

    entries: Mapping[tuple[str, str], Entry]
    english: Mapping[str, Sense]
    chinese: Mapping[str, Sense]
    colours: Mapping[str, Sense]
    words: int
    characters: int

    def names(self, kind: str) -> list[str]:
        """All names of a kind, in the order of the files."""
        return [name for k, name in self.entries if k == kind]

    def subject(self, name: str) -> SubjectTraits:
        """The traits of a subject."""
        return self._traits("subject", name, STRANGER)

    def action(self, name: str) -> ActionTraits:
        """The traits of an action."""
        return self._traits("action", name, STILL)

    def setting(self, name: str) -> SettingTraits:
        """The traits of a setting."""
        return self._traits("setting", name, SettingTraits())

    def weather(self, name: str) -> WeatherTraits:
        """The traits of weather."""
        return self._traits("weather", name, WeatherTraits())

    def rgb(self, colour: str) -> Colour:
        """What a colour looks like."""
        return self._traits("colour", colour, ColourTraits(rgb=0)).rgb

    def scale(self, size: str | None) -> float:
        """How much larger a size makes."""
        return self._traits("size", size or "", SizeTraits()).scale

    def times(self, size: str | None) -> float:
        """How many times larger than its kind a size is."""
        return self._traits("size", size or "", SizeTraits()).times

    def boards(self) -> Mapping[str, str]:
        """What is done on a thing, by the thing: one surfs on a surfboard."""
        actions = self.names("action")
        return {self.action(name).on: name for name in actions if self.action(name).on}

    def closer(self, framing: str | None) -> float:
        """How much nearer a framing is."""
        return self._traits("framing", framing or "", FramingTraits()).closer

    def speed(self, pace: str | None) -> float:
        """How fast time goes at a pace."""
        return self._traits("pace", pace or "", PaceTraits()).speed

    def worn(self, part: str) -> bool:
        """Whether a part is something that one wears."""
        return self._traits("part", part, PartTraits()).worn

    def _traits(self, kind: str, name: str, default: T) -> T:
        entry = self.entries.get((kind, name))
        if entry is None:
            return default
        if not isinstance(entry.traits, type(default)):
            raise TypeError(f"{entry.where} has the traits of another kind")
        return entry.traits


@cache
def lexicon() -> Lexicon:
    """The lexicon of this package and of the subjects that outsiders bring."""
    lex = lexicon_of(_sources())
    english, chinese = dict(lex.english), dict(lex.chinese)
    for subject, names in names_of_subjects().items():
        sense = Sense(lex.entries["subject", subject])
        for name in names.values():
            if HAN.search(name):
                chinese.setdefault("".join(name.split()), sense)
            else:
                english.setdefault(" ".join(words(name.casefold())), sense)
    return replace(lex, english=english, chinese=chinese, characters=max(map(len, chinese)))


def names_of_subjects() -> Mapping[str, Mapping[str, str]]:
    """What subjects are called, by language (es, de, ja, ko, zh): `tools/names.py` gathers it."""
    file = resources.files(__package__) / "stock" / "names.json"
    names: Mapping[str, Mapping[str, str]] = json.loads(file.read_text("utf-8"))
    return names


def lexicon_of(sources: Iterable[tuple[str, Mapping[str, Any]]]) -> Lexicon:
    """The lexicon of files of words, each with its name.

    Raises:
        WordsError: a key that nothing reads, a name that nothing has, or a phrase or an entry that
            is there twice.
    """
    entries: dict[tuple[str, str], Entry] = {}
    english: dict[str, Sense] = {}
    chinese: dict[str, Sense] = dict(_chinese_counts())
    colours: dict[str, Sense] = {}
    claimed: dict[tuple[str, str], Entry] = {}
    for entry in _entries(sources):
        other = entries.setdefault((entry.kind, entry.name), entry)
        if other is not entry:
            raise WordsError(f"{entry.where} is also in {other.source}")
        for form in entry.forms:
            sense = Sense(entry, form.set)
            for phrase in form.en:
                _claim(english, " ".join(words(phrase)), sense, claimed)
                if entry.kind == "colour":
                    colours[phrase] = sense
            for phrase in form.zh:
                _claim(chinese, phrase, sense, claimed)
    _refuse_strange_names(entries)
    return Lexicon(
        entries,
        english,
        chinese,
        colours,
        max(len(p.split()) for p in english),
        max(len(p) for p in chinese),
    )


def _sources() -> Iterator[tuple[str, Mapping[str, Any]]]:
    folder = resources.files(__package__) / "words"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            yield f"words/{file.name}", tomllib.loads(file.read_text("utf-8"))
    for path in registry.words_of_outsiders():
        yield str(path), tomllib.loads(path.read_text("utf-8"))


def _entries(sources: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[Entry]:
    for source, kinds in sources:
        for kind, tables in kinds.items():
            for name, table in tables.items():
                yield entry_of(source, kind, name, table)


def _claim(
    phrases: dict[str, Sense], phrase: str, sense: Sense, claimed: dict[tuple[str, str], Entry]
) -> None:
    entry = sense.entry
    first = claimed.setdefault((entry.kind, phrase), entry)
    if first is not entry:
        raise WordsError(f'{entry.where}: "{phrase}" is a phrase of {first.where} already')
    held = phrases.get(phrase)
    if held is None or _rank(sense) < _rank(held):
        phrases[phrase] = sense


def _rank(sense: Sense) -> int:
    return PRIORITY.index(sense.entry.kind)


def _refuse_strange_names(entries: Mapping[tuple[str, str], Entry]) -> None:
    """Every name that an entry gives is the name of another one."""
    for entry in entries.values():
        for key, kind, name in (*_names_in_traits(entry.traits), *_names_in_forms(entry)):
            if name and (kind, name) not in entries:
                raise WordsError(f"{entry.where}: {key}: there is no {kind} called {name}")


def _names_in_traits(traits: Traits) -> Iterator[tuple[str, str, str]]:
    match traits:
        case SubjectTraits():
            yield "home", "setting", traits.home
            yield "does", "action", traits.does
            yield "goes", "action", traits.goes
        case ActionTraits():
            yield "on", "subject", traits.on
            yield "by", "subject", traits.by
        case SettingTraits():
            yield from (("shows", "setting", name) for name in traits.shows)
        case WeatherTraits():
            yield "home", "setting", traits.home
            yield "hour", "hour", traits.hour


def _names_in_forms(entry: Entry) -> Iterator[tuple[str, str, str | None]]:
    for adds in (form.set for form in entry.forms):
        yield "set.colour", "colour", adds.colour
        yield "set.does", "action", adds.does
        yield "set.home", "setting", adds.home
        yield from (("set.weather", "weather", name) for name in adds.weather)


def _chinese_counts() -> Iterator[tuple[str, Sense]]:
    for numeral, value in NUMERALS.items():
        for measure in MEASURES:
            count = max(value, MANY.get(measure, 1))
            yield numeral + measure, Sense(Entry("count", str(count), Traits()))
