"""Queries and bodies, read as a type says: one reader, one way to say what is wrong."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.datastructures import QueryParams

from filmgate.api import values as kinds
from filmgate.api.forms import is_said
from filmgate.errors import InvalidParameter, MissingParameter, UnknownParameter

Unknown: TypeAlias = Literal["near", "refuse", "ignore"]
"""What is refused of the fields that nothing knows: near misses, all, none."""

MAX_NAME = 80
"""How much of a name that a caller made up is said back."""
ANOTHER_SENSE = frozenset({"mode", "user_id", "userid", "prompt_id"})
"""Fields of other servers that are nearly a word of ours by chance."""
_SLIP = 2
_SHORT, _ALIKE_SHORT, _ALIKE = 5, 0.75, 0.8
"""A slip changes the number of letters by two at most; a short name has few to know it by."""


class Narrowing(BaseModel):
    """A query that narrows a list. What it does not name is refused: unread, it would narrow none.

    Where all unknown fields are passed over, so are these.
    """


_ANYWHERE = frozenset({"api-version"})
"""Parameters that some clients put on every request."""

T = TypeVar("T", bound=BaseModel)
B = TypeVar("B", bound="Given")


class Given(BaseModel):
    """A body. Null says nothing, but in the fields of `nulls`."""

    model_config = ConfigDict(allow_inf_nan=False)
    nulls: ClassVar[frozenset[str]] = frozenset()


def read_query(kind: type[T], query: QueryParams, unknown: Unknown = "near") -> T:
    """The parameters of a query that `kind` names; others are passed over, as is what is empty.

    Raises:
        InvalidParameter: one is wrong.
        UnknownParameter: one would narrow a list if it were known.
    """
    if issubclass(kind, Narrowing) and unknown != "ignore":
        said = {name for name in query if is_said(query.get(name))}
        for name in sorted(said - kind.model_fields.keys() - _ANYWHERE):
            near = nearest_name(name, kind.model_fields)
            hint = f"did you mean '{near}'?" if near else f"known: {', '.join(kind.model_fields)}"
            shown = name[:MAX_NAME].encode(errors="replace").decode()
            raise UnknownParameter(f"Unknown parameter: '{shown}'; {hint}", param=shown)
    found = {name: query[name] for name in kind.model_fields if is_said(query.get(name))}
    return _read_as(kind, found)


def read_body(kind: type[B], fields: Mapping[str, Any]) -> B:
    """The fields of a body as `kind` has them; others are passed over.

    Raises:
        InvalidParameter, MissingParameter: the first that is wrong.
    """
    known = {plain_name(word): word for word in kind.model_fields}
    named = {known.get(plain_name(name), name): value for name, value in fields.items()}
    said = {
        name: value
        for name, value in named.items()
        if is_said(value) or (value is None and name in kind.nulls)
    }
    return _read_as(kind, said)


def _read_as(kind: type[T], values: Mapping[str, Any]) -> T:
    for name, value in values.items():
        kinds.check_storable("body", name)
        kinds.check_storable(name[:MAX_NAME], value)
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        problem: Any = error.errors()[0]
        name = str(problem["loc"][0])[:MAX_NAME] if problem["loc"] else "body"
        if problem["type"] == "missing":
            missing = f"Missing required parameter: '{name}'"
            raise MissingParameter(missing, param=name) from error
        said = str(problem["msg"]).removeprefix("Value error, ")
        reason = re.sub(r"^[A-Z][\w ]* (?=should )", "", said)  # the parameter is its subject
        good = reason.startswith(("should ", "must "))
        raise InvalidParameter(name, reason if good else f"is wrong: {reason}") from error


def pass_over_unknown(names: Iterable[str], known: Collection[str], unknown: Unknown) -> list[str]:
    """The names that nothing here knows, where they are let pass.

    Raises:
        UnknownParameter: one is not: a near miss, or any where all are refused.
    """
    plain = set(map(plain_name, known))
    strange = [name for name in names if plain_name(name) not in plain]
    for name in strange:
        near = nearest_name(name, known)
        if unknown == "refuse" or (unknown == "near" and near):
            hint = f"; did you mean '{near}'?" if near else ""
            shown = name[:MAX_NAME].encode(errors="replace").decode()
            raise UnknownParameter(f"Unknown parameter: '{shown}'{hint}", param=shown)
    return strange


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that this one is a slip of: a letter or two."""
    if name in ANOTHER_SENSE or len(name) > MAX_NAME:
        return None
    given = plain_name(name)
    plain = {plain_name(word): word for word in known}
    near = [word for word in plain if abs(len(word) - len(given)) <= _SLIP]
    cutoff = _ALIKE if len(given) > _SHORT else _ALIKE_SHORT
    found = difflib.get_close_matches(given, near, n=1, cutoff=cutoff)
    return plain[found[0]] if found else None


def plain_name(name: str) -> str:
    """A name however it is written: `aspectRatio`, `aspect-ratio` and `aspect_ratio` are one."""
    return name.lower().replace("_", "").replace("-", "")
