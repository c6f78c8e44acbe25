"""What each `Idempotency-Key` made, for a day."""

from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from filmgate.domain.replay import Replay
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import replays

DAY_S = 86400.0


_FIND = select(replays).where(
    replays.c.account_id == bindparam("account_id"),
    replays.c.key == bindparam("key"),
    replays.c.created_at > bindparam("after"),
)
_VALUES = (
    "account_id",
    "key",
    "fingerprint",
    "video_id",
    "created_at",
)
_STALE: dict[str, Any] = {
    name: bindparam(name) for name in ("fingerprint", "video_id", "created_at")
}
_CLAIM = {
    "sqlite": sqlite.insert(replays)
    .values({name: bindparam(name) for name in _VALUES})
    .on_conflict_do_update(
        index_elements=["account_id", "key"],
        set_=_STALE,
        where=replays.c.created_at <= bindparam("after"),
    ),
    "postgresql": postgresql.insert(replays)
    .values({name: bindparam(name) for name in _VALUES})
    .on_conflict_do_update(
        index_elements=["account_id", "key"],
        set_=_STALE,
        where=replays.c.created_at <= bindparam("after"),
    ),
}


def find(conn: ReadConnection, account_id: str, key: str, now: float) -> Replay | None:
    """What a key made within the last day."""
    values = {"account_id": account_id, "key": key, "after": now - DAY_S}
    row = conn.sql.execute(_FIND, values).one_or_none()
    if row is None:
        return None
    return Replay(
        account_id=row.account_id,
        key=row.key,
        fingerprint=row.fingerprint,
        video_id=row.video_id,
        created_at=row.created_at,
    )


def claim(conn: WriteConnection, fresh: Replay) -> Replay | None:
    """Take a key for a fresh video; if another has it, wait for its transaction and return it."""
    values = {
        "account_id": fresh.account_id,
        "key": fresh.key,
        "fingerprint": fresh.fingerprint,
        "video_id": fresh.video_id,
        "created_at": fresh.created_at,
        "after": fresh.created_at - DAY_S,
    }
    if conn.sql.execute(_CLAIM[conn.sql.dialect.name], values).rowcount == 1:
        return None
    return find(conn, fresh.account_id, fresh.key, fresh.created_at)


def forget(conn: WriteConnection, before: float) -> int:
    """Remove keys older than that; return how many."""
    return conn.sql.execute(delete(replays).where(replays.c.created_at <= before)).rowcount
