"""Webhook endpoints as their owners see them, and the log of what was sent there."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from filmgate.domain.webhook import Delivery, Endpoint
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import webhook_deliveries as deliveries
from filmgate.store.tables import webhook_endpoints as endpoints

_NAMES = tuple(Endpoint.__dataclass_fields__)
COLUMNS = tuple(endpoints.c[name] for name in _NAMES)
"""What a noun of an endpoint is made of."""
_LOG = tuple(deliveries.c[name] for name in Delivery.__dataclass_fields__)
_GET = select(*COLUMNS).where(
    endpoints.c.id == bindparam("id"), endpoints.c.account_id == bindparam("account_id")
)
_HELD = (
    select(endpoints.c.seq)
    .where(endpoints.c.id == bindparam("id"))
    .with_for_update(read=True, key_share=True)
)
_KEEP = insert(deliveries)


def endpoint(row: Row[Any]) -> Endpoint:
    """The noun of a row of `webhook_endpoints`."""
    values = {name: getattr(row, name) for name in _NAMES}
    return Endpoint(**values | {"event_types": tuple(row.event_types)})


def add(conn: WriteConnection, fresh: Endpoint, most: int) -> bool:
    """Store an endpoint, unless its account has `most` of them."""
    count = select(func.count()).where(endpoints.c.account_id == fresh.account_id)
    if conn.sql.execute(count).scalar_one() >= most:
        return False
    values = {name: getattr(fresh, name) for name in _NAMES}
    conn.sql.execute(insert(endpoints), values | {"event_types": list(fresh.event_types)})
    return True


def get(conn: ReadConnection, endpoint_id: str, account_id: str) -> Endpoint | None:
    """The endpoint, if that account owns it."""
    row = conn.sql.execute(_GET, {"id": endpoint_id, "account_id": account_id}).one_or_none()
    return endpoint(row) if row else None


def page(
    conn: ReadConnection, account_id: str, after: str | None, limit: int
) -> tuple[list[Endpoint], bool] | None:
    """Endpoints, newest first, and whether more follow; None when `after` is none of them."""
    statement = select(*COLUMNS).where(endpoints.c.account_id == account_id)
    if after is not None:
        mine = (endpoints.c.id == after) & (endpoints.c.account_id == account_id)
        seq = conn.sql.execute(select(endpoints.c.seq).where(mine)).scalar_one_or_none()
        if seq is None:
            return None
        statement = statement.where(endpoints.c.seq < seq)
    statement = statement.order_by(endpoints.c.seq.desc()).limit(limit + 1)
    found = [endpoint(row) for row in conn.sql.execute(statement)]
    return found[:limit], len(found) > limit


def change(
    conn: WriteConnection, endpoint_id: str, account_id: str, values: Mapping[str, Any]
) -> Endpoint | None:
    """Lay `values` over an endpoint; None when the account has none of that id."""
    statement = (
        update(endpoints)
        .where(endpoints.c.id == endpoint_id, endpoints.c.account_id == account_id)
        .values(**values)
        .returning(*COLUMNS)
    )
    row = conn.sql.execute(statement).one_or_none()
    return endpoint(row) if row else None


def remove(conn: WriteConnection, endpoint_id: str, account_id: str) -> bool:
    """Remove an endpoint with what it was still to be told and its log."""
    statement = delete(endpoints).where(
        endpoints.c.id == endpoint_id, endpoints.c.account_id == account_id
    )
    return conn.sql.execute(statement).rowcount == 1


def keep(conn: WriteConnection, delivery: Delivery) -> None:
    """Remember a delivery, unless its endpoint is gone."""
    if conn.sql.execute(_HELD, {"id": delivery.endpoint_id}).first() is not None:
        conn.sql.execute(_KEEP, {column.name: getattr(delivery, column.name) for column in _LOG})


def log_page(
    conn: ReadConnection, endpoint_id: str, after: str | None, limit: int
) -> tuple[list[Delivery], bool] | None:
    """Deliveries, newest first, and whether more follow; None when `after` is none of them."""
    statement = select(*_LOG).where(deliveries.c.endpoint_id == endpoint_id)
    if after is not None:
        same = (deliveries.c.id == after) & (deliveries.c.endpoint_id == endpoint_id)
        seq = conn.sql.execute(select(deliveries.c.seq).where(same)).scalar_one_or_none()
        if seq is None:
            return None
        statement = statement.where(deliveries.c.seq < seq)
    statement = statement.order_by(deliveries.c.seq.desc()).limit(limit + 1)
    found = [Delivery(**row._mapping) for row in conn.sql.execute(statement)]
    return found[:limit], len(found) > limit
