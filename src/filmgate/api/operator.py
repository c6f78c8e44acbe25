"""The routes by which an operator reads who did what. Only for keys with the scope `admin`."""

from pydantic import Field

from filmgate.api.ask import Ask
from filmgate.api.billing import parse_moment
from filmgate.api.given import Narrowing
from filmgate.api.overviews import ActObject
from filmgate.api.reply import list_of
from filmgate.api.wire import Listing
from filmgate.domain.audit import AuditEntry, AuditFilter


class AuditQuery(Narrowing):
    """Which acts."""

    limit: int = Field(default=100, ge=1, le=1000)
    account: str | None = Field(default=None, description="an account's id")
    subject: str | None = Field(default=None, description="the id of what it was done to")
    act: str | None = Field(default=None, description="as video.deleted")
    since: str | None = Field(
        default=None, max_length=40, description="2026-01-31, a time, or Unix seconds; UTC"
    )


async def list_acts(ask: Ask) -> Listing[ActObject]:
    """Who did what, when and from which key; newest first."""
    query = ask.query(AuditQuery)
    wanted = AuditFilter(
        limit=query.limit,
        account_id=query.account,
        subject=query.subject,
        act=query.act,
        since=parse_moment("since", query.since),
    )
    return list_of([act_object(entry) for entry in await ask.parts.audit.page(wanted)])


def act_object(entry: AuditEntry) -> ActObject:
    """An act as its operator sees it."""
    return {
        "object": "audit.entry",
        "at": int(entry.at),
        "account_id": entry.account_id,
        "key_id": entry.key_id,
        "act": entry.act,
        "subject": entry.subject,
        "detail": dict(entry.detail) if entry.detail is not None else None,
    }
