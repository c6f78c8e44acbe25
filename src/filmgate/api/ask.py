"""One request, as the handler of its route sees it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel
from starlette.datastructures import Headers
from starlette.requests import Request

from filmgate.api import body, given
from filmgate.api.forms import Fields
from filmgate.api.intake import Hold
from filmgate.api.parts import Parts
from filmgate.domain.account import Caller
from filmgate.errors import InvalidKey, InvalidParameter, LimitReached, Unavailable

T = TypeVar("T")
Q = TypeVar("Q", bound=BaseModel)
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
    hold: Hold | None = None

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

    @property
    def idempotency_key(self) -> str | None:
        """What makes one of several sendings of a create.

        Raises:
            InvalidParameter: it is too long, or not printable.
        """
        key = self.sent.get("idempotency-key") or None
        if key is not None and not (len(key) <= 255 and key.isascii() and key.isprintable()):
            raise InvalidParameter("Idempotency-Key", "must be 1 to 255 printable characters")
        return key

    def query(self, kind: type[Q]) -> Q:
        """The query, as the route declares it."""
        return given.read_query(kind, self.request.query_params, self.parts.drafts.unknown)

    async def body(self, kind: type[B]) -> B:
        """The body, as the route declares it."""
        unknown = self.parts.drafts.unknown

        def read(fields: Fields) -> tuple[B, list[str]]:
            ignored = given.pass_over_unknown(fields, kind.model_fields, unknown)
            return given.read_body(kind, fields), ignored

        found, ignored = await self.read_fields(read, _MAX_BODY)
        self.name_ignored(ignored)
        return found

    async def read_fields(self, read: Callable[[Fields], T], max_bytes: int) -> T:
        """What `read` makes of the fields of the body; a large one is read in a thread."""
        coding, intake = self.sent.get("content-encoding", ""), self.parts.intake
        body.refuse_unknown_coding(coding)
        body.refuse_declared_size(self.sent.get("content-length", ""), max_bytes)
        hold = self.hold = Hold(intake, self.caller.account_id)
        data = await intake.receive(self.request.receive, max_bytes, hold)
        size = len(data)
        if body.is_packed(coding):
            size = body.unpacked_size(size, max_bytes)
            hold.grow(size)
        kind = self.sent.get("content-type", "")
        sent = [data]  # taken out to be read, so that it goes before what it means is made use of
        del data
        return await intake.aside(
            size,
            self.caller.account_id,
            lambda: read(body.parse(sent.pop(), kind, coding, max_bytes)),
        )

    def may_hold(self, count: int) -> bool:
        """Whether an answer may take so many bytes; they are held if it may."""
        self.hold = self.hold or Hold(self.parts.intake, self.caller.account_id)
        try:
            self.hold.grow(count)
        except (LimitReached, Unavailable):
            return False
        return True

    def release(self) -> None:
        """Let go of what body and answer took."""
        if self.hold is not None:
            self.hold.release()

    def name_ignored(self, names: Sequence[str]) -> None:
        """Tell the caller which of the fields sent have no effect."""
        if names:
            shown = [
                quote(name[: given.MAX_NAME], errors="replace") for name in names[:_MOST_NAMED]
            ]
            self.headers["filmgate-ignored"] = ", ".join(shown)
