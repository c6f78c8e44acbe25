"""A clock that jumped is doubted for hours, and nothing is removed by its word."""

from tests.unit.services.test_retention import made
from tests.unit.workers.acts import files, make, submit
from tests.unit.workers.conftest import caller, clock, house

from filmgate.domain.account import Caller
from filmgate.services.clockwatch import DOUBT_S, TOLERANCE_S, ClockWatch
from filmgate.testing.clock import ManualClock
from filmgate.testing.engines import Plain
from filmgate.wiring import House
from filmgate.workers.pruner import Pruner, Sweeper

__all__ = ["caller", "clock", "house"]

DAY = 86_400.0


def test_a_clock_that_goes_on_is_trusted() -> None:
    clock = ManualClock()
    watch = ClockWatch(clock)
    for _ in range(100):
        clock.advance(DAY)
        clock.jump(TOLERANCE_S / 2)
        assert watch.is_trusted()


def test_a_jump_either_way_is_doubted_for_hours() -> None:
    for jump in (DAY, -DAY):
        clock = ManualClock()
        watch = ClockWatch(clock)
        clock.jump(jump)
        assert not watch.is_trusted()
        clock.advance(DOUBT_S - 1)
        assert not watch.is_trusted()
        clock.advance(1)
        assert watch.is_trusted()


async def test_nothing_is_pruned_while_the_clock_is_a_day_ahead(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    await made(house, caller)
    kept = files(house)
    pruner = Pruner(
        retention=house.retention,
        workers=house.workers,
        audit=house.audit,
        deliveries=house.deliveries,
        watches=house.watches,
        files=house.files,
        batching=house.batching,
    )
    clock.jump(2 * DAY)
    await pruner.run_once()
    await Sweeper(house.retention, house.files).run_once()
    clock.jump(-2 * DAY)
    await pruner.run_once()
    assert files(house) == kept
    clock.advance(DAY)
    await pruner.run_once()
    assert files(house) == [], "once it is believed again, what is old goes"


async def test_a_clock_set_back_while_it_renders_ends_nothing_before_its_beginning(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    clock.jump(DAY)
    asked = await submit(house, caller)
    clock.jump(-DAY)
    await make(house, Plain())
    video = await house.videos.get(caller, asked.id)
    assert video.completed_at == video.created_at
    assert video.expires_at == video.created_at + DAY
