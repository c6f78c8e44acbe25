"""The log of what was sent to webhook endpoints."""

from sqlalchemy import delete, insert, select

from filmgate.domain.webhook import Delivery
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.paging import page_after
from filmgate.store.tables import webhook_deliveries as deliveries

_COLUMNS = tuple(deliveries.c[name] for name in Delivery.__dataclass_fields__)
_ADD = insert(deliveries)
_AT_ONCE = 1000
"""Rows that one transaction removes: others want to write, too."""


def add(conn: WriteConnection, delivery: Delivery) -> None:
    """Remember a delivery."""
    conn.sql.execute(_ADD, {column.name: getattr(delivery, column.name) for column in _COLUMNS})
    conn.tell(delivery)


def page(
    conn: ReadConnection, endpoint_id: str, after: str | None, limit: int
) -> tuple[list[Delivery], bool] | None:
    """Deliveries, newest first, and whether more follow; None when `after` is none of them."""
    mine = select(*_COLUMNS).where(deliveries.c.endpoint_id == endpoint_id)
    found = page_after(conn, deliveries, mine, after, limit)
    return None if found is None else ([Delivery(**row._mapping) for row in found[0]], found[1])


def forget(conn: WriteConnection, before: float) -> int:
    """Remove deliveries of before that time; return how many."""
    old = select(deliveries.c.seq).where(deliveries.c.at < before).limit(_AT_ONCE)
    return conn.sql.execute(delete(deliveries).where(deliveries.c.seq.in_(old))).rowcount
