"""Words → a reading: what a prompt names, with each colour, size, count and action at its noun."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from filmgate.engines.animatic.lexicon import HAN, Lexicon, Sense, lemmas, lexicon

MOST = 12
"""No more individuals of one kind than this."""

READ = 4000
"""Characters of a prompt that are read: what comes after adds nothing one could see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A subject as the prompt speaks of it."""

    name: str
    count: int = 1
    colour: str | None = None
    size: str | None = None
    action: str | None = None
    look: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a prompt says, in the lexicon's names. `text` is what it was read from."""

    text: str = ""
    mentions: tuple[Mention, ...] = ()
    settings: tuple[str, ...] = ()
    weather: Mapping[str, float] = field(default_factory=dict)
    hour: str | None = None
    camera: str | None = None
    style: str | None = None
    framing: str | None = None
    pace: str | None = None
    colours: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it names anything to draw."""
        return bool(self.mentions or self.settings or self.weather or self.hour)


@dataclass(frozen=True, slots=True)
class Word:
    """A phrase found: its sense, where it stands, and what is around it."""

    sense: Sense
    start: int
    end: int
    plural: bool = False
    attributive: bool = False
    worn: bool = False

    @property
    def kind(self) -> str:
        """The kind of its entry."""
        return self.sense.entry.kind

    @property
    def name(self) -> str:
        """The name of its entry."""
        return self.sense.entry.name


def parse(prompt: str, negative: str = "", style: str = "") -> Reading:
    """Read a prompt. `negative` takes away what it names; `style` counts as a style word."""
    lex = lexicon()
    reading = _Reader(lex).read(find(prompt, lex))
    reading = replace(reading, text=prompt[:READ])
    for word in find(style.replace("_", " ").replace("-", " "), lex):
        if word.kind == "style":
            reading = replace(reading, style=word.name)
    return _without(reading, find(negative, lex))


def find(text: str, lex: Lexicon) -> list[Word]:
    """The phrases of a text that the lexicon knows, longest first, in order."""
    units = _units(text)
    found: list[Word] = []
    k = 0
    while k < len(units):
        word = _match(units, k, lex)
        if word is not None and word.kind != "ignored":
            found.append(word)
        k = word.end if word else k + 1
    after: list[Word | None] = [*found[1:], None]
    return [
        _adjective(word, following, units) for word, following in zip(found, after, strict=False)
    ]


def _adjective(word: Word, following: Word | None, units: list[str]) -> Word:
    """An English participle right before a noun ("a running dog") belongs to that noun."""
    before = (
        following is not None
        and following.kind == "subject"
        and following.start == word.end
        and units[word.end - 1].endswith("ing")
    )
    worn = word.start > 0 and units[word.start - 1] in WORN
    return replace(word, attributive=word.attributive or before, worn=worn)


def _units(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text[:READ]).casefold().replace("’", "'")
    return re.findall(
        r"[㐀-鿿豈-﫿]|[a-z]+(?:'[a-z]+)?|\d+[a-z]*|[.;!?。;!?]", folded.replace("-", " ")
    )


def _match(units: list[str], start: int, lex: Lexicon) -> Word | None:
    if HAN.match(units[start]):
        return _match_han(units, start, lex)
    if units[start].isdigit():
        return _number(units, start, lex)
    for end in range(min(len(units), start + lex.words), start, -1):
        for phrase, plural in _readings(units[start:end]):
            if sense := lex.english.get(phrase):
                return Word(sense, start, end, plural)
    return None


def _match_han(units: list[str], start: int, lex: Lexicon) -> Word | None:
    for end in range(min(len(units), start + lex.characters), start, -1):
        if sense := lex.chinese.get("".join(units[start:end])):
            return Word(sense, start, end, attributive=units[end : end + 1] == ["的"])
    return None


def _number(units: list[str], start: int, lex: Lexicon) -> Word | None:
    if not 0 < int(units[start][:6]) <= 99:
        return None
    sense = lex.english.get("one")
    if sense is None:
        return None
    entry = replace(sense.entry, name=units[start])
    return Word(Sense(entry, {}), start, start + 1)


def _readings(units: list[str]) -> Iterator[tuple[str, bool]]:
    """The phrase as it stands, then with its last and its first word uninflected."""
    for last, plural in lemmas(units[-1]):
        yield " ".join([*units[:-1], last]), plural
    if len(units) > 1:
        for first, _ in lemmas(units[0]):
            yield " ".join([first, *units[1:]]), False


WORN = frozenset({"in", "wearing", "is", "穿", "是"})
"""A colour after one of these is what the noun before it wears."""

SINGLE = frozenset({"hour", "camera", "style", "framing", "pace"})


class _Reader:
    """Walks over the words and hangs each on what it belongs to."""

    def __init__(self, lex: Lexicon) -> None:
        self._lex = lex
        self._mentions: list[Mention] = []
        self._settings: list[str] = []
        self._weather: dict[str, float] = {}
        self._single: dict[str, str] = {}
        self._colours: list[str] = []
        self._pending: dict[str, str] = {}
        self._barred: set[tuple[str, str]] = set()
        self._not = -9

    def read(self, words: Iterable[Word]) -> Reading:
        for word in words:
            if word.kind == "negation":
                self._not = word.end
            elif word.start - self._not <= 2 and word.kind not in {"colour", "size", "count"}:
                self._barred.add((word.kind, word.name))
                self._not = -9
            else:
                self._take(word)
        self._give_left_over()
        return self._reading()

    def _take(self, word: Word) -> None:
        match word.kind:
            case "subject":
                self._subject(word)
            case "action":
                self._action(word)
            case "colour" | "size" | "count":
                self._attribute(word)
            case "setting":
                self._pending.clear()
                self._settings.append(word.name)
            case "weather":
                self._weather[word.name] = float(word.sense.adds.get("strength", 1.0))
                self._pending.pop("colour", None)
            case kind:
                self._single[kind] = word.name

    def _attribute(self, word: Word) -> None:
        if word.kind == "colour":
            self._colours.append(word.name)
            if word.worn and self._mentions:
                self._mentions[-1] = replace(self._mentions[-1], colour=word.name)
                return
        self._pending[word.kind] = word.name

    def _subject(self, word: Word) -> None:
        adds = word.sense.adds
        many = 3 if word.plural else 1
        mention = Mention(
            name=word.name,
            count=self._count(adds.get("count", many), plural=word.plural),
            colour=self._pending.pop("colour", None) or adds.get("colour"),
            size=self._pending.pop("size", None),
            action=self._pending.pop("action", None),
            look=adds.get("look"),
        )
        self._pending.clear()
        self._add(mention)

    def _count(self, default: int, *, plural: bool) -> int:
        named = self._pending.pop("count", None)
        if named is None or (plural and named == "1"):
            return default
        return max(1, min(MOST, int(named)))

    def _add(self, mention: Mention) -> None:
        """One spoken of again ("the dog …") is the same one, and may now be doing something."""
        for k, other in enumerate(self._mentions):
            if _same(other, mention):
                self._mentions[k] = replace(other, action=other.action or mention.action)
                return
        self._mentions.append(mention)

    def _action(self, word: Word) -> None:
        """An action belongs to the noun before it, unless it stands before its noun itself."""
        if word.attributive or not self._mentions:
            self._pending["action"] = word.name
        elif self._mentions[-1].action is None:
            self._mentions[-1] = replace(self._mentions[-1], action=word.name)

    def _give_left_over(self) -> None:
        if not self._mentions:
            return
        last = self._mentions[-1]
        self._mentions[-1] = replace(
            last,
            colour=last.colour or self._pending.get("colour"),
            size=last.size or self._pending.get("size"),
            action=last.action or self._pending.get("action"),
        )

    def _reading(self) -> Reading:
        reading = Reading(
            mentions=tuple(reversed(list(_together(self._mentions)))),
            settings=tuple(dict.fromkeys(self._settings)),
            weather=dict(self._weather),
            colours=tuple(self._colours),
            **{k: v for k, v in self._single.items() if k in SINGLE},
        )
        return _bar(reading, self._barred)


def _together(mentions: list[Mention]) -> Iterator[Mention]:
    """Those named before others and given no action do what the next ones do."""
    following: str | None = None
    for mention in reversed(mentions):
        yield (mention := replace(mention, action=mention.action or following))
        following = mention.action


def _without(reading: Reading, words: Iterable[Word]) -> Reading:
    return _bar(reading, {(word.kind, word.name) for word in words})


def _bar(reading: Reading, barred: set[tuple[str, str]]) -> Reading:
    def kept(kind: str, name: str | None) -> str | None:
        return None if (kind, name) in barred else name

    return replace(
        reading,
        mentions=tuple(m for m in reading.mentions if kept("subject", m.name)),
        settings=tuple(s for s in reading.settings if kept("setting", s)),
        weather={w: v for w, v in reading.weather.items() if kept("weather", w)},
        hour=kept("hour", reading.hour),
        camera=kept("camera", reading.camera),
        style=kept("style", reading.style),
    )


def _same(known: Mention, again: Mention) -> bool:
    return (
        known.name == again.name
        and again.look in (None, known.look)
        and again.colour in (None, known.colour)
    )
