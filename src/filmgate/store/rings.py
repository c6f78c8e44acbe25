"""Rings: somebody elsewhere says that there is something to see of a video that runs."""

from sqlalchemy import Double, String, bindparam, or_, select, text, update

from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import videos

LEAST_S = 0.2
"""Who rings oftener than this is not heard: a look is under way."""

_NOW = bindparam("now", type_=Double)
_MAY_RING = (
    videos.c.id == bindparam("video_id", type_=String),
    videos.c.state == text("'running'"),
    or_(
        videos.c.rung_at.is_(None),
        videos.c.rung_at <= _NOW - LEAST_S,
        videos.c.rung_at > _NOW + LEAST_S,  # a clock was set back
    ),
)
_RING = Prepared(update(videos).where(*_MAY_RING).values(rung_at=_NOW))


def may_ring(conn: ReadConnection, video_id: str, now: float) -> bool:
    """Whether a ring now would tell anybody anything."""
    given = {"video_id": video_id, "now": now}
    return conn.sql.execute(select(videos.c.id).where(*_MAY_RING), given).first() is not None


def ring(conn: WriteConnection, video_id: str, now: float) -> None:
    """Write down that there is something to see, unless it was written just now."""
    if _RING.run(conn, {"video_id": video_id, "now": now}):
        conn.ring()
