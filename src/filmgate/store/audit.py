"""The audit: who did what, when, from which key. Written by the transaction of the act itself."""

from sqlalchemy import bindparam, delete, insert, select

from filmgate.domain.audit import AuditEntry, AuditFilter
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import audit

_NAMES = tuple(AuditEntry.__dataclass_fields__)
_COLUMNS = tuple(audit.c[name] for name in _NAMES)
ADD = Prepared(
    insert(audit)
    .values({name: bindparam(name, None, audit.c[name].type) for name in _NAMES})
    .inline()
)
_AT_ONCE = 10_000
"""Rows removed in one transaction, so that none holds up the creates."""


def add(conn: WriteConnection, entry: AuditEntry) -> None:
    """Write down an act, in the transaction that does it."""
    ADD.run(conn, {name: getattr(entry, name) for name in _NAMES})


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
