"""Where the workers stand and what each of them makes, and which of them take no more work."""

from collections.abc import Sequence

from sqlalchemy import Row, Select, delete, exists, or_, select, text

from filmgate.domain.fleet import Station
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import drains, videos, workers
from filmgate.store.upsert import insert_if_absent


def is_drained(conn: ReadConnection, names: Sequence[str]) -> bool:
    """Whether any of these names, of one worker, takes no more work."""
    statement = select(drains.c.name).where(drains.c.name.in_(names)).limit(1)
    return conn.sql.execute(statement).first() is not None


def read_drained(conn: ReadConnection) -> frozenset[str]:
    """Every name that takes no more work."""
    return frozenset(conn.sql.execute(select(drains.c.name)).scalars())


def drain(conn: WriteConnection, name: str, now: float) -> None:
    """Let what has this name take no more work."""
    insert_if_absent(conn, drains, {"name": name, "since": now})


def resume(conn: WriteConnection, name: str) -> bool:
    """Let what has this name take work again; False when it does already."""
    return conn.sql.execute(delete(drains).where(drains.c.name == name)).rowcount == 1


def is_known(conn: ReadConnection, name: str) -> bool:
    """Whether a worker, a place or a node has this name."""
    named = or_(workers.c.id == name, workers.c.host == name, workers.c.place == name)
    return conn.sql.execute(select(workers.c.id).where(named).limit(1)).first() is not None


def seen_since(conn: ReadConnection, moment: float) -> list[Station]:
    """The workers seen since that time: a line for each video of each, one for who has none."""
    found = conn.sql.execute(_stations().where(workers.c.seen_at >= moment))
    return [_station(row) for row in found]


def _stations() -> Select[*tuple[object, ...]]:
    names = drains.c.name.in_([workers.c.id, workers.c.host, workers.c.place])
    mine = (videos.c.worker_id == workers.c.id) & (videos.c.state == text("'running'"))
    return (
        select(
            workers.c.id,
            workers.c.host,
            workers.c.engine,
            workers.c.started_at,
            workers.c.gpus,
            workers.c.place,
            workers.c.trouble,
            exists().where(names).label("drained"),
            videos.c.id.label("video_id"),
            videos.c.model,
            videos.c.claimed_at,
        )
        .select_from(workers.outerjoin(videos, mine))
        .order_by(workers.c.host, workers.c.gpus, workers.c.id)
    )


def _station(row: Row[*tuple[object, ...]]) -> Station:
    values = dict(row._mapping)
    values["drained"] = bool(values["drained"])
    return Station(worker_id=values.pop("id"), node=values.pop("host"), **values)
