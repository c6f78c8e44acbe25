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
