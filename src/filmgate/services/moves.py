"""The moves of a video with all that follows from them, each inside one transaction.

A move changes the row, what its account and lane count, the money, and who is told. Nothing else
moves a video, so nothing can forget one of them. Functions of a connection: the verbs call them.
"""

from filmgate.domain import ids
from filmgate.domain import ledger as entries
from filmgate.domain.account import NO_LIMITS, Account, AccountLimits, month_of
from filmgate.domain.admission import admit, admit_key
from filmgate.domain.batch import PRIORITY
from filmgate.domain.facts import Moved
from filmgate.domain.states import Failure, State
from filmgate.domain.strikes import ending, put_off_s
from filmgate.domain.video import UNTOLD, Making, Output, Problem, Video
from filmgate.domain.webhook import TOLD, Event
from filmgate.domain.worker import Beat, Death
from filmgate.store import (
    accounts,
    changes,
    endpoints,
    events,
    keys,
    lanes,
    ledger,
    notices,
    queue,
    speeds,
    videos,
)
from filmgate.store.connections import WriteConnection
from filmgate.store.queue import Turn

_CANCELLED = Problem(code=Failure.CANCELLED, message="The video was cancelled.")
_LOST = Problem(code=Failure.WORKER_LOST, message="Every worker that tried this video fell silent.")


