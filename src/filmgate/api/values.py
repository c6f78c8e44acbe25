"""One reader for each kind of value, in the caller's own spelling of its field."""

import json
import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from filmgate.api.forms import Upload, is_said
from filmgate.api.jsontext import Unreadable, is_deeper, read_json
from filmgate.errors import InvalidParameter

_MAX_DEPTH = 32
_MOST_SPACIOUS = 6
"""How many times its bytes a JSON text may be, with every letter of it escaped."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(\d{1,32}(\.\d{0,32})?|\.\d{1,32})([eE][+-]?\d{1,3})?", re.ASCII)


def number(name: str, value: Any) -> Decimal:
    """A finite number, from a number or its text.

    Raises:
        InvalidParameter: it is none.
    """
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return _decimal(name, value.strip())
    if isinstance(value, float) and math.isfinite(value):
        return _decimal(name, repr(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise InvalidParameter(name, "must be a number")


def _decimal(name: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise InvalidParameter(name, "must be a number") from error


def integer(name: str, value: Any) -> int:
    """A whole number, from a number or its text.

    Raises:
        InvalidParameter: it is none, or is beyond 64 bits.
    """
    try:
        found = number(name, value)
    except InvalidParameter as error:
        raise InvalidParameter(name, "must be an integer") from error
    if abs(found) >= 2**63 or found != found.to_integral_value():
        raise InvalidParameter(name, "must be an integer")
    return int(found)


def text(name: str, value: Any, *, most: int) -> str:
    """Text that can be stored and shown.

    Raises:
        InvalidParameter: it is no text, too long, or holds NUL or broken Unicode.
    """
    if not isinstance(value, str):
        raise InvalidParameter(name, "must be text")
    if len(value) > most:
        raise InvalidParameter(name, f"must have at most {most} characters, got {len(value)}")
    check_storable(name, value)
    return value


def trim(value: Any) -> Any:
    """Text without the blanks around it; anything else as it is."""
    return value.strip() if isinstance(value, str) else value


def choice(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """One of a few words.

    Raises:
        InvalidParameter: it is none of them.
    """
    if value not in allowed:
        raise InvalidParameter(name, f"must be one of {', '.join(allowed)}")
    return str(value)


def mapping(name: str, value: Any, *, most_bytes: int) -> dict[str, Any]:
    """An object, or its JSON text.

    Raises:
        InvalidParameter: it is none, is too large, or holds what JSON cannot say.
    """
    if isinstance(value, Upload):
        value = value.data.decode("utf-8", "replace")
    if isinstance(value, str):
        _refuse_length(name, len(value), most_bytes, _MOST_SPACIOUS * most_bytes)
        value = json_text(name, value)
    if not is_said(value):
        return {}
    if not isinstance(value, dict):
        raise InvalidParameter(name, "must be an object")
    if is_deeper(value, _MAX_DEPTH):
        raise InvalidParameter(name, f"is nested deeper than {_MAX_DEPTH} levels")
    try:
        size = len(json.dumps(value, allow_nan=False, ensure_ascii=False).encode())
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidParameter(name, "holds a value that JSON text cannot carry") from error
    _refuse_length(name, size, most_bytes, most_bytes)
    check_storable(name, value)
    return value


def json_text(name: str, value: str) -> Any:
    """What a JSON text says: a nested value may come as one.

    Raises:
        InvalidParameter: it is none.
    """
    try:
        return read_json(value)
    except Unreadable as error:
        raise InvalidParameter(name, f"must be an object, or its JSON text; it {error}") from error


def _refuse_length(name: str, length: int, most_bytes: int, most: int) -> None:
    if length > most:
        reason = f"must have at most {most_bytes} bytes as JSON, got {length}"
        raise InvalidParameter(name, reason)


def check_storable(name: str, value: Any) -> None:
    """Raise InvalidParameter for text, however deep, that a database or an answer cannot hold."""
    nodes = [value]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            nodes += [*node, *node.values()]
        elif isinstance(node, list):
            nodes += node
        elif isinstance(node, str) and "\0" in node:
            raise InvalidParameter(name, "must not contain NUL characters")
        elif isinstance(node, str) and _SURROGATE.search(node):
            raise InvalidParameter(name, "is not valid Unicode")
