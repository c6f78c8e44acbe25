"""Upstreams that ring end the wait early; what they say is not believed."""

import asyncio
from pathlib import Path

import pytest
from tests.unit.engines.relay.relays import Reported, make, relay, relay_to, upstream

from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import open_script

AT = "https://films.example/filmgate/"
LONG = {"poll_s": 600.0, "poll_most_s": 600.0}
SETTINGS = {"settings": {"callback": "callback_url"}}


@pytest.mark.parametrize(
    ("kind", "options"),
    [("llmgateway", {}), ("openrouter", {}), ("openai", SETTINGS), ("filmgate", SETTINGS)],
)
async def test_the_order_says_where_to_ring(
    tmp_path: Path, kind: str, options: dict[str, object]
) -> None:
    async with open_script(Quirks(looks=0)) as script:
        tables = {"lab": upstream(script.url, kind, **options)}
        async with relay(upstreams=tables, callbacks=AT) as engine:
            await make(engine, tmp_path)
    (job,) = script.jobs.values()
    address = "https://films.example/filmgate/v1/callbacks/video_1-0-1/signature"
    assert job.fields["callback_url"] == address
    assert ("callback_secret" in job.fields) == (kind == "llmgateway")


async def test_nobody_is_asked_to_ring_where_nobody_can(tmp_path: Path) -> None:
    async with relay_to(Quirks(looks=0), "openrouter") as (engine, script):
        await make(engine, tmp_path)
    (job,) = script.jobs.values()
    assert "callback_url" not in job.fields


@pytest.mark.parametrize("kind", ["llmgateway", "filmgate"])
async def test_a_ring_ends_the_wait(tmp_path: Path, kind: str) -> None:
    report = Reported()
    async with relay_to(Quirks(looks=2), kind, **LONG) as (engine, script):
        making = asyncio.create_task(make(engine, tmp_path, report=report))
        while not script.counts["GET job"]:
            await asyncio.sleep(0.01)
        assert not making.done()
        while not making.done():
            report.ring()
            await asyncio.sleep(0.02)
        await making


async def test_a_ring_is_not_believed(tmp_path: Path) -> None:
    report = Reported()
    async with relay_to(Quirks(looks=10**6), "llmgateway", **LONG) as (engine, script):
        making = asyncio.create_task(make(engine, tmp_path, report=report))
        for wanted in (1, 2, 3):
            while script.counts["GET job"] < wanted:
                report.ring()
                await asyncio.sleep(0.01)
        assert not making.done(), "it was looked at, and is not done"
        assert not script.counts["GET content"]
        making.cancel()
        await asyncio.wait({making})


async def test_one_that_rings_is_asked_seldom(tmp_path: Path) -> None:
    pace = {"poll_s": 0.01, "poll_most_s": 600.0}
    report = Reported()
    async with relay_to(Quirks(looks=2), "llmgateway", **pace) as (engine, script):
        report.on_progress = lambda _share: report.ring()
        (tmp_path / "1").mkdir()
        await make(engine, tmp_path / "1", report=report)
        script.quirks, seen = Quirks(looks=10**6), script.counts["GET job"]
        making = asyncio.create_task(make(engine, tmp_path))
        while script.counts["GET job"] == seen:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)
        assert script.counts["GET job"] == seen + 1
        making.cancel()
        await asyncio.wait({making})
