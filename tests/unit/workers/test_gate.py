"""A worker claims nothing while there is no room, or while its engine fails everything."""

import asyncio
import errno
from pathlib import Path

import pytest
from tests.unit.workers.acts import Misbehaving, claimer, open_gate, submit

from filmgate.disk import Room, room_at
from filmgate.domain.account import Caller
from filmgate.domain.states import Failure, State
from filmgate.domain.video import Output, Problem, StoredFile, Video
from filmgate.domain.worker import Condition
from filmgate.engines.base import Report
from filmgate.errors import StorageFull, Unavailable
from filmgate.testing.clock import ManualClock
from filmgate.testing.engines import Plain
from filmgate.wiring import House
from filmgate.workers.breaker import Breaker
from filmgate.workers.claimer import Claimer
from filmgate.workers.outcome import Completed, Failed, Postponed, Withdrawn
from filmgate.workers.presence import Presence
from filmgate.workers.publisher import Stored
from filmgate.workers.room import RoomWatch

MIB = 1 << 20
FILE = StoredFile(key="k", size=1, etag="e")
DONE = Completed(Stored(outputs=(Output(index=0, clip=FILE, thumbnail=FILE, spritesheet=FILE),)))
FULL = Postponed("The storage is full")


def failed(code: str = Failure.ENGINE) -> Failed:
    return Failed(Problem(code=code, message="no"))


async def turn(worker: Claimer) -> None:
    """One turn, and the end of what it began."""
    await worker.run_once()
    async with asyncio.timeout(10):
        while not worker.idle:
            await asyncio.sleep(0.005)


def test_three_failures_in_a_row_shut_it_for_a_growing_while() -> None:
    clock = ManualClock()
    breaker = Breaker(clock)
    waits = []
    for _ in range(10):
        breaker.note(failed())
        start = clock.monotonic()
        while breaker.why():
            clock.advance(1)
        waits.append(clock.monotonic() - start)
    assert waits == [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


def test_one_completed_video_opens_it() -> None:
    breaker = Breaker(ManualClock())
    for outcome in (failed(), failed(), DONE, failed(), failed()):
        breaker.note(outcome)
    assert not breaker.tripped
    breaker.note(failed())
    assert breaker.tripped
    assert breaker.why() == "3 videos failed one after the other, and none was completed"
    breaker.note(DONE)
    assert not breaker.tripped
    assert breaker.why() is None


def test_what_callers_are_to_blame_for_does_not_count() -> None:
    breaker = Breaker(ManualClock())
    for _ in range(10):
        for outcome in (
            failed(Failure.CONTENT_POLICY),
            failed(Failure.INVALID_IMAGE),
            failed(Failure.UPSTREAM),
            Withdrawn(),
            FULL,
        ):
            breaker.note(outcome)
    assert not breaker.tripped


def test_a_disk_that_is_nearly_full_shuts_it_and_room_opens_it() -> None:
    free = [100 * MIB, 10 * MIB]
    watch = RoomWatch(lambda: [Room(bytes_, 64 * MIB) for bytes_ in free], ManualClock())
    assert watch.why() == "There is no room for films: 10.0 MiB are free, and 64.0 are kept so"
    free[1] = 65 * MIB
    assert watch.why() is None


def test_a_storage_that_refused_is_remembered_for_a_growing_while() -> None:
    clock = ManualClock()
    watch = RoomWatch(list, clock)
    waits = []
    for _ in range(8):
        watch.note(FULL)
        start = clock.monotonic()
        while why := watch.why():
            assert why == FULL.why
            clock.advance(1)
        waits.append(clock.monotonic() - start)
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300]


def test_the_memory_ends_as_soon_as_clearly_more_is_free() -> None:
    free = 100 * MIB
    watch = RoomWatch(lambda: [Room(free, 64 * MIB)], ManualClock())
    watch.note(FULL)
    free += 63 * MIB
    assert watch.why() == FULL.why
    free += MIB
    assert watch.why() is None


