"""What nobody taught the animatic: which words belong to unknown nouns, and what stays unread."""

from collections.abc import Iterator
from dataclasses import replace

from animatic.lexicon import HAN
from animatic.phrases import Phrases, Word
from animatic.traits import ActionTraits

MOST = 12
"""No more phrases than this are told to be unread."""

STOPS = frozenset(".;!?。;!?,、")
VERBAL = ("ing", "ed", "ly")
"""Endings of words that are no nouns."""

GOVERNORS = frozenset(
    {"in", "of", "on", "with", "at", "for", "from", "to", "into", "over", "under", "by"}
    | {"wearing", "holding", "carrying", "through", "along"}
)
"""What stands before a noun that does nothing itself: "in sunglasses"."""

DESCRIBING = frozenset({"count", "colour", "size"})
"""Kinds of words that stand before their noun."""

WEIGHTS = {"subject": 2.0, "setting": 1.5, "action": 1.0, "weather": 1.0, "hour": 1.0}
"""How much a word counts for how far a text is understood."""

CLAUSES = frozenset(
    {"and", "as", "while", "when", "where", "that", "which", "who", "then", "but", "or", "so"}
)


def without_strangers(phrases: Phrases) -> Phrases:
    """Only the words that mean what they say.

    Gone are the first noun of a compound whose second is another one (a chef's hat, a dog house),
    and the verb that an unknown noun owns (steam rises, and not who sits beside it).
    """
    kept: list[Word] = []
    plain = set(phrases.plain)
    for word, then in zip(phrases.words, [*phrases.words[1:], None], strict=False):
        if word.kind == "subject" and not word.han and _modifies(word, then, phrases):
            if then is not None and then.start == word.end and not _owns(word, phrases):
                plain.update(range(word.start, word.end))
        elif not (word.kind == "action" and _owned_by_stranger(word, phrases)):
            kept.append(_after(kept, word, phrases))
    return Phrases(phrases.units, tuple(kept), frozenset(plain))


def _after(kept: list[Word], word: Word, phrases: Phrases) -> Word:
    last = kept[-1].end if kept else 0
    return replace(word, lead=phrases.units[last : word.start])


def unread(phrases: Phrases) -> tuple[str, ...]:
    """The phrases that nothing was made of, as the text has them, each once."""
    read = {k for word in phrases.words for k in range(word.start, word.end)} | phrases.plain
    runs: list[list[str]] = [[]]
    for k, unit in enumerate(phrases.units):
        if k in read or unit in STOPS or unit.endswith("ly") or unit[0].isdigit():
            runs.append([])
        else:
            runs[-1].append(unit)
    told = [_told(run) for run in runs]
    return tuple(dict.fromkeys(phrase for phrase in told if len(phrase) > 1))[:MOST]


def understood(phrases: Phrases) -> float:
    """How much of a text was understood, 0…1: phrases that mean something, among all of them.

    Who and what counts most, then what one does and where it is.
    """
    known = sum(WEIGHTS.get(word.kind, 0.5) for word in phrases.words)
    strange = len(unread(phrases))
    return known / (known + strange) if strange else 1.0


def _told(run: list[str]) -> str:
    return "".join(run) if any(HAN.match(unit) for unit in run) else " ".join(run)


def _modifies(word: Word, then: Word | None, phrases: Phrases) -> bool:
    """Whether a noun only says of what kind, or whose, the next one is."""
    owns = _owns(word, phrases)
    if then is not None and then.start == word.end:
        return then.kind == "subject" and not then.han and (owns or not word.plural)
    if word.plural and not owns:
        return False
    return _is_noun(word.end, phrases, singular=not owns)


def _owns(word: Word, phrases: Phrases) -> bool:
    return phrases.units[word.end - 1].endswith(("'s", "s'"))


def _is_noun(place: int, phrases: Phrases, *, singular: bool) -> bool:
    """Whether a unit may be an unknown noun. After a singular one, s ends a verb."""
    if place >= len(phrases.units) or place in phrases.plain:
        return False
    unit = phrases.units[place]
    if not (unit.isascii() and unit.isalpha()) or unit.endswith(VERBAL):
        return False
    return not (singular and unit.endswith("s"))


def _owned_by_stranger(word: Word, phrases: Phrases) -> bool:
    """Whether an unknown noun right before a verb, not held by a preposition, is who does it."""
    if word.han:
        return False
    if _is_absolute(word, phrases):
        return True
    lead = range(word.start - len(word.lead), word.start)
    nouns = list(_nouns_before(list(lead), phrases))
    return bool(nouns) and not _is_held(nouns[-1], phrases)


def _is_absolute(word: Word, phrases: Phrases) -> bool:
    """Whether it is "with steam rising": what the steam does, if it is nothing that only lives."""
    traits, at = word.sense.entry.traits, word.start
    living = isinstance(traits, ActionTraits) and traits.living
    if living or not phrases.units[word.end - 1].endswith("ing") or at < 2:
        return False
    return phrases.units[at - 2] == "with" and _is_noun(at - 1, phrases, singular=False)


def _nouns_before(lead: list[int], phrases: Phrases) -> Iterator[int]:
    """The unknown nouns of the last clause before a verb, from the last to the first."""
    for place in reversed(lead):
        if phrases.units[place] in STOPS | CLAUSES:
            return
        if _is_noun(place, phrases, singular=False):
            yield place


def _is_held(noun: int, phrases: Phrases) -> bool:
    """Whether a preposition or another noun comes before a noun, past its articles and colours."""
    kinds = {k: word.kind for word in phrases.words for k in range(word.start, word.end)}
    for place in range(noun - 1, -1, -1):
        unit = phrases.units[place]
        if unit in GOVERNORS or kinds.get(place, "count") not in DESCRIBING:
            return True
        if unit in STOPS | CLAUSES:
            return False
    return False
