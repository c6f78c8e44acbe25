"""Many jobs of one upstream, looked at together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engines.relay.relays import Reported, a_row, make, relay_to

from filmgate.errors import Cancelled, GenerationFailed, LeaseLost
from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import Script

KIND = "vllm-omni"


@asynccontextmanager
async def many(
    quirks: Quirks, folder: Path, count: int = 8, **options: Any
) -> AsyncIterator[tuple[Script, list[asyncio.Task[list[Path]]], list[Reported]]]:
    """So many videos on their way at one upstream that lists its jobs."""
    async with relay_to(quirks, KIND, **options) as (engine, script):
        reports = [Reported() for _ in range(count)]
        tasks = []
        for number, report in enumerate(reports):
            (own := folder / str(number)).mkdir()
            tasks.append(asyncio.create_task(make(engine, own, report=report)))
        yield script, tasks, reports
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_page_answers_them_all(tmp_path: Path) -> None:
    async with many(Quirks(looks=0), tmp_path) as (script, tasks, _):
        films = await asyncio.gather(*tasks)
    assert len(films) == 8
    assert script.counts["GET job"] <= 6, "alone only while there were few"
    assert script.counts["GET content"] == 8


async def test_failures_come_by_the_list_too(tmp_path: Path) -> None:
    async with many(Quirks(looks=0, fails=True), tmp_path) as (_, tasks, _):
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert {str(error) for error in ended} == {"The upstream failed: it broke at …"}


async def test_what_the_list_hides_is_asked_for_alone(tmp_path: Path) -> None:
    async with many(Quirks(looks=2, lists_none=True), tmp_path) as (script, tasks, _):
        films = await asyncio.gather(*tasks)
    assert len(films) == 8
    assert script.counts["GET job"] >= 16


async def test_a_list_that_fails_is_asked_again(tmp_path: Path) -> None:
    async with many(Quirks(looks=0, lists_broken=2), tmp_path) as (script, tasks, _):
        films = await asyncio.gather(*tasks)
    assert len(films) == 8
    assert script.counts["GET videos"] > 2


async def test_one_that_is_stopped_leaves_the_others(tmp_path: Path) -> None:
    async with many(Quirks(render_s=0.5), tmp_path) as (_, tasks, reports):
        await asyncio.sleep(0)
        reports[0].stop = Cancelled("enough")
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(ended[0], Cancelled)
    assert not any(isinstance(other, BaseException) for other in ended[1:])


async def test_a_forgotten_job_ends(tmp_path: Path) -> None:
    quirks = Quirks(absent_looks=tuple(range(1, 99)), lists_none=True)
    async with many(quirks, tmp_path, paid=True) as (_, tasks, _):
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(error, GenerationFailed) for error in ended)


async def test_what_nobody_expected_reaches_those_that_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("filmgate.engines.relay.videos_api.server.read_look", broken)
    async with many(Quirks(), tmp_path, count=1) as (_, (task,), _):
        with pytest.raises(KeyError, match="a bug"):
            await task


async def test_an_attempt_that_ends_leaves_the_next_one_waiting(tmp_path: Path) -> None:
    """A worker that lost its lease may have claimed the video again before it lets go."""
    first, second = Reported(), Reported()
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    async with relay_to(Quirks(looks=10**6), KIND) as (engine, script):
        one = asyncio.create_task(make(engine, tmp_path / "1", report=first))
        while not script.counts["GET job"]:
            await asyncio.sleep(0.01)
        again = a_row(first.tokens[-1])
        two = asyncio.create_task(make(engine, tmp_path / "2", again, report=second))
        seen = script.counts["GET job"]
        while script.counts["GET job"] < seen + 3:
            await asyncio.sleep(0.01)
        first.stop = LeaseLost("somebody else holds it")
        with pytest.raises(LeaseLost):
            await one
        script.quirks = Quirks(looks=0)
        assert len(await two) == 1
    assert len(script.creates) == 1
