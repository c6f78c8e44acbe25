"""What a vocabulary is. Each is one file beside this one, which is found, not listed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from filmgate.domain.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The words of one vocabulary.

    `marks` are request fields that only it has, `hints` those that it has more often than others;
    where both fit, the smaller `rank` goes first, and the first of all speaks where nothing fits.
    `synonyms` are its own words for fields of `filmgate.api.fields`. `sdk_header` is one that its
    clients always send. `seconds` spells a length given in ms. `expires_early` says whether
    `expires_at` shows before completion.
    """

    name: str
    rank: int
    marks: frozenset[str]
    hints: frozenset[str]
    synonyms: Mapping[str, str]
    sdk_header: str | None
    default_model: str
    statuses: Mapping[State, str]
    seconds: Callable[[int], str]
    expires_early: bool


def spell_seconds(duration_ms: int, decimals: int) -> str:
    """A length in seconds, as short as it can be with at least so many decimals."""
    whole, rest = divmod(duration_ms, 1000)
    fraction = f"{rest:03d}".rstrip("0").ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else str(whole)
