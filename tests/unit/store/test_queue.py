"""The moves of a video: each is conditional on the state and token that it leaves."""

from dataclasses import replace

import pytest
from sqlalchemy import case, func, select
from tests.support.videos import a_video, outputs_of

from filmgate.domain.account import FIRST_ACCOUNT, NO_LIMITS, AccountLimits
from filmgate.domain.states import State
from filmgate.domain.video import Problem, Video
from filmgate.domain.worker import Beat
from filmgate.services import moves
from filmgate.store import queue, videos
from filmgate.store.connections import ReadConnection
from filmgate.store.database import Database
from filmgate.store.tables import lanes
from filmgate.store.tables import videos as table

ENGINE = "animatic"
BROKEN = Problem(code="engine_error", message="it broke")


async def submitted(database: Database, **changes: object) -> Video:
    video = a_video(**changes)
    await database.write(moves.enter, video)
    return video


async def claimed(database: Database, worker: str = "w1") -> Video:
    video = await database.write(moves.claim, ENGINE, worker, 200.0)
    assert video is not None
    return video


async def now(database: Database, video: Video) -> Video:
    found = await database.read(videos.get_any, video.id)
    assert found is not None
    return found


async def test_claim_leases_the_oldest(database: Database) -> None:
    first, second = await submitted(database), await submitted(database)
    got = await claimed(database)
    assert (got.id, got.state, got.attempt, got.token) == (first.id, State.RUNNING, 1, 1)
    assert (await claimed(database, "w2")).id == second.id
    assert await database.write(moves.claim, ENGINE, "w3", 0.0) is None


async def test_claim_serves_its_own_engine_alone(database: Database) -> None:
    await submitted(database, engine="wan")
    assert not await database.read(queue.waits, ENGINE, 0)
    assert await database.write(moves.claim, ENGINE, "w1", 0.0) is None
    assert await database.read(queue.waits, "wan", 0)


async def test_accounts_take_turns(database: Database) -> None:
    for _ in range(5):
        await submitted(database)
    other = await submitted(database, account_id="acct_other")
    assert (await claimed(database)).account_id == FIRST_ACCOUNT
    assert (await claimed(database)).id == other.id


async def test_a_loaded_model_comes_before_its_turn(database: Database) -> None:
    """By turns among its own; another model's video is taken when it has none."""
    request = a_video().request
    wan, ltx = (replace(request, model=name) for name in ("wan", "ltx"))
    first = await submitted(database, request=ltx)
    mine = [await submitted(database, request=wan) for _ in range(2)]
    other = await submitted(database, request=wan, account_id="acct_other")
    order = [
        await database.write(moves.claim, ENGINE, "w1", 200.0, NO_LIMITS, "wan") for _ in range(4)
    ]
    wanted = [mine[0].id, other.id, mine[1].id, first.id]
    assert [video and video.id for video in order] == wanted


async def test_a_loaded_model_takes_no_account_over_its_cap(database: Database) -> None:
    request = a_video().request
    for _ in range(2):
        await submitted(database, request=replace(request, model="wan"))
    one = AccountLimits(max_running=1)
    assert await database.write(moves.claim, ENGINE, "w1", 200.0, one, "wan")
    assert await database.write(moves.claim, ENGINE, "w1", 200.0, one, "wan") is None


async def test_progress_never_goes_back(database: Database) -> None:
    await submitted(database)
    video = await claimed(database)
    for told in (10, 40, 20):
        assert await database.write(queue.beat, video.id, video.token, told)
    assert (await now(database, video)).progress == 40


async def test_finish_completes_once(database: Database) -> None:
    await submitted(database)
    video = await claimed(database)
    outputs = outputs_of(video)
    args = (video.id, video.token, outputs, 300.0, 900.0)
    done = await database.write(moves.finish, *args)
    assert done is not None
    assert (done.state, done.progress, done.outputs) == (State.COMPLETED, 100, outputs)
    assert (done.completed_at, done.expires_at) == (300.0, 900.0)
    assert await database.write(moves.finish, *args) is None


