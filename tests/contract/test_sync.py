"""A create that answers with the film: its ends, its wait, a caller who goes away."""

import asyncio
import json
from typing import Any

from tests.contract.harness import KEY, SORA, Server, Stock, running, settings_for

from filmgate.testing.clock import ManualClock

PATH = "/v1/videos/sync"


async def turned(server: Server, asking: "asyncio.Task[Any]") -> Any:
    """What was asked for, the service's one loop turning meanwhile."""
    async with asyncio.timeout(30):
        while not asking.done():
            await server.house.watches.run_once()
            await asyncio.sleep(0.005)
    return asking.result()


async def test_it_answers_with_the_film(bare: Server) -> None:
    async with bare.working():
        answer = await turned(bare, asyncio.create_task(bare.client.post(PATH, json=SORA)))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "video/mp4")
    assert b"ftyp" in answer.content[:12]
    video = await bare.seen(answer.headers["filmgate-video-id"])
    film = await bare.client.get(video["url"])
    assert film.content == answer.content


async def test_a_film_that_will_not_be_is_an_error_that_nobody_repeats(bare: Server) -> None:
    asking = asyncio.create_task(bare.client.post(PATH, json=SORA))
    found: list[dict[str, Any]] = []
    while not found:
        await asyncio.sleep(0.005)
        found = (await bare.client.get("/v1/videos")).json()["data"]
    await bare.client.post(f"/v1/videos/{found[0]['id']}/cancel")
    answer = await turned(bare, asking)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "video_failed")
    assert answer.headers["filmgate-video-id"] == found[0]["id"]


async def test_a_wait_that_is_over_leaves_the_video_in_line(stock: Stock, tmp_path: Any) -> None:
    settings = settings_for(stock.copied("bare", tmp_path / "data"), sync_wait_s=1)
    async with running(settings, stock.document, ManualClock()) as server:
        answer = await server.client.post(PATH, json=SORA)
        video = await server.seen(answer.headers["filmgate-video-id"])
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "video_not_ready")
    assert video["id"] in answer.json()["error"]["message"]
    assert video["status"] == "pending"


async def test_what_is_refused_is_refused_at_once(bare: Server) -> None:
    with bare.untouched():
        answer = await bare.client.post(PATH, json=SORA | {"duration": 61})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "duration")


async def test_one_key_makes_one_film(bare: Server) -> None:
    headers = {"idempotency-key": "k"}
    async with bare.working():
        first, second = [
            await turned(
                bare, asyncio.create_task(bare.client.post(PATH, json=SORA, headers=headers))
            )
            for _ in range(2)
        ]
    assert first.content == second.content
    assert second.headers["idempotent-replayed"] == "true"
    assert len((await bare.client.get("/v1/videos")).json()["data"]) == 1


async def test_a_caller_who_goes_away_leaves_the_video(bare: Server) -> None:
    body, gone = json.dumps(SORA).encode(), asyncio.Event()
    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if not sent:
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None: ...

    headers = [(b"host", b"filmgate.test"), (b"authorization", f"Bearer {KEY}".encode())]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": PATH,
        "query_string": b"",
        "scheme": "http",
        "headers": headers,
    }
    app: Any = bare.app
    asking: asyncio.Task[None] = asyncio.create_task(app(scope, receive, send))
    while not (await bare.client.get("/v1/videos")).json()["data"]:
        await asyncio.sleep(0.005)
    gone.set()
    async with asyncio.timeout(20):
        await asking
    (video,) = (await bare.client.get("/v1/videos")).json()["data"]
    assert video["status"] == "pending"
