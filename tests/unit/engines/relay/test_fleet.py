"""Several upstreams for one model: who takes what, who is spared."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engines.relay.relays import Reported, make, relay, upstream

from filmgate.engines.relay.engine import Relay
from filmgate.engines.relay.fuse import FAILURES, FIRST_S, Fuse
from filmgate.engines.relay.pace import Pace
from filmgate.errors import GenerationFailed
from filmgate.testing.clock import ManualClock
from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import Script, open_script


@asynccontextmanager
async def fleet(**labs: tuple[Quirks, dict[str, Any]]) -> AsyncIterator[tuple[Relay, list[Script]]]:
    """A relay to several scripted upstreams, by name."""
    async with AsyncExitStack() as stack:
        scripts = {
            name: await stack.enter_async_context(open_script(quirks))
            for name, (quirks, _) in labs.items()
        }
        tables = {
            name: upstream(scripts[name].url, **options) for name, (_, options) in labs.items()
        }
        engine = await stack.enter_async_context(relay(upstreams=tables))
        yield engine, list(scripts.values())


@pytest.mark.parametrize("create", ["400", "401", "429", "503-dead", "307"])
async def test_what_one_refuses_goes_to_another(tmp_path: Path, create: Any) -> None:
    async with fleet(a=(Quirks(create=create), {}), b=(Quirks(), {"weight": 0.1})) as found:
        engine, (first, second) = found
        await make(engine, tmp_path)
    assert (len(first.creates), len(second.creates)) == (1, 1)


async def test_what_one_may_have_taken_goes_to_no_other(tmp_path: Path) -> None:
    labs = {"a": (Quirks(create="drop"), {}), "b": (Quirks(), {"weight": 0.1})}
    async with fleet(**labs) as (engine, (first, second)):
        with pytest.raises(GenerationFailed):
            await make(engine, tmp_path)
    assert (len(first.creates), len(second.creates)) == (1, 0)


async def test_one_that_cannot_be_reached_is_passed_over(tmp_path: Path) -> None:
    async with open_script() as script:
        tables = {"a": upstream("http://127.0.0.1:9/v1"), "b": upstream(script.url, weight=0.1)}
        async with relay(upstreams=tables) as engine:
            await make(engine, tmp_path)
    assert len(script.creates) == 1


async def test_what_all_refuse_fails_with_the_first_reason(tmp_path: Path) -> None:
    async with fleet(a=(Quirks(create="400"), {}), b=(Quirks(create="401"), {})) as (engine, _):
        with pytest.raises(GenerationFailed, match="The upstream refused: not this") as caught:
            await make(engine, tmp_path)
    assert caught.value.failure == "content_policy_violation"


async def test_weights_share_the_orders(tmp_path: Path) -> None:
    busy = Quirks(looks=10**6)
    async with fleet(a=(busy, {"weight": 3}), b=(busy, {})) as (engine, (first, second)):
        tasks = [asyncio.create_task(make(engine, tmp_path)) for _ in range(8)]
        while len(first.jobs) + len(second.jobs) < 8:
            await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    assert (len(first.creates), len(second.creates)) == (6, 2)


async def test_a_drained_one_takes_no_new_orders(tmp_path: Path) -> None:
    async with fleet(a=(Quirks(), {}), b=(Quirks(), {})) as (engine, (first, second)):
        await make(engine, tmp_path, report=Reported(switched_off=frozenset({"a"})))
    assert (len(first.creates), len(second.creates)) == (0, 1)


async def test_no_more_in_flight_than_it_may_have(tmp_path: Path) -> None:
    labs = {"a": (Quirks(looks=3), {"most_in_flight": 1})}
    async with fleet(**labs) as (engine, (script,)):
        folders = [tmp_path / str(number) for number in range(3)]
        for folder in folders:
            folder.mkdir()
        await asyncio.gather(*(make(engine, folder) for folder in folders))
        times = [script.received.index(one) for one in script.creates]
        contents = [n for n, one in enumerate(script.received) if "content" in one.path]
    assert times[1] > contents[0]
    assert times[2] > contents[1]


async def test_retry_after_is_honoured(tmp_path: Path) -> None:
    async with fleet(a=(Quirks(create="429", creates=1), {})) as (engine, (script,)):
        began = asyncio.get_running_loop().time()
        await make(engine, tmp_path)
    assert asyncio.get_running_loop().time() - began >= 0.3
    assert len(script.creates) == 2


async def test_polling_follows_the_upstreams_wish(tmp_path: Path) -> None:
    async with fleet(a=(Quirks(looks=2, poll_after_ms=300), {})) as (engine, (script,)):
        began = asyncio.get_running_loop().time()
        await make(engine, tmp_path)
    assert asyncio.get_running_loop().time() - began >= 0.3
    assert script.counts["GET job"] == 2


def test_requests_are_spaced_by_the_stated_rate() -> None:
    clock = ManualClock()
    pace = Pace(clock, most_per_second=10)
    assert [round(pace.take(), 3) for _ in range(4)] == [0.0, 0.1, 0.2, 0.3]
    clock.advance(1)
    assert pace.take() == 0


def test_a_breaker_opens_tries_one_and_closes() -> None:
    clock = ManualClock()
    fuse = Fuse("lab", clock)
    for _ in range(FAILURES - 1):
        fuse.fail()
    assert fuse.allows()
    fuse.fail()
    assert not fuse.allows()
    clock.advance(FIRST_S)
    assert fuse.allows()
    fuse.begin()
    assert not fuse.allows(), "one trial at a time"
    fuse.fail()
    clock.advance(FIRST_S)
    assert not fuse.allows(), "the next trial is further away"
    clock.advance(FIRST_S)
    fuse.begin()
    fuse.close()
    assert fuse.allows()
    assert not fuse.is_open
