"""What a verb says of a thing that is not there."""

from typing import TypeVar

from filmgate.errors import NotFound

T = TypeVar("T")


def or_missing(found: T | None, what: str, id_: str, error: type[NotFound] = NotFound) -> T:
    """What was found.

    Raises:
        NotFound: nothing was; names what was looked for, and the id as far as it is readable.
    """
    if found is None:
        raise error(f"No {what} with the id '{id_[:80]}'")
    return found
