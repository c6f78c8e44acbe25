"""Claiming, tending and draining."""

import asyncio
import threading
from pathlib import Path

import pytest
from tests.unit.workers.acts import Misbehaving, claimer, files, open_gate, submit

from filmgate.domain.account import Caller
from filmgate.domain.states import State
from filmgate.domain.video import Video
from filmgate.engines.base import Report
from filmgate.errors import EngineStuck
from filmgate.testing.clock import ManualClock
from filmgate.testing.engines import Plain
from filmgate.wiring import House
from filmgate.workers.claimer import Claimer


async def settle(worker: Claimer, house: House, caller: Caller, video: Video) -> Video:
    """Turn the claimer until the video has ended."""
    async with asyncio.timeout(10):
        while not (now := await house.videos.get(caller, video.id)).state.final:
            await worker.run_once()
            await asyncio.sleep(0.005)
    return now


async def test_videos_are_made_one_after_the_other(house: House, caller: Caller) -> None:
    videos = [await submit(house, caller) for _ in range(3)]
    worker = claimer(house, Plain())
    for video in videos:
        assert (await settle(worker, house, caller, video)).state is State.COMPLETED


async def test_one_slot_holds_one_video(house: House, caller: Caller) -> None:
    first, second = [await submit(house, caller) for _ in range(2)]
    worker = claimer(house, Plain())
    await worker.run_once()
    await worker.run_once()
    assert (await house.videos.get(caller, second.id)).state is State.QUEUED
    await settle(worker, house, caller, first)


async def test_a_drain_lets_work_finish(house: House, caller: Caller) -> None:
    video, waiting = await submit(house, caller), await submit(house, caller)
    worker = claimer(house, Plain())
    await worker.run_once()
    drained = asyncio.create_task(worker.drain(grace_s=60))
    await drained
    assert (await house.videos.get(caller, video.id)).state is State.COMPLETED
    assert (await house.videos.get(caller, waiting.id)).state is State.QUEUED


async def test_a_drain_without_grace_stops_work_without_a_trace(
    house: House, caller: Caller
) -> None:
    started = threading.Event()

    def slow(video: Video, scratch: Path, report: Report) -> None:
        for _ in range(1000):
            report.progress(0.1)
            started.set()
            threading.Event().wait(0.005)

    video = await submit(house, caller)
    worker = claimer(house, Misbehaving(slow))
    await worker.run_once()
    await asyncio.to_thread(started.wait, 5)
    await worker.drain(grace_s=0)
    (back,) = await house.queue.give_back("w1")
    assert (back.id, back.attempt, back.state) == (video.id, 0, State.QUEUED)
    assert files(house) == []


async def test_a_video_that_outlives_its_time_fails(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    waiting = threading.Event()

    def endless(video: Video, scratch: Path, report: Report) -> None:
        while not waiting.wait(0.005):
            report.progress(0.1)

    video = await submit(house, caller)
    worker = claimer(house, Misbehaving(endless))
    await worker.run_once()
    clock.advance(video.timeout_s - 1)
    await worker.run_once()
    assert (await house.videos.get(caller, video.id)).state is State.RUNNING
    clock.advance(2)
    failed = await settle(worker, house, caller, video)
    assert failed.problem is not None
    assert failed.problem.code == "timeout"
    async with asyncio.timeout(5):
        while not worker.idle:
            await asyncio.sleep(0.005)
    assert files(house) == []


async def test_an_engine_that_does_not_let_go_is_stuck(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    release = threading.Event()

    def deaf(video: Video, scratch: Path, report: Report) -> None:
        release.wait(10)

    video = await submit(house, caller)
    worker = claimer(house, Misbehaving(deaf))
    await worker.run_once()
    await house.videos.cancel(caller, video.id)
    await worker.run_once()
    clock.advance(11)
    with pytest.raises(EngineStuck):
        await worker.run_once()
    release.set()
    async with asyncio.timeout(5):
        while not worker.idle:
            await asyncio.sleep(0.005)


async def test_what_hangs_elsewhere_shuts_no_gate(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    class Elsewhere(Plain):
        async def generate(self, video: Video, scratch: Path, report: Report) -> list[Path]:
            await report.resume("ordered")
            while True:
                await asyncio.sleep(0.001)
                report.progress(0.1)

    hung = [await submit(house, caller) for _ in range(3)]
    gate = open_gate(house)
    worker = claimer(house, Elsewhere(), gate=gate, slots=8)
    await worker.run_once()
    await asyncio.sleep(0.05)
    clock.advance(hung[0].timeout_s + 1)
    for video in hung:
        failed = await settle(worker, house, caller, video)
        assert failed.problem is not None
        assert failed.problem.code == "timeout"
    assert gate.slots(8) == 8
