"""The line of each engine, and the leases on what runs.

Each move is one statement, conditional on the state and token that it leaves, and says which video
it moved and from where. What follows from a move stands in `services/moves.py`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

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

from filmgate.domain.states import MOVES, Failure, Move, State
from filmgate.domain.video import Making, Output, Problem, Video, making_to_json, outputs_to_json
from filmgate.domain.worker import Beat
from filmgate.store import rows
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import accounts, lanes, videos


class Moved(NamedTuple):
    """A video that has moved just now, and the state that it left."""

    video: Video
    left: State


class Turn(NamedTuple):
    """An account that has videos in a line, and how many of its videos may run; 0 is any."""

    account_id: str
    most: int


def _head_of_line(engine: Any, account_id: Any) -> Select[int]:
    return (
        select(videos.c.seq)
        .where(
            # a bound value, as State.QUEUED would be, keeps both databases off the partial index
            videos.c.state == text("'queued'"),
            videos.c.engine == engine,
            videos.c.account_id == account_id,
        )
        .order_by(videos.c.priority.desc(), videos.c.seq)
        .limit(1)
    )


_MOST = func.coalesce(accounts.c.max_running, bindparam("max_running", type_=Integer))
_MAY_START = (
    lanes.c.engine == bindparam("engine"),
    lanes.c.queued > 0,
    accounts.c.disabled_at.is_(None),
    or_(_MOST == 0, accounts.c.running < _MOST),
)
_OWNERS = lanes.join(accounts, accounts.c.id == lanes.c.account_id)
TURNS = (
    select(lanes.c.account_id, _MOST.label("most"))
    .select_from(_OWNERS)
    .where(*_MAY_START)
    .order_by(
        lanes.c.running,
        lanes.c.turn,
        _head_of_line(lanes.c.engine, lanes.c.account_id).scalar_subquery(),
    )
)
WAITS = select(lanes.c.engine).select_from(_OWNERS).where(*_MAY_START).limit(1)
NEXT_IN_LINE = _head_of_line(bindparam("engine"), bindparam("account_id")).with_for_update(
    skip_locked=True
)
"""Two workers that look at the same moment lock, and so claim, two different videos."""


def waits(conn: ReadConnection, engine: str, max_running: int) -> bool:
    """Whether any video waits for `engine` that may start. `max_running` is the default; 0 any."""
    given = {"engine": engine, "max_running": max_running}
    return conn.sql.execute(WAITS, given).first() is not None


def turns(conn: ReadConnection, engine: str, max_running: int) -> list[Turn]:
    """The accounts with videos that may start, in the order of their turns.

    The one with the fewest running at this engine comes first, then the one that was served
    longest ago. Accounts that run as many as they may, at whatever engine, let others pass; so do
    disabled ones.
    """
    given = {"engine": engine, "max_running": max_running}
    return [Turn(*row) for row in conn.sql.execute(TURNS, given)]


def next_in_line(conn: WriteConnection, engine: str, account_id: str) -> int | None:
    """The row of the account's next video, locked: priority first, then age."""
    line = {"engine": engine, "account_id": account_id}
    return conn.sql.execute(NEXT_IN_LINE, line).scalar_one_or_none()


def claim(conn: WriteConnection, seq: int, worker_id: str, now: float) -> Moved | None:
    """Lease a waiting video to a worker."""
    values = {
        "worker_id": worker_id,
        "attempt": videos.c.attempt + 1,
        "token": videos.c.token + 1,
        "beat": 0,
        "started_at": func.coalesce(videos.c.started_at, now),
        "claimed_at": now,
    }
    return _move(conn, Move.CLAIM, videos.c.seq == seq, values)


def finish(
    conn: WriteConnection,
    video_id: str,
    token: int,
    outputs: tuple[Output, ...],
    making: Making,
    now: float,
    expires_at: float,
) -> Moved | None:
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
    return _move(conn, Move.FINISH, _leased(video_id, token), values)


def fail(
    conn: WriteConnection, video_id: str, token: int, problem: Problem, now: float
) -> Moved | None:
    """End a video without films; None when the lease is not held any more."""
    return _move(conn, Move.FAIL, _leased(video_id, token), _failure(problem, now))


def cancel(
    conn: WriteConnection, video_id: str, account_id: str, problem: Problem, now: float
) -> Moved | None:
    """End a waiting or running video of an account; None when it has ended already."""
    mine = (videos.c.id == video_id) & (videos.c.account_id == account_id)
    alive = mine & videos.c.deleted_at.is_(None)
    return _move(conn, Move.CANCEL, alive, _failure(problem, now))


def give_back(conn: WriteConnection, video_id: str, token: int) -> Moved | None:
    """Return a leased video to the line, its attempt unspent."""
    values = {"worker_id": None, "attempt": videos.c.attempt - 1}
    return _move(conn, Move.GIVE_BACK, _leased(video_id, token), values)


def rescue(conn: WriteConnection, seen: Beat) -> Moved | None:
    """Return a video to the line whose beat still stands where it was seen, if it may be tried."""
    where = _leased(seen.video_id, seen.token) & (videos.c.beat == seen.beat) & ~_SPENT
    return _move(conn, Move.RESCUE, where, {"worker_id": None})


def lose(conn: WriteConnection, seen: Beat, problem: Problem, now: float) -> Moved | None:
    """End a video whose beat still stands where it was seen, if its attempts are used up."""
    where = _leased(seen.video_id, seen.token) & (videos.c.beat == seen.beat) & _SPENT
    return _move(conn, Move.LOSE, where, _failure(problem, now))


_SPENT = videos.c.attempt >= videos.c.max_attempts


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


def beats(conn: ReadConnection, worker_id: str | None = None) -> list[Beat]:
    """The beat of every running video, or of those that one worker holds."""
    statement = select(videos.c.id, videos.c.token, videos.c.beat).where(
        videos.c.state == State.RUNNING
    )
    if worker_id is not None:
        statement = statement.where(videos.c.worker_id == worker_id)
    return [Beat(*row) for row in conn.sql.execute(statement)]


def _move(
    conn: WriteConnection, move: Move, where: ColumnElement[bool], values: Mapping[str, Any]
) -> Moved | None:
    """Carry out `move` on the one video of `where`, if it stands where the move may leave from."""
    leaves, reaches = MOVES[move]
    for left in sorted(leaves):
        statement = (
            update(videos)
            .where(where, videos.c.state == left)
            .values(state=reaches, **values)
            .returning(videos)
        )
        row = conn.sql.execute(statement).one_or_none()
        if row is not None:
            return Moved(rows.video(row), left)
    return None


def _held(video_id: str, token: int) -> tuple[ColumnElement[bool], ...]:
    return (
        videos.c.id == video_id,
        videos.c.token == token,
        videos.c.state == State.RUNNING,
    )


def _leased(video_id: str, token: int) -> ColumnElement[bool]:
    return (videos.c.id == video_id) & (videos.c.token == token)


def _failure(problem: Problem, now: float) -> dict[str, Any]:
    """What a failed row says. Where nobody knows what became of an order, its mark is kept."""
    ended = {
        "worker_id": None,
        "failure": problem.code,
        "message": problem.message,
        "completed_at": now,
    }
    return ended if problem.code == Failure.UPSTREAM_UNKNOWN else ended | {"resume": None}
