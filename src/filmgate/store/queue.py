"""The line of each engine, and the leases on what runs.

Each move is one statement, conditional on the state and token that it leaves, and says which video
it moved and from where. What follows from a move stands in `services/moves.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from filmgate.domain.facts import Moved
from filmgate.domain.states import ENDED_HERE, MOVES, Failure, Move, State
from filmgate.domain.strikes import LONGEST_S, TRIES_A_STRIKE
from filmgate.domain.video import Making, Output, Problem, Video, making_to_json, outputs_to_json
from filmgate.domain.worker import Beat
from filmgate.store import rows
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import accounts, lanes, videos


class Turn(NamedTuple):
    """An account that has videos in a line, and how many of its videos may run; 0 is any."""

    account_id: str
    most: int


class Seat(NamedTuple):
    """A row that may be claimed, and whose it is."""

    seq: int
    turn: Turn


# bound values, as State.QUEUED would be, keep both databases off the partial indices
IN_LINE = (videos.c.state == text("'queued'")) & (videos.c.strikes < text("2"))
_SUSPECTED = (videos.c.state == text("'queued'")) & (videos.c.strikes >= text("2"))


def _head_of_line(engine: Any, account_id: Any) -> Select[int]:
    return (
        select(videos.c.seq)
        .where(IN_LINE, videos.c.engine == engine, videos.c.account_id == account_id)
        .order_by(videos.c.priority.desc(), videos.c.seq)
        .limit(1)
    )


_ENGINE = bindparam("engine", type_=String)
_NOW = bindparam("now", type_=Double)
_MOST = func.coalesce(accounts.c.max_running, bindparam("max_running", type_=Integer))
_ACCOUNT_MAY = and_(accounts.c.disabled_at.is_(None), or_(_MOST == 0, accounts.c.running < _MOST))
_MAY_START = (
    lanes.c.engine == _ENGINE,
    lanes.c.queued > 0,
    _ACCOUNT_MAY,
    exists(_head_of_line(lanes.c.engine, lanes.c.account_id).correlate(lanes)),
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
NEXT_IN_LINE = _head_of_line(_ENGINE, bindparam("account_id")).with_for_update(skip_locked=True)
"""Two workers that look at the same moment lock, and so claim, two different videos."""
NEXT_OF_MODEL = (
    select(videos.c.seq, videos.c.account_id, _MOST.label("most"))
    .join(accounts, accounts.c.id == videos.c.account_id)
    .join(lanes, (lanes.c.engine == videos.c.engine) & (lanes.c.account_id == videos.c.account_id))
    .where(IN_LINE, videos.c.engine == _ENGINE, videos.c.model == bindparam("model"), _ACCOUNT_MAY)
    .order_by(lanes.c.running, lanes.c.turn, videos.c.priority.desc(), videos.c.seq)
    .limit(1)
)
_NEXT_OF_MODEL_LOCKED = NEXT_OF_MODEL.with_for_update(skip_locked=True, of=videos)
_ON_TRIAL = videos.alias("on_trial")
_DUE = or_(videos.c.put_off_until <= _NOW, videos.c.put_off_until > _NOW + LONGEST_S)
NEXT_SUSPECT = (
    select(videos.c.seq, videos.c.account_id, _MOST.label("most"))
    .join(accounts, accounts.c.id == videos.c.account_id)
    .where(
        _SUSPECTED,
        videos.c.engine == _ENGINE,
        _DUE,
        _ACCOUNT_MAY,
        ~exists(_ON_TRIAL.c.seq).where(
            _ON_TRIAL.c.state == text("'running'"),
            _ON_TRIAL.c.engine == videos.c.engine,
            _ON_TRIAL.c.strikes >= text("2"),
        ),
    )
    .order_by(videos.c.put_off_until, videos.c.seq)
    .limit(1)
)
_NEXT_SUSPECT_LOCKED = NEXT_SUSPECT.with_for_update(skip_locked=True, of=videos)
_SUSPECTS_BEFORE = Prepared(
    select(func.count().label("count")).where(
        _SUSPECTED,
        videos.c.engine == _ENGINE,
        videos.c.put_off_until < bindparam("put_off_until", type_=Double),
    )
)


def waits(conn: ReadConnection, engine: str, max_running: int) -> bool:
    """Whether a video in line for `engine` may start. `max_running` is the default; 0 is any."""
    given = {"engine": engine, "max_running": max_running}
    return conn.sql.execute(WAITS, given).first() is not None


def suspect_waits(conn: ReadConnection, engine: str, max_running: int, now: float) -> bool:
    """Whether a suspect of `engine` may be tried now: none while another one is.

    The time that it is put off to counts only within the longest time there is: a clock that was
    wrong when it was written puts nothing off for a day.
    """
    given = {"engine": engine, "max_running": max_running, "now": now}
    return conn.sql.execute(NEXT_SUSPECT, given).first() is not None


def next_suspect(conn: WriteConnection, engine: str, max_running: int, now: float) -> Seat | None:
    """The suspect that may be tried now, locked. The caller holds the engine's suspects."""
    given = {"engine": engine, "max_running": max_running, "now": now}
    row = conn.sql.execute(_NEXT_SUSPECT_LOCKED, given).one_or_none()
    return Seat(row.seq, Turn(row.account_id, row.most)) if row else None


