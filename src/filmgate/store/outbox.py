"""What happened and who is still to be told: written with the act, leased, told, settled."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    text,
    update,
)

from filmgate.domain import ids
from filmgate.domain.states import State
from filmgate.domain.webhook import TOLD, DueEndpoint, Endpoint, Event, Notice, probed
from filmgate.store import webhooks
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import webhook_deliveries as deliveries
from filmgate.store.tables import webhook_endpoints as endpoints
from filmgate.store.tables import webhook_events as events
from filmgate.store.tables import webhook_notices as notices

_SUBSCRIBERS = (
    select(endpoints.c.id, endpoints.c.event_types)
    .where(endpoints.c.account_id == bindparam("account_id"), endpoints.c.disabled_at.is_(None))
    .with_for_update(read=True, key_share=True)
)
"""Held against their removal, or a notice could name an endpoint that is just gone."""
_ADD_EVENT = insert(events)
_ADD_NOTICE = insert(notices)
_AT_ONCE = 1000
_PENDING: ColumnElement[bool] = notices.c.state == text("'pending'")
_NOW = bindparam("now", type_=Double)
_DUE = and_(
    _PENDING,
    notices.c.due_at <= _NOW,
    or_(notices.c.leased_until.is_(None), notices.c.leased_until <= _NOW),
)


def happened(
    conn: WriteConnection, account_id: str, video_id: str, state: State, now: float
) -> None:
    """Write down the end of a video for every endpoint that wants to be told, if there is any."""
    found = conn.sql.execute(_SUBSCRIBERS, {"account_id": account_id}).all()
    wanting = [row.id for row in found if TOLD[state] in row.event_types]
    if not wanting:
        return
    event = {
        "id": ids.event_id(),
        "account_id": account_id,
        "type": TOLD[state],
        "video_id": video_id,
        "created_at": now,
    }
    conn.sql.execute(_ADD_EVENT, event)
    fresh = {"event_id": event["id"], "video_id": video_id, "due_at": now} | _FRESH
    conn.sql.execute(_ADD_NOTICE, [fresh | {"endpoint_id": id_} for id_ in wanting])


_FRESH: dict[str, Any] = {"state": "pending", "token": 0}


def _rested() -> ColumnElement[bool]:
    return or_(endpoints.c.rests_until.is_(None), endpoints.c.rests_until <= _NOW)


_ENDPOINTS_DUE = select(endpoints.c.id, endpoints.c.failures).where(
    endpoints.c.disabled_at.is_(None),
    _rested(),
    exists().where(notices.c.endpoint_id == endpoints.c.id, _DUE),
)


def _next() -> Select[int]:
    """DueEndpoint notices of an endpoint, but of each video only the oldest that is not settled."""
    earlier = notices.alias("earlier")
    before = exists().where(
        earlier.c.endpoint_id == notices.c.endpoint_id,
        earlier.c.video_id == notices.c.video_id,
        earlier.c.state == text("'pending'"),
        earlier.c.seq < notices.c.seq,
    )
    return (
        select(notices.c.seq)
        .where(notices.c.endpoint_id == bindparam("endpoint_id"), _DUE, ~before)
        .order_by(notices.c.due_at, notices.c.seq)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
    )


_NEXT = _next()
_ENDPOINT = select(*webhooks.COLUMNS).where(endpoints.c.id == bindparam("id"))
_ENDPOINT_HELD = _ENDPOINT.with_for_update(key_share=True)
_PROBE = (
    update(endpoints)
    .where(endpoints.c.id == bindparam("id_"), _rested())
    .values(rests_until=bindparam("until"))
)


def due(conn: ReadConnection, now: float) -> list[DueEndpoint]:
    """The endpoints that are to be told something now."""
    found = conn.sql.execute(_ENDPOINTS_DUE, {"now": now})
    return [DueEndpoint(row.id, probed(row.failures)) for row in found]


def lease(
    conn: WriteConnection, wanted: DueEndpoint, limit: int, now: float, until: float
) -> list[Notice]:
    """Lease up to `limit` due notices of an endpoint; none when another courier was first."""
    row = conn.sql.execute(_ENDPOINT, {"id": wanted.endpoint_id}).one_or_none()
    if row is None or row.disabled_at is not None:
        return []
    if probed(row.failures):
        probe = {"id_": wanted.endpoint_id, "now": now, "until": until}
        if conn.sql.execute(_PROBE, probe).rowcount == 0:
            return []
        limit = 1
    line = {"endpoint_id": wanted.endpoint_id, "now": now, "limit": limit}
    seqs = conn.sql.execute(_NEXT, line).scalars().all()
    return _leased(conn, webhooks.endpoint(row), seqs, until) if seqs else []


def _leased(
    conn: WriteConnection, endpoint: Endpoint, seqs: Sequence[int], until: float
) -> list[Notice]:
    statement = (
        update(notices)
        .where(notices.c.seq.in_(seqs))
        .values(token=notices.c.token + 1, leased_until=until)
        .returning(notices.c.seq, notices.c.token, notices.c.event_id, notices.c.failing_since)
    )
    rows = conn.sql.execute(statement).all()
    told = _events(conn, [row.event_id for row in rows])
    return [
        Notice(
            seq=row.seq,
            attempt=row.token,
            event=told[row.event_id],
            endpoint=endpoint,
            failing_since=row.failing_since,
        )
        for row in sorted(rows)
    ]


def _events(conn: ReadConnection, wanted: list[str]) -> dict[str, Event]:
    columns = (events.c.id, events.c.type, events.c.video_id, events.c.created_at)
    found = conn.sql.execute(select(*columns).where(events.c.id.in_(wanted)))
    return {row.id: Event(**row._mapping) for row in found}


def settle(conn: WriteConnection, notice: Notice, state: str) -> bool:
    """End a notice, delivered or dropped; False when its lease is not held any more."""
    statement = update(notices).where(*_held(notice)).values(state=state, leased_until=None)
    return conn.sql.execute(statement).rowcount == 1


def postpone(conn: WriteConnection, notice: Notice, due_at: float, failing_since: float) -> bool:
    """Put a notice off to a later try; False when its lease is not held any more."""
    statement = (
        update(notices)
        .where(*_held(notice))
        .values(due_at=due_at, failing_since=failing_since, leased_until=None)
    )
    return conn.sql.execute(statement).rowcount == 1


def _held(notice: Notice) -> tuple[ColumnElement[bool], ...]:
    return (notices.c.seq == notice.seq, notices.c.token == notice.attempt, _PENDING)


def held_endpoint(conn: WriteConnection, endpoint_id: str) -> Endpoint | None:
    """An endpoint, held against other couriers' news of it."""
    row = conn.sql.execute(_ENDPOINT_HELD, {"id": endpoint_id}).one_or_none()
    return webhooks.endpoint(row) if row else None


