"""A text → the phrases that the lexicon knows, in order, and what is about each."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from animatic.inflection import LETTERS, lemmas
from animatic.lexicon import HAN, Lexicon, Sense

READ = 4000
"""Characters of a prompt that are read: what comes after adds nothing one could see."""


@dataclass(frozen=True, slots=True)
class Word:
    """A phrase found: its sense, where it stands, and what is around it.

    `lead` are the units since the word before; `followed` is whether a noun is right after.
    """

    sense: Sense
    start: int
    end: int
    plural: bool = False
    attributive: bool = False
    worn: bool = False
    lead: tuple[str, ...] = ()
    followed: bool = False
    han: bool = False

    @property
    def kind(self) -> str:
        """The kind of its entry."""
        return self.sense.entry.kind

    @property
    def name(self) -> str:
        """The name of its entry."""
        return self.sense.entry.name


@dataclass(frozen=True, slots=True)
class Phrases:
    """A text as units (words, Han characters, stops), and the words found in it, in order.

    `plain` are the places of units that ask for nothing to draw.
    """

    units: tuple[str, ...]
    words: tuple[Word, ...]
    plain: frozenset[int]


def find(text: str, lex: Lexicon) -> Phrases:
    """The phrases of a text that the lexicon knows, longest first, in order."""
    units = _units(text)
    found: list[Word] = []
    plain: set[int] = set()
    k = last = 0
    while k < len(units):
        word = _match(units, k, lex)
        if word is None:
            k += 1
            continue
        if word.kind == "plain":
            plain.update(range(k, word.end))
        elif word.kind != "ignored":
            found.append(replace(word, lead=tuple(units[last:k])))
            last = word.end
        k = word.end
    after: list[Word | None] = [*found[1:], None]
    words = [_in_place(w, then, units, lex) for w, then in zip(found, after, strict=False)]
    return Phrases(tuple(units), tuple(words), frozenset(plain))


def _in_place(word: Word, following: Word | None, units: list[str], lex: Lexicon) -> Word:
    """A participle before a noun ("a running dog") is that noun's; "orange" may be a colour."""
    followed = following is not None and following.start == word.end
    noun = followed and following is not None and following.kind == "subject"
    before = noun and units[word.end - 1].endswith("ing")
    if followed and following is not None and following.kind == "setting":
        before = units[word.start : word.end] == ["snowy"]
    worn = word.start > 0 and units[word.start - 1] in WORN
    owned = followed and following is not None and following.kind in NOUNS
    word = replace(word, attributive=word.attributive or before, worn=worn, followed=owned)
    phrase = " ".join(units[word.start : word.end])
    if word.kind == "subject" and phrase in lex.colours and word.sense.role is None:
        bare = word.start > 0 and units[word.start - 1] not in ARTICLES
        if worn or bare or (followed and following is not None and following.kind in NOUNS):
            return replace(word, sense=lex.colours[phrase])
    if noun and word.kind == "style" and phrase in {"black and white", "黑 白"}:
        return replace(word, sense=lex.colours["black"])
    return word


def _units(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text[:READ]).casefold().replace("’", "'")
    return re.findall(
        rf"{HAN.pattern}|{LETTERS}+(?:'{LETTERS}+)?|\d+[a-z]*|[.;!?。;!?,、]",
        folded.replace("-", " "),
    )


def _match(units: list[str], start: int, lex: Lexicon) -> Word | None:
    if HAN.match(units[start]):
        return _match_han(units, start, lex)
    if units[start].isdigit():
        return _number(units, start, lex)
    for end in range(min(len(units), start + lex.words), start, -1):
        for phrase, plural, derived in _readings(units[start:end]):
            sense = lex.english.get(phrase)
            if sense and not (derived and _is_no_form(sense.entry.kind, units[end - 1])):
                return Word(sense, start, end, plural)
    return None


def _is_no_form(kind: str, unit: str) -> bool:
    """A train is no "training"; and a roller is a thing, not what rolls."""
    return kind in PLAIN or (kind == "action" and unit.endswith("er"))


def _match_han(units: list[str], start: int, lex: Lexicon) -> Word | None:
    for end in range(min(len(units), start + lex.characters), start, -1):
        if sense := lex.chinese.get("".join(units[start:end])):
            return Word(sense, start, end, attributive=units[end : end + 1] == ["的"], han=True)
    return None


def _number(units: list[str], start: int, lex: Lexicon) -> Word | None:
    if not 0 < int(units[start][:6]) <= 99:
        return None
    sense = lex.english.get("one")
    if sense is None:
        return None
    entry = replace(sense.entry, name=units[start])
    return Word(Sense(entry), start, start + 1)


def _readings(units: list[str]) -> Iterator[tuple[str, bool, bool]]:
    """The phrase as it stands, then with its last and its first word uninflected.

    With each, whether it was a plural, and whether it was a verb's or an adjective's form.
    """
    for last, plural in lemmas(units[-1]):
        own = plural or last == units[-1] or units[-1].endswith("'s")
        yield " ".join([*units[:-1], last]), plural, not own
    if len(units) > 1:
        for first, _ in lemmas(units[0]):
            yield " ".join([first, *units[1:]]), False, False


WORN = frozenset({"in", "wearing", "is", "are", "穿", "是", "着"})
"""A colour after one of these is what the noun before it wears."""

ARTICLES = frozenset({"a", "an", "the", "one", "this", "that", "with", "of", "and", "fresh"})
"""After one of these, "orange" with no noun behind it is the fruit."""

NOUNS = frozenset({"subject", "setting", "part", "size", "colour", "weather", "hour", "count"})
PLAIN = frozenset({"subject", "setting", "count", "relation", "part", "ignored"})
"""Kinds that verbs are not forms of."""
