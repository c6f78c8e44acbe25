"""Videos that were ended here while what they ordered elsewhere may still go on."""

from sqlalchemy import and_, bindparam, select, text, update

from filmgate.domain.states import ENDED_HERE
from filmgate.domain.video import Video
from filmgate.store import rows
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import videos

_ORDERED = and_(
    videos.c.state == text("'failed'"),  # a bound value keeps both databases off the partial index
    videos.c.resume.is_not(None),
    videos.c.failure.in_(ENDED_HERE),
)
TO_RECALL = (
    select(videos)
    .where(_ORDERED, videos.c.engine == bindparam("engine"))
    .where(videos.c.completed_at <= bindparam("before"))
    .order_by(videos.c.completed_at)
    .limit(bindparam("limit"))
)


def to_recall(conn: ReadConnection, engine: str, before: float, limit: int = 100) -> list[Video]:
    """Some of an engine's videos that were ended before that time, the oldest first."""
    given = {"engine": engine, "before": before, "limit": limit}
    return [rows.video(row) for row in conn.sql.execute(TO_RECALL, given)]


def forget_orders(conn: WriteConnection, video_id: str) -> None:
    """Remember no more what an ended video ordered."""
    statement = update(videos).where(videos.c.id == video_id, _ORDERED).values(resume=None)
    conn.sql.execute(statement)
