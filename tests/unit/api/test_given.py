from typing import Any

import pytest
from pydantic import BaseModel, Field
from starlette.datastructures import QueryParams

from filmgate.api.given import Given, nearest_name, pass_over_unknown, read_body, read_query
from filmgate.errors import BadRequest, InvalidParameter, MissingParameter, UnknownParameter


class Which(BaseModel):
    limit: int = Field(default=20, ge=1, le=100)
    after: str | None = None


class Thing(Given):
    name: str = Field(max_length=3)
    ceiling: int | None = 7

    nulls = frozenset({"ceiling"})


@pytest.mark.parametrize("query", ["", "limit=&after=", "api-version=preview", "limit=20"])
def test_what_is_empty_or_unknown_in_a_query_says_nothing(query: str) -> None:
    assert read_query(Which, QueryParams(query)) == Which()


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=1.5", "limit=" + "9" * 5000])
def test_a_wrong_query_value_is_named(query: str) -> None:
    with pytest.raises(InvalidParameter, match=r"Invalid parameter: limit (should be|is wrong)"):
        read_query(Which, QueryParams(query))


def test_no_value_has_a_nul() -> None:
    with pytest.raises(InvalidParameter, match="after must not contain NUL"):
        read_query(Which, QueryParams("after=a%00b"))


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ({}, MissingParameter, "Missing required parameter: 'name'"),
        ({"name": None}, MissingParameter, "Missing required parameter: 'name'"),
        ({"name": "long"}, InvalidParameter, "Invalid parameter: name should have at most 3"),
    ],
)
def test_what_is_wrong_with_a_body_is_said(
    body: dict[str, Any], kind: type[BadRequest], message: str
) -> None:
    with pytest.raises(kind, match=message):
        read_body(Thing, body)


def test_null_says_nothing_unless_it_means_something() -> None:
    assert read_body(Thing, {"name": "a"}).ceiling == 7
    assert read_body(Thing, {"name": "a", "ceiling": None}).ceiling is None


KNOWN = ("model", "prompt", "seconds", "size", "width", "input_reference", "fps", "negative_prompt")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("promt", "prompt"),
        ("secconds", "seconds"),
        ("widht", "width"),
        ("sise", "size"),
    ],
)
def test_a_slip_is_told_from_what_is_meant(name: str, meant: str) -> None:
    assert nearest_name(name, KNOWN) == meant
    with pytest.raises(UnknownParameter, match=f"did you mean '{meant}'"):
        pass_over_unknown([name], KNOWN, "near")
    assert pass_over_unknown([name], KNOWN, "ignore") == [name]


@pytest.mark.parametrize(
    "name", ["resolution_name", "preset", "mode", "style", "x" * 10_000, "\ud800", "", "🎬", "a\0"]
)
def test_a_field_of_other_servers_is_no_slip(name: str) -> None:
    assert pass_over_unknown(["model", name], KNOWN, "near") == [name]
    with pytest.raises(UnknownParameter):
        pass_over_unknown([name], KNOWN, "refuse")


@pytest.mark.parametrize("name", ["inputReference", "input-reference", "Input_Reference", "FPS"])
def test_a_name_is_known_however_it_is_written(name: str) -> None:
    assert pass_over_unknown([name], KNOWN, "refuse") == []


def test_a_body_is_read_by_any_spelling() -> None:
    assert read_body(Thing, {"Name": "a", "CEILING": 1}) == Thing(name="a", ceiling=1)
