"""Colours: plain 0xRRGGBB integers and the few things done to them."""

import colorsys
from functools import lru_cache

Colour = int


def split(colour: Colour) -> tuple[int, int, int]:
    """Red, green and blue, 0…255."""
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def join(red: float, green: float, blue: float) -> Colour:
    """The colour of three parts, each clipped to 0…255."""
    r, g, b = (min(255, max(0, round(part))) for part in (red, green, blue))
    return r << 16 | g << 8 | b


@lru_cache(4096)
def mix(one: Colour, two: Colour, share: float) -> Colour:
    """`one` with `share` of `two` in it."""
    return join(*(a + (b - a) * share for a, b in zip(split(one), split(two), strict=True)))


def lighter(colour: Colour, share: float) -> Colour:
    """Towards white."""
    return mix(colour, 0xFFFFFF, share)


def darker(colour: Colour, share: float) -> Colour:
    """Towards a deep blue-violet: shadows that are black look dirty."""
    return mix(colour, 0x1B1436, share)


@lru_cache(4096)
def multiply(one: Colour, two: Colour) -> Colour:
    """`one` seen under light of colour `two`."""
    return join(*(a * b / 255 for a, b in zip(split(one), split(two), strict=True)))


def grey(colour: Colour, share: float) -> Colour:
    """`colour` with `share` of its saturation gone."""
    r, g, b = split(colour)
    level = round(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return mix(colour, join(level, level, level), share)


def luma(colour: Colour) -> float:
    """Brightness, 0…1."""
    r, g, b = split(colour)
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255


def hsl(hue: float, saturation: float, lightness: float) -> Colour:
    """A colour by hue (turns), saturation and lightness (0…1)."""
    return join(*(255 * p for p in colorsys.hls_to_rgb(hue % 1, lightness, saturation)))


def argb(colour: Colour, alpha: float = 1.0) -> int:
    """The colour as the canvas takes it."""
    return min(255, max(0, round(alpha * 255))) << 24 | colour
