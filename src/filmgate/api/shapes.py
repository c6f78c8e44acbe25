"""Shapes of doors, filled with facts: `api.dialects.door` says what a shape is."""

from string import Template
from typing import Any

from filmgate.api.dialects.door import MANY, Shape

Facts = dict[str, Any]


def fill(shape: Any, said: Facts) -> Any:
    """A shape with its holes filled."""
    match shape:
        case dict():
            return _fill_keys(shape, said)
        case [word] if word == MANY:
            return said["many"]
        case [one]:
            return [fill(one, said | output) for output in said["outputs"]]
        case str() if shape[:1] == "$" and shape[1:] in said:
            return said[shape[1:]]  # of its own type, not text
        case str() if "$" in shape:
            return Template(shape).substitute(said)
        case _:
            return shape


def _fill_keys(shape: Shape, said: Facts) -> Facts:
    filled = {name: fill(inner, said) for name, inner in shape.items()}
    return {
        name.removeprefix("?"): value
        for name, value in filled.items()
        if not name.startswith("?") or value not in (None, {}, [])
    }
