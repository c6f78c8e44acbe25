"""The moves of a video, each one statement conditional on the state and token that it leaves."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    update,
)

from filmgate.domain import ledger as books
from filmgate.domain.account import NO_LIMITS, AccountLimits
from filmgate.domain.states import MOVES, Failure, Move, State
from filmgate.domain.video import (
    UNTOLD,
    Making,
    Output,
    Problem,
    Video,
    making_to_json,
    outputs_to_json,
)
from filmgate.domain.worker import Beat
from filmgate.store import accounts, lanes, ledger, outbox, rows, speeds
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import accounts as account_table
from filmgate.store.tables import lanes as lane_table
from filmgate.store.tables import videos


def claim(
    conn: WriteConnection,
    engine: str,
    worker_id: str,
    now: float,
    defaults: AccountLimits = NO_LIMITS,
) -> Video | None:
    """Lease the next video of `engine` to a worker, or None when none may start.

    The account with the fewest running videos goes first, then the one that was served longest
    ago; within an account priority, then age. Accounts that run as many as they may, at whatever
    engine, let others pass; so do disabled ones.
    """
    values = {
        "worker_id": worker_id,
        "attempt": videos.c.attempt + 1,
        "token": videos.c.token + 1,
        "beat": 0,
        "started_at": func.coalesce(videos.c.started_at, now),
        "claimed_at": now,
    }
    given = {"engine": engine, "max_running": defaults.max_running or 0}
    for account_id, most in conn.sql.execute(_TURNS, given).all():
        if most and not _may_run(conn, account_id, most):
            continue
        line = {"engine": engine, "account_id": account_id}
        seq = conn.sql.execute(_NEXT_IN_LINE, line).scalar_one_or_none()
        if seq is not None:
            video = _move(conn, Move.CLAIM, videos.c.seq == seq, values)
            lanes.take_turn(conn, engine, account_id)
            return video
    return None


def _may_run(conn: WriteConnection, account_id: str, most: int) -> bool:
    """Look again with the account locked: two workers must not take its last place together."""
    account = accounts.lock(conn, account_id)
    return account is not None and account.running < most


def _head(engine: Any, account_id: Any) -> Select[int]:
    """The video of an account that is next in its line."""
    return (
        select(videos.c.seq)
        .where(
            videos.c.state == text("'queued'"),
            videos.c.engine == engine,
            videos.c.account_id == account_id,
        )
        .order_by(videos.c.priority.desc(), videos.c.seq)
        .limit(1)
    )


_MOST = func.coalesce(account_table.c.max_running, bindparam("max_running", type_=Integer))
_MAY_START = (
    lane_table.c.engine == bindparam("engine"),
    lane_table.c.queued > 0,
    account_table.c.disabled_at.is_(None),
    or_(_MOST == 0, account_table.c.running < _MOST),
)


def _turns() -> Select[str, int]:
    """The accounts with videos that may start, in the order of their turns."""
    lane = lane_table
    head = _head(lane.c.engine, lane.c.account_id).scalar_subquery()
    return (
        select(lane.c.account_id, _MOST.label("most"))
        .join(account_table, account_table.c.id == lane.c.account_id)
        .where(*_MAY_START)
        .order_by(lane.c.running, lane.c.turn, head)
    )


_TURNS = _turns()
_NEXT_IN_LINE = _head(bindparam("engine"), bindparam("account_id")).with_for_update(
    skip_locked=True
)
"""Two workers that look at the same moment lock, and so claim, two different videos."""
_WAITS = (
    select(lane_table.c.engine)
    .join(account_table, account_table.c.id == lane_table.c.account_id)
    .where(*_MAY_START)
    .limit(1)
)


def beat(conn: WriteConnection, video_id: str, token: int, progress: int) -> bool:
    """Show life and progress; False when the lease is not held any more."""
    statement = (
        update(videos)
        .where(*_held(video_id, token))
        .values(
            beat=videos.c.beat + 1,
            progress=case((videos.c.progress < progress, progress), else_=videos.c.progress),
        )
    )
    return conn.sql.execute(statement).rowcount == 1


def keep_resume(conn: WriteConnection, video_id: str, token: int, resume: str) -> bool:
    """Store what a later attempt needs to go on; False when the lease is not held any more."""
    statement = update(videos).where(*_held(video_id, token)).values(resume=resume)
    return conn.sql.execute(statement).rowcount == 1


def holds(conn: ReadConnection, video_id: str, token: int) -> bool:
    """Whether that lease is still held."""
    statement = select(videos.c.seq).where(*_held(video_id, token))
    return conn.sql.execute(statement).one_or_none() is not None


def finish(
    conn: WriteConnection,
    video_id: str,
    token: int,
    outputs: tuple[Output, ...],
    now: float,
    expires_at: float,
    making: Making = UNTOLD,
) -> Video | None:
    """Complete a video whose films are stored; None when the lease is not held any more."""
    values = {
        "worker_id": None,
        "progress": 100,
        "outputs": outputs_to_json(outputs),
        "making": making_to_json(making),
        "completed_at": now,
        "expires_at": expires_at,
        "resume": None,
    }
    video = _move(conn, Move.FINISH, _leased(video_id, token), values)
    if video is not None:
        speeds.note(conn, video, now)
    return video


def fail(
    conn: WriteConnection, video_id: str, token: int, problem: Problem, now: float
) -> Video | None:
    """End a video without films; None when the lease is not held any more."""
    return _move(conn, Move.FAIL, _leased(video_id, token), _failed(problem, now))


def cancel(conn: WriteConnection, video_id: str, account_id: str, now: float) -> Video | None:
    """End a waiting or running video at its owner's word; None when it has ended already."""
    problem = Problem(code=Failure.CANCELLED, message="The video was cancelled.")
    mine = (videos.c.id == video_id) & (videos.c.account_id == account_id)
    alive = mine & videos.c.deleted_at.is_(None)
    return _move(conn, Move.CANCEL, alive, _failed(problem, now))


