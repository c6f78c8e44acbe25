"""Where workers stand, and what takes no more work."""

import pytest
from tests.support.videos import a_video

from filmgate.domain.account import NO_LIMITS
from filmgate.domain.fleet import Post
from filmgate.errors import InvalidParameter
from filmgate.services import moves
from filmgate.services.queue import Queue
from filmgate.services.stations import Stations
from filmgate.services.workers import Workers
from filmgate.store.database import Database
from filmgate.testing.clock import ManualClock

POST = Post(node="gpu-7", place="animatic-1", gpus="0,1")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def enrol(database: Database, clock: ManualClock) -> Stations:
    workers = Workers(database=database, clock=clock, post=POST)
    await workers.register("worker_1", "animatic", "ignored", 1)
    return Stations(database=database, clock=clock)


async def test_a_station_says_where_and_what(database: Database, clock: ManualClock) -> None:
    stations = await enrol(database, clock)
    (idle,) = await stations.list_seen()
    assert (idle.node, idle.place, idle.gpus, idle.video_id) == ("gpu-7", "animatic-1", "0,1", None)
    video = a_video()
    await database.write(moves.enter, video)
    await database.write(moves.claim, "animatic", "worker_1", 200.0)
    (busy,) = await stations.list_seen()
    assert (busy.video_id, busy.model, busy.claimed_at) == (video.id, "sora-1.0", 200.0)


@pytest.mark.parametrize("name", ["gpu-7", "animatic-1", "worker_1"])
async def test_what_is_drained_claims_nothing(
    database: Database, clock: ManualClock, name: str
) -> None:
    stations = await enrol(database, clock)
    queue = Queue(database=database, clock=clock, limits=NO_LIMITS, names=POST.names)
    other = Queue(database=database, clock=clock, limits=NO_LIMITS, names=("gpu-8",))
    for _ in range(3):
        await database.write(moves.enter, a_video())
    await stations.drain(name)
    assert await queue.claim("animatic", "worker_1") is None
    assert (await stations.list_seen())[0].drained
    assert await other.claim("animatic", "worker_2") is not None
    await stations.resume(name)
    assert await queue.claim("animatic", "worker_1") is not None


async def test_a_name_that_nobody_has_is_refused(database: Database, clock: ManualClock) -> None:
    stations = await enrol(database, clock)
    with pytest.raises(InvalidParameter, match="gpu-8"):
        await stations.drain("gpu-8")
    with pytest.raises(InvalidParameter, match="nothing"):
        await stations.resume("gpu-7")
