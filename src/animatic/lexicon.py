"""The words that the animatic knows: every `words/*.toml`, merged.

A table `[kind.name]` holds `en` and `zh` phrases, the entry's traits, and `forms`: phrases that say
more than the name (`ginger cat` is a cat with `colour = "orange"`).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

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
)
"""When two entries claim one phrase, the kind that comes first has it."""

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
HAN = re.compile("[㐀-鿿豈-﫿]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a phrase may mean, with its traits."""

    kind: str
    name: str
    traits: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase says: an entry, and what the phrase adds to it."""

    entry: Entry
    adds: Mapping[str, Any]


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

    def traits(self, kind: str, name: str) -> Mapping[str, Any]:
        """The traits of an entry, empty if there is none of that name."""
        entry = self.entries.get((kind, name))
        return entry.traits if entry else {}

    def names(self, kind: str) -> list[str]:
        """All names of a kind, in the order of the files."""
        return [name for k, name in self.entries if k == kind]


@cache
def lexicon() -> Lexicon:
    """The lexicon of this package."""
    entries: dict[tuple[str, str], Entry] = {}
    english: dict[str, Sense] = {}
    chinese: dict[str, Sense] = dict(_counted())
    colours: dict[str, Sense] = {}
    for kind, name, table in _tables():
        entry = Entry(
            kind, name, {k: v for k, v in table.items() if k not in {"en", "zh", "forms"}}
        )
        entries[kind, name] = entry
        for form in ({**table, "set": {}}, *table.get("forms", ())):
            sense = Sense(entry, form["set"])
            for phrase in form.get("en", ()):
                _claim(english, " ".join(words(phrase)), sense)
                if kind == "colour":
                    colours[phrase] = sense
            for phrase in form.get("zh", ()):
                _claim(chinese, phrase, sense)
    return Lexicon(
        entries,
        english,
        chinese,
        colours,
        max(len(p.split()) for p in english),
        max(len(p) for p in chinese),
    )


def words(text: str) -> list[str]:
    """The English words and numbers of a casefolded text."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?|\d+[a-z]*", text)


def lemmas(word: str) -> Iterator[tuple[str, bool]]:
    """What an inflected word may come from, and whether it would then be a plural."""
    yield word, False
    if word.endswith("'s"):
        yield word[:-2], False
    if word.endswith("s") and not word.endswith("ss"):
        yield from ((stem, True) for stem in _singular(word))
    for ending in ("ing", "ed", "er", "y"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield from ((stem, False) for stem in _bare(word[: -len(ending)]))


def _singular(word: str) -> Iterator[str]:
    yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("ves"):
        yield word[:-3] + "f"
        yield word[:-3] + "fe"


def _bare(stem: str) -> Iterator[str]:
    yield stem
    yield stem + "e"
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem.endswith("y"):
        yield stem[:-1] + "ie"


def _tables() -> Iterator[tuple[str, str, dict[str, Any]]]:
    folder = resources.files(__package__) / "words"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for kind, names in tomllib.loads(file.read_text("utf-8")).items():
                for name, table in names.items():
                    yield kind, name, table


def _claim(phrases: dict[str, Sense], phrase: str, sense: Sense) -> None:
    held = phrases.get(phrase)
    if held is None or _rank(sense) < _rank(held):
        phrases[phrase] = sense


def _rank(sense: Sense) -> int:
    return PRIORITY.index(sense.entry.kind)


def _counted() -> Iterator[tuple[str, Sense]]:
    for numeral, value in NUMERALS.items():
        for measure in MEASURES:
            count = max(value, MANY.get(measure, 1))
            yield numeral + measure, Sense(Entry("count", str(count), {}), {})
