"""Videos as their owners see them: insert, get, list."""

from sqlalchemy import Select, bindparam, delete, func, insert, select, text, update

from filmgate.domain import ledger as books
from filmgate.domain.account import NO_LIMITS, AccountLimits
from filmgate.domain.admission import admit
from filmgate.domain.states import State
from filmgate.domain.video import Video, VideoFilter
from filmgate.store import accounts, lanes, ledger, rows
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import videos

_AT_ONCE = 1000
"""Rows that one transaction removes: others want to write, too."""

_GET = select(videos).where(
    videos.c.id == bindparam("id"),
    videos.c.account_id == bindparam("account_id"),
    videos.c.deleted_at.is_(None),
)
_GET_ANY = select(videos).where(videos.c.id == bindparam("id"), videos.c.deleted_at.is_(None))
_INSERT = insert(videos)


def insert_queued(
    conn: WriteConnection,
    video: Video,
    *,
    defaults: AccountLimits = NO_LIMITS,
    key_id: str | None = None,
) -> int:
    """Put a fresh video at the end of its account's line; return its place there, from 1.

    The account's row is counted up first and stays locked, so that of many creates at once
    exactly as many come in as its limits and its balance allow. The price is held.

    Raises:
        AccountDisabled, InsufficientBalance, LimitReached: it is one too many.
    """
    account = accounts.count_create(conn, video.account_id, video.price, video.created_at)
    admit(account, defaults, video.price, video.created_at)
    ledger.write(conn, books.hold(video, key_id))
    conn.sql.execute(_INSERT, rows.values(video))
    conn.ring()
    return lanes.shift(conn, video.engine, video.account_id, queued=1)


def get(conn: ReadConnection, video_id: str, account_id: str) -> Video | None:
    """The video, if that account owns it."""
    row = conn.sql.execute(_GET, {"id": video_id, "account_id": account_id}).one_or_none()
    return rows.video(row) if row else None


def get_any(conn: ReadConnection, video_id: str) -> Video | None:
    """The video, whoever owns it."""
    row = conn.sql.execute(_GET_ANY, {"id": video_id}).one_or_none()
    return rows.video(row) if row else None


def list_page(
    conn: ReadConnection, account_id: str, wanted: VideoFilter
) -> tuple[list[Video], bool] | None:
    """One page and whether more follow; None when `after` is no video of the account."""
    statement = select(videos).where(
        videos.c.account_id == account_id, videos.c.deleted_at.is_(None)
    )
    if wanted.states:
        statement = statement.where(videos.c.state.in_(wanted.states))
    if wanted.model is not None:
        statement = statement.where(videos.c.model == wanted.model)
    if wanted.user is not None:
        statement = statement.where(videos.c.user == wanted.user)
    if wanted.after is not None:
        seq = _seq(conn, account_id, wanted.after)
        if seq is None:
            return None
        older = videos.c.seq < seq if wanted.newest_first else videos.c.seq > seq
        statement = statement.where(older)
    order = videos.c.seq.desc() if wanted.newest_first else videos.c.seq.asc()
    found = conn.sql.execute(statement.order_by(order).limit(wanted.limit + 1)).all()
    return [rows.video(row) for row in found[: wanted.limit]], len(found) > wanted.limit


def _seq(conn: ReadConnection, account_id: str, video_id: str) -> int | None:
    statement = select(videos.c.seq).where(
        videos.c.id == video_id, videos.c.account_id == account_id, videos.c.deleted_at.is_(None)
    )
    return conn.sql.execute(statement).scalar_one_or_none()


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
            resume=None,
            making=None,
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


def _count_ahead() -> Select[int]:
    mine, before = videos.alias("mine"), videos.alias("before")
    earlier = (before.c.priority == mine.c.priority) & (before.c.seq < mine.c.seq)
    same_line = (before.c.engine == mine.c.engine) & (before.c.account_id == mine.c.account_id)
    counted = (
        select(before.c.seq)
        .select_from(mine.join(before, same_line))
        .where(mine.c.id == bindparam("id"), before.c.state == text("'queued'"))
        .where((before.c.priority > mine.c.priority) | earlier)
        .limit(10_000)
        .subquery()
    )
    return select(func.count()).select_from(counted)


_AHEAD = _count_ahead()
