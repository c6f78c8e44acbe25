"""The routes of videos."""

import asyncio
import base64
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, Field
from starlette.responses import Response

from filmgate.api import content
from filmgate.api.answers import poll_after_ms, quote_object, video_object, video_of_account
from filmgate.api.ask import Ask
from filmgate.api.billing import parse_moment
from filmgate.api.dialects.choice import DIALECTS, dialect_of_headers, states
from filmgate.api.drafts import Follow, Reading
from filmgate.api.given import Narrowing
from filmgate.api.overviews import VideoOfAccount
from filmgate.api.reply import page_of
from filmgate.api.storyboard import storyboard
from filmgate.api.wire import Page, QuoteObject, VideoDeleted, VideoObject
from filmgate.domain.grid import grid_of
from filmgate.domain.source import Verb
from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video, VideoFilter
from filmgate.errors import BadRequest, InvalidParameter, NotFound
from filmgate.services.stills import Still
from filmgate.services.videos import FilmFile

MAX_INLINE = 64 << 20
"""Films that have more bytes together are answered as links, even if base64 was asked for."""
_INLINING = asyncio.Semaphore(2)


class CreateQuery(BaseModel):
    """How a create request is meant."""

    dry_run: bool = Field(default=False, description="check and price the request; nothing is made")


class VideosQuery(Narrowing):
    """Which videos."""

    after: str | None = Field(default=None, description="id of the last video seen")
    limit: int = Field(default=20, ge=1, le=100)
    order: Literal["asc", "desc"] = "desc"
    status: str | None = Field(default=None, description="a status word, either vocabulary")
    model: str | None = Field(default=None, description="a model id")
    user: str | None = Field(default=None, description="the `user` of the create request")
    search: str | None = Field(
        default=None,
        max_length=200,
        description="words of the prompt; a page of a search may be short, or empty, while "
        "`has_more` is true: go on after its `last_id`",
    )
    created_after: str | None = Field(
        default=None, max_length=40, description="2026-01-31, a time, or Unix seconds; UTC"
    )
    created_before: str | None = Field(
        default=None, max_length=40, description="the same; not counted in"
    )

    def to_filter(self, model: str | None) -> VideoFilter:
        """It in the words of the services; `model` is its id, not an alias."""
        return VideoFilter(
            limit=self.limit,
            newest_first=self.order == "desc",
            after=self.after,
            states=states(self.status) if self.status is not None else (),
            model=model,
            user=self.user,
            search=self.search,
            created_after=parse_moment("created_after", self.created_after),
            created_before=parse_moment("created_before", self.created_before),
        )


class AllVideosQuery(VideosQuery):
    """Which videos of whose."""

    account: str | None = Field(default=None, description="an account's id")


class FileQuery(BaseModel):
    """Which output, and how it is sent."""

    index: int = Field(default=0, description="which output of n")
    inline: bool = Field(default=False, description="show rather than save")
    width: int | None = Field(default=None, description="of a thumbnail, in pixels")
    at: Decimal | None = Field(default=None, description="moment of a thumbnail, in seconds")
    expires: str = Field(default="", description="of a signed link")
    signature: str = Field(default="", description="of a signed link")


class ContentQuery(FileQuery):
    """Which file."""

    variant: str = Field(
        default="video", description="video, thumbnail, spritesheet, storyboard or last_frame"
    )


async def create_video(ask: Ask) -> VideoObject | QuoteObject:
    """Check a request and put a durable video in line; answers at once.

    Takes JSON, multipart and urlencoded bodies in either vocabulary. With `dry_run=true` it
    answers a `video.quote`: what the video would be and cost. With `remixed_from_video_id` it is a
    remix.
    """
    return await _make(ask)


async def remix_video(ask: Ask) -> VideoObject | QuoteObject:
    """A new video from the request, seed and settings of a completed one, with another prompt."""
    return await _make(ask, Follow(Verb.REMIX, ask.path["video_id"]))


async def remix_named_video(ask: Ask) -> VideoObject | QuoteObject:
    """The same, with the id in the body."""
    return await _make(ask, Follow(Verb.REMIX))


