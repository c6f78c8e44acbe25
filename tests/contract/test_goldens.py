"""One golden answer a route and an error: the whole of what a client sees."""

from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from tests.contract import bodies, shots
from tests.contract.bodies import Part, as_json, multipart, picture
from tests.contract.harness import KEY, OPENAI, SORA, Server, Stock

from filmgate.errors import Unavailable
from filmgate.services.keys import Keys

AUTH = {"authorization": f"Bearer {KEY}"}
ABSENT = "video_" + "0" * 32


@dataclass(frozen=True)
class Ask:
    """A request; `{finished}` and its like in the path are the ids of the stock."""

    name: str
    method: str = "GET"
    path: str = "/v1/videos"
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=lambda: AUTH)

    async def send(self, server: Server, ids: dict[str, str]) -> httpx2.Response:
        body = self.body
        if "json" in body:
            texts = {n: v.format(**ids) for n, v in body["json"].items() if isinstance(v, str)}
            body = body | {"json": body["json"] | texts}
        async with server.caller(self.headers) as client:
            return await client.request(self.method, self.path.format(**ids), **body)


def create(name: str, **body: Any) -> Ask:
    return Ask(name, "POST", body=body)


def refused(name: str, **change: Any) -> Ask:
    return create(name, content=as_json(SORA | change), headers={"content-type": bodies.JSON})


def film(name: str, query: str = "", method: str = "GET", **headers: str) -> Ask:
    path = "/v1/videos/{finished}/content" + query
    return Ask(name, method, path, headers=AUTH | headers)


ROUTES = [
    create("create-sora", json=SORA | {"metadata": {"style": "noir"}, "user": "ann"}),
    create("create-openai", json=OPENAI),
    create(
        "create-multipart-picture",
        content=multipart(
            *(Part(name, str(value)) for name, value in SORA.items()),
            Part("image", picture(), "first.png", "application/octet-stream"),
        ),
        headers={"content-type": bodies.MULTIPART},
    ),
    Ask("retrieve-completed", path="/v1/videos/{finished}"),
    Ask("retrieve-completed-b64", path="/v1/videos/{embedded}"),
    Ask(
        "retrieve-completed-openai",
        path="/v1/videos/{finished}",
        headers=AUTH | {"x-stainless-lang": "python"},
    ),
    Ask("retrieve-failed", path="/v1/videos/{failed}"),
    Ask("retrieve-running", path="/v1/videos/{running}"),
    Ask("retrieve-waiting", path="/v1/videos/{waiting}"),
    Ask("list"),
    Ask("list-page", path="/v1/videos?limit=2&order=asc"),
    Ask("list-empty", path="/v1/videos?model=sora-turbo"),
    Ask("remix", "POST", "/v1/videos/{finished}/remix", body={"json": {"prompt": "a storm"}}),
    Ask(
        "edit",
        "POST",
        "/v1/videos/edits",
        body={"json": {"prompt": "a storm", "video": "{finished}"}},
    ),
    Ask(
        "extend",
        "POST",
        "/v1/videos/extensions",
        body={"json": {"prompt": "a storm", "video": "{finished}", "seconds": "4"}},
        headers=AUTH | {"x-stainless-lang": "python"},
    ),
    Ask("delete", "DELETE", "/v1/videos/{finished}"),
    Ask("cancel", "POST", "/v1/videos/{running}/cancel"),
    film("content"),
    film("content-inline", "?inline=1"),
    film("content-second", "?index=1"),
    film("content-head", method="HEAD"),
    film("content-range", range="bytes=0-99"),
    film("content-thumbnail", "?variant=thumbnail"),
    film("content-spritesheet", "?variant=spritesheet"),
    Ask("models", path="/v1/models"),
    Ask("model", path="/v1/models/sora-2-2025-10-06"),
    Ask("healthz", path="/healthz", headers={}),
    Ask("readyz-waiting", path="/readyz", headers={}),
]

