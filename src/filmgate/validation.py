"""What pydantic finds wrong, in lines for whoever wrote the value."""

from collections.abc import Container, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from filmgate.errors import SettingsError

__all__ = ["read_options"]

Model = TypeVar("Model", bound=BaseModel)

_SECRET = ("key", "secret", "token", "password", "credential", "authorization", "header")


def read_options(model: type[Model], options: Mapping[str, Any]) -> Model:
    """An engine's options as its own model of them.

    Raises:
        SettingsError: one is wrong; names it, its value and what is allowed.
    """
    try:
        return model.model_validate(options)
    except ValidationError as error:
        raise SettingsError("\n".join(complaints(error, "options."))) from error


def complaints(
    error: ValidationError, before: str = "", *, secrets: Container[str] = ()
) -> list[str]:
    """A line for each mistake: `before` and the field's name, its value, what is allowed."""
    return [_complaint(entry, before, secrets) for entry in error.errors()]


def show_value(name: str, value: object, *, secrets: Container[str] = ()) -> str:
    """A value as a message may show it: not where its name is one of `secrets` or sounds so."""
    hidden = name.split(".")[0] in secrets or any(word in name.lower() for word in _SECRET)
    return "secret" if hidden else repr(value)


def say_what_is_no_json(
    trouble: str, variables: Mapping[str, str], secrets: Container[str] = ()
) -> str:
    """The sentence for a variable that pydantic could not read; `trouble` names the field alone."""
    name = trouble.split('"')[1] if '"' in trouble else "a variable"
    value = show_value(name, variables.get(f"FILMGATE_{name.upper()}"), secrets=secrets)
    return f"{name} is {value}: must be JSON, for it is a table or a list"


def _complaint(entry: Mapping[str, Any], before: str, secrets: Container[str]) -> str:
    name = (before + ".".join(str(part) for part in entry["loc"])).removesuffix(".")
    if entry["type"] == "extra_forbidden":
        return f"{name} is not a setting"
    if isinstance(entry["input"], Mapping):
        reason = str(entry["msg"]).removeprefix("Value error, ")
        return f"{name}: {reason}" if name else reason
    return f"{name} is {show_value(name, entry['input'], secrets=secrets)}: {entry['msg']}"
