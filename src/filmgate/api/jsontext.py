"""JSON that strangers wrote, read within bounds: the one place where it is parsed."""

import json
from typing import Any

MAX_VALUES = 100_000
"""How many values one text may hold: each costs far more memory than its bytes."""
MAX_DEPTH = 64
"""How deep objects and lists may stand within one another."""


class Unreadable(ValueError):
    """The text is no JSON that we take; the message completes the sentence "It …"."""


def read_json(text: bytes | str) -> Any:
    """What a text says.

    Raises:
        Unreadable: it is no JSON, or holds too many values, or is nested too deeply.
    """
    try:
        plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        if sum(plain.count(sign) for sign in "[{,") > MAX_VALUES:
            raise Unreadable(f"holds more than {MAX_VALUES} values")
        found = json.loads(plain, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise Unreadable(f"is nested deeper than {MAX_DEPTH} levels") from error
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable(f"is not valid JSON: {str(error)[:200]}") from error
    if is_deeper(found, MAX_DEPTH):
        raise Unreadable(f"is nested deeper than {MAX_DEPTH} levels")
    return found


def is_deeper(value: Any, levels: int) -> bool:
    """Whether objects and lists stand within one another more than so often. No recursion."""
    nodes = [value] if isinstance(value, dict | list) else []
    for _ in range(levels):
        inner = (node.values() if isinstance(node, dict) else node for node in nodes)
        nodes = [child for node in inner for child in node if isinstance(child, dict | list)]
    return bool(nodes)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
