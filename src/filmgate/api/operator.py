"""The routes by which an operator watches. Only for keys with the scope `admin`."""

from typing import Literal, cast

from pydantic import Field

from filmgate.api.ask import Ask
from filmgate.api.billing import parse_moment
from filmgate.api.given import Narrowing
from filmgate.api.overviews import ActObject, QueueOverview, WorkerObject
from filmgate.api.reply import list_of
from filmgate.api.wire import Listing
from filmgate.domain import money
from filmgate.domain.audit import AuditFilter

_BUSIEST = 100


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
    return list_of(
        [
            {
                "object": "audit.entry",
                "at": int(entry.at),
                "account_id": entry.account_id,
                "key_id": entry.key_id,
                "act": entry.act,
                "subject": entry.subject,
                "detail": dict(entry.detail) if entry.detail is not None else None,
            }
            for entry in await ask.parts.audit.page(wanted)
        ]
    )


async def see_queue(ask: Ask) -> QueueOverview:
    """What waits and runs, by model and by account."""
    found = await ask.parts.censuses.take()
    return {
        "object": "queue",
        "queued": sum(line.count for line in found.lines),
        "running": sum(one.count for one in found.running),
        "suspects": found.suspects,
        "held_usd": money.usd(found.held),
        "webhook_backlog": found.backlog,
        "models": [
            {
                "engine": line.engine,
                "model": line.model,
                "queued": line.count,
                "oldest_wait_s": int(found.oldest_wait_s(line)),
            }
            for line in found.lines
        ],
        "accounts": [
            {
                "engine": lane.engine,
                "account_id": lane.account_id,
                "queued": lane.queued,
                "running": lane.running,
            }
            for lane in await ask.parts.censuses.busiest(_BUSIEST)
        ],
    }


async def list_workers(ask: Ask) -> Listing[WorkerObject]:
    """The workers that were seen of late, and what they do."""
    found = await ask.parts.censuses.take()
    return list_of(
        [
            {
                "id": hand.id,
                "object": "worker",
                "engine": hand.engine,
                "host": hand.host,
                "pid": hand.pid,
                "state": cast("Literal['busy', 'idle', 'waiting']", hand.state),
                "holds": hand.holds,
                "models": sorted({one.model for one in found.running if one.worker_id == hand.id}),
                "trouble": hand.trouble,
            }
            for hand in found.hands
        ]
    )