ERRORS = [
    refused("error-invalid-parameter", duration=61),
    refused("error-missing-required-parameter", prompt=""),
    refused("error-unknown-parameter", widht=128),
    refused("error-model-not-found", model="sora-9"),
    refused("error-invalid-image", image="bm90IGEgcGljdHVyZQ=="),
    refused("error-image-fetch-failed", image="http://127.0.0.1/cat.png"),
    Ask(
        "error-video-not-completed",
        "POST",
        "/v1/videos/{waiting}/remix",
        body={"json": {"prompt": "a storm"}},
    ),
    create("error-invalid-json", content=b"{", headers={"content-type": bodies.JSON}),
    create(
        "error-invalid-multipart",
        content=multipart(Part("prompt", "x"), end=""),
        headers={"content-type": bodies.MULTIPART},
    ),
    create(
        "error-unsupported-media-type", content=b"a cat", headers={"content-type": "text/plain"}
    ),
    create(
        "error-request-too-large",
        content=b"{",
        headers={"content-length": str(65 << 20), "content-type": bodies.JSON},
    ),
    Ask("error-list-after", path=f"/v1/videos?after={ABSENT}"),
    Ask("error-list-limit", path="/v1/videos?limit=101"),
    Ask("error-list-status", path="/v1/videos?status=cancelled"),
    Ask("error-video-not-found", path=f"/v1/videos/{ABSENT}"),
    Ask("error-video-of-another-account", path="/v1/videos/{foreign}"),
    Ask("error-video-not-cancellable", "POST", "/v1/videos/{finished}/cancel"),
    Ask("error-video-not-ready", path="/v1/videos/{running}/content"),
    Ask("error-video-failed", path="/v1/videos/{failed}/content"),
    film("error-content-variant", "?variant=gif"),
    film("error-content-index", "?index=2"),
    film("error-content-range", range="bytes=99999999-"),
    Ask("error-model-missing", path="/v1/models/sora-9"),
    Ask("error-not-found", path="/v1/nothing"),
    Ask("error-method-not-allowed", "PUT", "/v1/videos"),
    Ask("error-no-key", headers={}),
    Ask("error-wrong-key", headers={"authorization": "Bearer not-a-key"}),
    Ask(
        "error-bad-signature",
        path="/v1/videos/{finished}/content?expires=1800086400&signature=0",
        headers={},
    ),
    Ask("error-dialect", path="/v1/videos", headers=AUTH | {"x-filmgate-dialect": "latin"}),
]


@pytest.mark.parametrize("ask", ROUTES + ERRORS, ids=lambda ask: ask.name)
async def test_the_answer_is_the_golden_one(ask: Ask, server: Server, stock: Stock) -> None:
    shots.compare(ask.name, await ask.send(server, stock.ids))


async def test_ready_once_a_worker_works(server: Server) -> None:
    async with server.working():
        bell = server.house.queue.bell()
        while (await server.house.health.checks())["workers"] != "ok":
            await bell.wait(1)
        answer = await server.client.get("/readyz")
    shots.compare("readyz", answer)


async def test_expired(server: Server, stock: Stock) -> None:
    server.clock.advance(25 * 3600)
    ask = Ask("error-video-expired", path="/v1/videos/{finished}/content")
    shots.compare(ask.name, await ask.send(server, stock.ids))


async def test_a_fault_of_the_server_tells_only_its_id(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Keys, key: str) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(Keys, "identify", broken)
    shots.compare("error-internal", await server.client.get("/v1/videos"))


async def test_a_fault_inside_a_route_tells_only_its_id(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(server.house.videos, "page", broken)
    shots.compare("error-internal", await server.client.get("/v1/videos"))


async def test_a_database_that_is_away(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise Unavailable("The database is busy; try again")

    monkeypatch.setattr(server.house.submissions, "submit", away)
    answer = await server.client.post("/v1/videos", json=SORA)
    shots.compare("error-unavailable", answer)