async def edit_video(ask: Ask) -> VideoObject | QuoteObject:
    """A new video as long as `video` and built like it, changed as the prompt says."""
    return await _make(ask, Follow(Verb.EDIT))


async def extend_video(ask: Ask) -> VideoObject | QuoteObject:
    """One film: `video`, and `seconds` more of it. Only what is added is charged.

    `seconds` of the answer is the total. A film may be extended six times, to 120 s.
    """
    return await _make(ask, Follow(Verb.EXTEND))


async def _make(ask: Ask, follow: Follow | None = None) -> VideoObject | QuoteObject:
    """Put in line or quote what is asked for."""
    if not ask.query(CreateQuery).dry_run:
        return _with_poll(ask, *await place_order(ask, follow))
    reading = await _read_create(ask, follow)
    try:
        quote = await ask.parts.submissions.quote(ask.caller, reading.draft)
    except BadRequest as error:
        raise reading.respell(error) from error
    return quote_object(quote, DIALECTS[quote.dialect])


async def place_order(ask: Ask, follow: Follow | None = None) -> tuple[Video, Standing | None]:
    """Put in line what the body asks for, once for each `Idempotency-Key`."""
    key = ask.idempotency_key
    reading = await _read_create(ask, follow)
    try:
        if key is None:
            return await ask.parts.submissions.submit(ask.caller, reading.draft)
        made = await ask.parts.submissions.submit_once(ask.caller, reading.draft, key)
    except BadRequest as error:
        raise reading.respell(error) from error
    if made.replayed:
        ask.headers["idempotent-replayed"] = "true"
    return made.video, made.standing


async def _read_create(ask: Ask, follow: Follow | None) -> Reading:
    reading = await ask.read_fields(
        lambda fields: ask.parts.drafts.read(fields, ask.sent, follow), ask.parts.intake.max_body
    )
    ask.name_ignored(reading.ignored)
    return reading


async def list_videos(ask: Ask) -> Page[VideoObject]:
    """A page of your videos, newest first."""
    page = await ask.parts.videos.page(ask.caller, _filter_of(ask, ask.query(VideosQuery)))
    objects = [object_of(ask, video, standing) for video, standing in page.found]
    return page_of(objects, page.more, page.looked_to)


async def list_all_videos(ask: Ask) -> Page[VideoOfAccount]:
    """A page of everybody's videos, newest first, with whose each is and where it runs."""
    query = ask.query(AllVideosQuery)
    page = await ask.parts.videos.page_of_all(query.account, _filter_of(ask, query))
    objects = [video_of_account(object_of(ask, v, standing), v) for v, standing in page.found]
    return page_of(objects, page.more, page.looked_to)


def _filter_of(ask: Ask, query: VideosQuery) -> VideoFilter:
    """What is asked for, an alias of a model being the model."""
    model, catalogue = query.model, ask.parts.catalogue
    return query.to_filter(catalogue.get(model).id if model and model in catalogue else model)


async def retrieve_video(ask: Ask) -> VideoObject:
    """The video as it stands. A failed video is a 200 with its `error`."""
    video, standing = await ask.parts.videos.see(ask.caller, ask.path["video_id"])
    return _with_poll(ask, video, standing, await _inlined_films(ask, video))


async def delete_video(ask: Ask) -> VideoDeleted:
    """Remove a video for good."""
    video_id = ask.path["video_id"]
    await ask.parts.videos.delete(ask.caller, video_id)
    return {"id": video_id, "object": "video.deleted", "deleted": True}


async def cancel_video(ask: Ask) -> VideoObject:
    """The engine stops within one step; the video is `failed` with the code `cancelled`."""
    dialect_of_headers(ask.sent)  # a header that names no vocabulary must not cancel
    video = await ask.parts.videos.cancel(ask.caller, ask.path["video_id"])
    return _with_poll(ask, video, None)


async def fetch_content(ask: Ask) -> Response:
    """Authorised by your key, or by the signature of a link in `url`."""
    query = ask.query(ContentQuery)
    return await _send_file(ask, query.variant, query)


