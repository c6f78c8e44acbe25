"""The worker processes that are there."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from filmgate.domain.worker import Condition, Enrolment, ModelState, Readiness
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import workers

_COUNT = Prepared(
    select(func.count().label("count")).where(workers.c.engine == bindparam("engine"))
)


MOST_TROUBLE = 500
"""Characters of a trouble that are kept."""


def register(conn: WriteConnection, worker: Enrolment) -> None:
    """Make a worker known."""
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
            **_columns(worker.condition),
        )
    )


def saw(conn: WriteConnection, worker_id: str, now: float, condition: Condition) -> bool:
    """Remember that a worker is alive, and how it is."""
    seen = {"seen_at": now} | _columns(condition)
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
    return [_enrolment(row) for row in found]


def _columns(condition: Condition) -> dict[str, Any]:
    models = {name: [told.readiness, told.why] for name, told in condition.models.items()}
    trouble = condition.trouble
    return {"trouble": trouble and trouble[:MOST_TROUBLE], "models": models or None}


def _enrolment(row: Row[Any]) -> Enrolment:
    values = dict(row._mapping)
    told, trouble = values.pop("models") or {}, values.pop("trouble")
    models = {
        name: ModelState(Readiness(readiness), why) for name, (readiness, why) in told.items()
    }
    return Enrolment(**values, condition=Condition(trouble=trouble, models=models))
