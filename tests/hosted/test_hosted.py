"""Each hosted provider through its real SDK: one create ever, found or told, fetched, cancelled."""

import base64
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from obstore.store import MemoryStore
from PIL import Image
from tests.hosted import providers
from tests.hosted.providers import FILM, Provider, Route, provided
from tests.unit.engines.relay.relays import KEY, Reported, a_row, make_all, relay, upstream

from filmgate.engines.base import PICTURE
from filmgate.engines.relay.engine import Relay
from filmgate.errors import Cancelled, GenerationFailed
from filmgate.media.probe import prove
from filmgate.testing.upstream.script import film_bytes


@dataclass(frozen=True)
class Case:
    """A kind: its wire, its model, what it can do."""

    kind: str
    route: Route
    model: str
    finds: bool = False
    cancels: bool = True

    def __str__(self) -> str:
        return self.kind


RUNWAY = Case("runway", providers.runway, "gen4.5")
ARK = Case("ark", providers.ark, "seedance-2-0", finds=True)
VEO = Case("veo", providers.veo, "veo-3.1", cancels=False)
FAL = Case("fal", providers.fal, "fal-ai/wan/v2.2/text-to-video")
OMNI = Case("omni", providers.omni, "gemini-omni-1.2-flash")
ALL = [RUNWAY, ARK, VEO, FAL, OMNI]
EACH = pytest.mark.parametrize("case", ALL, ids=str)


@asynccontextmanager
async def relay_to_hosted(
    case: Case, settings: dict[str, Any] | None = None, **script: Any
) -> AsyncIterator[tuple[Relay, Provider]]:
    async with provided(case.route, **script) as provider:
        given = {"models": {"film": case.model}, "settings": settings or {}}
        table = upstream(provider.url, case.kind, **given)
        async with relay(upstreams={"lab": table}) as engine:
            yield engine, provider


@EACH
async def test_a_film_comes_through(tmp_path: Path, case: Case) -> None:
    async with relay_to_hosted(case) as (engine, provider):
        made = await make_all(engine, tmp_path)
    prove(made.films[0], FILM)
    (order,) = provider.orders
    assert b"a cat" in order.body
    told = [film for film in provider.films if KEY in json.dumps(dict(film.headers))]
    assert bool(told) == (case is OMNI), "its files want the key, at its own origin"
    assert made.making.cost == (250_000 if case is RUNWAY else None)


@EACH
@pytest.mark.parametrize("create", ["drop", "500", "503"])
async def test_a_lost_answer_is_one_post(tmp_path: Path, case: Case, create: str) -> None:
    async with relay_to_hosted(case, create=create) as (engine, provider):
        if case.finds:
            await make_all(engine, tmp_path)
        else:
            with pytest.raises(GenerationFailed) as caught:
                await make_all(engine, tmp_path)
            assert caught.value.failure == "upstream_unknown"
    assert len(provider.orders) == 1


@EACH
async def test_a_busy_one_is_asked_again_later(tmp_path: Path, case: Case) -> None:
    async with relay_to_hosted(case, create="429", creates=1) as (engine, provider):
        await make_all(engine, tmp_path)
    assert len(provider.orders) == 2


@EACH
async def test_a_refusal_is_told(tmp_path: Path, case: Case) -> None:
    async with relay_to_hosted(case, create="400") as (engine, provider):
        with pytest.raises(GenerationFailed, match="The upstream refused: not this"):
            await make_all(engine, tmp_path)
    assert len(provider.orders) == 1


@EACH
async def test_a_failure_is_told_with_our_code(tmp_path: Path, case: Case) -> None:
    async with relay_to_hosted(case, fails=True) as (engine, _):
        with pytest.raises(GenerationFailed, match="refused") as caught:
            await make_all(engine, tmp_path)
    assert caught.value.failure == "content_policy_violation"


@EACH
async def test_a_cancel_goes_through_where_it_can(tmp_path: Path, case: Case) -> None:
    report = Reported()
    async with relay_to_hosted(case, looks=10**6) as (engine, provider):

        def stop(_share: float) -> None:
            if provider.seen:
                report.stop = Cancelled("cancelled")

        report.on_progress = stop
        with pytest.raises(Cancelled):
            await make_all(engine, tmp_path, report=report)
    assert bool(provider.cancelled) == case.cancels


@EACH
async def test_a_picture_is_the_first_frame(tmp_path: Path, case: Case) -> None:
    Image.new("RGB", (128, 96), "red").save(tmp_path / PICTURE, "PNG")
    async with relay_to_hosted(case) as (engine, provider):
        await make_all(engine, tmp_path, a_row(picture="videos/video_1/picture"))
    assert b"iVBORw0KGgo" in provider.orders[0].body


