"""A size out of the words that other servers take: a ratio, an orientation, a resolution."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from filmgate.domain.card import Size, Sizes, parse_size
from filmgate.errors import InvalidParameter

ORIENTATIONS = ("landscape", "portrait", "square")
WORDS = ("aspect_ratio", "orientation", "resolution")
_RATIO = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*[:/xX×]\s*(\d{1,4}(?:\.\d{1,3})?)", re.ASCII)
_SIZE = re.compile(r"\s*\d{1,6}\s*[xX*×]\s*\d{1,6}\s*", re.ASCII)
_SHORT_SIDES = {"sd": 480, "hd": 720, "fhd": 1080, "full_hd": 1080, "2k": 1440, "4k": 2160}
_NEAR = Fraction(3, 100)
"""854x480 is 16:9, and so is 1792x1024 to whoever asks for it."""
_OPEN = ("auto", "adaptive", "default")
"""Words for: as you like."""


def size_of_words(given: Mapping[str, str], sizes: Sizes, spelling: Mapping[str, str]) -> Size:
    """The size of a card that fits the words, the nearest to its default where several do.

    Raises:
        InvalidParameter: a word is none, or no size of the card fits.
    """
    default, fitting = parse_size(sizes.default), list[Size]()
    wishes = [_wish(word, text, spelling[word]) for word, text in given.items()]
    if sizes.allowed:
        known = [parse_size(text) for text in sizes.allowed]
    else:
        known = [_size_like(default, wishes)]
    for size in known:
        with suppress(InvalidParameter):
            sizes.check(size)
            fitting += [size] if all(wish.fits(size) for wish in wishes) else []
    if not fitting:
        has = f": it has {', '.join(sizes.allowed)}" if sizes.allowed else ""
        reason = f"fits no size of the model{has}; give size instead"
        raise InvalidParameter(spelling[next(iter(given))], reason)
    pixels = default[0] * default[1]
    return min(fitting, key=lambda size: (size != default, abs(size[0] * size[1] - pixels)))


def refuse_contradiction(given: Mapping[str, str], size: Size, spelling: Mapping[str, str]) -> None:
    """Raise InvalidParameter for a word that says another size than the one given in pixels."""
    for word, text in given.items():
        if not _wish(word, text, spelling[word]).fits(size):
            raise InvalidParameter(spelling[word], "contradicts size: give one of them")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one word says of a size; None is nothing."""

    ratio: Fraction | None = None
    short: int | None = None
    orientation: str | None = None
    exact: Size | None = None

    def fits(self, size: Size) -> bool:
        """Whether a size is as it says."""
        width, height = size
        turned = {
            "landscape": width > height,
            "portrait": width < height,
            "square": width == height,
            None: True,
        }
        near = self.ratio is None or abs(Fraction(width, height) / self.ratio - 1) <= _NEAR
        whole = self.exact in (None, size) and self.short in (None, min(size))
        return near and whole and turned[self.orientation]


def _wish(word: str, text: str, name: str) -> _Wish:
    """What a word says; ratios and orientations are taken in each other's place."""
    text = text.lower()
    if text in _OPEN:
        return _Wish()
    if word == "resolution" and _SIZE.fullmatch(text):
        return _Wish(exact=parse_size(text))
    if word == "resolution":
        return _Wish(short=_short_side(text, name))
    if text in ORIENTATIONS:
        return _Wish(orientation=text)
    match = _RATIO.fullmatch(text)
    if match is None or not Fraction(match[1]) or not Fraction(match[2]):
        words = ", ".join(ORIENTATIONS)
        raise InvalidParameter(name, f'must be a ratio such as "16:9", or one of {words}; or size')
    return _Wish(ratio=Fraction(match[1]) / Fraction(match[2]))


def _short_side(text: str, name: str) -> int:
    if text in _SHORT_SIDES:
        return _SHORT_SIDES[text]
    if not re.fullmatch(r"\d{3,4}p?", text, re.ASCII):
        raise InvalidParameter(name, 'must be a short side such as "720p"; or give size')
    return int(text.removesuffix("p"))


def _size_like(default: Size, wishes: Sequence[_Wish]) -> Size:
    """A size with even sides: what nobody wishes is as in the default."""
    exact = next((wish.exact for wish in wishes if wish.exact), None)
    if exact is not None:
        return exact
    ratio = next((wish.ratio for wish in wishes if wish.ratio), None)
    short = next((wish.short for wish in wishes if wish.short), min(default))
    turn = next((wish.orientation for wish in wishes if wish.orientation), None)
    if ratio is None:
        ratio = Fraction(1) if turn == "square" else Fraction(*default)
        if turn in ("landscape", "portrait") and (ratio > 1) != (turn == "landscape"):
            ratio = 1 / ratio
    long = 2 * round(short * max(ratio, 1 / ratio) / 2)
    return (long, short) if ratio > 1 else (short, long)
