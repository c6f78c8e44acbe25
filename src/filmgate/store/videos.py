"""Videos as their owners see them, and as the pruner clears them up."""

from collections.abc import Sequence

from sqlalchemy import Select, bindparam, case, delete, func, select, text, update
from sqlalchemy import insert as insert_into

from filmgate.domain.change import Stir
from filmgate.domain.states import ENDED_HERE, State
from filmgate.domain.video import Video
from filmgate.store import rows
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import videos

MOST_COUNTED = 10_000
"""How far a line is counted."""
_AT_ONCE = 1000
"""Rows that one transaction removes: others want to write, too."""

_GIVEN = [(column.name, column) for column in videos.c if column.name != "seq"]

GET = Prepared(
    select(videos).where(
        videos.c.id == bindparam("id"),
        videos.c.account_id == bindparam("account_id"),
        videos.c.deleted_at.is_(None),
    )
)
_GET_ANY = select(videos).where(videos.c.id == bindparam("id"), videos.c.deleted_at.is_(None))
_STRIDES = select(videos.c.id, videos.c.account_id, videos.c.progress).where(
    videos.c.state == text("'running'")  # a literal, for the partial index
)
INSERT = Prepared(
    insert_into(videos)
    .values({name: bindparam(name, None, column.type) for name, column in _GIVEN})
    .inline()
)


def insert(conn: WriteConnection, video: Video) -> None:
    """Add a fresh video."""
    INSERT.run(conn, rows.values(video))


def get(conn: ReadConnection, video_id: str, account_id: str) -> Video | None:
    """The video, if that account owns it."""
    row = GET.first(conn, {"id": video_id, "account_id": account_id})
    return rows.video(row) if row else None


def get_any(conn: ReadConnection, video_id: str) -> Video | None:
    """The video, whoever owns it."""
    row = conn.sql.execute(_GET_ANY, {"id": video_id}).one_or_none()
    return rows.video(row) if row else None


def strides(conn: ReadConnection) -> list[Stir]:
    """How far each running video is."""
    return [Stir(*row) for row in conn.sql.execute(_STRIDES)]


def mark_deleted(conn: WriteConnection, video_id: str, account_id: str, now: float) -> bool:
    """Hide an ended video from its owner and forget what was said in it."""
    statement = (
        update(videos)
        .where(
            videos.c.id == video_id,
            videos.c.account_id == account_id,
            videos.c.deleted_at.is_(None),
            videos.c.state.in_([State.COMPLETED, State.FAILED]),
        )
        .values(
            deleted_at=now,
            expires_at=now,
            prompt="",
            user=None,
            extras={},
            metadata={},
            picture=None,
            resume=case((videos.c.failure.in_(ENDED_HERE), videos.c.resume), else_=None),
            source=None,
            characters=None,
        )
    )
    return conn.sql.execute(statement).rowcount == 1


def to_sweep(conn: ReadConnection, now: float, limit: int = 100) -> list[str]:
    """Ids of videos whose files have outlived them: expired, or deleted."""
    statement = (
        select(videos.c.id)
        .where(videos.c.swept_at.is_(None), videos.c.expires_at <= now)
        .where(videos.c.state.in_([State.COMPLETED, State.FAILED]))
        .limit(limit)
    )
    return list(conn.sql.execute(statement).scalars())


def mark_swept(conn: WriteConnection, video_id: str, now: float) -> None:
    """Remember that the files of a video are gone."""
    conn.sql.execute(
        update(videos)
        .where(videos.c.id == video_id, videos.c.swept_at.is_(None))
        .values(swept_at=now)
    )


def forget(conn: WriteConnection, before: float) -> int:
    """Remove some of the rows whose files were swept before that time; return how many."""
    old = select(videos.c.seq).where(videos.c.swept_at < before).limit(_AT_ONCE)
    return conn.sql.execute(delete(videos).where(videos.c.seq.in_(old))).rowcount


def with_files(conn: ReadConnection, video_id: str) -> Video | None:
    """The video, unless its files were swept; deleted ones too."""
    statement = select(videos).where(videos.c.id == video_id, videos.c.swept_at.is_(None))
    row = conn.sql.execute(statement).one_or_none()
    return rows.video(row) if row else None


def ahead(conn: ReadConnection, video_id: str) -> int:
    """How many of its own account's videos stand before a queued one, counted up to 10,000."""
    return int(conn.sql.execute(_AHEAD, {"id": video_id}).scalar_one())


def places(
    conn: ReadConnection, engine: str, account_id: str, ids: Sequence[str]
) -> dict[str, int]:
    """The places, from 1, of some of an account's waiting videos in its line at an engine.

    One walk along the line, whatever their number; those beyond `MOST_COUNTED` are left out.
    """
    given = {"e": engine, "a": account_id, "ids": ids}
    return {row.id: row.place for row in conn.sql.execute(PLACES, given)}


def _number_line() -> Select[str, int]:
    first = (videos.c.priority.desc(), videos.c.seq)
    line = (
        select(videos.c.seq, func.row_number().over(order_by=first).label("place"))
        .where(
            videos.c.engine == bindparam("e"),
            videos.c.account_id == bindparam("a"),
            # literals: bound values keep both databases off the partial index
            videos.c.state == text("'queued'"),
            videos.c.strikes < text("2"),
        )
        .order_by(*first)
        .limit(MOST_COUNTED)
        .subquery()
    )
    return (
        select(videos.c.id, line.c.place)
        .join(line, line.c.seq == videos.c.seq)
        .where(videos.c.id.in_(bindparam("ids", expanding=True)))
    )


PLACES = _number_line()


def _count_ahead() -> Select[int]:
    mine, before = videos.alias("mine"), videos.alias("before")
    earlier = (before.c.priority == mine.c.priority) & (before.c.seq < mine.c.seq)
    same_line = (before.c.engine == mine.c.engine) & (before.c.account_id == mine.c.account_id)
    counted = (
        select(before.c.seq)
        .select_from(mine.join(before, same_line))
        # literals: bound values keep both databases off the partial index
        .where(before.c.state == text("'queued'"), before.c.strikes < text("2"))
        .where(mine.c.id == bindparam("id"))
        .where((before.c.priority > mine.c.priority) | earlier)
        .limit(MOST_COUNTED)
        .subquery()
    )
    return select(func.count()).select_from(counted)


_AHEAD = _count_ahead()
