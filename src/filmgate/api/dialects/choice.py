"""Which vocabulary answers, by header, by SDK, by what the video was created with."""

import pkgutil
from collections.abc import Iterable
from importlib import import_module

from starlette.datastructures import Headers

from filmgate.api import dialects
from filmgate.api.dialects.base import Dialect
from filmgate.domain.states import State
from filmgate.errors import InvalidParameter

HEADER = "x-filmgate-dialect"


MODULES = [
    import_module(f"{dialects.__name__}.{module.name}")
    for module in pkgutil.iter_modules(dialects.__path__)
    if module.name != __name__.rpartition(".")[2]
]
"""Every file of this folder: vocabularies, and the tables of neighbours' doors."""
_FOUND: list[Dialect] = [module.DIALECT for module in MODULES if hasattr(module, "DIALECT")]
DIALECTS = {d.name: d for d in sorted(_FOUND, key=lambda dialect: dialect.rank)}
"""Every vocabulary by its name, by rank."""
FIRST = next(iter(DIALECTS.values()))
"""The one that speaks where nothing is said."""


def dialect_of_headers(headers: Headers) -> Dialect | None:
    """The vocabulary that the request's headers demand: ours first, then the SDKs' own mark.

    Raises:
        InvalidParameter: our header names no vocabulary.
    """
    name = headers.get(HEADER)
    if name:
        if name not in DIALECTS:
            raise InvalidParameter(HEADER, f"must be one of {', '.join(sorted(DIALECTS))}")
        return DIALECTS[name]
    for dialect in DIALECTS.values():
        if dialect.sdk_header is not None and dialect.sdk_header in headers:
            return dialect
    return None


def of_create(headers: Headers, fields: Iterable[str], card_dialect: str | None) -> Dialect | None:
    """The vocabulary that a video is created with and remembers; None where nothing says it.

    `card_dialect` is that of the card that the request names, None when it names none.
    """
    if headers.get(HEADER):
        return dialect_of_headers(headers)
    used = set(fields)
    for dialect in DIALECTS.values():
        if used & dialect.marks:
            return dialect
    for dialect in DIALECTS.values():
        if dialect.name == card_dialect or used & dialect.hints:
            return dialect
    return None


def states(word: str) -> tuple[State, ...]:
    """The states that a status word of any vocabulary means.

    Raises:
        InvalidParameter: no vocabulary has that word.
    """
    words = [pair for dialect in DIALECTS.values() for pair in dialect.statuses.items()]
    found = {state for state, status in words if status == word}
    if not found:
        known = sorted({status for _, status in words})
        raise InvalidParameter("status", f"must be one of {', '.join(known)}")
    return tuple(sorted(found))
