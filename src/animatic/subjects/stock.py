"""Things of the stock, each a few flat shapes: what is not worth a drawing of its own.

The shapes come from Fluent Emoji Flat (`stock/LICENSE`) by way of `tools/stock.py`.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib import resources
from typing import Any

import skia

from animatic.colour import Colour, mix
from animatic.rig.act import Act, Subject
from animatic.rig.pen import Pen

SWAY = 1.2
"""Degrees that a thing gives in the wind."""

SHADE = 0.12
ACCENT = 0.45
"""How much of the prompt's colour the lesser parts of a thing take."""

Shape = tuple[Colour, float, Any]
"""Colour, opacity, path."""


@cache
def things() -> Mapping[str, Mapping[str, Any]]:
    """The stock as its file has it: by name, width for height and shapes."""
    file = resources.files("animatic") / "stock" / "things.json"
    stock: Mapping[str, Mapping[str, Any]] = json.loads(file.read_text("utf-8"))
    return stock


def path_of(steps: Sequence[Sequence[Any]]) -> Any:
    """The path of steps as the file has them: a letter and absolute points."""
    path = skia.Path()
    path.setFillType(skia.PathFillType.kEvenOdd)
    for code, *at in steps:
        match code:
            case "M":
                path.moveTo(*at)
            case "L":
                path.lineTo(*at)
            case "C":
                path.cubicTo(*at)
            case "Q":
                path.quadTo(*at)
            case _:
                path.close()
    return path


@cache
def shapes_of(name: str) -> tuple[Shape, ...]:
    """The shapes of a thing, from behind to the front."""
    return tuple((rgb, alpha, path_of(steps)) for rgb, alpha, steps in things()[name]["shapes"])


@cache
def main_colour(name: str) -> Colour:
    """The colour that covers most: the prompt's colour takes its place."""
    areas: dict[Colour, float] = {}
    for rgb, _, path in shapes_of(name):
        box = path.getBounds()
        areas[rgb] = areas.get(rgb, 0.0) + box.width() * box.height()
    return max(areas, key=lambda rgb: areas[rgb])


def thing(name: str, pen: Pen, act: Act) -> None:
    """A thing of the stock. It gives a little in the wind."""
    with pen.at(0, 0, angle=SWAY * act.gust() * act.swing()):
        for rgb, alpha, path in shapes_of(name):
            pen.fill(path, _colour(name, rgb, act), shade=SHADE, alpha=alpha)


def _colour(name: str, rgb: Colour, act: Act) -> Colour:
    if act.colour is None:
        return rgb
    return act.colour if rgb == main_colour(name) else mix(rgb, act.colour, ACCENT)


SUBJECTS: dict[str, Subject] = {name: partial(thing, name) for name in things()}
