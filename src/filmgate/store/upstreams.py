"""Which upstreams of relays get no new orders, and what rows remember of their orders."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from filmgate.domain.states import Failure, State
from filmgate.domain.video import Video
from filmgate.store import rows
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import drained_upstreams, videos
from filmgate.store.upsert import insert_if_absent


def read_drained(conn: ReadConnection, engine: str) -> frozenset[str]:
    """The upstreams of an engine that get no new orders."""
    table = drained_upstreams
    statement = select(table.c.upstream).where(table.c.engine == engine)
    return frozenset(conn.sql.execute(statement).scalars())


def drain(conn: WriteConnection, engine: str, upstream: str, now: float) -> None:
    """Give an upstream no new orders."""
    values = {"engine": engine, "upstream": upstream, "since": now}
    insert_if_absent(conn, drained_upstreams, values)


def undrain(conn: WriteConnection, engine: str, upstream: str) -> None:
    """Give an upstream orders again."""
    table = drained_upstreams
    conn.sql.execute(delete(table).where(table.c.engine == engine, table.c.upstream == upstream))


def tokens(conn: ReadConnection, engine: str) -> Sequence[str]:
    """The resume tokens of an engine's videos that have not ended."""
    statement = select(videos.c.resume).where(
        videos.c.state.in_([State.QUEUED, State.RUNNING]),
        videos.c.engine == engine,
        videos.c.resume.is_not(None),
    )
    return conn.sql.execute(statement).scalars().all()


def unresolved(conn: ReadConnection, limit: int) -> list[Video]:
    """The newest videos that nobody can say of whether an upstream made them."""
    statement = (
        select(videos)
        .where(videos.c.state == State.FAILED, videos.c.failure == Failure.UPSTREAM_UNKNOWN)
        .order_by(videos.c.seq.desc())
        .limit(limit)
    )
    return [rows.video(row) for row in conn.sql.execute(statement)]
