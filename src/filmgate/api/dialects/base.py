"""What a vocabulary is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from filmgate.domain.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The words of one vocabulary.

    `fields` are the request fields that only it has. `seconds` spells a length given in ms.
    `expires_early` says whether `expires_at` shows before completion.
    """

    name: str
    fields: frozenset[str]
    statuses: Mapping[State, str]
    seconds: Callable[[int], str]
    expires_early: bool
