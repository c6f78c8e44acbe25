"""Server-sent events: a video's and an account's, as a reader of the stream sees them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tests.contract.harness import KEY, OTHER_KEY, Server, Stock

from filmgate.api import events
from filmgate.errors import InvalidKey, RateLimitExceeded
from filmgate.services import watches


class Reader:
    """A caller that reads a stream as it comes, and may go away."""

    def __init__(self, server: Server, path: str, key: str, last: str | None) -> None:
        self._server = server
        self.status = 0
        self.text = ""
        self.ended = False
        self.gone = asyncio.Event()
        self._more = asyncio.Event()
        headers = [(b"host", b"filmgate.test"), (b"authorization", f"Bearer {key}".encode())]
        headers += [(b"last-event-id", last.encode())] if last is not None else []
        self.scope: dict[str, Any] = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "scheme": "http",
            "headers": headers,
        }
        self._asked = False

    async def receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
            return
        self.text += message["body"].decode()
        self.ended = not message.get("more_body", False)
        self._more.set()

    async def until(self, count: int) -> list[dict[str, Any]]:
        """The first `count` events, the service's one loop turning meanwhile."""
        async with asyncio.timeout(20):
            while len(self.events()) < count:
                await self._server.house.watches.run_once()
                await asyncio.sleep(0.005)
        return self.events()

    async def until_end(self) -> None:
        async with asyncio.timeout(20):
            while not self.ended:
                await self._server.house.watches.run_once()
                await asyncio.sleep(0.005)

    def events(self) -> list[dict[str, Any]]:
        """What was told: the data of each event, its id beside."""
        found = []
        for block in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "data" in lines:
                found.append({"event_id": lines.get("id"), **json.loads(lines["data"])})
        return found


@asynccontextmanager
async def reading(
    server: Server, path: str, key: str = KEY, last: str | None = None
) -> AsyncIterator[Reader]:
    reader = Reader(server, path, key, last)
    app: Any = server.app
    task: asyncio.Task[None] = asyncio.create_task(app(reader.scope, reader.receive, reader.send))
    try:
        yield reader
    finally:
        reader.gone.set()
        async with asyncio.timeout(20):
            await task


async def test_a_video_is_told_from_its_place_in_line_to_its_end(bare: Server) -> None:
    video = await bare.create()
    async with reading(bare, f"/v1/videos/{video['id']}/events") as stream:
        await stream.until(1)
        async with bare.working():
            await stream.until_end()
    told = stream.events()
    assert (stream.status, stream.headers[b"content-type"]) == (200, b"text/event-stream")
    assert (told[0]["status"], told[0]["queue"]["position"]) == ("pending", 1)
    assert told[-1]["status"] == "completed"
    assert told[-1]["url"]
    progress = [one["progress"] for one in told]
    assert progress == sorted(progress)
    assert {k: v for k, v in told[-1].items() if k != "event_id"} == await bare.seen(video["id"])


async def test_who_comes_back_to_an_ended_video_is_told_to_stop(
    server: Server, stock: Stock
) -> None:
    path = f"/v1/videos/{stock.ids['finished']}/events"
    first = await server.client.get(path)
    (id_,) = [line[4:] for line in first.text.splitlines() if line.startswith("id: ")]
    again = await server.client.get(path, headers={"last-event-id": id_})
    assert (again.status_code, again.content) == (204, b"")
    other = await server.client.get(path, headers={"last-event-id": "1-running-40"})
    assert other.text == first.text


async def test_a_running_video_that_was_told_already_is_not_told_again(
    server: Server, stock: Stock
) -> None:
    path = f"/v1/videos/{stock.ids['running']}/events"
    async with reading(server, path) as stream:
        (told,) = await stream.until(1)
    async with reading(server, path, last=told["event_id"]) as again:
        await server.client.post(f"/v1/videos/{stock.ids['running']}/cancel")
        await again.until_end()
    assert [one["status"] for one in again.events()] == ["failed"]


@pytest.mark.parametrize("path", ["/v1/videos/{foreign}/events", "/v1/videos/video_none/events"])
async def test_nobody_follows_what_is_not_theirs(server: Server, stock: Stock, path: str) -> None:
    answer = await server.client.get(path.format(**stock.ids))
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/v1/videos/{running}/events", "/v1/events"])
async def test_head_answers_and_ends(server: Server, stock: Stock, path: str) -> None:
    answer = await server.client.head(path.format(**stock.ids))
    assert answer.headers["content-type"] == "text/event-stream"
    assert "content-length" not in answer.headers


