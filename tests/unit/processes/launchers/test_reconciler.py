"""What is wanted is started, what is not is stopped, and who is busy is left alone."""

import asyncio
import logging

import pytest

from filmgate import settings
from filmgate.domain.fleet import Demand, Station
from filmgate.processes.launchers.base import PlaceState, Posting, Wanted
from filmgate.processes.launchers.reconciler import Reconciler, bounds_of
from filmgate.settings import EngineSettings, Settings
from filmgate.testing.clock import ManualClock


class Cluster:
    """A launcher that does at once what it is told; `gpus` is how many places may run."""

    def __init__(self, gpus: int = 9) -> None:
        self.kept: dict[str, Posting] = {}
        self.gpus = gpus
        self.avoided: frozenset[str] = frozenset()

    async def places(self) -> list[Posting]:
        return list(self.kept.values())

    async def start(self, wanted: Wanted, avoid: frozenset[str]) -> None:
        full = len(self.kept) >= self.gpus
        phase, node = (
            (PlaceState.WAITING, None) if full else (PlaceState.RUNNING, "two" if avoid else "one")
        )
        self.kept[wanted.name] = Posting(
            name=wanted.name, engine=wanted.engine, phase=phase, node=node
        )
        self.avoided = avoid

    async def stop(self, name: str) -> None:
        del self.kept[name]

    async def close(self) -> None:
        self.kept.clear()


class Desk:
    """What the services would say."""

    def __init__(self) -> None:
        self.wanted = 0
        self.names: frozenset[str] = frozenset()
        self.busy: tuple[str, ...] = ()

    async def demands(self) -> dict[str, Demand]:
        demand = Demand(engine="animatic", waiting=0, running=0, work_ms=0, wanted=self.wanted)
        return {"animatic": demand}

    async def drained_names(self) -> frozenset[str]:
        return self.names

    async def list_seen(self) -> list[Station]:
        return [
            Station(
                worker_id=name,
                node="one",
                engine="animatic",
                started_at=0,
                place=name,
                video_id="v",
            )
            for name in self.busy
        ]


TABLE = EngineSettings.model_validate({"workers": 0, "scale": {"most": 8, "idle_minutes": 1}})


class Scene:
    def __init__(self, gpus: int = 9) -> None:
        self.cluster, self.desk, self.clock = Cluster(gpus), Desk(), ManualClock()
        config = settings.load().model_copy(update={"engines": {"animatic": TABLE}})
        self.reconciler = Reconciler(
            launcher=self.cluster,
            stations=self.desk,  # type: ignore[arg-type]
            settings=config,
            clock=self.clock,
        )

    async def turn(self, wanted: int, *busy: str) -> list[str]:
        """One turn, and one more once its stops are done."""
        self.desk.wanted, self.desk.busy = wanted, busy
        await self.reconciler.run_once()
        await asyncio.sleep(0)
        await self.reconciler.run_once()
        return sorted(self.cluster.kept)


async def test_what_is_missing_is_started_once() -> None:
    scene = Scene()
    assert await scene.turn(2) == ["animatic-1", "animatic-2"]
    assert await scene.turn(3) == ["animatic-1", "animatic-2", "animatic-3"]


async def test_one_too_many_is_kept_for_its_idle_time() -> None:
    scene = Scene()
    await scene.turn(2)
    assert len(await scene.turn(0)) == 2
    scene.clock.advance(59)
    assert len(await scene.turn(0)) == 2
    scene.clock.advance(2)
    assert await scene.turn(0) == []


async def test_a_burst_in_between_begins_the_idle_time_anew() -> None:
    scene = Scene()
    await scene.turn(1)
    await scene.turn(0)
    scene.clock.advance(59)
    await scene.turn(1)
    await scene.turn(0)
    scene.clock.advance(59)
    assert len(await scene.turn(0)) == 1


async def test_who_is_busy_is_not_stopped() -> None:
    scene = Scene()
    await scene.turn(3)
    await scene.turn(1, "animatic-1", "animatic-3")
    scene.clock.advance(61)
    assert await scene.turn(1, "animatic-1", "animatic-3") == ["animatic-1", "animatic-3"]


async def test_what_waits_goes_first() -> None:
    scene = Scene(gpus=1)
    await scene.turn(2)
    await scene.turn(1)
    scene.clock.advance(61)
    assert await scene.turn(1) == ["animatic-1"]


async def test_what_waits_for_a_gpu_is_said(caplog: pytest.LogCaptureFixture) -> None:
    scene = Scene(gpus=1)
    with caplog.at_level(logging.WARNING):
        await scene.turn(2)
        assert caplog.messages == []
        scene.clock.advance(11)
        await scene.turn(2)
        assert caplog.messages == ["animatic-2 waits for a GPU"]


async def test_a_drained_node_is_left_once_it_is_idle() -> None:
    scene = Scene()
    await scene.turn(1)
    scene.desk.names = frozenset(["one"])
    kept = await scene.turn(1, "animatic-1")
    assert "animatic-1" in kept
    assert len(kept) == 2, "another is to take over"
    assert scene.cluster.avoided == {"one"}
    assert "animatic-1" not in await scene.turn(1)


async def test_an_engine_that_the_settings_lost_is_stopped() -> None:
    scene = Scene()
    scene.cluster.kept["old-1"] = Posting(name="old-1", engine="old", phase=PlaceState.RUNNING)
    assert await scene.turn(0) == []


def test_bounds_come_from_the_tables() -> None:
    plain = EngineSettings.model_validate({"workers": 3})
    config = Settings(engines={"animatic": TABLE, "plain": plain})
    assert [(one.engine, one.least, one.most) for one in bounds_of(config)] == [
        ("animatic", 0, 8),
        ("plain", 3, 3),
    ]
    assert [one.engine for one in bounds_of(config, scaled=True)] == ["animatic"]