def enter(
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
    account, in_batch = _count_create(conn, video), video.priority == PRIORITY
    admit(account, defaults, video.price, video.created_at, in_batch=in_batch)
    if key_id is not None and (use := keys.count_create(conn, key_id, video.created_at)):
        admit_key(use, video.request.model, video.created_at, in_batch=in_batch)
    ledger.add(conn, entries.hold(video, key_id))
    videos.insert(conn, video)
    tell(conn, video, video.created_at)
    return _shift_lane(conn, video, queued=1)


def _count_create(conn: WriteConnection, video: Video) -> Account:
    """The account as it is with this create; below zero, and not stored so, if it cannot pay."""
    price, now = video.price, video.created_at
    for _ in range(2):  # a credit may come between the two statements
        counted = accounts.count_create(conn, video.account_id, price, now)
        if counted is not None:
            return counted
        poor = accounts.lock(conn, video.account_id)
    if poor is None:
        raise LookupError(video.account_id)
    return poor.with_held(price)


def claim(
    conn: WriteConnection,
    engine: str,
    worker_id: str,
    now: float,
    defaults: AccountLimits = NO_LIMITS,
    preferred: str | None = None,
) -> Video | None:
    """Lease the next video of `engine` to a worker, or None when none may start.

    Those of the model `preferred`, which the worker has loaded, come first. Suspects come when
    nothing in line may start, one of an engine at a time.
    """
    most = defaults.max_running or 0
    place = preferred and queue.next_of_model(conn, engine, preferred, most)
    if place and _may_run(conn, place.turn):
        return _lease(conn, engine, place.turn, place.seq, worker_id, now)
    for turn in queue.turns(conn, engine, most):
        seq = queue.next_in_line(conn, engine, turn.account_id) if _may_run(conn, turn) else None
        if seq is not None:
            return _lease(conn, engine, turn, seq, worker_id, now)
    if not queue.suspect_waits(conn, engine, most, now):
        return None
    queue.hold_suspects(conn, engine)
    suspect = queue.next_suspect(conn, engine, most, now)
    if suspect is None or not _may_run(conn, suspect.turn):
        return None
    return _lease(conn, engine, suspect.turn, suspect.seq, worker_id, now)


def _lease(
    conn: WriteConnection, engine: str, turn: Turn, seq: int, worker_id: str, now: float
) -> Video | None:
    video = _follow(conn, queue.claim(conn, seq, worker_id, now))
    if video is not None:
        lanes.take_turn(conn, engine, turn.account_id)
    return video


def _may_run(conn: WriteConnection, turn: Turn) -> bool:
    """Look again with the account locked: two workers must not take its last place together."""
    if not turn.most:
        return True
    account = accounts.lock(conn, turn.account_id)
    return account is not None and account.running < turn.most


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
    moved = queue.finish(conn, video_id, token, outputs, making, now, expires_at)
    video = _follow(conn, moved)
    if video is not None and video.claimed_at is not None:
        newest = max(0.0, now - video.claimed_at) / video.megapixels
        speeds.mix_in(conn, video.engine, video.request.model, newest)
    return video


def fail(
    conn: WriteConnection, video_id: str, token: int, problem: Problem, now: float
) -> Video | None:
    """End a video without films; None when the lease is not held any more."""
    return _follow(conn, queue.fail(conn, video_id, token, problem, now))


def cancel(conn: WriteConnection, video_id: str, account_id: str, now: float) -> Video | None:
    """End a waiting or running video at its owner's word; None when it has ended already."""
    return _follow(conn, queue.cancel(conn, video_id, account_id, _CANCELLED, now))


def give_back(conn: WriteConnection, worker_id: str) -> list[Video]:
    """Return all that a worker holds to the queue, attempts unspent: it is shutting down."""
    held = queue.held_by(conn, worker_id)
    back = [postpone(conn, video.id, video.token) for video, _ in held]
    return [video for video in back if video]


def postpone(conn: WriteConnection, video_id: str, token: int) -> Video | None:
    """Return one video to the queue, its attempt unspent; None when the lease is not held."""
    return _follow(conn, queue.give_back(conn, video_id, token))


def rescue(conn: WriteConnection, seen: Beat, now: float) -> Video | None:
    """Take a lease whose beat stood still: a silence is no strike, but not for ever."""
    lost = queue.give_up(conn, seen, _LOST, now)
    return _follow(conn, lost or queue.rescue(conn, seen))


def rescue_worker(
    conn: WriteConnection, worker_id: str, now: float, death: Death = Death.UNKNOWN
) -> list[Video]:
    """Take every lease of a worker that is known to be dead, with a strike if it died alone.

    A video that is ordered elsewhere only waited here: it is innocent, and costs nothing to go on
    with.
    """
    held = queue.held_by(conn, worker_id)
    if death is Death.UNKNOWN:
        taken = [rescue(conn, beat, now) for _, beat in held]
    else:
        taken = [
            rescue(conn, beat, now) if video.resume else _strike(conn, video, death, now)
            for video, beat in held
        ]
    return [video for video in taken if video]


def _strike(conn: WriteConnection, video: Video, death: Death, now: float) -> Video | None:
    """Hold the death of its worker against a running video: it ends, or is put off."""
    lease, memory = (video.id, video.token), death is Death.OUT_OF_MEMORY
    end = ending(video, death)
    if end is not None:
        return _follow(conn, queue.lose(conn, *lease, end, now, memory=memory))
    until = now + put_off_s(video.id, video.strikes + 1)
    return _follow(conn, queue.strike(conn, *lease, memory=memory, put_off_until=until))


def _follow(conn: WriteConnection, moved: Moved | None) -> Video | None:
    """Do what follows from a move: count it, settle the hold of an ended video, tell of its end."""
    if moved is None:
        return None
    conn.tell(moved)
    video, left = moved.video, moved.left
    queued = (video.state == State.QUEUED) - (left == State.QUEUED)
    running = (video.state == State.RUNNING) - (left == State.RUNNING)
    if video.state.final:
        entry = entries.settlement(video)
        ledger.add(conn, entry)
        balance, held = entry.balance, entry.held
    else:
        balance, held = 0, 0
    accounts.shift(
        conn,
        video.account_id,
        queued=queued,
        running=running,
        balance=balance,
        held=held,
        unspent=video.price - video.charge if video.state.final else 0,
        of_month=month_of(video.created_at),
    )
    _shift_lane(conn, video, queued=queued, running=running)
    if video.state.final:
        announce(conn, video)
    tell(conn, video, video.completed_at or video.claimed_at or video.created_at)
    return video


def tell(conn: WriteConnection, video: Video, now: float) -> None:
    """Let who watches know of a change, whose account this transaction holds, once it commits."""
    changes.add(conn, video.account_id, video.id, now)
    conn.ring()


def _shift_lane(conn: WriteConnection, video: Video, *, queued: int = 0, running: int = 0) -> int:
    """Count a move in its lane, which the first video opens; return how many now wait there."""
    engine, account_id = video.engine, video.account_id
    left = lanes.shift(conn, engine, account_id, queued=queued, running=running)
    if left is None:
        lanes.open_lane(conn, engine, account_id)
        left = lanes.shift(conn, engine, account_id, queued=queued, running=running)
    return left or 0


def announce(conn: WriteConnection, video: Video) -> None:
    """Write the end of a video into the outbox, if any endpoint wants to be told."""
    kind, now = TOLD[video.state], video.completed_at or video.created_at
    wanting = [
        endpoint_id
        for endpoint_id, types in endpoints.subscribers(conn, video.account_id)
        if kind in types
    ]
    if wanting:
        event = Event(
            id=ids.event_id(),
            type=kind,
            video_id=video.id,
            created_at=now,
            traceparent=video.traceparent,
        )
        events.add(conn, event, video.account_id)
        notices.add(conn, event, wanting)
