"""What each `Idempotency-Key` made, for a day."""

from dataclasses import asdict

from sqlalchemy import bindparam, delete, select

from filmgate.domain.replay import DAY_S, Replay
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import replays
from filmgate.store.upsert import Upsert

_COLUMNS = tuple(column.name for column in replays.c)
_FIND = select(replays).where(
    replays.c.account_id == bindparam("account_id"),
    replays.c.key == bindparam("key"),
    replays.c.created_at > bindparam("after"),
)
_TAKE = Upsert(
    replays,
    key=("account_id", "key"),
    columns=_COLUMNS,
    over={name: bindparam(name) for name in ("fingerprint", "video_id", "created_at")},
    where=replays.c.created_at <= bindparam("after"),
)


def find(conn: ReadConnection, account_id: str, key: str, now: float) -> Replay | None:
    """What a key made within the last day."""
    values = {"account_id": account_id, "key": key, "after": now - DAY_S}
    row = conn.sql.execute(_FIND, values).one_or_none()
    return Replay(**row._mapping) if row else None


def take(conn: WriteConnection, fresh: Replay) -> bool:
    """Take a key for a fresh video, unless one of its day has it; wait for who is taking it."""
    return _TAKE.run(conn, asdict(fresh) | {"after": fresh.created_at - DAY_S})


def forget(conn: WriteConnection, before: float) -> int:
    """Remove keys older than that; return how many."""
    return conn.sql.execute(delete(replays).where(replays.c.created_at <= before)).rowcount
