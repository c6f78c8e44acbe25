"""Strikes: who counts them, who waits for whom, and how it ends."""

import asyncio
from typing import Any

import pytest
from tests.support.videos import a_video, outputs_of
from tests.unit.store.conftest import database

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.states import State
from filmgate.domain.video import Video
from filmgate.domain.worker import Death
from filmgate.services import moves
from filmgate.services.standings import standing_of, standings_of
from filmgate.store import queue, speeds, videos
from filmgate.store.database import Database

__all__ = ["database"]

ENGINE = "animatic"
NOW = 1000.0


async def entered(database: Database, **changes: Any) -> Video:
    video = a_video(**changes)
    await database.write(moves.enter, video)
    return video


async def claimed(database: Database, now: float = NOW, worker: str = "w1") -> Video | None:
    return await database.write(moves.claim, ENGINE, worker, now)


async def died(database: Database, death: Death = Death.ALONE, now: float = NOW) -> Video:
    (taken,) = await database.write(moves.rescue_worker, "w1", now, death)
    return taken


async def struck(database: Database, times: int, **changes: Any) -> Video:
    """A video with so many strikes."""
    video = await entered(database, **changes)
    for _ in range(times):
        at = NOW if video.put_off_until is None else video.put_off_until
        assert await claimed(database, at) is not None
        video = await died(database, now=NOW)
    return video


@pytest.mark.parametrize(("death", "strikes"), [(Death.UNKNOWN, 0), (Death.ALONE, 1)])
async def test_only_a_death_alone_is_a_strike(
    database: Database, death: Death, strikes: int
) -> None:
    await entered(database)
    await claimed(database)
    taken = await died(database, death)
    assert (taken.state, taken.strikes, taken.attempt) == (State.QUEUED, strikes, 1)


async def test_what_is_ordered_elsewhere_gets_no_strike(database: Database) -> None:
    await entered(database)
    leased = await claimed(database)
    assert leased is not None
    await database.write(queue.keep_resume, leased.id, leased.token, "sent")
    taken = await died(database)
    assert (taken.state, taken.strikes, taken.resume) == (State.QUEUED, 0, "sent")


async def test_a_shutdown_and_a_want_of_room_are_no_strikes(database: Database) -> None:
    await entered(database)
    await claimed(database)
    (back,) = await database.write(moves.give_back, "w1")
    assert (back.strikes, back.attempt) == (0, 0)
    again = await claimed(database)
    assert again is not None
    room = await database.write(moves.postpone, again.id, again.token)
    assert room is not None
    assert (room.strikes, room.attempt) == (0, 0)


async def test_a_silent_lease_is_no_strike(database: Database) -> None:
    await entered(database)
    await claimed(database)
    (seen,) = await database.read(queue.beats)
    taken = await database.write(moves.rescue, seen, NOW)
    assert taken is not None
    assert (taken.strikes, taken.put_off_until) == (0, None)


async def test_after_one_strike_a_video_keeps_its_place(database: Database) -> None:
    first = await struck(database, 1)
    await entered(database)
    again = await claimed(database)
    assert again is not None
    assert (again.id, again.strikes) == (first.id, 1)


async def test_a_suspect_waits_for_all_others_and_for_its_time(database: Database) -> None:
    suspect = await struck(database, 2)
    others = [await entered(database) for _ in range(3)]
    assert suspect.put_off_until is not None
    assert NOW + 0.8 <= suspect.put_off_until <= NOW + 1.2
    late = suspect.put_off_until + 1
    assert [await claimed_id(database, late) for _ in range(3)] == [video.id for video in others]
    assert await claimed(database, suspect.put_off_until - 0.01) is None
    assert await claimed_id(database, suspect.put_off_until) == suspect.id


async def claimed_id(database: Database, now: float, worker: str = "w1") -> str | None:
    video = await claimed(database, now, worker)
    return None if video is None else video.id