@pytest.mark.parametrize("late", ["finish", "fail", "beat", "resume"])
async def test_a_late_writer_loses(database: Database, late: str) -> None:
    await submitted(database)
    lost = await claimed(database)
    await database.write(moves.rescue, Beat(lost.id, lost.token, 0), 250.0)
    held = await claimed(database, "w2")
    writes = {
        "finish": (moves.finish, (lost.id, lost.token, outputs_of(lost), 1.0, 2.0)),
        "fail": (moves.fail, (lost.id, lost.token, BROKEN, 1.0)),
        "beat": (queue.beat, (lost.id, lost.token, 50)),
        "resume": (queue.keep_resume, (lost.id, lost.token, "upstream-1")),
    }
    function, args = writes[late]
    assert not await database.write(function, *args)  # type: ignore[arg-type]
    assert await now(database, lost) == held


async def test_rescue_wants_a_still_beat(database: Database) -> None:
    await submitted(database)
    video = await claimed(database)
    (seen,) = await database.read(queue.beats)
    await database.write(queue.beat, video.id, video.token, 1)
    assert await database.write(moves.rescue, seen, 0.0) is None
    assert (await now(database, video)).state is State.RUNNING


async def test_a_video_whose_workers_all_fall_silent_fails_in_the_end(database: Database) -> None:
    await submitted(database, max_attempts=2)
    for _ in range(6):
        await claimed(database)
        (taken,) = await database.write(moves.rescue_worker, "w1", 400.0)
    assert (taken.state, taken.attempt, taken.strikes) == (State.FAILED, 6, 0)
    assert taken.problem is not None
    assert taken.problem.code == "worker_lost"


async def test_given_back_attempts_are_unspent(database: Database) -> None:
    await submitted(database)
    video = await claimed(database)
    (back,) = await database.write(moves.give_back, "w1")
    assert (back.state, back.attempt, back.token) == (State.QUEUED, 0, video.token)
    assert (await claimed(database)).token == video.token + 1


@pytest.mark.parametrize("running", [False, True])
async def test_cancel_ends_what_has_not_ended(database: Database, running: bool) -> None:
    video = await submitted(database)
    if running:
        await claimed(database)
    ended = await database.write(moves.cancel, video.id, FIRST_ACCOUNT, 500.0)
    assert ended is not None
    assert ended.problem is not None
    assert (ended.state, ended.problem.code) == (State.FAILED, "cancelled")
    assert await database.write(moves.cancel, video.id, FIRST_ACCOUNT, 501.0) is None
    assert not await database.read(queue.leases, "w1")


async def test_cancel_is_the_owner_s(database: Database) -> None:
    video = await submitted(database)
    assert await database.write(moves.cancel, video.id, "acct_other", 0.0) is None


async def test_lanes_count_what_the_rows_say(database: Database) -> None:
    for account in (FIRST_ACCOUNT, FIRST_ACCOUNT, "acct_other"):
        await submitted(database, account_id=account)
    video = await claimed(database)
    await database.write(moves.cancel, video.id, video.account_id, 0.0)
    await claimed(database)
    assert await database.read(counted_lanes) == await database.read(counted_rows)


def counted_lanes(conn: ReadConnection) -> dict[str, tuple[int, int]]:
    found = conn.sql.execute(select(lanes)).all()
    return {row.account_id: (row.queued, row.running) for row in found}


def counted_rows(conn: ReadConnection) -> dict[str, tuple[int, int]]:
    statement = select(
        table.c.account_id,
        func.sum(case((table.c.state == "queued", 1), else_=0)),
        func.sum(case((table.c.state == "running", 1), else_=0)),
    ).group_by(table.c.account_id)
    return {account: (queued, running) for account, queued, running in conn.sql.execute(statement)}
