"""What was ended here is stopped elsewhere, whoever had it in hand."""

import pytest
from tests.unit.workers.acts import claim, submit

from filmgate.domain.account import Caller
from filmgate.domain.video import Video
from filmgate.errors import Cancelled
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House
from filmgate.workers.recaller import FIRST_S, GIVEN_UP_S, LONGEST_S, Recaller


class Elsewhere:
    """Remembers what it was asked to stop; hears it where `hears`."""

    def __init__(self, *, hears: bool = True) -> None:
        self.stopped: list[str] = []
        self.hears = hears

    async def recall(self, token: str) -> bool:
        self.stopped.append(token)
        return self.hears


def recaller(house: House, engine: Elsewhere) -> Recaller:
    return Recaller(queue=house.queue, clock=house.clock, engine_name="animatic", engine=engine)


async def ordered(house: House, caller: Caller) -> Video:
    """A video that went back to the line with an order elsewhere: its worker is gone."""
    video = await submit(house, caller)
    line = await claim(house)
    await line.resume("its order")
    await house.queue.give_back("w1")
    return video


async def test_a_cancel_in_line_reaches_what_was_ordered(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video, engine = await ordered(house, caller), Elsewhere()
    role = recaller(house, engine)
    await house.videos.cancel(caller, video.id)
    assert await role.run_once() == 0, "an engine that has it in hand comes first"
    clock.advance(FIRST_S)
    assert await role.run_once() == 1
    clock.advance(GIVEN_UP_S)
    assert await role.run_once() == 0
    assert engine.stopped == ["its order"]


async def test_so_does_a_cancel_that_was_deleted(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video, engine = await ordered(house, caller), Elsewhere()
    await house.videos.cancel(caller, video.id)
    await house.videos.delete(caller, video.id)
    clock.advance(FIRST_S)
    assert await recaller(house, engine).run_once() == 1


async def test_what_never_was_ordered_is_let_be(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video, engine = await submit(house, caller), Elsewhere()
    await house.videos.cancel(caller, video.id)
    clock.advance(FIRST_S)
    assert await recaller(house, engine).run_once() == 0
    assert engine.stopped == []


async def test_an_upstream_that_is_away_is_told_later(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video, engine = await ordered(house, caller), Elsewhere(hears=False)
    role = recaller(house, engine)
    await house.videos.cancel(caller, video.id)
    clock.advance(FIRST_S)
    for _ in range(3):
        assert await role.run_once() == 0
    assert len(engine.stopped) == 1, "not before its pause is over"
    clock.advance(LONGEST_S)
    engine.hears = True
    assert await role.run_once() == 1
    assert len(engine.stopped) == 2


async def test_one_that_never_hears_is_given_up(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video, engine = await ordered(house, caller), Elsewhere(hears=False)
    await house.videos.cancel(caller, video.id)
    clock.advance(GIVEN_UP_S + 1)
    assert await recaller(house, engine).run_once() == 1


async def test_an_order_that_was_on_its_way_is_learnt_after_the_cancel(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video, engine = await submit(house, caller), Elsewhere()
    line = await claim(house)
    await line.resume("sending")
    await house.videos.cancel(caller, video.id)
    with pytest.raises(Cancelled):
        await line.resume("sent")
    clock.advance(FIRST_S)
    assert await recaller(house, engine).run_once() == 1
    assert engine.stopped == ["sent"]
