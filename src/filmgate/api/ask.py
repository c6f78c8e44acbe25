"""One request, as the handler of its route sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel
from starlette.datastructures import Headers
from starlette.requests import Request

from filmgate.api import given
from filmgate.api.body import Fields
from filmgate.api.body import read as read_fields
from filmgate.api.parts import Parts
from filmgate.domain.account import Caller
from filmgate.errors import InvalidKey

T = TypeVar("T", bound=BaseModel)
B = TypeVar("B", bound=given.Given)

_MOST_NAMED = 20
_MAX_BODY = 1 << 20
"""Bytes of a body that holds no picture."""


@dataclass(slots=True, kw_only=True)
class Ask:
    """A request, who sent it, and what answers it.

    `path` holds the values of the route's holes; `headers` are for the answer.
    """

    request: Request
    parts: Parts
    known: Caller | None
    path: Mapping[str, str]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def caller(self) -> Caller:
        """Who sent this request.

        Raises:
            InvalidKey: nobody who proved it.
        """
        if self.known is None:
            raise InvalidKey("An API key is needed")
        return self.known

    @property
    def base_url(self) -> str:
        """The address that the caller reaches us at."""
        if self.parts.public_url:
            return self.parts.public_url.rstrip("/")
        host = self.sent.get("host") or "localhost"
        return f"{self.request.scope['scheme']}://{host}"

    @property
    def sent(self) -> Headers:
        """The headers of the request."""
        return self.request.headers

    def query(self, kind: type[T]) -> T:
        """The query, as the route declares it."""
        return given.read_query(kind, self.request.query_params)

    async def body(self, kind: type[B]) -> B:
        """The body, as the route declares it."""
        fields = await self.fields(_MAX_BODY)
        unknown = self.parts.drafts.unknown
        self.name_ignored(given.pass_over_unknown(fields, kind.model_fields, unknown))
        return given.read_body(kind, fields)

    def name_ignored(self, names: Sequence[str]) -> None:
        """Tell the caller which of the fields sent have no effect."""
        if names:
            shown = [
                quote(name[: given.MAX_NAME], errors="replace") for name in names[:_MOST_NAMED]
            ]
            self.headers["filmgate-ignored"] = ", ".join(shown)

    async def fields(self, max_bytes: int) -> Fields:
        """The fields of the body, whatever kind of body it is."""
        return await read_fields(self.request, max_bytes)
