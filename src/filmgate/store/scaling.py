"""How many workers each engine's queue is worth."""

from typing import Any

from sqlalchemy import Integer, bindparam, column, select, table

from filmgate.domain.fleet import Bounds, Demand
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import scaling
from filmgate.store.upsert import Upsert

_COLUMNS = ("engine", "least", "most", "slots", "wait_ms")
_OVER: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS[1:]}
_LAY_DOWN = Upsert(scaling, key=("engine",), columns=_COLUMNS, over=_OVER)
_WANTED = table(
    "wanted_workers",
    column("engine"),
    *(column(name, Integer) for name in ("waiting", "running", "work_ms", "wanted")),
)


def lay_down(conn: WriteConnection, bounds: Bounds) -> None:
    """Say what an engine may have, in place of what was said before."""
    values = {
        "engine": bounds.engine,
        "least": bounds.least,
        "most": bounds.most,
        "slots": bounds.slots,
        "wait_ms": int(bounds.wait_s * 1000),
    }
    _LAY_DOWN.run(conn, values)


def demands(conn: ReadConnection) -> list[Demand]:
    """What each engine has to do, and the workers that this is worth: the view's own words."""
    found = conn.sql.execute(select(_WANTED).order_by(_WANTED.c.engine))
    return [Demand(**row._mapping) for row in found]
