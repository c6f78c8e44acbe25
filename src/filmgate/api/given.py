"""Queries and bodies, read as a type says: one reader, one way to say what is wrong."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.datastructures import QueryParams

from filmgate.api import values as kinds
from filmgate.api.forms import is_said
from filmgate.errors import BadRequest, InvalidParameter, MissingParameter, UnknownParameter

Unknown: TypeAlias = Literal["near", "refuse", "ignore"]
"""What is refused of the fields that nothing knows: near misses, all, none."""

MAX_NAME = 80
"""How much of a name that a caller made up is said back."""
ANOTHER_SENSE = frozenset({"mode", "user_id", "userid", "prompt_id"})
"""Fields of other servers that are nearly a word of ours by chance."""
_SLIP = 2
_SHORT, _ALIKE_SHORT, _ALIKE = 5, 0.75, 0.8
"""A slip changes the number of letters by two at most; a short name has few to know it by."""

T = TypeVar("T", bound=BaseModel)
B = TypeVar("B", bound="Given")


class Given(BaseModel):
    """A body. Null says nothing, but in the fields of `nulls`."""

    model_config = ConfigDict(allow_inf_nan=False)
    nulls: ClassVar[frozenset[str]] = frozenset()


def read_query(kind: type[T], query: QueryParams) -> T:
    """The parameters of a query that `kind` names; others are passed over, as is what is empty.

    Raises:
        InvalidParameter: one is wrong.
    """
    found = {name: query[name] for name in kind.model_fields if query.get(name)}
    return _read_as(kind, found)


def read_body(kind: type[B], fields: Mapping[str, Any]) -> B:
    """The fields of a body as `kind` has them; others are passed over.

    Raises:
        InvalidParameter, MissingParameter: the first that is wrong.
    """
    said = {
        name: value
        for name, value in fields.items()
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
        raise _refusal(error.errors()[0]) from error


def _refusal(problem: Any) -> BadRequest:
    name = str(problem["loc"][0]) if problem["loc"] else "body"
    if problem["type"] == "missing":
        return MissingParameter(f"Missing required parameter: '{name}'", param=name)
    return InvalidParameter(name[:MAX_NAME], _reason(problem["msg"]))


def _reason(message: str) -> str:
    """Pydantic's sentence without its subject, which is the parameter."""
    short = re.sub(r"^[A-Z][\w ]* (?=should )", "", message.removeprefix("Value error, "))
    return short if short.startswith(("should ", "must ")) else f"is wrong: {short}"


def pass_over_unknown(names: Iterable[str], known: Collection[str], unknown: Unknown) -> list[str]:
    """The names that nothing here knows, where they are let pass.

    Raises:
        UnknownParameter: one is not: a near miss, or any where all are refused.
    """
    strange = [name for name in names if name not in known]
    for name in strange:
        near = nearest_name(name, known)
        if unknown == "refuse" or (unknown == "near" and near):
            hint = f"; did you mean '{near}'?" if near else ""
            shown = name[:MAX_NAME].encode(errors="replace").decode()
            raise UnknownParameter(f"Unknown parameter: '{shown}'{hint}", param=shown)
    return strange


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that this one is a slip of: a letter or two, capitals, underscores."""
    if name in ANOTHER_SENSE or len(name) > MAX_NAME:
        return None
    given = _plain(name)
    plain = {_plain(word): word for word in known}
    near = [word for word in plain if abs(len(word) - len(given)) <= _SLIP]
    cutoff = _ALIKE if len(given) > _SHORT else _ALIKE_SHORT
    found = difflib.get_close_matches(given, near, n=1, cutoff=cutoff)
    return plain[found[0]] if found else None


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")
