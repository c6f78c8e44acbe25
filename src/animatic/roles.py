"""Somebody who looks the same in every film: how a prompt that says the name is understood."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from animatic.dice import Dice
from animatic.lexicon import HAN, Lexicon, Role, Sense
from animatic.phrases import Word, find
from animatic.traits import Adds, SubjectTraits

LOOKS = ("girl", "boy", "woman", "man")
"""Who one is whose name says nothing of it: the key decides, the same in every film."""

ARTICLES = frozenset({"the", "a", "an"})


def introduce(lex: Lexicon, roles: Iterable[Role]) -> Lexicon:
    """A lexicon that knows these by their names, whole ("Mossy the fox") and short ("Mossy")."""
    english, chinese = dict(lex.english), dict(lex.chinese)
    for role in roles:
        sense = sense_of(role, lex)
        for units in _names(role, lex):
            if HAN.search(units[0]):
                chinese["".join(units)] = sense
            else:
                english[" ".join(units)] = sense
    return replace(
        lex,
        english=english,
        chinese=chinese,
        words=max(len(phrase.split()) for phrase in english),
        characters=max(map(len, chinese)),
    )


def sense_of(role: Role, lex: Lexicon) -> Sense:
    """What one is: as its name says, else a person."""
    said = [word.sense for word in find(role.name, lex).words if _is_somebody(word)]
    if said:
        return replace(said[-1], role=role)
    look = Dice(0, "role", role.key).pick(LOOKS)
    return Sense(lex.entries["subject", "person"], Adds(look=look), role)


def _is_somebody(word: Word) -> bool:
    """Whether it may be whom a name names; Rose is no flower."""
    traits = word.sense.entry.traits
    return isinstance(traits, SubjectTraits) and (traits.alive or bool(traits.goes))


def _names(role: Role, lex: Lexicon) -> Iterator[list[str]]:
    """The units of its name, and of what is left of it without the word for what it is."""
    phrases = find(role.name, lex)
    kinds = {k for word in phrases.words if _is_somebody(word) for k in range(word.start, word.end)}
    short = [
        unit
        for k, unit in enumerate(phrases.units)
        if k not in kinds and unit not in ARTICLES and unit.isalnum()
    ]
    if short:
        yield short
    if phrases.units:
        yield list(phrases.units)
