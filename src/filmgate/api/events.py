"""Server-sent events: a video's, and all of an account's, for as long as somebody reads."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from functools import partial
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from filmgate.api.ask import Ask
from filmgate.api.front import given_key
from filmgate.api.videos import object_of
from filmgate.api.wire import VideoDeleted, VideoObject
from filmgate.domain.change import News
from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video
from filmgate.errors import FilmgateError, InvalidParameter
from filmgate.services.watches import Follower, Watches

Events = AsyncGenerator[bytes, None]
Say = Callable[[Video, Standing | None], Mapping[str, Any]]
"""How a video stands, as an object of JSON."""

MEDIA = "text/event-stream"
HEARTBEAT_S = 15.0
_HEADERS = {
    "cache-control": "no-store",
    "x-accel-buffering": "no",  # nginx would keep the events until there are many
    "x-content-type-options": "nosniff",
}
_HEARTBEAT = b":\n\n"
_BEGIN = b"retry: 2000\n\n"
"""How many ms a browser waits before it comes back."""
_SEQ = re.compile(r"\d{1,18}", re.ASCII)


async def follow_video(ask: Ask) -> Response:
    """The video now and on every change, as `data` of server-sent events; ends when it has ended.

    A comment comes every 15 s. Who comes back with the `Last-Event-ID` of an ended video gets 204,
    at which browsers stop asking.
    """
    return await stream_video(ask, partial(object_of, ask))


async def stream_video(ask: Ask, say: Say) -> Response:
    """The same of the video in the path, in other words."""
    watches, seen = ask.parts.watches, ask.sent.get("last-event-id")
    video, _ = await ask.parts.videos.see(ask.caller, ask.path["video_id"])
    if video.state.final and seen == _version(video):
        return Response(status_code=204)
    watch = watches.open(ask.caller, video.id)
    return Stream(watches, watch, _tell_video(ask, watch, say, seen))


async def follow_account(ask: Ask) -> Response:
    """Each of your videos whenever it changes, as `data` of server-sent events, without an end.

    A deleted one is told as what DELETE answers. `Last-Event-ID` takes up where a stream broke off,
    for a day; without it news begin now. Of several changes of one video that come together only
    how it stands then is told.
    """
    watches, seen = ask.parts.watches, ask.sent.get("last-event-id")
    if seen and not _SEQ.fullmatch(seen):
        raise InvalidParameter("Last-Event-ID", "must be the id of an event of this stream")
    head = await watches.head(ask.caller)
    watch = watches.open(ask.caller)
    return Stream(watches, watch, _tell_account(ask, watch, min(int(seen), head) if seen else head))


class Stream(Response):
    """An answer that goes on: until its events end, the caller goes, or the process stops."""

    def __init__(self, watches: Watches, watch: Follower, events: Events) -> None:
        super().__init__(headers={"content-type": MEDIA, **_HEADERS})
        del self.headers["content-length"]
        self._watches = watches
        self._watch = watch
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events as they come."""
        start = {"status": self.status_code, "headers": self.raw_headers}
        try:
            await send({"type": "http.response.start", **start})
            if scope["method"] != "HEAD":
                with ended_by_departure(self._watch, receive):
                    async with aclosing(self._events):
                        async for event in self._events:
                            await send(_body(event, more=True))
            await send(_body(b"", more=False))
        finally:
            self._watches.close(self._watch)


def _body(data: bytes, *, more: bool) -> dict[str, object]:
    return {"type": "http.response.body", "body": data, "more_body": more}


@contextmanager
def ended_by_departure(watch: Follower, receive: Receive) -> Iterator[None]:
    """Within the block the watch ends as soon as the caller has gone."""

    async def notice() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        watch.end()

    noticing = asyncio.create_task(notice(), name="notice departure")
    try:
        yield
    finally:
        noticing.cancel()


async def _tell_video(ask: Ask, watch: Follower, say: Say, seen: str | None) -> Events:
    yield _BEGIN
    told: Mapping[str, Any] | None = None
    while not watch.has_ended:
        try:
            video, standing = await ask.parts.videos.see(ask.caller, ask.path["video_id"])
        except FilmgateError:
            return  # deleted, or the database is away: who comes back is told
        now = say(video, standing)
        if told is None and seen == _version(video):
            told = now
        if now != told:
            told = now
            yield _event(now, _version(video))
        if video.state.final:
            return
        async for beat in _until_news(ask, watch):
            yield beat
            if video.state is State.QUEUED:
                break  # its place in the line moves with others, who do not tell it


async def _tell_account(ask: Ask, watch: Follower, seq: int) -> Events:
    yield _BEGIN
    while not watch.has_ended:
        try:
            news = await ask.parts.watches.news(ask.caller, seq, watch.take_stirred())
        except FilmgateError:
            return
        for one in news:
            seq = max(seq, one.seq or 0)
            yield _event(_object_of_news(ask, one), None if one.seq is None else str(one.seq))
        if not any(one.seq for one in news):
            async for beat in _until_news(ask, watch):
                yield beat


async def _until_news(ask: Ask, watch: Follower) -> Events:
    """Heartbeats until there may be news. A watch ends with the key that opened it."""
    while not await watch.wait(HEARTBEAT_S) and not watch.has_ended:
        try:
            await ask.parts.keys.identify(given_key(ask.sent) or "")
        except FilmgateError:
            watch.end()
        yield _HEARTBEAT


def _object_of_news(ask: Ask, news: News) -> VideoObject | VideoDeleted:
    if news.video is None:
        return {"id": news.video_id, "object": "video.deleted", "deleted": True}
    return object_of(ask, news.video, news.standing)


def _version(video: Video) -> str:
    """What tells one state of a video from another: which attempt it is, and how far."""
    return f"{video.token}-{video.state}-{video.progress}"


def _event(data: Mapping[str, Any], id_: str | None) -> bytes:
    named = b"" if id_ is None else f"id: {id_}\n".encode()
    return named + b"data: " + to_json(data) + b"\n\n"