def hold_suspects(conn: WriteConnection, engine: str) -> None:
    """Let nobody else choose among an engine's suspects until this transaction ends.

    On SQLite nobody else can: it has one writer at a time.
    """
    if conn.sql.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock(func.hashtext(f"suspects of {engine}"))
        conn.sql.execute(select(lock))


def suspects_before(conn: ReadConnection, engine: str, put_off_until: float) -> int:
    """How many suspects of an engine are tried before one that is put off until then."""
    row = _SUSPECTS_BEFORE.first(conn, {"engine": engine, "put_off_until": put_off_until})
    return int(row.count) if row else 0


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


def next_of_model(conn: WriteConnection, engine: str, model: str, max_running: int) -> Seat | None:
    """The next video in line of one model, locked: the turn of its account, priority, age.

    It may come before others' turns: a worker asks so for the model that it has loaded.
    """
    given = {"engine": engine, "model": model, "max_running": max_running}
    row = conn.sql.execute(_NEXT_OF_MODEL_LOCKED, given).one_or_none()
    return Seat(row.seq, Turn(row.account_id, row.most)) if row else None


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
    return _move(conn, Move.FINISH, _by_lease(video_id, token), values)


def fail(
    conn: WriteConnection, video_id: str, token: int, problem: Problem, now: float
) -> Moved | None:
    """End a video without films; None when the lease is not held any more."""
    return _move(conn, Move.FAIL, _by_lease(video_id, token), _failure(problem, now))


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
    return _move(conn, Move.GIVE_BACK, _by_lease(video_id, token), values)


def rescue(conn: WriteConnection, lost: Beat) -> Moved | None:
    """Return a leased video to the queue, if its beat still stands where it was seen."""
    return _move(conn, Move.RESCUE, _standing_still(lost) & ~_TRIED_TOO_OFTEN, {"worker_id": None})


def give_up(conn: WriteConnection, lost: Beat, problem: Problem, now: float) -> Moved | None:
    """End a leased video that was tried too often, if its beat still stands where it was seen."""
    where = _standing_still(lost) & _TRIED_TOO_OFTEN
    return _move(conn, Move.LOSE, where, _failure(problem, now))


_TRIED_TOO_OFTEN = videos.c.attempt >= videos.c.max_attempts * TRIES_A_STRIKE


def _standing_still(seen: Beat) -> ColumnElement[bool]:
    return _by_lease(seen.video_id, seen.token) & (videos.c.beat == seen.beat)


def strike(
    conn: WriteConnection, video_id: str, token: int, *, memory: bool, put_off_until: float
) -> Moved | None:
    """Return a leased video to the queue with one strike more, put off until then."""
    values = {"worker_id": None, "put_off_until": put_off_until} | _one_more(memory=memory)
    return _move(conn, Move.STRIKE, _by_lease(video_id, token), values)