def well(conn: WriteConnection, endpoint_id: str, now: float) -> None:
    """An endpoint that failed answers again: all that it was put off to is due at once."""
    values = {"failures": 0, "failing_since": None, "rests_until": None}
    conn.sql.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(**values))
    conn.sql.execute(
        update(notices)
        .where(notices.c.endpoint_id == endpoint_id, _PENDING, notices.c.due_at > now)
        .where(notices.c.leased_until.is_(None))
        .values(due_at=now)
    )


def ill(
    conn: WriteConnection, endpoint_id: str, failures: int, failing_since: float, rests_until: float
) -> None:
    """An endpoint failed once more."""
    conn.sql.execute(
        update(endpoints)
        .where(endpoints.c.id == endpoint_id)
        .values(failures=failures, failing_since=failing_since, rests_until=rests_until)
    )


def switch_off(conn: WriteConnection, endpoint_id: str, reason: str, now: float) -> None:
    """Tell an endpoint nothing more, and drop what it was still to be told."""
    conn.sql.execute(
        update(endpoints)
        .where(endpoints.c.id == endpoint_id, endpoints.c.disabled_at.is_(None))
        .values(disabled_at=now, disabled_reason=reason)
    )
    conn.sql.execute(
        update(notices)
        .where(notices.c.endpoint_id == endpoint_id, _PENDING)
        .values(state="dropped", leased_until=None)
    )


def forget(conn: WriteConnection, before: float) -> int:
    """Remove settled events and deliveries of before that time; return how many."""
    unsettled = exists().where(notices.c.event_id == events.c.id, _PENDING)
    old = select(events.c.id).where(events.c.created_at < before, ~unsettled).limit(_AT_ONCE)
    said = select(deliveries.c.seq).where(deliveries.c.at < before).limit(_AT_ONCE)
    gone = conn.sql.execute(delete(events).where(events.c.id.in_(old))).rowcount
    return gone + conn.sql.execute(delete(deliveries).where(deliveries.c.seq.in_(said))).rowcount
