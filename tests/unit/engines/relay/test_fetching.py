"""Films come over whole, once, whatever the connection does."""

from pathlib import Path

import pytest
from tests.unit.engines.relay.relays import KEY, SHAPE, make, relay_to

from filmgate.engines.relay.fetching import Door
from filmgate.engines.relay.videos_api.server import VideosApi
from filmgate.errors import GenerationFailed
from filmgate.media.probe import prove
from filmgate.testing.upstream.listener import Sent
from filmgate.testing.upstream.quirks import Quirks


async def test_a_film_that_breaks_off_is_resumed_where_it_broke(tmp_path: Path) -> None:
    async with relay_to(Quirks(content_cuts=(1000, 500))) as (engine, script):
        (film,) = await make(engine, tmp_path)
    prove(film, SHAPE)
    asked = [one.headers.get("range") for one in script.received if "content" in one.path]
    assert asked == [None, "bytes=1000-", "bytes=1500-"]


async def test_without_ranges_it_begins_anew(tmp_path: Path) -> None:
    async with relay_to(Quirks(content_cuts=(1000,), ranges=False)) as (engine, script):
        (film,) = await make(engine, tmp_path)
    prove(film, SHAPE)
    asked = [one.headers.get("range") for one in script.received if "content" in one.path]
    assert asked == [None, None]


async def test_a_film_over_the_limit_is_refused(tmp_path: Path) -> None:
    async with relay_to() as (engine, _):
        for berth in engine.fleet:
            assert isinstance(berth.plug, VideosApi)
            berth.plug._fetcher._door = Door(max_bytes=1000)
        with pytest.raises(GenerationFailed, match="larger than 1000 bytes"):
            await make(engine, tmp_path)


async def test_redirects_without_end_are_refused(tmp_path: Path) -> None:
    async with relay_to() as (engine, script):
        script.quirks = Quirks(redirects_to=f"{script.url}/videos/job-0/content?")
        with pytest.raises(GenerationFailed, match="redirects without end"):
            await make(engine, tmp_path)


async def test_the_key_is_in_no_message(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with relay_to(Quirks(create="401")) as (engine, script):
        answer = {"error": {"message": f"wrong key {KEY} at http://10.0.0.1/x"}}
        script.answers["401"] = Sent(status=401, body=answer)
        with pytest.raises(GenerationFailed) as caught:
            await make(engine, tmp_path)
    assert KEY not in caught.value.message
    assert KEY not in caplog.text
    assert caught.value.message == "The upstream refused: wrong key *** at …"