def test_a_small_disk_keeps_little(tmp_path: Path) -> None:
    room = room_at(tmp_path)
    assert 0 < room.kept <= 64 * MIB
    with pytest.raises(Unavailable):
        room_at(tmp_path / "gone")


async def test_a_full_disk_fails_no_video_and_all_are_made_once_there_is_room(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    full = True

    def act(video: Video, scratch: Path, report: Report) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")

    videos = [await submit(house, caller) for _ in range(6)]
    engine = Misbehaving(act)
    worker = claimer(house, engine)
    for _ in range(20):
        await turn(worker)
        clock.advance(1)
    assert engine.calls == 3, "tried at once, after 5 s, after 10 s more; next after 20"
    full = False
    clock.advance(20)
    for _ in videos:
        await turn(worker)
    rows = [await house.videos.get(caller, video.id) for video in videos]
    assert {(row.state, row.attempt) for row in rows} == {(State.COMPLETED, 1)}


async def test_an_engine_that_fails_everything_does_not_eat_the_queue(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    broken = True

    def act(video: Video, scratch: Path, report: Report) -> None:
        if broken:
            raise ValueError("no device")

    videos = [await submit(house, caller) for _ in range(8)]
    engine = Misbehaving(act)
    worker = claimer(house, engine)
    for _ in range(10):
        await turn(worker)
    assert engine.calls == 3
    broken = False
    clock.advance(2)
    for _ in videos:
        await turn(worker)
    rows = [await house.videos.get(caller, video.id) for video in videos]
    assert [row.state for row in rows].count(State.FAILED) == 3
    assert [row.state for row in rows].count(State.COMPLETED) == 5


async def test_a_gate_that_is_shut_says_why_once(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    rooms = [Room(0, MIB)]
    gate = open_gate(house, rooms)
    for _ in range(5):
        assert gate.slots(4) == 0
    rooms[0] = Room(2 * MIB, MIB)
    assert (gate.slots(4), gate.trouble) == (4, None)
    said = [record.message for record in caplog.records if record.name.endswith("gate")]
    assert len([line for line in said if line.startswith("nothing is claimed: There is no")]) == 1


async def test_a_server_without_room_is_not_ready(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filmgate.blobs.room_at", lambda _: Room(MIB, 64 * MIB))
    with pytest.raises(StorageFull):
        await house.blobs.check()
    assert (await house.health.checks())["storage"].startswith("The storage is full: 1.0 MiB")


async def test_nothing_is_claimed_while_films_wait_for_a_storage_that_is_away(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = asyncio.Event()

    async def put_file(*_: object) -> None:
        away.set()
        raise Unavailable("The storage is not available; try again")

    await submit(house, caller)
    worker = claimer(house, Plain(), slots=2)
    monkeypatch.setattr("filmgate.blobs.Blobs.put_file", put_file)
    await worker.run_once()
    await asyncio.wait_for(away.wait(), 10)
    await asyncio.sleep(0)
    second = await submit(house, caller)
    await worker.run_once()
    assert (await house.videos.get(caller, second.id)).state is State.QUEUED
    await worker.drain(grace_s=0)


async def test_readiness_tells_why_every_worker_waits(house: House) -> None:
    rooms = [Room(0, MIB)]
    worker = claimer(house, Plain(), gate=open_gate(house, rooms))
    presence = Presence(
        workers=house.workers,
        worker_id="w1",
        engine="animatic",
        look=lambda: Condition(trouble=worker.trouble),
        clock=house.clock,
    )
    await presence.run_once()
    assert (await house.health.checks())["workers"] == "ok"
    await worker.run_once()
    await presence.run_once()
    told = (await house.health.checks())["workers"]
    assert told.startswith("nothing is claimed: There is no room for films: 0.0 MiB are free")
    await house.workers.register("w2", "animatic", "elsewhere", 1)
    assert (await house.health.checks())["workers"] == "ok", "another one claims"
