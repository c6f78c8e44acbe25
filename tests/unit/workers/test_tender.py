"""Leases beat, carry progress, and end when they are lost."""

import pytest
from tests.unit.workers.acts import claim, submit, tender

from filmgate.domain.account import Caller
from filmgate.domain.states import State
from filmgate.errors import Cancelled, GivenBack, LeaseLost, Unavailable
from filmgate.services.queue import Queue
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House
from filmgate.workers.lease import Ending
from filmgate.workers.rescuer import Rescuer


async def progress(house: House, caller: Caller, video_id: str) -> int:
    return (await house.videos.get(caller, video_id)).progress


async def test_progress_reaches_the_row(house: House, caller: Caller, clock: ManualClock) -> None:
    video = await submit(house, caller)
    line, keeper = await claim(house), tender(house)
    for fraction in (0.5, float("nan"), 0.3, 7.0):
        line.progress(fraction)
        clock.advance(1)
        await keeper.tend([line], changed=False)
    assert await progress(house, caller, video.id) == 99, "100 is kept for the stored film"


async def test_a_cancel_reaches_the_engine(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    line, keeper = await claim(house), tender(house)
    await keeper.tend([line], changed=True)
    line.progress(0.1)
    await house.videos.cancel(caller, video.id)
    await keeper.tend([line], changed=True)
    with pytest.raises(Cancelled):
        line.progress(0.2)
    with pytest.raises(Cancelled):
        await line.resume("too late")


async def test_a_ring_reaches_the_engine(house: House, caller: Caller, clock: ManualClock) -> None:
    video = await submit(house, caller)
    line, keeper, heard = await claim(house), tender(house), list[str]()
    line.listen(lambda: heard.append("ring"))
    await keeper.tend([line], changed=True)
    assert not heard
    for rings in (1, 2):
        clock.advance(1)
        await house.videos.ring(video.id)
        await keeper.tend([line], changed=True)
        await keeper.tend([line], changed=True)
        assert len(heard) == rings


async def test_the_first_ending_counts(house: House, caller: Caller) -> None:
    await submit(house, caller)
    line = await claim(house)
    line.lease.stop(Ending.GIVEN_BACK)
    line.lease.stop(Ending.CANCELLED)
    with pytest.raises(GivenBack):
        line.progress(0.5)


async def test_an_outage_longer_than_the_lease_stops_nothing(
    house: House, caller: Caller, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> set[str]:
        raise Unavailable("away")

    video = await submit(house, caller)
    line, keeper = await claim(house), tender(house)
    with monkeypatch.context() as outage:
        outage.setattr(Queue, "beat_all", away)
        clock.advance(3600)
        line.progress(0.5)
        await keeper.tend([line], changed=True)
    line.progress(0.6)
    await keeper.tend([line], changed=False)
    assert await progress(house, caller, video.id) == 60, "its token still holds"


async def test_a_lease_that_somebody_else_took_in_the_outage_ends(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    await submit(house, caller)
    line, keeper = await claim(house), tender(house)
    await house.queue.rescue_worker("w1")
    clock.advance(3600)
    await keeper.tend([line], changed=False)
    with pytest.raises(LeaseLost):
        line.progress(0.6)


async def test_a_silent_worker_is_lost_after_the_lease_time(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video = await submit(house, caller)
    await claim(house)
    rescuer = Rescuer(queue=house.queue, clock=clock, lease_s=30)
    turns = []
    for _ in range(8):
        turns.append(await rescuer.run_once())
        clock.advance(5)
    assert turns == [0] * 7 + [1], "a turn after the lease time, once a write went through"
    assert (await house.videos.get(caller, video.id)).state is State.QUEUED


async def test_a_beating_worker_keeps_its_lease(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    await submit(house, caller)
    line, keeper = await claim(house), tender(house)
    rescuer = Rescuer(queue=house.queue, clock=clock, lease_s=30)
    for _ in range(20):
        clock.advance(6)
        await keeper.tend([line], changed=False)
        assert await rescuer.run_once() == 0


@pytest.mark.parametrize("part", ["beats", "prove_writable"])
async def test_an_outage_does_not_count_as_silence(
    house: House, caller: Caller, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    async def away(*_: object) -> None:
        raise Unavailable("away")

    await submit(house, caller)
    line, keeper = await claim(house), tender(house)
    rescuer = Rescuer(queue=house.queue, clock=clock, lease_s=30)
    assert await rescuer.run_once() == 0
    with monkeypatch.context() as outage:
        outage.setattr(Queue, part, away)
        clock.advance(3600)
        with pytest.raises(Unavailable):
            await rescuer.run_once()
    for _ in range(4):
        assert await rescuer.run_once() == 0
        clock.advance(5)
    await keeper.tend([line], changed=False)
    line.progress(0.1)


async def test_a_worker_that_waited_for_a_lock_may_beat_before_it_is_rescued(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    await submit(house, caller)
    line, keeper = await claim(house), tender(house)
    rescuer = Rescuer(queue=house.queue, clock=clock, lease_s=30)
    await rescuer.run_once()
    clock.advance(60)
    assert await rescuer.run_once() == 0, "it was first to write once the lock was gone"
    await keeper.tend([line], changed=False)
    clock.advance(5)
    assert await rescuer.run_once() == 0
    line.progress(0.1)


@pytest.mark.parametrize("hours", [-1, 1, 24 * 365])
async def test_a_wrong_clock_steals_nothing(
    house: House, caller: Caller, clock: ManualClock, hours: int
) -> None:
    await submit(house, caller)
    await claim(house)
    rescuer = Rescuer(queue=house.queue, clock=clock, lease_s=30)
    await rescuer.run_once()
    clock.jump(hours * 3600)
    clock.advance(5)
    assert await rescuer.run_once() == 0


async def test_one_write_carries_every_beat(
    house: House, caller: Caller, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    videos = [await submit(house, caller) for _ in range(3)]
    lines, keeper = [await claim(house) for _ in videos], tender(house)
    writes: list[object] = []
    write = house.queue._db.write

    async def counted(*args: object) -> object:
        writes.append(args[0])
        return await write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(house.queue._db, "write", counted)
    for line in lines:
        line.progress(0.5)
    clock.advance(1)
    await keeper.tend(lines, changed=True)
    await keeper.tend(lines, changed=True)
    assert len(writes) == 1
    assert [await progress(house, caller, video.id) for video in videos] == [50, 50, 50]


async def test_a_lost_lease_ends_alone(house: House, caller: Caller) -> None:
    for _ in range(2):
        await submit(house, caller)
    (lost, kept), keeper = [await claim(house) for _ in range(2)], tender(house)
    await house.videos.cancel(caller, lost.lease.video.id)
    await keeper.tend([lost, kept], changed=True)
    assert (lost.lease.ending, kept.lease.ending) == (Ending.CANCELLED, None)
