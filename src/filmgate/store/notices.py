"""Who is still to be told of what: leased by a courier, then settled or put off."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    bindparam,
    exists,
    insert,
    or_,
    select,
    text,
    update,
)

from filmgate.domain.webhook import Event, Notice
from filmgate.store.connections import WriteConnection
from filmgate.store.tables import webhook_notices as notices

_ADD = insert(notices)
# a literal: a bound value keeps both databases off the partial index
_PENDING: ColumnElement[bool] = notices.c.state == text("'pending'")
_NOW = bindparam("now", type_=Double)


class Leased(NamedTuple):
    """A notice that was leased just now. `token` is the number of the attempt."""

    seq: int
    token: int
    event_id: str
    failing_since: float | None


def _next_due() -> Select[int]:
    """Due notices of an endpoint, but of each video only the oldest that is not settled."""
    earlier = notices.alias("earlier")
    before = exists().where(
        earlier.c.endpoint_id == notices.c.endpoint_id,
        earlier.c.video_id == notices.c.video_id,
        earlier.c.state == text("'pending'"),
        earlier.c.seq < notices.c.seq,
    )
    return (
        select(notices.c.seq)
        .where(
            notices.c.endpoint_id == bindparam("endpoint_id"),
            _PENDING,
            notices.c.due_at <= _NOW,
            or_(notices.c.leased_until.is_(None), notices.c.leased_until <= _NOW),
            ~before,
        )
        .order_by(notices.c.due_at, notices.c.seq)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
    )


NEXT_DUE = _next_due()


def add(conn: WriteConnection, event: Event, endpoint_ids: Iterable[str]) -> None:
    """Put an event in line for endpoints."""
    fresh: dict[str, Any] = {
        "event_id": event.id,
        "video_id": event.video_id,
        "due_at": event.created_at,
        "state": "pending",
        "token": 0,
    }
    conn.sql.execute(_ADD, [fresh | {"endpoint_id": id_} for id_ in endpoint_ids])


def next_due(conn: WriteConnection, endpoint_id: str, limit: int, now: float) -> Sequence[int]:
    """The rows of up to `limit` notices that are due, locked."""
    line = {"endpoint_id": endpoint_id, "now": now, "limit": limit}
    return conn.sql.execute(NEXT_DUE, line).scalars().all()


def lease(conn: WriteConnection, seqs: Sequence[int], until: float) -> list[Leased]:
    """Lease notices until then, in the order in which they came."""
    statement = (
        update(notices)
        .where(notices.c.seq.in_(seqs))
        .values(token=notices.c.token + 1, leased_until=until)
        .returning(notices.c.seq, notices.c.token, notices.c.event_id, notices.c.failing_since)
    )
    return sorted(Leased(*row) for row in conn.sql.execute(statement))


def settle(conn: WriteConnection, notice: Notice, state: str) -> bool:
    """End a notice, delivered or dropped; False when its lease is not held any more."""
    statement = update(notices).where(*_still_ours(notice)).values(state=state, leased_until=None)
    return conn.sql.execute(statement).rowcount == 1


def postpone(conn: WriteConnection, notice: Notice, due_at: float, failing_since: float) -> bool:
    """Put a notice off to a later try; False when its lease is not held any more."""
    statement = (
        update(notices)
        .where(*_still_ours(notice))
        .values(due_at=due_at, failing_since=failing_since, leased_until=None)
    )
    return conn.sql.execute(statement).rowcount == 1


def make_due(conn: WriteConnection, endpoint_id: str, now: float) -> None:
    """Bring forward all that an endpoint was to be told later."""
    conn.sql.execute(
        update(notices)
        .where(notices.c.endpoint_id == endpoint_id, _PENDING, notices.c.due_at > now)
        .where(notices.c.leased_until.is_(None))
        .values(due_at=now)
    )


def drop(conn: WriteConnection, endpoint_id: str) -> None:
    """Drop what an endpoint was still to be told."""
    conn.sql.execute(
        update(notices)
        .where(notices.c.endpoint_id == endpoint_id, _PENDING)
        .values(state="dropped", leased_until=None)
    )


def _still_ours(notice: Notice) -> tuple[ColumnElement[bool], ...]:
    return (notices.c.seq == notice.seq, notices.c.token == notice.attempt, _PENDING)
