"""How long each model takes of late: what an honest estimate is made of."""

from sqlalchemy import bindparam, select

from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import speeds
from filmgate.store.upsert import Upsert

_NEW_WEIGHT = 0.3
"""Share of the newest video in the moving average: some five videos are "of late"."""

_OF = Prepared(
    select(speeds.c.s_per_megapixel).where(
        speeds.c.engine == bindparam("e"), speeds.c.model == bindparam("m")
    )
)
_MIX_IN = Upsert(
    speeds,
    key=("engine", "model"),
    columns=("engine", "model", "s_per_megapixel"),
    over={
        "s_per_megapixel": speeds.c.s_per_megapixel * (1 - _NEW_WEIGHT)
        + bindparam("s_per_megapixel") * _NEW_WEIGHT
    },
)


def of(conn: ReadConnection, engine: str, model: str) -> float | None:
    """Seconds a megapixel of film; None before the first video of that model."""
    row = _OF.first(conn, {"e": engine, "m": model})
    return row.s_per_megapixel if row else None


def mix_in(conn: WriteConnection, engine: str, model: str, s_per_megapixel: float) -> None:
    """Count in a video that was completed just now."""
    values = {"engine": engine, "model": model, "s_per_megapixel": s_per_megapixel}
    _MIX_IN.run(conn, values)
