"""How many videos of each account wait and run at each engine."""

from sqlalchemy import Integer, bindparam, case, func, select, update

from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import lanes
from filmgate.store.upsert import insert_if_absent

_KEY = (lanes.c.engine == bindparam("e"), lanes.c.account_id == bindparam("a"))
SHIFT = Prepared(
    update(lanes)
    .where(*_KEY)
    .values(
        queued=lanes.c.queued + bindparam("by_queued"),
        running=lanes.c.running + bindparam("by_running"),
    )
    .returning(lanes.c.queued)
)
_SERVED = lanes.alias("served")
_TAKE_TURN = (
    update(lanes)
    .where(*_KEY)
    .values(
        turn=select(func.max(_SERVED.c.turn) + 1)
        .where(_SERVED.c.engine == bindparam("e"))
        .scalar_subquery()
    )
)
_WAITING = Prepared(
    select(func.coalesce(func.sum(lanes.c.queued), 0).label("waiting")).where(
        lanes.c.engine == bindparam("e")
    )
)
_RANK = bindparam("rank", type_=Integer)
_TURNS_BEFORE = Prepared(
    select(
        func.coalesce(
            func.sum(case((lanes.c.queued < _RANK, lanes.c.queued), else_=_RANK)), 0
        ).label("turns")
    ).where(
        lanes.c.engine == bindparam("e"),
        lanes.c.queued > 0,
        lanes.c.account_id != bindparam("a"),
    )
)


def shift(
    conn: WriteConnection, engine: str, account_id: str, *, queued: int = 0, running: int = 0
) -> int | None:
    """Add to the counts of a lane, in the transaction that moves the video.

    Returns how many then wait there; None where no lane is open yet.
    """
    values = {"e": engine, "a": account_id, "by_queued": queued, "by_running": running}
    row = SHIFT.first(conn, values)
    return row.queued if row else None


def open_lane(conn: WriteConnection, engine: str, account_id: str) -> None:
    """Make the lane of an account at an engine, unless it is there."""
    fresh = {"engine": engine, "account_id": account_id, "queued": 0, "running": 0, "turn": 0}
    insert_if_absent(conn, lanes, fresh)


def take_turn(conn: WriteConnection, engine: str, account_id: str) -> None:
    """Put a lane behind all others of its engine: it was served just now."""
    conn.sql.execute(_TAKE_TURN, {"e": engine, "a": account_id})


def waiting(conn: ReadConnection, engine: str) -> int:
    """How many videos wait at an engine, whosever they are."""
    row = _WAITING.first(conn, {"e": engine})
    return int(row.waiting) if row else 0


def turns_before(conn: ReadConnection, engine: str, account_id: str, rank: int) -> int:
    """How many videos of other accounts get their turn before the `rank`-th of this one.

    Accounts take turns, so each puts in at most `rank` of its own.
    """
    given = {"e": engine, "a": account_id, "rank": rank}
    row = _TURNS_BEFORE.first(conn, given)
    return int(row.turns) if row else 0