async def test_one_suspect_of_an_engine_is_tried_at_a_time(database: Database) -> None:
    first, second = await struck(database, 2), await struck(database, 2)
    other = await struck(database, 2, account_id="acct_other")
    late = NOW + 100
    tried = await claimed(database, late)
    assert tried is not None
    assert await claimed(database, late, "w2") is None
    assert not await database.read(queue.suspect_waits, ENGINE, 0, late)
    await database.write(moves.finish, tried.id, tried.token, outputs_of(tried), late, late + 9)
    following = await claimed(database, late, "w2")
    assert following is not None
    assert {tried.id, following.id} < {first.id, second.id, other.id}


async def test_workers_that_look_together_try_one_suspect(database: Database) -> None:
    for _ in range(4):
        await struck(database, 2)
    looks = (claimed(database, NOW + 100, f"w{number}") for number in range(8))
    assert len([video for video in await asyncio.gather(*looks) if video]) == 1


async def test_a_clock_that_was_wrong_puts_nothing_off_for_a_day(database: Database) -> None:
    suspect = await struck(database, 2)
    assert suspect.put_off_until is not None
    assert await claimed_id(database, suspect.put_off_until - 86_400) == suspect.id


async def test_the_last_strike_ends_it_and_says_so(database: Database) -> None:
    ended = await struck(database, 3, max_attempts=3)
    assert ended.problem is not None
    assert (ended.state, ended.problem.code, ended.strikes) == (State.FAILED, "worker_lost", 3)
    assert await claimed(database, NOW + 1000) is None


async def test_the_second_want_of_memory_ends_it(database: Database) -> None:
    await entered(database)
    await claimed(database)
    once = await died(database, Death.OUT_OF_MEMORY)
    assert (once.state, once.memory_strikes, once.strikes) == (State.QUEUED, 1, 1)
    await claimed(database)
    ended = await died(database, Death.OUT_OF_MEMORY)
    assert ended.problem is not None
    assert (ended.state, ended.problem.code) == (State.FAILED, "out_of_memory")


async def test_five_deaths_cost_an_innocent_seconds_not_its_life(database: Database) -> None:
    video = await struck(database, 5)
    assert video.put_off_until is not None
    assert video.put_off_until <= NOW + 8 * 1.2
    tried = await claimed(database, video.put_off_until)
    assert tried is not None
    done = await database.write(
        moves.finish, tried.id, tried.token, outputs_of(tried), NOW + 20, NOW + 99
    )
    assert done is not None
    assert done.state is State.COMPLETED


async def test_a_suspect_may_be_cancelled_while_it_waits(database: Database) -> None:
    suspect = await struck(database, 2)
    ended = await database.write(moves.cancel, suspect.id, FIRST_ACCOUNT, NOW)
    assert ended is not None
    assert ended.state is State.FAILED
    assert await claimed(database, NOW + 1000) is None


async def test_a_suspect_says_how_long_it_waits_and_why(database: Database) -> None:
    suspect = await struck(database, 6)
    others = [await entered(database) for _ in range(2)]
    await database.write(speeds.mix_in, ENGINE, "sora-1.0", 0.001)
    standing = await database.read(standing_of, suspect, NOW)
    assert standing is not None
    assert (standing.position, standing.strikes) == (3, 6)
    assert standing.eta_s is not None
    assert 12 <= standing.eta_s <= 20, "the fifteen seconds that it is put off"
    first = await database.read(standing_of, others[0], NOW)
    assert first is not None
    assert (first.position, first.strikes) == (1, 0)


async def test_a_page_of_standings_is_what_each_says_by_itself(database: Database) -> None:
    suspect = await struck(database, 2)
    page = [suspect, *[await entered(database) for _ in range(4)]]
    await entered(database, account_id="acct_other")
    together = await database.read(standings_of, page, NOW)
    apart = [await database.read(standing_of, video, NOW) for video in page]
    assert together == apart
    assert [standing and standing.position for standing in together] == [6, 2, 3, 4, 5]


async def test_a_line_is_walked_once_for_all_that_are_asked(database: Database) -> None:
    made = [await entered(database) for _ in range(3)]
    found = await database.read(
        videos.places, ENGINE, FIRST_ACCOUNT, [made[2].id, made[0].id, "video_none"]
    )
    assert found == {made[0].id: 1, made[2].id: 3}