def give_back(conn: WriteConnection, worker_id: str) -> list[Video]:
    """Return all that a worker holds to the queue, attempts unspent: it is shutting down."""
    return _each(conn, Move.GIVE_BACK, worker_id, _back(unspent=True))


def postpone(conn: WriteConnection, video_id: str, token: int) -> Video | None:
    """Return one video to the queue, its attempt unspent; None when the lease is not held."""
    return _move(conn, Move.GIVE_BACK, _leased(video_id, token), _back(unspent=True))


def rescue(conn: WriteConnection, seen: Beat, now: float) -> Video | None:
    """Take a lease whose beat stood still from a lost worker: requeue, or fail at the cap."""
    still = _leased(seen.video_id, seen.token) & (videos.c.beat == seen.beat)
    return _rescued(conn, still, now)


def rescue_worker(conn: WriteConnection, worker_id: str, now: float) -> list[Video]:
    """Take every lease of a worker that is known to be dead."""
    found = [_rescued(conn, videos.c.seq == seq, now) for seq in _seqs(conn, worker_id)]
    return [video for video in found if video]


def _rescued(conn: WriteConnection, where: ColumnElement[bool], now: float) -> Video | None:
    lost = Problem(code=Failure.WORKER_LOST, message="Every worker that tried this video was lost.")
    spent = videos.c.attempt >= videos.c.max_attempts
    return _move(conn, Move.LOSE, where & spent, _failed(lost, now)) or _move(
        conn, Move.RESCUE, where & ~spent, _back(unspent=False)
    )


def beats(conn: ReadConnection) -> list[Beat]:
    """The beat of every running video."""
    statement = select(videos.c.id, videos.c.token, videos.c.beat).where(
        videos.c.state == State.RUNNING
    )
    return [Beat(row.id, row.token, row.beat) for row in conn.sql.execute(statement)]


def waits(conn: ReadConnection, engine: str, defaults: AccountLimits = NO_LIMITS) -> bool:
    """Whether any video waits for `engine` that may start."""
    given = {"engine": engine, "max_running": defaults.max_running or 0}
    return conn.sql.execute(_WAITS, given).first() is not None


def _move(
    conn: WriteConnection, move: Move, where: ColumnElement[bool], values: Mapping[str, Any]
) -> Video | None:
    """Carry out `move` on the one video of `where`, if it stands where the move may leave from.

    What the video's account counts and holds moves with it.
    """
    leaves, reaches = MOVES[move]
    for state in sorted(leaves):
        statement = (
            update(videos)
            .where(where, videos.c.state == state)
            .values(state=reaches, **values)
            .returning(videos)
        )
        row = conn.sql.execute(statement).one_or_none()
        if row is not None:
            conn.ring()
            video = rows.video(row)
            _account_for(conn, video, state)
            if reaches.final:
                outbox.happened(conn, row.account_id, row.id, reaches, row.completed_at)
            return video
    return None


def _account_for(conn: WriteConnection, video: Video, left: State) -> None:
    """Count a move, and settle the hold of a video that has ended."""
    counts = {
        name: (video.state == state) - (left == state)
        for name, state in (("queued", State.QUEUED), ("running", State.RUNNING))
    }
    money = {"balance": 0, "held": 0}
    if video.state.final:
        entry = books.settlement(video)
        ledger.write(conn, entry)
        money = {"balance": entry.balance, "held": entry.held}
    accounts.shift(conn, video.account_id, **counts, **money)
    lanes.shift(conn, video.engine, video.account_id, **counts)


def _each(
    conn: WriteConnection, move: Move, worker_id: str, values: Mapping[str, Any]
) -> list[Video]:
    moved = [_move(conn, move, videos.c.seq == seq, values) for seq in _seqs(conn, worker_id)]
    return [video for video in moved if video]


def _seqs(conn: ReadConnection, worker_id: str) -> list[int]:
    statement = select(videos.c.seq).where(
        videos.c.worker_id == worker_id, videos.c.state == State.RUNNING
    )
    return list(conn.sql.execute(statement).scalars())


def _held(video_id: str, token: int) -> tuple[ColumnElement[bool], ...]:
    return (
        videos.c.id == video_id,
        videos.c.token == token,
        videos.c.state == State.RUNNING,
    )


def _leased(video_id: str, token: int) -> ColumnElement[bool]:
    return (videos.c.id == video_id) & (videos.c.token == token)


def _failed(problem: Problem, now: float) -> dict[str, Any]:
    return {
        "worker_id": None,
        "failure": problem.code,
        "message": problem.message,
        "completed_at": now,
        "resume": None,
    }


def _back(*, unspent: bool) -> dict[str, Any]:
    return {"worker_id": None, "attempt": videos.c.attempt - (1 if unspent else 0)}
