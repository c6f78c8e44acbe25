"""What mentions have to do with one another, once all are read: verbs, boards, what is barred."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from animatic.lexicon import Lexicon, lexicon
from animatic.mentions import Mention, Reading
from animatic.phrases import Word


def suits(lex: Lexicon, action: str, mention: Mention) -> bool:
    """Whether one may do this: things do not walk of themselves, but a car drives."""
    traits = lex.subject(mention.name)
    does = lex.action(action)
    return traits.alive or not does.living or bool(traits.goes and does.going)


def is_same(known: Mention, again: Mention) -> bool:
    """Whether one spoken of again is one known already."""
    return (
        known.name == again.name
        and known.role == again.role
        and again.look in (None, known.look)
        and again.colour in (None, known.colour)
    )


def share_verbs(mentions: list[Mention]) -> Iterator[Mention]:
    """Those named before others and given no action do what the next ones do.

    But not what is only in these ones' nature: a girl beside flying birds stays on the ground.
    """
    following: str | None = None
    for mention in reversed(mentions):
        if mention.host is None and following and suits(lexicon(), following, mention):
            mention = replace(mention, action=mention.action or following)
        yield mention
        natural = lexicon().subject(mention.name).does
        shared = mention.host is None and mention.action != natural and not mention.apart
        following = mention.action if shared else None


def board(mentions: list[Mention], lex: Lexicon) -> Iterator[Mention]:
    """People do on a board what is done on it, and have it with them; animals are put on one.

    So it is with what is in the hand: a guitar, a book.
    """
    boards = lex.boards()
    hosts = {m.host for m in mentions if m.place in {"on", "hand"}}
    ridden = {m.host for m in mentions if m.place == "on" and lex.subject(m.name).human}
    for m in mentions:
        does, traits = lex.action(m.action or ""), lex.subject(m.name)
        animal = traits.alive and not traits.human and m.name not in hosts
        board = m.host if m.host in boards and m.place == "on" else None
        if board and traits.human:
            lofty = lex.action(boards[board]).lift
            home = m.home or (None if lofty else lex.subject(board).home)
            yield replace(m, action=boards[board], place=None, host=None, home=home)
        elif does.on and m.host is None and animal:
            yield replace(m, action=None, place="on", host=does.on)
            yield Mention(name=does.on, count=m.count, action=m.action)
        elif does.by and animal:
            yield m
            yield Mention(name=does.by, count=m.count, place="hand", host=m.name)
        elif m.name not in boards or m.name not in ridden:
            yield m


def without(reading: Reading, words: Iterable[Word]) -> Reading:
    """What a negative prompt names goes; "people" are all humans, "children" only those."""
    kept = reading.mentions
    barred = set()
    for word in words:
        if word.kind == "subject":
            kept = tuple(m for m in kept if not _means(word, m))
        else:
            barred.add((word.kind, word.name))
    return bar(replace(reading, mentions=kept), barred)


def _means(word: Word, mention: Mention) -> bool:
    look = word.sense.adds.look or ""
    if word.name == "person" and look in {"", "man woman"}:
        return lexicon().subject(mention.name).human
    return mention.name == word.name and (not look or (mention.look or "") in look.split())


def bar(reading: Reading, barred: set[tuple[str, str]]) -> Reading:
    """A reading without what is barred, by kind and name."""

    def unless_barred(kind: str, name: str | None) -> str | None:
        return None if (kind, name) in barred else name

    return replace(
        reading,
        settings=tuple(s for s in reading.settings if unless_barred("setting", s)),
        weather={w: v for w, v in reading.weather.items() if unless_barred("weather", w)},
        hour=unless_barred("hour", reading.hour),
        camera=unless_barred("camera", reading.camera),
        style=unless_barred("style", reading.style),
    )
