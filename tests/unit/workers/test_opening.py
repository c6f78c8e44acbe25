"""What a worker tells of itself and its models before its engine is open, and if it never is."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.workers.acts import claimer, submit

from filmgate.domain.account import Caller
from filmgate.domain.worker import Condition, ModelState, Readiness
from filmgate.engines.base import ModelHost
from filmgate.errors import GenerationFailed, MissingPart, SettingsError, Unavailable
from filmgate.services.models import state_of
from filmgate.testing.clock import ManualClock
from filmgate.testing.engines import Plain
from filmgate.wiring import House
from filmgate.workers.opening import Opening
from filmgate.workers.presence import SEEN_S, Presence
from filmgate.workers.worker import BROKEN, Worker

MODEL = "sora-1.0"


class Opens(Plain):
    """Opens when it may, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.may = asyncio.Event()

    async def open(self) -> None:
        """Wait, then fail if told to."""
        await self.may.wait()
        if self.error:
            raise self.error


class Hosting(Plain):
    """Tells of two models."""

    def states(self) -> Mapping[str, ModelState]:
        """One is there."""
        failed = ModelState(Readiness.FAILED, "its weights are cut short")
        return {"wan": ModelState(Readiness.READY), "ltx": failed}

    def first_model(self) -> str | None:
        """The one that is there."""
        return "wan"


def worker_of(house: House, engine: Plain, quit_process: Any) -> Worker:
    """A worker that opens this engine, with nothing else to do."""
    return Worker(
        worker_id="w1",
        engine_name="animatic",
        engine=engine,
        models=[MODEL],
        claimer=claimer(house, engine),
        queue=house.queue,
        workers=house.workers,
        clock=house.clock,
        housekeeping=[],
        scratch=house.settings.data / "scratch" / "w1",
        grace_s=0,
        quit_process=quit_process,
    )


async def told_of(house: House, model: str = MODEL) -> tuple[str, str | None]:
    """What is told of a model."""
    state = state_of(house.catalogue.get(model), await house.workers.live())
    return state.readiness.value, state.why


async def until(house: House, word: str) -> str | None:
    """Wait until a worker tells that the model is so, and why."""
    async with asyncio.timeout(20):
        while not await house.workers.live() or (await told_of(house))[0] != word:
            await asyncio.sleep(0.01)
    return state_of(house.catalogue.get(MODEL), await house.workers.live()).why


async def test_a_model_is_loading_until_its_engine_is_open(house: House, caller: Caller) -> None:
    assert await told_of(house) == (
        "unavailable",
        "no worker of the engine animatic is running",
    )
    engine, stop, codes = Opens(), asyncio.Event(), list[int]()
    running = asyncio.create_task(worker_of(house, engine, codes.append).run(stop))
    await until(house, "loading")
    waiting = await submit(house, caller)
    assert (await house.health.checks())["workers"] == (
        "nothing is claimed: the engine animatic is being opened"
    )
    engine.may.set()
    assert await until(house, "ready") is None
    async with asyncio.timeout(20):
        while not (await house.videos.get(caller, waiting.id)).state.final:
            await asyncio.sleep(0.01)
    stop.set()
    await running
    assert codes == []


async def test_a_stop_does_not_wait_for_a_load(house: House) -> None:
    stop, codes = asyncio.Event(), list[int]()
    running = asyncio.create_task(worker_of(house, Opens(), codes.append).run(stop))
    await until(house, "loading")
    stop.set()
    await running
    assert codes == [0]
    assert await house.workers.live() == []


async def test_what_is_not_installed_is_said_and_refused_at_create(
    house: House, caller: Caller, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filmgate.workers.worker.RETRY_S", 3600)
    command = "pip install 'filmgate[diffusers]'"
    engine, stop, codes = Opens(MissingPart(command)), asyncio.Event(), list[int]()
    running = asyncio.create_task(worker_of(house, engine, codes.append).run(stop))
    engine.may.set()
    assert await until(house, "unavailable") == command
    clock.advance(1)
    with pytest.raises(Unavailable, match="cannot be made here: pip install"):
        await submit(house, caller)
    assert await house.health.models() == {MODEL: ModelState(Readiness.UNAVAILABLE, command)}
    stop.set()
    await running
    clock.advance(1)
    await submit(house, caller)  # perhaps by a worker elsewhere, later


async def test_a_worker_that_cannot_open_ends_for_a_fresh_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filmgate.workers.worker.RETRY_S", 0)
    engine, codes = Opens(GenerationFailed("no room on the device")), list[int]()
    engine.may.set()
    await worker_of(house, engine, codes.append).run(asyncio.Event())
    assert codes == [BROKEN]


async def test_a_wrong_setting_ends_the_worker_with_its_reason(house: House) -> None:
    engine, codes = Opens(SettingsError("the folder is gone")), list[int]()
    engine.may.set()
    with pytest.raises(SettingsError, match="the folder is gone"):
        await worker_of(house, engine, codes.append).run(asyncio.Event())
    assert codes == []
    assert await house.workers.live() == []


async def test_what_a_library_raises_is_not_shown(tmp_path: Path) -> None:
    engine = Opens(RuntimeError(f"CUDA error at {tmp_path}"))
    engine.may.set()
    opening = Opening(engine, "gpu", ["wan"])
    assert not await opening.run()
    assert opening.condition is not None
    assert str(tmp_path) not in str(opening.condition)
    assert opening.condition.models["wan"].readiness is Readiness.FAILED


async def test_the_best_worker_of_a_model_counts(house: House, clock: ManualClock) -> None:
    engine = Hosting()
    assert isinstance(engine, ModelHost)
    assert not isinstance(Plain(), ModelHost)
    for worker_id, models in (("w1", engine.states()), ("w2", {})):
        condition = Condition(models=models)
        presence = Presence(
            workers=house.workers,
            worker_id=worker_id,
            engine="animatic",
            look=lambda condition=condition: condition,  # type: ignore[misc]
            clock=clock,
        )
        await presence.run_once()
    told = await house.models.hosted_states()
    assert told == engine.states()
    assert await told_of(house) == ("ready", None)


async def test_news_is_told_at_once_and_the_rest_now_and_then(
    house: House, clock: ManualClock
) -> None:
    now = [Condition(trouble="no room")]
    presence = Presence(
        workers=house.workers, worker_id="w1", engine="e", look=lambda: now[0], clock=clock
    )
    await presence.run_once()
    await house.workers.bury("w1")
    await presence.run_once()
    assert await house.workers.live() == []
    now[0] = Condition()
    await presence.run_once()
    (seen,) = await house.workers.live()
    assert seen.condition == Condition()
    clock.advance(SEEN_S)
    await presence.run_once()
    (seen,) = await house.workers.live()
    assert seen.seen_at == clock.now()
