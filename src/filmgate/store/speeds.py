"""How long each model takes of late: what an honest estimate is made of."""

from sqlalchemy import bindparam, select, update

from filmgate.domain.video import Video
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import speeds
from filmgate.store.upsert import insert_if_absent

_NEW_WEIGHT = 0.3
"""Share of the newest video in the moving average: some five videos are "of late"."""

_MODEL = (speeds.c.engine == bindparam("e"), speeds.c.model == bindparam("m"))
_OF = select(speeds.c.s_per_megapixel).where(*_MODEL)
_MIX = (
    update(speeds)
    .where(*_MODEL)
    .values(
        s_per_megapixel=speeds.c.s_per_megapixel * (1 - _NEW_WEIGHT)
        + bindparam("newest") * _NEW_WEIGHT
    )
)


def of(conn: ReadConnection, engine: str, model: str) -> float | None:
    """Seconds a megapixel of film; None before the first video of that model."""
    return conn.sql.execute(_OF, {"e": engine, "m": model}).scalar_one_or_none()


def note(conn: WriteConnection, video: Video, now: float) -> None:
    """Count in a video that was completed just now."""
    if video.claimed_at is None:
        return
    newest = max(0.0, now - video.claimed_at) / video.megapixels
    model = {"e": video.engine, "m": video.request.model}
    first = {"engine": video.engine, "model": video.request.model, "s_per_megapixel": newest}
    if not insert_if_absent(conn, speeds, first):
        conn.sql.execute(_MIX, model | {"newest": newest})
