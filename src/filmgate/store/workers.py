"""The worker processes that are there."""

from sqlalchemy import bindparam, delete, func, insert, select, update

from filmgate.domain.worker import Enrolment
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import workers

_COUNT = Prepared(
    select(func.count().label("count")).where(workers.c.engine == bindparam("engine"))
)


def register(conn: WriteConnection, worker: Enrolment) -> None:
    """Make a worker known: its engine is open and it claims."""
    conn.sql.execute(
        insert(workers).values(
            id=worker.id,
            engine=worker.engine,
            host=worker.host,
            pid=worker.pid,
            started_at=worker.started_at,
            seen_at=worker.seen_at,
            gpus=worker.gpus,
            place=worker.place,
        )
    )


def saw(conn: WriteConnection, worker_id: str, now: float, trouble: str | None) -> bool:
    """Remember that a worker is alive, and why it claims nothing, if so."""
    seen = {"seen_at": now, "trouble": trouble}
    statement = update(workers).where(workers.c.id == worker_id).values(**seen)
    return conn.sql.execute(statement).rowcount == 1


def remove(conn: WriteConnection, worker_id: str) -> None:
    """Forget a worker."""
    conn.sql.execute(delete(workers).where(workers.c.id == worker_id))


def remove_unseen(conn: WriteConnection, before: float) -> int:
    """Forget workers that were last seen before that time; return how many."""
    return conn.sql.execute(delete(workers).where(workers.c.seen_at < before)).rowcount


def count(conn: ReadConnection, engine: str) -> int:
    """How many workers of an engine are enrolled."""
    row = _COUNT.first(conn, {"engine": engine})
    return int(row.count) if row else 0


def seen_since(conn: ReadConnection, moment: float) -> list[Enrolment]:
    """The workers seen since that time."""
    found = conn.sql.execute(select(workers).where(workers.c.seen_at >= moment))
    return [Enrolment(**row._mapping) for row in found]
