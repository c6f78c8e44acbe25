"""The audit: who did what, when, from which key. Written by the transaction of the act itself."""

from sqlalchemy import bindparam, delete, insert, select

from filmgate.domain.audit import AuditEntry, AuditFilter
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import audit

_BARE = Prepared(
    insert(audit)
    .values({name: bindparam(name) for name in ("at", "account_id", "key_id", "act", "subject")})
    .inline()
)
"""An act without detail: the one on the way of every create."""
_DETAILED = insert(audit)
_AT_ONCE = 10_000
"""Rows removed in one transaction, so that none holds up the creates."""
_COLUMNS = (
    audit.c.at,
    audit.c.account_id,
    audit.c.key_id,
    audit.c.act,
    audit.c.subject,
    audit.c.detail,
)


def add(conn: WriteConnection, entry: AuditEntry) -> None:
    """Write down an act, in the transaction that does it."""
    values = {
        "at": entry.at,
        "account_id": entry.account_id,
        "key_id": entry.key_id,
        "act": entry.act,
        "subject": entry.subject,
    }
    if entry.detail is None:
        _BARE.run(conn, values)
    else:
        conn.sql.execute(_DETAILED, values | {"detail": dict(entry.detail)})


def page(conn: ReadConnection, wanted: AuditFilter) -> list[AuditEntry]:
    """The acts, newest first."""
    statement = select(*_COLUMNS).order_by(audit.c.seq.desc()).limit(wanted.limit)
    for column in (audit.c.account_id, audit.c.subject, audit.c.act):
        value = getattr(wanted, column.name)
        if value is not None:
            statement = statement.where(column == value)
    if wanted.since is not None:
        statement = statement.where(audit.c.at >= wanted.since)
    return [AuditEntry(**row._mapping) for row in conn.sql.execute(statement)]


def forget(conn: WriteConnection, before: float) -> int:
    """Remove acts of before that time; return how many."""
    old = select(audit.c.seq).where(audit.c.at < before).order_by(audit.c.seq).limit(_AT_ONCE)
    return conn.sql.execute(delete(audit).where(audit.c.seq.in_(old))).rowcount
