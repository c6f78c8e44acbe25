"""A size out of the words that other servers take: a ratio, an orientation, a resolution."""

import re
from collections.abc import Mapping
from fractions import Fraction

from filmgate.domain.card import Size, Sizes, parse_size
from filmgate.errors import InvalidParameter

WORDS = ("aspect_ratio", "orientation", "resolution")
_RATIO = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*[:/xX×]\s*(\d{1,4}(?:\.\d{1,3})?)", re.ASCII)
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
    ratio, short = _ratio(given, spelling), _short_side(given, spelling)
    if sizes.allowed:
        known = [parse_size(text) for text in sizes.allowed]
        fitting = [size for size in known if _fits(size, ratio, short, given.get("orientation"))]
    else:
        size = _made(parse_size(sizes.default), ratio, short, given.get("orientation"))
        fits = _fits(size, ratio, None, given.get("orientation")) and _is_taken(sizes, size)
        fitting = [size] if fits else []
    if not fitting:
        name = next(spelling[word] for word in WORDS if word in given)
        has = f": it has {', '.join(sizes.allowed)}" if sizes.allowed else ""
        raise InvalidParameter(name, f"fits no size of the model{has}; give size instead")
    default = parse_size(sizes.default)
    return min(fitting, key=lambda size: (size != default, _distance(size, default)))


def refuse_contradiction(given: Mapping[str, str], size: Size, spelling: Mapping[str, str]) -> None:
    """Raise InvalidParameter for a word that says another size than the one given in pixels."""
    ratio, short = _ratio(given, spelling), _short_side(given, spelling)
    fits = {
        "aspect_ratio": _fits(size, ratio, None, None),
        "resolution": _fits(size, None, short, None),
        "orientation": _fits(size, None, None, given.get("orientation")),
    }
    for word in given:
        if not fits[word]:
            raise InvalidParameter(spelling[word], "contradicts size: give one of them")


def _ratio(given: Mapping[str, str], spelling: Mapping[str, str]) -> Fraction | None:
    text = given.get("aspect_ratio", "").strip().lower()
    if not text or text in _OPEN:
        return None
    match = _RATIO.fullmatch(text)
    if match is None or not Fraction(match[1]) or not Fraction(match[2]):
        raise InvalidParameter(spelling["aspect_ratio"], 'must be a ratio such as "16:9", or size')
    return Fraction(match[1]) / Fraction(match[2])


def _short_side(given: Mapping[str, str], spelling: Mapping[str, str]) -> int | None:
    text = given.get("resolution", "").strip().lower()
    if not text or text in _OPEN:
        return None
    if text in _SHORT_SIDES:
        return _SHORT_SIDES[text]
    if re.fullmatch(r"\d{3,4}p?", text, re.ASCII):
        return int(text.removesuffix("p"))
    try:
        return min(parse_size(text))
    except InvalidParameter as error:
        name = spelling["resolution"]
        raise InvalidParameter(name, 'must be a short side such as "720p"; or give size') from error


def _fits(size: Size, ratio: Fraction | None, short: int | None, orientation: str | None) -> bool:
    width, height = size
    shapes = {"landscape": width > height, "portrait": width < height, "square": width == height}
    return (
        (ratio is None or abs(Fraction(width, height) / ratio - 1) <= _NEAR)
        and (short is None or min(size) == short)
        and (orientation is None or shapes[orientation])
    )


def _made(
    default: Size, ratio: Fraction | None, short: int | None, orientation: str | None
) -> Size:
    """A size with even sides: what is not said is as in the default."""
    if ratio is None:
        ratio = Fraction(1) if orientation == "square" else Fraction(*default)
        if orientation in ("landscape", "portrait") and (ratio > 1) != (orientation == "landscape"):
            ratio = 1 / ratio
    short = min(default) if short is None else short
    long = 2 * round(short * max(ratio, 1 / ratio) / 2)
    return (long, short) if ratio > 1 else (short, long)


def _is_taken(sizes: Sizes, size: Size) -> bool:
    try:
        sizes.check(size)
    except InvalidParameter:
        return False
    return True


def _distance(size: Size, default: Size) -> int:
    return abs(size[0] * size[1] - default[0] * default[1])
