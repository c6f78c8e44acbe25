"""What happened: written with the act, by its own transaction."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, exists, insert, select, text

from filmgate.domain.webhook import Event
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import webhook_events as events
from filmgate.store.tables import webhook_notices as notices

_ADD = insert(events)
_COLUMNS = tuple(events.c[name] for name in Event.__dataclass_fields__)
_AT_ONCE = 1000
"""Rows that one transaction removes: others want to write, too."""


def add(conn: WriteConnection, event: Event, account_id: str) -> None:
    """Write down what happened to a video of an account."""
    conn.sql.execute(_ADD, asdict(event) | {"account_id": account_id})


def by_id(conn: ReadConnection, wanted: Sequence[str]) -> dict[str, Event]:
    """The events of these ids."""
    found = conn.sql.execute(select(*_COLUMNS).where(events.c.id.in_(wanted)))
    return {row.id: Event(**row._mapping) for row in found}


def forget(conn: WriteConnection, before: float) -> int:
    """Remove events of before that time that nobody is still to be told of; return how many."""
    unsettled = exists().where(
        notices.c.event_id == events.c.id,
        # a literal: a bound value keeps both databases off the partial index
        notices.c.state == text("'pending'"),
    )
    old = select(events.c.id).where(events.c.created_at < before, ~unsettled).limit(_AT_ONCE)
    return conn.sql.execute(delete(events).where(events.c.id.in_(old))).rowcount
