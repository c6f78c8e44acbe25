"""Webhook endpoints: where accounts want to be told."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from filmgate.domain.webhook import DueEndpoint, Endpoint, is_probed
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.paging import page_after
from filmgate.store.tables import webhook_endpoints as endpoints
from filmgate.store.tables import webhook_notices as notices

_NAMES = tuple(Endpoint.__dataclass_fields__)
_COLUMNS = tuple(endpoints.c[name] for name in _NAMES)
_NOW = bindparam("now", type_=Double)
_ONE = select(*_COLUMNS).where(endpoints.c.id == bindparam("id"))
_GET = _ONE.where(endpoints.c.account_id == bindparam("account_id"))
_ONE_HELD = _ONE.with_for_update(key_share=True)
_HELD_OPEN = (
    select(endpoints.c.seq)
    .where(endpoints.c.id == bindparam("id"))
    .with_for_update(read=True, key_share=True)
)
_SUBSCRIBERS = (
    select(endpoints.c.id, endpoints.c.event_types)
    .where(endpoints.c.account_id == bindparam("account_id"), endpoints.c.disabled_at.is_(None))
    .with_for_update(read=True, key_share=True)
)
"""Held against their removal, or a notice could name an endpoint that is just gone."""


def _has_rested() -> ColumnElement[bool]:
    return or_(endpoints.c.rests_until.is_(None), endpoints.c.rests_until <= _NOW)


DUE = select(endpoints.c.id, endpoints.c.failures).where(
    endpoints.c.disabled_at.is_(None),
    _has_rested(),
    exists().where(
        notices.c.endpoint_id == endpoints.c.id,
        # a literal: a bound value keeps both databases off the partial index
        notices.c.state == text("'pending'"),
        notices.c.due_at <= _NOW,
        or_(notices.c.leased_until.is_(None), notices.c.leased_until <= _NOW),
    ),
)
_PROBE = (
    update(endpoints)
    .where(endpoints.c.id == bindparam("id_"), _has_rested())
    .values(rests_until=bindparam("until"))
)


def add(conn: WriteConnection, fresh: Endpoint) -> None:
    """Store an endpoint."""
    values = {name: getattr(fresh, name) for name in _NAMES}
    conn.sql.execute(insert(endpoints), values | {"event_types": list(fresh.event_types)})


def count(conn: ReadConnection, account_id: str) -> int:
    """How many endpoints an account has."""
    statement = select(func.count()).where(endpoints.c.account_id == account_id)
    return int(conn.sql.execute(statement).scalar_one())


def get(conn: ReadConnection, endpoint_id: str, account_id: str) -> Endpoint | None:
    """The endpoint, if that account owns it."""
    row = conn.sql.execute(_GET, {"id": endpoint_id, "account_id": account_id}).one_or_none()
    return _endpoint(row) if row else None


def get_any(conn: ReadConnection, endpoint_id: str) -> Endpoint | None:
    """The endpoint, whoever owns it."""
    row = conn.sql.execute(_ONE, {"id": endpoint_id}).one_or_none()
    return _endpoint(row) if row else None


def hold(conn: WriteConnection, endpoint_id: str) -> Endpoint | None:
    """The endpoint, held against other couriers' news of it until this transaction ends."""
    row = conn.sql.execute(_ONE_HELD, {"id": endpoint_id}).one_or_none()
    return _endpoint(row) if row else None


def hold_open(conn: WriteConnection, endpoint_id: str) -> bool:
    """Hold an endpoint against its removal until this transaction ends; False if it is gone."""
    return conn.sql.execute(_HELD_OPEN, {"id": endpoint_id}).first() is not None


def page(
    conn: ReadConnection, account_id: str, after: str | None, limit: int
) -> tuple[list[Endpoint], bool] | None:
    """Endpoints, newest first, and whether more follow; None when `after` is none of them."""
    mine = select(*_COLUMNS).where(endpoints.c.account_id == account_id)
    found = page_after(conn, endpoints, mine, after, limit)
    return None if found is None else ([_endpoint(row) for row in found[0]], found[1])


def change(
    conn: WriteConnection, endpoint_id: str, account_id: str, values: Mapping[str, Any]
) -> Endpoint | None:
    """Lay `values` over an endpoint; None when the account has none of that id."""
    statement = (
        update(endpoints)
        .where(endpoints.c.id == endpoint_id, endpoints.c.account_id == account_id)
        .values(**values)
        .returning(*_COLUMNS)
    )
    row = conn.sql.execute(statement).one_or_none()
    return _endpoint(row) if row else None


def remove(conn: WriteConnection, endpoint_id: str, account_id: str) -> bool:
    """Remove an endpoint with what it was still to be told and its log."""
    statement = delete(endpoints).where(
        endpoints.c.id == endpoint_id, endpoints.c.account_id == account_id
    )
    return conn.sql.execute(statement).rowcount == 1


def subscribers(conn: WriteConnection, account_id: str) -> Sequence[tuple[str, list[str]]]:
    """Ids and event types of an account's endpoints that are switched on, held open."""
    found = conn.sql.execute(_SUBSCRIBERS, {"account_id": account_id})
    return [(row.id, row.event_types) for row in found]


def due(conn: ReadConnection, now: float) -> list[DueEndpoint]:
    """The endpoints that are to be told something now."""
    found = conn.sql.execute(DUE, {"now": now})
    return [DueEndpoint(row.id, is_probed(row.failures)) for row in found]


def probe(conn: WriteConnection, endpoint_id: str, now: float, until: float) -> bool:
    """Let nobody else try a failing endpoint until then; False where somebody does already."""
    given = {"id_": endpoint_id, "now": now, "until": until}
    return conn.sql.execute(_PROBE, given).rowcount == 1


def mark_answering(conn: WriteConnection, endpoint_id: str) -> None:
    """Forget the failures of an endpoint: it answers again."""
    values = {"failures": 0, "failing_since": None, "rests_until": None}
    conn.sql.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(**values))


def mark_failing(
    conn: WriteConnection,
    endpoint_id: str,
    failures: int,
    failing_since: float,
    rests_until: float,
) -> None:
    """Remember that an endpoint failed once more."""
    conn.sql.execute(
        update(endpoints)
        .where(endpoints.c.id == endpoint_id)
        .values(failures=failures, failing_since=failing_since, rests_until=rests_until)
    )


def switch_off(conn: WriteConnection, endpoint_id: str, reason: str, now: float) -> None:
    """Tell an endpoint nothing more."""
    conn.sql.execute(
        update(endpoints)
        .where(endpoints.c.id == endpoint_id, endpoints.c.disabled_at.is_(None))
        .values(disabled_at=now, disabled_reason=reason)
    )


def _endpoint(row: Row[Any]) -> Endpoint:
    values = {name: getattr(row, name) for name in _NAMES}
    return Endpoint(**values | {"event_types": tuple(row.event_types)})
