"""Doors that real clients come by: pages of other origins, HEAD, slashes, health checks."""

import asyncio
import re

import pytest
from tests.contract.harness import SORA, Server, Stock

from filmgate.api.routes import ROUTES
from filmgate.api.routing import Route

ORIGIN = {"origin": "https://app.example"}
HOLES = {"{file}": "video.mp4", "{model_id:path}": "sora-2"}
ENDLESS = "/v1/events"
"""The stream of an account never ends by itself."""


def path_of(route: Route) -> str:
    path = route.path
    for hole, word in HOLES.items():
        path = path.replace(hole, word)
    return re.sub(r"{\w+}", "x", path)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.handler.__name__)
async def test_a_preflight_needs_no_key(steady: Server, route: Route) -> None:
    asked = ORIGIN | {
        "access-control-request-method": route.method,
        "access-control-request-headers": "authorization,x-stainless-os",
    }
    async with steady.caller() as nobody:
        answer = await nobody.options(path_of(route), headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "authorization,x-stainless-os"
    assert route.method in answer.headers["access-control-allow-methods"]


async def test_every_answer_may_be_read_by_a_page(steady: Server, stock: Stock) -> None:
    film = (await steady.seen(stock.ids["finished"]))["url"]
    async with steady.caller(ORIGIN) as page:
        answers = [await page.get(path) for path in (film, "/v1/videos", "/nothing", "/healthz")]
    assert [answer.status_code for answer in answers] == [200, 401, 401, 200]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "x-request-id" in answer.headers["access-control-expose-headers"]
        assert answer.headers["keep-alive"] == "timeout=75"


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if route.method == "GET" and route.path != ENDLESS],
    ids=lambda route: route.path,
)
async def test_head_answers_wherever_get_does(steady: Server, route: Route) -> None:
    got, head = [await steady.client.request(m, path_of(route)) for m in ("GET", "HEAD")]
    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]


async def test_head_of_a_stream_that_never_ends_does_not_wait(steady: Server) -> None:
    async with asyncio.timeout(10):
        head = await steady.client.head(ENDLESS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize("path", ["/v1/videos/", "//v1//videos", "/videos/", "/openai/v1/videos/"])
async def test_slashes_more_or_less_are_one_path(steady: Server, path: str) -> None:
    assert (await steady.client.get(path + "?limit=1")).json()["object"] == "list"
    quote = await steady.client.post(path + "?dry_run=1", json=SORA)
    assert quote.json()["object"] == "video.quote"


async def test_health_has_the_name_that_balancers_ask(steady: Server) -> None:
    async with steady.caller() as nobody:
        assert (await nobody.get("/health")).json()["status"] == "ok"


async def test_what_has_no_effect_is_named(steady: Server) -> None:
    sent = SORA | {"resolution_name": "x", "préset": 1}
    answer = await steady.client.post("/v1/videos?dry_run=1", json=sent)
    assert answer.headers["filmgate-ignored"] == "resolution_name, pr%C3%A9set"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
