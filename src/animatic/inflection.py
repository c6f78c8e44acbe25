"""English words of a text, and what an inflected one may come from."""

import re
from collections.abc import Iterator

LETTERS = "[a-zß-öø-ÿœ]"
"""Of the languages of the west."""


def words(text: str) -> list[str]:
    """The words and numbers, in Latin letters, of a casefolded text."""
    return re.findall(rf"{LETTERS}+(?:'{LETTERS}+)?|\d+[a-z]*", text)


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
