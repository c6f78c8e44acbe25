"""Counts of what waits and runs. Each statement reads what it counts from an index, and no more."""

from sqlalchemy import String, bindparam, func, select, text, tuple_, union

from filmgate.domain.census import MOST_COUNTED, Lane, Running, WaitingLine
from filmgate.store.connections import ReadConnection
from filmgate.store.tables import accounts, lanes, videos, webhook_notices

# literals: bound values keep both databases off the partial indices
_QUEUED = videos.c.state == text("'queued'")
_RUNNING = videos.c.state == text("'running'")
_ENGINE, _MODEL = bindparam("engine", type_=String), bindparam("model", type_=String)
NEXT_KIND = (
    select(videos.c.engine, videos.c.model, videos.c.created_at)
    .where(_QUEUED, tuple_(videos.c.engine, videos.c.model) > tuple_(_ENGINE, _MODEL))
    .order_by(videos.c.engine, videos.c.model, videos.c.created_at)
    .limit(1)
)
"""The first kind of video after another: from kind to kind, whatever is between is jumped over."""
_OF_KIND = (
    select(videos.c.seq)
    .where(_QUEUED, videos.c.engine == _ENGINE, videos.c.model == _MODEL)
    .limit(MOST_COUNTED)
)
COUNT_KIND = select(func.count()).select_from(_OF_KIND.subquery())
RUNNING = (
    select(videos.c.engine, videos.c.model, videos.c.worker_id, func.count().label("count"))
    .where(_RUNNING)
    .group_by(videos.c.engine, videos.c.model, videos.c.worker_id)
)
_SUSPECTS = select(videos.c.seq).where(_QUEUED, videos.c.strikes >= text("2")).limit(MOST_COUNTED)
SUSPECTS = select(func.count()).select_from(_SUSPECTS.subquery())
_PENDING = (
    select(webhook_notices.c.seq)
    .where(webhook_notices.c.state == text("'pending'"))
    .limit(MOST_COUNTED)
)
PENDING = select(func.count()).select_from(_PENDING.subquery())
_ACTIVE = union(
    select(lanes.c.account_id).where(lanes.c.queued > 0),
    select(videos.c.account_id).where(_RUNNING),
)
HELD = select(func.coalesce(func.sum(accounts.c.held), 0)).where(accounts.c.id.in_(_ACTIVE))
"""Money is held for videos that wait or run: of nobody else's account is there any to add."""
_LANES = (
    select(lanes.c.engine, lanes.c.account_id, lanes.c.queued, lanes.c.running)
    .where((lanes.c.queued > 0) | (lanes.c.running > 0))
    .order_by(lanes.c.queued.desc(), lanes.c.running.desc())
    .limit(bindparam("limit"))
)


def lines(conn: ReadConnection) -> list[WaitingLine]:
    """What waits, by engine and model."""
    found = []
    kind = {"engine": "", "model": ""}
    while (row := conn.sql.execute(NEXT_KIND, kind).first()) is not None:
        kind = {"engine": row.engine, "model": row.model}
        count = int(conn.sql.execute(COUNT_KIND, kind).scalar_one())
        found.append(WaitingLine(**kind, count=count, oldest_at=row.created_at))
    return found


def running(conn: ReadConnection) -> list[Running]:
    """What runs, by engine, model and worker."""
    return [Running(**row._mapping) for row in conn.sql.execute(RUNNING)]


def suspects(conn: ReadConnection) -> int:
    """How many videos wait apart, because their workers died."""
    return int(conn.sql.execute(SUSPECTS).scalar_one())


def pending(conn: ReadConnection) -> int:
    """How many webhooks are still to be told."""
    return int(conn.sql.execute(PENDING).scalar_one())


def sum_held(conn: ReadConnection) -> int:
    """How much money is held, of all accounts, in micro-dollars."""
    return int(conn.sql.execute(HELD).scalar_one())


def busiest_lanes(conn: ReadConnection, limit: int) -> list[Lane]:
    """The accounts that wait and run most, by engine."""
    return [Lane(**row._mapping) for row in conn.sql.execute(_LANES, {"limit": limit})]