async def fetch_file(ask: Ask) -> Response:
    """Where the links of a video lead: `video.mp4` and the files of its stills.

    `storyboard.vtt` tells players what each tile of `spritesheet.jpg` shows. A thumbnail may be had
    at a `width` and `at` a moment.
    """
    query, file = ask.query(FileQuery), ask.path["file"]
    if file not in content.FILES:
        raise NotFound(f"A video has the files {', '.join(content.FILES)}, not '{file[:80]}'")
    return await _send_file(ask, content.FILES[file], query)


async def _send_file(ask: Ask, variant: str, query: FileQuery) -> Response:
    video_id, links, videos = ask.path["video_id"], ask.parts.links, ask.parts.videos
    if ask.known is not None and not links.good(video_id, query.expires, query.signature):
        video = await videos.get(ask.known, video_id)
    else:
        links.check(video_id, query.expires, query.signature)
        video = await videos.get_by_link(video_id)
    film = videos.film(video, variant, query.index)
    media_type, suffix = content.KINDS[variant]
    if variant == "storyboard":
        sheet = links.addresses(ask.base_url, video, query.index)("spritesheet.jpg")
        cues = storyboard(grid_of(video.request.shape), sheet)
        return Response(cues, media_type=media_type, headers=content.NO_STORE)
    wanted = _still_of(variant, query)
    if wanted is not None:
        return await _send_still(
            ask, film, wanted, content.name(video, variant, query.index, suffix), query
        )
    return await content.send(
        ask.parts.blobs,
        film.file,
        name=content.name(video, variant, query.index, suffix),
        media_type=media_type,
        request=ask.request,
        inline=query.inline,
        redirect=ask.parts.redirects,
    )


def _still_of(variant: str, query: FileQuery) -> Still | None:
    """The still that is to be made; None for a file that is there."""
    if variant == "last_frame":
        return Still(kind="png")
    if query.width is None and query.at is None:
        return None
    if variant != "thumbnail":
        raise InvalidParameter("width" if query.at is None else "at", "is of a thumbnail alone")
    return Still(width=query.width, at=None if query.at is None else Fraction(query.at))


async def _send_still(
    ask: Ask, film: FilmFile, wanted: Still, name: str, query: FileQuery
) -> Response:
    video, index = film.video, query.index
    clip = video.outputs[index].clip
    wanted.check(video.request.shape)
    headers = content.headers_of(wanted.etag(clip), name, inline=query.inline)
    if content.is_held(ask.request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    data = await ask.parts.stills.make(video.account_id, clip, wanted)
    return Response(data, media_type=f"image/{wanted.kind}", headers=headers)


def _with_poll(
    ask: Ask, video: Video, standing: Standing | None, films: list[str] | None = None
) -> VideoObject:
    """The object of a video, and in a header when to ask for it again."""
    poll = poll_after_ms(video, standing, ask.parts.clock.now())
    if poll is not None:
        ask.headers["openai-poll-after-ms"] = poll
    return object_of(ask, video, standing, films)


def object_of(
    ask: Ask, video: Video, standing: Standing | None, films: list[str] | None = None
) -> VideoObject:
    """A video in the words that this request is answered in."""
    return video_object(
        video,
        dialect=dialect_of_headers(ask.sent) or DIALECTS[video.dialect],
        links=ask.parts.links,
        base=ask.base_url,
        standing=standing,
        films=films,
    )


async def _inlined_films(ask: Ask, video: Video) -> list[str] | None:
    """The films of a completed video in base64, where its caller wanted them so."""
    wanted = video.request.response_format == "b64_json" and video.state is State.COMPLETED
    if not wanted or ask.parts.videos.expired(video):
        return None
    size = sum(output.clip.size for output in video.outputs)
    if size > MAX_INLINE or not ask.may_hold(size * 4 // 3):
        return None
    films = []
    try:
        async with _INLINING:
            for output in video.outputs:
                film = await ask.parts.blobs.get(output.clip.key)
                films.append((await asyncio.to_thread(base64.b64encode, film)).decode())
    except NotFound:
        return None
    return films