async def test_an_account_is_told_of_all_its_videos_and_of_no_other(bare: Server) -> None:
    async with reading(bare, "/v1/events") as mine, reading(bare, "/v1/events", OTHER_KEY) as other:
        while not mine.text or not other.text:
            await asyncio.sleep(0.005)
        one, two = await bare.create(), await bare.create()
        told = await mine.until(2)
        assert [video["id"] for video in told] == [one["id"], two["id"]]
        async with bare.working():
            await bare.ended(two["id"])
        while sum(video.get("status") == "completed" for video in mine.events()) < 2:
            await bare.house.watches.run_once()
            await asyncio.sleep(0.005)
        await bare.client.delete(f"/v1/videos/{one['id']}")
        async with asyncio.timeout(20):
            while mine.events()[-1]["object"] != "video.deleted":
                await bare.house.watches.run_once()
                await asyncio.sleep(0.005)
        assert other.events() == []
    ended = [one for one in mine.events() if one.get("status") == "completed"]
    assert {video["id"] for video in ended} == {one["id"], two["id"]}


async def test_a_stream_is_taken_up_where_it_broke_off(bare: Server) -> None:
    async with reading(bare, "/v1/events") as stream:
        while not stream.text:
            await asyncio.sleep(0.005)
        await bare.create()
        (told,) = await stream.until(1)
    missed = await bare.create()
    gone = await bare.create()
    await bare.client.delete(f"/v1/videos/{gone['id']}")
    async with reading(bare, "/v1/events", last=told["event_id"]) as again:
        found = await again.until(2)
    assert [one["id"] for one in found] == [missed["id"], gone["id"]]
    assert found[1]["object"] == "video.deleted"
    async with reading(bare, "/v1/events", last="999999") as ahead:
        while not ahead.text:
            await asyncio.sleep(0.005)
        later = await bare.create()
        assert [one["id"] for one in await ahead.until(1)] == [later["id"]]


async def test_changes_are_forgotten_after_a_day_but_counted_on(bare: Server) -> None:
    for _ in range(3):
        await bare.create()
    bare.clock.advance(86_400 + 1)
    assert await bare.house.watches.forget() == 2
    async with reading(bare, "/v1/events", last="0") as stream:
        await stream.until(1)
        await bare.create()
        told = await stream.until(2)
    ids = [int(one["event_id"]) for one in told]
    assert ids == sorted(set(ids))
    assert ids[0] >= 3


async def test_an_id_that_is_none_is_refused(bare: Server) -> None:
    answer = await bare.client.get("/v1/events", headers={"last-event-id": "yesterday"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "Last-Event-ID")


async def test_a_heart_beats_and_stops_with_the_key(
    bare: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.01)
    video = await bare.create()
    async with reading(bare, f"/v1/videos/{video['id']}/events") as stream:
        while stream.text.count("\n:\n") < 2:
            await asyncio.sleep(0.005)
        bare.clock.advance(1)

        async def nobody(_: str) -> None:
            raise InvalidKey("It is revoked")

        monkeypatch.setattr(bare.house.keys, "identify", nobody)
        async with asyncio.timeout(20):
            while not stream.ended:
                await asyncio.sleep(0.005)


async def test_a_stop_ends_every_stream(bare: Server) -> None:
    async with reading(bare, "/v1/events") as stream:
        while not stream.text:
            await asyncio.sleep(0.005)
        await bare.house.watches.end_all()
        async with asyncio.timeout(20):
            while not stream.ended:
                await asyncio.sleep(0.005)


async def test_who_leaves_is_forgotten(bare: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watches, "MOST", 1)
    caller = await bare.house.keys.identify(KEY)
    async with reading(bare, "/v1/events") as stream:
        while not stream.text:
            await asyncio.sleep(0.005)
        with pytest.raises(RateLimitExceeded):
            bare.house.watches.open(caller)
        assert (await bare.client.get("/v1/events")).status_code == 429
    bare.house.watches.close(bare.house.watches.open(caller))


async def test_a_reader_who_stands_still_holds_no_news(bare: Server) -> None:
    """However often a video moves on, what waits for a slow reader is one name."""
    caller = await bare.house.keys.identify(KEY)
    watch = bare.house.watches.open(caller)
    await bare.create()
    video = await bare.house.queue.claim("animatic", "worker_1")
    assert video is not None
    for progress in range(1, 50):
        await bare.house.queue.beat_all([(video, progress)])
        bare.clock.advance(1)
        await bare.house.watches.run_once()
    assert watch.take_stirred() == {video.id}
    (news,) = await bare.house.watches.news(caller, 0, {video.id})
    assert news.video is not None
    assert news.video.progress == 49
    bare.house.watches.close(watch)
