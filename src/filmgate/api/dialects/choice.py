"""Which vocabulary answers, by header, by SDK, by what the video was created with."""

from collections.abc import Iterable

from starlette.datastructures import Headers

from filmgate.api.dialects.base import Dialect
from filmgate.api.dialects.openai import OPENAI
from filmgate.api.dialects.sora import SORA
from filmgate.domain.states import State
from filmgate.errors import InvalidParameter

DIALECTS = {dialect.name: dialect for dialect in (SORA, OPENAI)}
HEADER = "x-filmgate-dialect"
_SDK_HEADER = "x-stainless-lang"


def forced(headers: Headers) -> Dialect | None:
    """The vocabulary that the request's headers demand: ours first, then the SDKs' own mark.

    Raises:
        InvalidParameter: our header names no vocabulary.
    """
    name = headers.get(HEADER)
    if name is not None:
        if name not in DIALECTS:
            raise InvalidParameter(HEADER, f"must be one of {', '.join(DIALECTS)}")
        return DIALECTS[name]
    return OPENAI if _SDK_HEADER in headers else None


def of_create(headers: Headers, fields: Iterable[str], card_dialect: str | None) -> Dialect:
    """The vocabulary that a video is created with and remembers.

    `card_dialect` is that of the card that the request names, None when it names none.
    """
    if HEADER in headers:
        return forced(headers) or OPENAI
    used = set(fields)
    if used & SORA.fields:
        return SORA
    return SORA if card_dialect == SORA.name and not used & OPENAI.fields else OPENAI


def states(word: str) -> tuple[State, ...]:
    """The states that a status word of any vocabulary means.

    Raises:
        InvalidParameter: no vocabulary has that word.
    """
    found = {
        state
        for dialect in DIALECTS.values()
        for state, status in dialect.statuses.items()
        if status == word
    }
    if not found:
        words = sorted(
            {word for dialect in DIALECTS.values() for word in dialect.statuses.values()}
        )
        raise InvalidParameter("status", f"must be one of {', '.join(words)}")
    return tuple(sorted(found))
