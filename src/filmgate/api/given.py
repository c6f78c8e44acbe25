"""Queries and bodies, read as a type says: one reader, one way to say what is wrong."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.datastructures import QueryParams

from filmgate.api import fields
from filmgate.errors import (
    BadRequest,
    InvalidParameter,
    MissingParameter,
    UnknownParameter,
)

MAX_NAME = 80
"""How much of a name that a caller made up is said back."""

T = TypeVar("T", bound=BaseModel)
B = TypeVar("B", bound="Given")


class Given(BaseModel):
    """A body; an unknown field is an error. Null says nothing, but in the fields of `nulls`."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    nulls: ClassVar[frozenset[str]] = frozenset()


def read_query(kind: type[T], query: QueryParams) -> T:
    """The parameters of a query that `kind` names; others are passed over, as is what is empty.

    Raises:
        InvalidParameter: one is wrong.
    """
    found = {name: query[name] for name in kind.model_fields if query.get(name)}
    return read_as(kind, found)


def read_body(kind: type[B], values: Mapping[str, Any]) -> B:
    """The fields of a body as `kind` has them.

    Raises:
        InvalidParameter, MissingParameter, UnknownParameter: the first that is wrong.
    """
    said = {name: v for name, v in values.items() if v is not None or name in kind.nulls}
    return read_as(kind, said)


def read_as(kind: type[T], values: Mapping[str, Any]) -> T:
    """The values as `kind` has them.

    Raises:
        InvalidParameter, MissingParameter, UnknownParameter: the first that is wrong.
    """
    for name, value in values.items():
        fields.check_storable("body", name)
        fields.check_storable(name[:MAX_NAME], value)
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise _refusal(error.errors()[0], kind.model_fields) from error


def _refusal(problem: Any, known: Iterable[str]) -> BadRequest:
    name = str(problem["loc"][0]) if problem["loc"] else "body"
    match problem["type"]:
        case "extra_forbidden":
            return unknown_parameter(name, known)
        case "missing":
            return missing_parameter(name)
        case _:
            return InvalidParameter(name[:MAX_NAME], _reason(problem["msg"]))


def _reason(message: str) -> str:
    """Pydantic's sentence without its subject, which is the parameter."""
    short = re.sub(r"^[A-Z][\w ]* (?=should )", "", message.removeprefix("Value error, "))
    return short if short.startswith(("should ", "must ")) else f"is wrong: {short}"


def missing_parameter(name: str) -> MissingParameter:
    """The error of a field that is needed and absent."""
    return MissingParameter(f"Missing required parameter: '{name}'", param=name)


def unknown_parameter(name: str, known: Iterable[str]) -> UnknownParameter:
    """The error of a field that nothing knows, with the one that it is near to."""
    shown = name[:MAX_NAME].encode(errors="replace").decode()
    near = difflib.get_close_matches(shown, known, n=1, cutoff=0.6)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return UnknownParameter(f"Unknown parameter: '{shown}'{hint}", param=shown)
