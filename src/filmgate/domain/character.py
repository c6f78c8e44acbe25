"""Characters: somebody or something that looks the same in every film that names it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MAX_NAME = 80
"""Characters of a name."""
MAX_CAST = 2
"""How many characters a film may have."""
MOST_MS = 20_000
"""How long the film that shows a character may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One character of an account. Its film is a file that the account keeps, and dies with it.

    `colours` are `#rrggbb`, what is most its own first.
    """

    id: str
    account_id: str
    name: str
    file_id: str
    colours: tuple[str, ...]
    created_at: float
    expires_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """A character as a video has it. `film` is the storage key of the video's own copy.

    It is named `name` in the prompt, and looks alike wherever `character_id` is the same.
    """

    character_id: str
    name: str
    film: str
    colours: tuple[str, ...] = ()


def cast_member(character: Character, film: str) -> CastMember:
    """A character with its film under that key."""
    return CastMember(
        character_id=character.id, name=character.name, film=film, colours=character.colours
    )


def cast_to_json(cast: tuple[CastMember, ...]) -> list[dict[str, Any]] | None:
    """A cast as plain lists and dicts; None where there is none."""
    return [asdict(one) for one in cast] or None


def cast_from_json(entries: list[Mapping[str, Any]] | None) -> tuple[CastMember, ...]:
    """What `cast_to_json` was given."""
    return tuple(
        CastMember(**{**entry, "colours": tuple(entry["colours"])}) for entry in entries or ()
    )
