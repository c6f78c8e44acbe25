"""How many workers a queue is worth: the view says it, to us and to whoever scales by it."""

from dataclasses import replace

import pytest
from tests.support.videos import a_video, outputs_of

from filmgate.domain.fleet import Bounds, Demand
from filmgate.domain.shape import Shape
from filmgate.services import moves
from filmgate.services.censuses import Censuses
from filmgate.services.stations import Stations
from filmgate.store import scaling
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database
from filmgate.testing.clock import ManualClock

BOUNDS = Bounds(engine="animatic", least=0, most=8, wait_s=60)


def long_video() -> object:
    video = a_video()
    shape = Shape(width=1000, height=1000, fps=10, duration_ms=1000)
    return replace(video, request=replace(video.request, shape=shape))


def line_up(conn: WriteConnection, count: int) -> None:
    """Videos of ten megapixels each."""
    for _ in range(count):
        moves.enter(conn, long_video())  # type: ignore[arg-type]


async def look(database: Database, bounds: Bounds = BOUNDS) -> Demand:
    await database.write(scaling.lay_down, bounds)
    (demand,) = await database.read(scaling.demands)
    return demand


async def measure_speed(database: Database, seconds: float) -> None:
    """Make one video in so many seconds, so that its model has a speed."""
    await database.write(line_up, 1)
    video = await database.write(moves.claim, "animatic", "w", 200.0)
    assert video is not None
    done = await database.write(
        moves.finish, video.id, video.token, outputs_of(video), 200.0 + seconds, 999.0
    )
    assert done is not None


async def test_an_empty_queue_is_worth_nobody(database: Database) -> None:
    assert (await look(database)).wanted == 0
    assert (await look(database, replace(BOUNDS, least=2))).wanted == 2


async def test_a_model_that_nobody_has_made_is_worth_one_worker(database: Database) -> None:
    await database.write(line_up, 50)
    demand = await look(database)
    assert (demand.waiting, demand.work_ms, demand.wanted) == (50, 0, 1)


@pytest.mark.parametrize(("waiting", "wanted"), [(1, 1), (2, 1), (3, 2), (7, 4), (50, 8)])
async def test_what_waits_is_weighed_by_its_speed(
    database: Database, waiting: int, wanted: int
) -> None:
    await measure_speed(database, 30.0)
    await database.write(line_up, waiting)
    demand = await look(database)
    assert (demand.work_ms, demand.wanted) == (waiting * 30_000, wanted)


async def test_who_is_busy_is_wanted(database: Database) -> None:
    await measure_speed(database, 1.0)
    await database.write(line_up, 3)
    for number in range(3):
        await database.write(moves.claim, "animatic", f"w{number}", 200.0)
    demand = await look(database)
    assert (demand.waiting, demand.running, demand.wanted) == (0, 3, 3)
    assert (await look(database, replace(BOUNDS, slots=2))).wanted == 2


async def test_a_worker_of_many_slots_is_worth_many(database: Database) -> None:
    await measure_speed(database, 30.0)
    await database.write(line_up, 50)
    assert (await look(database, replace(BOUNDS, slots=10))).wanted == 3


async def test_whoever_asks_is_told_the_same(database: Database) -> None:
    """The metrics take it from the census, the launchers and the command from the stations."""
    await database.write(line_up, 3)
    told = await look(database)
    clock = ManualClock()
    census = await Censuses(database=database, clock=clock).take()
    assert census.demands == (told,)
    assert await Stations(database=database, clock=clock).demands() == {"animatic": told}