@pytest.mark.parametrize("case", [RUNWAY, ARK, VEO], ids=str)
async def test_a_last_image_is_the_last_frame(tmp_path: Path, case: Case) -> None:
    Image.new("RGB", (128, 96), "red").save(tmp_path / PICTURE, "PNG")
    Image.new("RGB", (64, 64), "blue").save(tmp_path / "last", "PNG")
    last = "data:image/png;base64," + base64.b64encode((tmp_path / "last").read_bytes()).decode()
    row = a_row(picture="videos/video_1/picture", extras={"last_image": last})
    async with relay_to_hosted(case) as (engine, provider):
        await make_all(engine, tmp_path, row)
    assert provider.orders[0].body.count(b"iVBORw0KGgo") == 2


async def test_what_is_no_picture_is_not_ordered(tmp_path: Path) -> None:
    async with relay_to_hosted(ARK) as (engine, provider):
        with pytest.raises(GenerationFailed) as caught:
            await make_all(engine, tmp_path, a_row(extras={"last_image": "data:image/png,x"}))
    assert caught.value.failure == "invalid_image"
    assert not provider.orders


@pytest.mark.parametrize(
    ("case", "word"), [(ARK, "callback_url"), (FAL, "fal_webhook"), (OMNI, "webhook_config")]
)
async def test_an_order_says_where_to_ring(tmp_path: Path, case: Case, word: str) -> None:
    async with provided(case.route) as provider:
        table = upstream(provider.url, case.kind, models={"film": case.model})
        async with relay(upstreams={"lab": table}, callbacks="https://films.example") as engine:
            await make_all(engine, tmp_path)
    (order,) = provider.orders
    address = "https://films.example/v1/callbacks/video_1-0-1/signature"
    assert order.query == {word: address} if case is FAL else address.encode() in order.body
    assert case is FAL or word.encode() in order.body


@EACH
async def test_a_restart_resumes_the_wait(tmp_path: Path, case: Case) -> None:
    report = Reported()
    async with relay_to_hosted(case) as (engine, _):
        await make_all(engine, tmp_path, report=report)
    again = tmp_path / "again"
    again.mkdir()
    async with relay_to_hosted(case) as (engine, provider):
        made = await make_all(engine, again, a_row(report.tokens[-1]))
    prove(made.films[0], FILM)
    assert not provider.orders


@pytest.mark.parametrize("case", [RUNWAY, ARK, FAL], ids=str)
async def test_further_fields_are_the_operators(tmp_path: Path, case: Case) -> None:
    send = {"length": "{seconds}s", "frames_wanted": "{frames}", "audio": True}
    async with relay_to_hosted(case, {"send": send}) as (engine, provider):
        await make_all(engine, tmp_path)
    body = json.loads(provider.orders[0].body)
    assert (body["length"], body["frames_wanted"], body["audio"]) == ("1s", 10, True)


async def test_the_scripted_queue_is_what_fals_own_client_speaks() -> None:
    import fal_client
    import httpx

    async with provided(providers.fal) as provider, httpx.AsyncClient() as client:
        base = f"{provider.url}/fal-ai/wan/requests/r1"
        handle = fal_client.AsyncRequestHandle(
            request_id="r1",
            response_url=base,
            status_url=f"{base}/status",
            cancel_url=f"{base}/cancel",
            client=client,
        )
        assert await handle.status() == fal_client.Queued(position=1)
        assert isinstance(await handle.status(), fal_client.Completed)
        assert (await handle.get())["video"]["url"] == f"{provider.url}/film.mp4"
        await handle.cancel()
    assert provider.cancelled == 1


async def test_veos_films_are_streamed_out_of_a_bucket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MemoryStore()
    await store.put_async("video_1-0-1/sample_0.mp4", film_bytes(FILM))
    opened: list[tuple[str, Mapping[str, str]]] = []

    def open_store(address: str, options: Mapping[str, str]) -> MemoryStore:
        opened.append((address, options))
        return store

    monkeypatch.setattr("filmgate.engines.relay.hosted.veo.open_bucket", open_store)
    settings = {"bucket": "gs://films/veo", "bucket_options": {"skip_signature": "true"}}
    async with relay_to_hosted(VEO, settings, bucket="gs://films/veo/video_1-0-1") as found:
        engine, provider = found
        made = await make_all(engine, tmp_path)
    prove(made.films[0], FILM)
    assert opened == [("gs://films/veo", {"skip_signature": "true"})]
    assert b"gs://films/veo/video_1-0-1" in provider.orders[0].body


async def test_a_bucket_of_others_is_not_read(tmp_path: Path) -> None:
    settings = {"bucket": "gs://films/veo"}
    async with relay_to_hosted(VEO, settings, bucket="gs://elsewhere") as (engine, _):
        with pytest.raises(GenerationFailed, match="a bucket that is not named here"):
            await make_all(engine, tmp_path)
