"""Videos as their owners see them."""

import pytest
from tests.support.videos import a_video, outputs_of

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.services import moves
from filmgate.store import lanes, speeds, videos
from filmgate.store.database import Database


async def fill(database: Database, count: int) -> list[str]:
    ids = []
    for _ in range(count):
        video = a_video()
        await database.write(moves.enter, video)
        ids.append(video.id)
    return ids


async def test_a_row_is_the_video(database: Database) -> None:
    video = a_video()
    assert await database.write(moves.enter, video) == 1
    assert await database.read(videos.get, video.id, FIRST_ACCOUNT) == video


async def test_another_account_sees_nothing(database: Database) -> None:
    (video_id,) = await fill(database, 1)
    assert await database.read(videos.get, video_id, "acct_other") is None


async def test_deleted_is_gone_and_forgotten(database: Database) -> None:
    (video_id,) = await fill(database, 1)

    async def delete() -> bool:
        return await database.write(videos.mark_deleted, video_id, FIRST_ACCOUNT, 500.0)

    assert not await delete(), "a waiting video is cancelled first"
    await database.write(moves.cancel, video_id, FIRST_ACCOUNT, 400.0)
    assert await delete()
    assert not await delete()
    assert await database.read(videos.get_any, video_id) is None
    assert await database.read(videos.to_sweep, 500.0) == [video_id]


async def test_sweep_and_forget(database: Database) -> None:
    (video_id,) = await fill(database, 1)
    video = await database.write(moves.claim, "animatic", "w", 150.0)
    assert video is not None
    await database.write(moves.finish, video_id, video.token, outputs_of(video), 200.0, 900.0)
    assert await database.read(videos.to_sweep, 899.0) == []
    assert await database.read(videos.to_sweep, 900.0) == [video_id]
    await database.write(videos.mark_swept, video_id, 901.0)
    assert await database.read(videos.to_sweep, 2000.0) == []
    assert await database.read(videos.with_files, video_id) is None
    assert await database.write(videos.forget, 901.0) == 0
    assert await database.write(videos.forget, 902.0) == 1


async def test_a_waiting_video_is_never_swept(database: Database) -> None:
    await fill(database, 1)
    assert await database.read(videos.to_sweep, 1e12) == []


async def test_positions(database: Database) -> None:
    ids = await fill(database, 3)
    other = a_video(account_id="acct_other")
    await database.write(moves.enter, other)
    assert [await database.read(videos.ahead, video_id) for video_id in ids] == [0, 1, 2]
    before = await database.read(lanes.turns_before, "animatic", "acct_other", 1)
    assert before == 1, "the first account has one turn before the other's first"


async def test_speed_is_that_of_late(database: Database) -> None:
    assert await database.read(speeds.of, "animatic", "sora-1.0") is None
    for elapsed in (10.0, 20.0):
        (video_id,) = await fill(database, 1)
        video = await database.write(moves.claim, "animatic", "w", 1000.0)
        assert video is not None
        done = (video_id, video.token, outputs_of(video), 1000.0 + elapsed, 9000.0)
        await database.write(moves.finish, *done)
    megapixels = 128 * 128 * 5 / 1e6
    mixed = (0.7 * 10 + 0.3 * 20) / megapixels
    assert await database.read(speeds.of, "animatic", "sora-1.0") == pytest.approx(mixed)
