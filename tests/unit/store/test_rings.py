"""Rings are heard once, and only for what runs."""

from tests.support.videos import a_video

from filmgate.services import moves
from filmgate.store import queue, rings
from filmgate.store.database import Database


async def heard(database: Database, worker: str = "w1") -> list[float | None]:
    return list((await database.read(queue.leases, worker)).values())


async def test_a_ring_reaches_whoever_holds_the_video(database: Database) -> None:
    video = a_video()
    await database.write(moves.enter, video)
    assert not await database.read(rings.may_ring, video.id, 100.0), "nobody waits yet"
    await database.write(moves.claim, video.engine, "w1", 100.0)
    assert await heard(database) == [None]
    assert await database.read(rings.may_ring, video.id, 100.0)
    await database.write(rings.ring, video.id, 100.0)
    assert await heard(database) == [100.0]


async def test_one_that_rings_on_and_on_is_not_heard(database: Database) -> None:
    video = a_video()
    await database.write(moves.enter, video)
    await database.write(moves.claim, video.engine, "w1", 100.0)
    for now in (100.0, 100.1, 100.15):
        await database.write(rings.ring, video.id, now)
    assert await heard(database) == [100.0]
    assert not await database.read(rings.may_ring, video.id, 100.1)
    assert await database.read(rings.may_ring, video.id, 100.3)


async def test_a_clock_that_was_set_back_silences_nobody(database: Database) -> None:
    video = a_video()
    await database.write(moves.enter, video)
    await database.write(moves.claim, video.engine, "w1", 100.0)
    await database.write(rings.ring, video.id, 9000.0)
    assert await database.read(rings.may_ring, video.id, 200.0)


async def test_a_ring_wakes_whoever_listens(database: Database) -> None:
    video, bell = a_video(), database.bell()
    await database.write(moves.enter, video)
    await database.write(moves.claim, video.engine, "w1", 100.0)
    while await bell.wait(0.3):
        pass
    for second in range(100):  # a connection that listens takes a moment to be there
        await database.write(rings.ring, video.id, 200.0 + second)
        if await bell.wait(0.2):
            return
    raise AssertionError("nobody was woken")
