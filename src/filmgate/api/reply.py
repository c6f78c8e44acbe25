"""The one writer of answers, and the one pager."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic_core import to_json
from starlette.responses import Response

from filmgate.api.wire import Ends, Identified, Listing, Page

_PRIVATE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}

T = TypeVar("T")
I = TypeVar("I", bound=Identified)  # noqa: E741


def reply(content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response; prompts and links in it are for nobody's cache."""
    return Response(
        to_json(content),
        status_code=status,
        headers={**_PRIVATE, **(headers or {})},
        media_type="application/json",
    )


def list_of(items: list[T]) -> Listing[T]:
    """All of them."""
    return {"object": "list", "data": items}


def page_of(items: list[I], more: bool, looked_to: str | None = None) -> Page[I]:
    """Some of many, and whether more follow: after the last, or after the one looked at last."""
    ends: Ends = {"first_id": items[0]["id"], "last_id": items[-1]["id"]} if items else {}
    if looked_to is not None:
        ends["last_id"] = looked_to
    return {
        "object": "list",
        "data": items,
        **ends,
        "has_more": more,
    }


def unix_seconds(moment: float | None) -> int | None:
    """A time as the wire has it."""
    return None if moment is None else int(moment)
