"""The routes of videos."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from filmgate.api import body, content
from filmgate.api.answers import poll_after_ms, quote_object, reply, video_object
from filmgate.api.dialects.base import Dialect
from filmgate.api.dialects.choice import DIALECTS, forced, states
from filmgate.api.docs import CREATE_BODY, answers
from filmgate.api.drafts import Reading
from filmgate.api.parts import Parts, base_url, caller
from filmgate.api.schemas import Quote, VideoDeleted, VideoList
from filmgate.api.schemas import Video as VideoSchema
from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video, VideoFilter
from filmgate.errors import BadRequest, InvalidParameter, NotFound

MAX_INLINE = 64 << 20
"""Films that have more bytes together are answered as links, even if base64 was asked for."""
_INLINING = asyncio.Semaphore(2)

VideoId = Annotated[str, Path(description="a video's id")]


def status(parts: Parts) -> Callable[[Request, str], Awaitable[Response]]:
    """The handler of a status read by itself: most requests are one, and skip the routing."""
    return _Routes(parts).retrieve


def router(parts: Parts) -> APIRouter:
    """The routes, on these parts."""
    routes = _Routes(parts)
    api = APIRouter(prefix="/v1/videos", tags=["videos"])
    api.add_api_route(
        "/{video_id}",
        routes.retrieve,
        operation_id="retrieve_video",
        methods=["GET"],
        summary="See how a video goes",
        response_model=None,
        responses=answers(VideoSchema, 400, 404),
    )
    api.add_api_route(
        "",
        routes.create,
        operation_id="create_video",
        methods=["POST"],
        summary="Ask for a video",
        response_model=None,
        responses=answers(VideoSchema | Quote, 400, 402, 413, 415, 429, 503),
        openapi_extra=CREATE_BODY,
    )
    api.add_api_route(
        "",
        routes.page,
        operation_id="list_videos",
        methods=["GET"],
        summary="List your videos",
        response_model=None,
        responses=answers(VideoList, 400),
    )
    api.add_api_route(
        "/{video_id}",
        routes.delete,
        operation_id="delete_video",
        methods=["DELETE"],
        summary="Delete a video and its files; a running one is cancelled first",
        response_model=None,
        responses=answers(VideoDeleted, 404),
    )
    api.add_api_route(
        "/{video_id}/cancel",
        routes.cancel,
        operation_id="cancel_video",
        methods=["POST"],
        summary="Cancel a video that has not ended",
        response_model=None,
        responses=answers(VideoSchema, 400, 404),
    )
    for method, operation_id in (("GET", "fetch_content"), ("HEAD", "measure_content")):
        api.add_api_route(
            "/{video_id}/content",
            routes.content,
            operation_id=operation_id,
            methods=[method],
            summary="Fetch a film or one of its stills",
            response_model=None,
            responses=content.responses() | answers(None, 400, 404, 410, 416),
        )
    return api


class _Routes:
    """One method a route: read the request, call the service, say the answer."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def create(self, request: Request) -> Response:
        """Check a request and put a durable video in line; answers at once.

        Takes JSON, multipart and urlencoded bodies in either vocabulary. With `dry_run=true` it
        answers a `video.quote`: what the video would be and cost.
        """
        dry, key = _dry_run(request), _idempotency_key(request.headers)
        given = await body.read(request, self._parts.max_body)
        reading = self._parts.drafts.read(given, request.headers)
        try:
            if dry:
                return await self._quoted(request, reading)
            return await self._created(request, reading, key)
        except BadRequest as error:
            raise reading.spelled(error) from error

    async def _quoted(self, request: Request, reading: Reading) -> Response:
        quote = await self._parts.videos.quote(caller(request), reading.draft)
        return reply(quote_object(quote, DIALECTS[reading.draft.dialect]))

    async def _created(self, request: Request, reading: Reading, key: str | None) -> Response:
        who = caller(request)
        if key is None:
            video, standing = await self._parts.videos.submit(who, reading.draft)
            return self._answer(request, video, standing)
        made = await self._parts.videos.submit_once(who, reading.draft, key)
        answer = self._answer(request, made.video, made.standing)
        if made.replayed:
            answer.headers["idempotent-replayed"] = "true"
        return answer

    async def page(
        self,
        request: Request,
        after: Annotated[str | None, Query(description="id of the last video seen")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        order: Literal["asc", "desc"] = "desc",
        status: Annotated[str | None, Query(description="a status word, either vocabulary")] = None,
        model: str | None = None,
        user: str | None = None,
    ) -> Response:
        """A page of your videos, newest first."""
        wanted = VideoFilter(
            limit=limit,
            newest_first=order == "desc",
            after=after,
            states=states(status) if status is not None else (),
            model=model,
            user=user,
        )
        videos, more = await self._parts.videos.page(caller(request), wanted)
        items = [await self._item(request, video) for video in videos]
        return reply(_page(items, more))

    async def retrieve(self, request: Request, video_id: VideoId) -> Response:
        """The video as it stands. A failed video is a 200 with its `error`."""
        video = await self._parts.videos.get(caller(request), video_id)
        standing = await self._parts.videos.standing(video)
        films = await self._films(video)
        return self._answer(request, video, standing, films)

    async def delete(self, request: Request, video_id: VideoId) -> Response:
        """Remove a video for good."""
        await self._parts.videos.delete(caller(request), video_id)
        return reply({"id": video_id, "object": "video.deleted", "deleted": True})

    async def cancel(self, request: Request, video_id: VideoId) -> Response:
        """The engine stops within one step; the video is `failed` with the code `cancelled`."""
        forced(request.headers)  # a header that names no vocabulary must not cancel
        video = await self._parts.videos.cancel(caller(request), video_id)
        return self._answer(request, video, None)

    async def content(
        self,
        request: Request,
        video_id: VideoId,
        variant: Annotated[str, Query(description="video, thumbnail or spritesheet")] = "video",
        index: Annotated[int, Query(description="which output of n")] = 0,
        inline: Annotated[bool, Query(description="show rather than save")] = False,
        expires: Annotated[str, Query(description="of a signed link")] = "",
        signature: Annotated[str, Query(description="of a signed link")] = "",
    ) -> Response:
        """Authorised by your key, or by the signature of a link in `url`."""
        video = await self._permitted(request, video_id, expires, signature)
        film = self._parts.videos.film(video, variant, index)
        media_type, suffix = content.KINDS[variant]
        return await content.send(
            self._parts.blobs,
            film.file,
            name=content.name(video, variant, index, suffix),
            media_type=media_type,
            request=request,
            inline=inline,
            redirect=self._parts.redirects,
        )

    async def _permitted(
        self, request: Request, video_id: str, expires: str, signature: str
    ) -> Video:
        known = request.scope["state"].get("caller") is not None
        if known and not self._parts.links.good(video_id, expires, signature):
            return await self._parts.videos.get(caller(request), video_id)
        self._parts.links.check(video_id, expires, signature)
        return await self._parts.videos.get_by_link(video_id)

    def _answer(
        self,
        request: Request,
        video: Video,
        standing: Standing | None,
        films: list[str] | None = None,
    ) -> Response:
        poll = poll_after_ms(video, standing, self._parts.clock.now())
        headers = {"openai-poll-after-ms": poll} if poll else None
        return reply(self._object(request, video, standing, films), headers=headers)

    async def _item(self, request: Request, video: Video) -> dict[str, Any]:
        return self._object(request, video, await self._parts.videos.standing(video))

    def _object(
        self,
        request: Request,
        video: Video,
        standing: Standing | None,
        films: list[str] | None = None,
    ) -> dict[str, Any]:
        return video_object(
            video,
            dialect=_dialect(request.headers, video),
            links=self._parts.links,
            base=base_url(request, self._parts.public_url),
            standing=standing,
            films=films,
        )

    async def _films(self, video: Video) -> list[str] | None:
        """The films of a completed video in base64, where its caller wanted them so."""
        wanted = video.request.response_format == "b64_json" and video.state is State.COMPLETED
        if not wanted or self._parts.videos.expired(video):
            return None
        if sum(output.clip.size for output in video.outputs) > MAX_INLINE:
            return None
        try:
            async with _INLINING:
                return [await self._inlined(output.clip.key) for output in video.outputs]
        except NotFound:
            return None

    async def _inlined(self, key: str) -> str:
        film = await self._parts.blobs.get(key)
        return (await asyncio.to_thread(base64.b64encode, film)).decode()


def _dry_run(request: Request) -> bool:
    word = request.query_params.get("dry_run", "").lower()
    if word not in _WORDS:
        raise InvalidParameter("dry_run", "must be true or false")
    return _WORDS[word]


_WORDS = {"": False, "false": False, "0": False, "true": True, "1": True}


def _idempotency_key(headers: Headers) -> str | None:
    key = headers.get("idempotency-key")
    if key is not None and not (0 < len(key) <= 255 and key.isascii() and key.isprintable()):
        raise InvalidParameter("Idempotency-Key", "must be 1 to 255 printable characters")
    return key


def _dialect(headers: Headers, video: Video) -> Dialect:
    return forced(headers) or DIALECTS[video.dialect]


def _page(items: list[dict[str, Any]], more: bool) -> dict[str, Any]:
    return {
        "object": "list",
        "data": items,
        "first_id": items[0]["id"] if items else None,
        "last_id": items[-1]["id"] if items else None,
        "has_more": more,
    }
