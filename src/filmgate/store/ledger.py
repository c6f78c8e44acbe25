"""The ledger: entries are added and read, never changed; a guard in the schema holds that."""

from typing import Any

from sqlalchemy import Row, Select, bindparam, func, insert, select

from filmgate.domain.ledger import Drift, EntryKind, LedgerEntry, UsageLine
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import accounts as account_table
from filmgate.store.tables import ledger

ADD = Prepared(
    insert(ledger)
    .values({column.name: bindparam(column.name) for column in ledger.c if column.name != "seq"})
    .inline()
)
_BY = {"day": ledger.c.day, "model": ledger.c.model, "user": ledger.c.user}


def add(conn: WriteConnection, entry: LedgerEntry) -> None:
    """Add an entry; the same transaction counts its movement on the account."""
    ADD.run(conn, _values(entry))
    conn.tell(entry)


def entries(
    conn: ReadConnection, account_id: str, limit: int, before: int | None = None
) -> list[LedgerEntry]:
    """The newest entries of an account."""
    statement = select(ledger).where(ledger.c.account_id == account_id)
    if before is not None:
        statement = statement.where(ledger.c.seq < before)
    found = conn.sql.execute(statement.order_by(ledger.c.seq.desc()).limit(limit))
    return [_entry(row) for row in found]


def of_video(conn: ReadConnection, video_id: str) -> list[LedgerEntry]:
    """What one video moved, in order."""
    statement = select(ledger).where(ledger.c.video_id == video_id).order_by(ledger.c.seq)
    return [_entry(row) for row in conn.sql.execute(statement)]


def usage(conn: ReadConnection, account_id: str, first: int, last: int, by: str) -> list[UsageLine]:
    """What an account was charged for from day `first` to day `last`, both counted in."""
    found = conn.sql.execute(_USED[by], {"a": account_id, "first": first, "last": last})
    return [
        UsageLine(
            key=row.key,
            videos=row.videos,
            outputs=int(row.outputs),
            produced_ms=int(row.produced_ms),
            charged=-int(row.moved),
            cost=int(row.cost),
        )
        for row in found
    ]


def _usage_by(by: str) -> Select[Any]:
    key = _BY[by].label("key")
    return (
        select(
            key,
            func.count().label("videos"),
            func.sum(ledger.c.outputs).label("outputs"),
            func.sum(ledger.c.produced_ms).label("produced_ms"),
            func.sum(ledger.c.balance + ledger.c.held).label("moved"),
            func.coalesce(func.sum(ledger.c.cost), 0).label("cost"),
        )
        .where(
            ledger.c.account_id == bindparam("a"),
            ledger.c.day >= bindparam("first"),
            ledger.c.day <= bindparam("last"),
            ledger.c.kind == EntryKind.CAPTURE.value,
        )
        .group_by(key)
        .order_by(key)
    )


_USED = {by: _usage_by(by) for by in _BY}


def drifts(conn: ReadConnection) -> list[Drift]:
    """The accounts whose balance is not the sum of their entries: none, or there is a bug."""
    sums = (
        select(
            ledger.c.account_id,
            func.sum(ledger.c.balance).label("balance"),
            func.sum(ledger.c.held).label("held"),
        )
        .group_by(ledger.c.account_id)
        .subquery()
    )
    balance = func.coalesce(sums.c.balance, 0).label("balance")
    held = func.coalesce(sums.c.held, 0).label("held")
    kept = account_table
    statement = (
        select(kept.c.id, kept.c.balance.label("kept"), kept.c.held.label("kept_held"))
        .add_columns(balance, held)
        .outerjoin(sums, sums.c.account_id == kept.c.id)
        .where((kept.c.balance != balance) | (kept.c.held != held))
    )
    return [
        Drift(
            account_id=row.id,
            kept=(row.kept, row.kept_held),
            summed=(int(row.balance), int(row.held)),
        )
        for row in conn.sql.execute(statement)
    ]


def _values(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "account_id": entry.account_id,
        "kind": entry.kind.value,
        "balance": entry.balance,
        "held": entry.held,
        "cause": entry.cause,
        "key_id": entry.key_id,
        "created_at": entry.created_at,
        "day": entry.day,
        "video_id": entry.video_id,
        "model": entry.model,
        "user": entry.user,
        "outputs": entry.outputs,
        "produced_ms": entry.produced_ms,
        "cost": entry.cost,
    }


def _entry(row: Row[Any]) -> LedgerEntry:
    return LedgerEntry(
        account_id=row.account_id,
        kind=EntryKind(row.kind),
        balance=row.balance,
        held=row.held,
        cause=row.cause,
        created_at=row.created_at,
        key_id=row.key_id,
        video_id=row.video_id,
        model=row.model,
        user=row.user,
        outputs=row.outputs,
        produced_ms=row.produced_ms,
        cost=row.cost,
    )
