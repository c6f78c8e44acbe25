"""Changes of videos, in the order of each account."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, insert, select

from filmgate.domain.change import Change
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import accounts, changes

_AT_ONCE = 1000
"""Rows that one transaction removes: others want to write, too."""

_GIVEN = ("account_id", "video_id", "at")
ADD = Prepared(insert(changes).values({name: bindparam(name) for name in _GIVEN}).inline())
_NEWEST = select(func.max(changes.c.seq)).where(changes.c.account_id == accounts.c.id)
HEADS = select(accounts.c.id, _NEWEST.correlate(accounts).scalar_subquery().label("seq")).where(
    accounts.c.id.in_(bindparam("ids", expanding=True))
)
"""Each a seek at the end of an index, however many changes an account has."""
AFTER = (
    select(changes.c.seq, changes.c.video_id)
    .where(changes.c.account_id == bindparam("account_id"), changes.c.seq > bindparam("seq"))
    .order_by(changes.c.seq)
    .limit(bindparam("limit"))
)


def add(conn: WriteConnection, account_id: str, video_id: str, at: float) -> None:
    """Write down that a video of an account changed, whose row this transaction holds."""
    conn.touch(account_id)
    ADD.run(conn, {"account_id": account_id, "video_id": video_id, "at": at})


def heads(conn: ReadConnection, account_ids: Iterable[str]) -> dict[str, int]:
    """The newest change of each account; 0 where there is none."""
    wanted, found = list(account_ids), dict[str, int]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = conn.sql.execute(HEADS, {"ids": wanted[start : start + _AT_ONCE]})
        found |= {row.id: row.seq or 0 for row in rows}
    return found


def after(conn: ReadConnection, account_id: str, seq: int, limit: int) -> list[Change]:
    """The next changes of an account, oldest first."""
    given = {"account_id": account_id, "seq": seq, "limit": limit}
    return [Change(*row) for row in conn.sql.execute(AFTER, given)]


def forget(conn: WriteConnection, before: float) -> int:
    """Remove some changes that are older, but never the newest of all; return how many.

    Whose numbers would begin anew if none were left would be told nothing by who counts on.
    """
    oldest = select(changes.c.seq, changes.c.at).order_by(changes.c.seq).limit(_AT_ONCE).subquery()
    old = select(oldest.c.seq).where(oldest.c.at < before)
    newest = select(func.max(changes.c.seq)).scalar_subquery()
    statement = delete(changes).where(changes.c.seq.in_(old), changes.c.seq < newest)
    return conn.sql.execute(statement).rowcount