def lose(
    conn: WriteConnection, video_id: str, token: int, problem: Problem, now: float, *, memory: bool
) -> Moved | None:
    """End a leased video by its last strike."""
    values = _failure(problem, now) | _one_more(memory=memory)
    return _move(conn, Move.LOSE, _by_lease(video_id, token), values)


def _one_more(*, memory: bool) -> dict[str, Any]:
    return {
        "strikes": videos.c.strikes + 1,
        "memory_strikes": videos.c.memory_strikes + (1 if memory else 0),
    }


def held_by(conn: ReadConnection, worker_id: str) -> list[tuple[Video, Beat]]:
    """The videos that a worker holds, and where their beats stand."""
    statement = select(videos).where(
        videos.c.worker_id == worker_id, videos.c.state == State.RUNNING
    )
    found = conn.sql.execute(statement)
    return [(rows.video(row), Beat(row.id, row.token, row.beat)) for row in found]


_PROGRESS = bindparam("told", type_=Integer)
_BEAT = Prepared(
    update(videos)
    .where(
        videos.c.id == bindparam("video_id", type_=String),
        videos.c.token == bindparam("lease", type_=Integer),
        videos.c.state == text("'running'"),
    )
    .values(
        beat=videos.c.beat + 1,
        progress=case((videos.c.progress < _PROGRESS, _PROGRESS), else_=videos.c.progress),
    )
)


def beat(conn: WriteConnection, video_id: str, token: int, progress: int) -> bool:
    """Show life and progress; False when the lease is not held any more."""
    return _BEAT.run(conn, {"video_id": video_id, "lease": token, "told": progress}) == 1


def beat_all(conn: WriteConnection, told: Sequence[tuple[str, int, int]]) -> set[str]:
    """Show life and progress of many videos, each as id, token, progress; those still held.

    By id, so that two writers of the same rows never lock them crosswise.
    """
    return {lease[0] for lease in sorted(told) if beat(conn, *lease)}


def keep_resume(conn: WriteConnection, video_id: str, token: int, resume: str) -> bool:
    """Store what a later attempt needs to go on; False when the lease is not held any more.

    Of a video that was ended meanwhile it tells what is still to be stopped.
    """
    to_stop = and_(videos.c.failure.in_(ENDED_HERE), videos.c.resume.is_not(None))
    held = or_(videos.c.state == State.RUNNING, to_stop)
    statement = (
        update(videos)
        .where(_by_lease(video_id, token), held)
        .values(resume=resume)
        .returning(videos.c.state)
    )
    return conn.sql.execute(statement).scalar_one_or_none() == State.RUNNING


def leases(conn: ReadConnection, worker_id: str) -> dict[tuple[str, int], float | None]:
    """The id and token of every video that a worker holds, and when it was last rung for."""
    found = conn.sql.execute(_LEASES, {"worker_id": worker_id})
    return {(video_id, token): rung_at for video_id, token, rung_at in found}


_LEASES = select(videos.c.id, videos.c.token, videos.c.rung_at).where(
    videos.c.worker_id == bindparam("worker_id", type_=String),
    videos.c.state == text("'running'"),
)


def beats(conn: ReadConnection) -> list[Beat]:
    """The beat of every running video."""
    statement = select(videos.c.id, videos.c.token, videos.c.beat).where(
        videos.c.state == State.RUNNING
    )
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
            return Moved(rows.video(row), left, move)
    return None


def _by_lease(video_id: str, token: int) -> ColumnElement[bool]:
    return (videos.c.id == video_id) & (videos.c.token == token)


def _failure(problem: Problem, now: float) -> dict[str, Any]:
    """What a failed row says. Its mark is kept while somebody has to see to what it ordered."""
    ended = {
        "worker_id": None,
        "failure": problem.code,
        "message": problem.message,
        "completed_at": case((videos.c.created_at > now, videos.c.created_at), else_=now),
    }
    kept = problem.code in (Failure.UPSTREAM_UNKNOWN, *ENDED_HERE)
    return ended if kept else ended | {"resume": None}
