"""Neighbours' doors: their paths and words, from tables, to the verbs that we have."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from starlette.datastructures import Headers
from starlette.responses import Response

from filmgate.api import content, errors
from filmgate.api.ask import Ask
from filmgate.api.dialects.choice import MODULES
from filmgate.api.dialects.door import Entry, Neighbour, Verb
from filmgate.api.doorfacts import facts_of_model, facts_of_video
from filmgate.api.drafts import DraftReader, Reading
from filmgate.api.events import stream_video
from filmgate.api.forms import Fields
from filmgate.api.reply import reply
from filmgate.api.routing import Handler, Route
from filmgate.api.shapes import Facts, fill
from filmgate.api.sync import wait_until_ended
from filmgate.api.videos import VideosQuery
from filmgate.domain.account import Scope
from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video, VideoFilter
from filmgate.errors import (
    BadRequest,
    FilmgateError,
    InvalidParameter,
    LimitReached,
    VideoNotFound,
    VideoNotReady,
)

DOORS: tuple[Neighbour, ...] = tuple(module.DOOR for module in MODULES if hasattr(module, "DOOR"))
"""Every door whose file is there."""

_READS: frozenset[Verb] = frozenset(
    {"see", "film", "output", "list", "models", "stream", "content"}
)
_PREFERRED = re.compile(r"(?:^|[,;\s])wait(?:=(\d{1,4}))?(?:$|[,;\s])", re.ASCII)
_MOST_WAIT_S = 60.0
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)s\s*", re.ASCII)
"""`"5s"` is five seconds to the clients of some neighbours, and to nobody else."""


def routes(doors: tuple[Neighbour, ...] = DOORS) -> Iterator[Route]:
    """The rows of all doors. They are not in the OpenAPI document, which is of our own words."""
    for door in doors:
        for entry in door.entries:
            scope = Scope.VIDEOS_READ if entry.verb in _READS else Scope.VIDEOS_WRITE
            yield Route(entry.method, entry.path, _handler(door, entry), scope, door.about)


def _handler(door: Neighbour, entry: Entry) -> Handler:
    verb = _VERBS[entry.verb]

    async def answer(ask: Ask) -> Response:
        try:
            return await verb(ask, door, entry)
        except FilmgateError as error:
            return say_error(door, error)

    return answer


def say_error(door: Neighbour, error: FilmgateError) -> Response:
    """An error in the shape of a door; status and headers are those that it has elsewhere."""
    plain = errors.from_filmgate(error)
    unready = door.unready if isinstance(error, VideoNotReady) else None
    said = {
        "code": error.code,
        "message": unready or error.message,
        "http_status": plain.status_code,
    }
    if plain.status_code >= 500:
        return plain
    headers = {name: plain.headers[name] for name in ("retry-after",) if name in plain.headers}
    return reply(fill(door.error, said), status=plain.status_code, headers=headers)


async def _create(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    given = {name: ask.path[name] for name in ("model",) if name in ask.path}
    read = partial(read_fields, door, ask.parts.drafts, given, ask.sent)
    reading = await ask.read_fields(read, ask.parts.intake.max_body)
    ask.name_ignored(reading.ignored)
    try:
        video, standing = await ask.parts.submissions.submit(ask.caller, reading.draft)
    except BadRequest as error:
        raise respell(door, reading.respell(error)) from error
    if entry.waits:
        video = await _wait_as_preferred(ask, video)
    said = facts_of_video(ask, door, video, None if video.state.final else standing)
    if not video.state.final:  # clients take any other word for an end, or do not know it yet
        said["status"] = door.statuses[State.QUEUED]
    return _fill(ask, door, entry, said)


async def _wait_as_preferred(ask: Ask, video: Video) -> Video:
    """The video once it has ended, if its caller prefers to wait for that; else as it is."""
    preferred = _PREFERRED.search(ask.sent.get("prefer", ""))
    if preferred is None:
        return video
    most_s = min(float(preferred[1] or _MOST_WAIT_S), _MOST_WAIT_S, ask.parts.sync_wait_s)
    with suppress(LimitReached):  # a preference may be passed over
        watch = ask.parts.watches.open(ask.caller, video.id)
        try:
            now = await ask.parts.videos.get(ask.caller, video.id)
            return await wait_until_ended(ask, watch, now, most_s)
        finally:
            ask.parts.watches.close(watch)
    return video


async def _see(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    return _say(ask, door, entry, *await ask.parts.videos.see(ask.caller, ask.path["video_id"]))


async def _film(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    video = await ask.parts.videos.get(ask.caller, ask.path["video_id"])
    ask.parts.videos.film(video, "video", 0)  # or the error that says why there is none
    return _say(ask, door, entry, video, None)


async def _output(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    video_id, index = output_of(ask.path, "0")
    said = facts_of_video(ask, door, await ask.parts.videos.get(ask.caller, video_id), None)
    if index >= len(said["outputs"]):
        raise VideoNotFound("There is no such output")
    return _fill(ask, door, entry, said | said["outputs"][index])


async def _models(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    percent = ask.caller.price_percent
    cards = [card.at_percent(percent) for card in ask.parts.catalogue]
    many = [fill(door.model, facts_of_model(card)) for card in cards]
    return _fill(ask, door, entry, {"many": many})


async def _stream(ask: Ask, door: Neighbour, _: Entry) -> Response:
    return await stream_video(ask, lambda *seen: fill(door.video, facts_of_video(ask, door, *seen)))


async def _list(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    query = ask.query(VideosQuery)
    wanted = VideoFilter(limit=query.limit, after=query.after, newest_first=query.order == "desc")
    page = await ask.parts.videos.page(ask.caller, wanted)
    many = [fill(door.video, facts_of_video(ask, door, *one)) for one in page.found]
    return _fill(ask, door, entry, {"many": many, "more": page.more})


async def _cancel(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    video = await ask.parts.videos.cancel(ask.caller, ask.path["video_id"])
    return _say(ask, door, entry, video, None)


async def _delete(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    await ask.parts.videos.delete(ask.caller, ask.path["video_id"])
    return Response(status_code=entry.status)


async def _content(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    video_id, index = output_of(ask.path, ask.request.query_params.get("index", "0"))
    video = await ask.parts.videos.get(ask.caller, video_id)
    media_type, suffix = content.KINDS[entry.variant]
    return await content.send(
        ask.parts.blobs,
        ask.parts.videos.film(video, entry.variant, index).file,
        name=content.name(video, entry.variant, index, suffix),
        media_type=media_type,
        request=ask.request,
        inline=False,
        redirect=ask.parts.redirects,
    )


_VERBS: Mapping[Verb, Callable[[Ask, Neighbour, Entry], Awaitable[Response]]] = {
    "create": _create,
    "see": _see,
    "film": _film,
    "output": _output,
    "list": _list,
    "models": _models,
    "stream": _stream,
    "cancel": _cancel,
    "delete": _delete,
    "content": _content,
}


def read_fields(
    door: Neighbour, drafts: DraftReader, given: Mapping[str, str], headers: Headers, fields: Fields
) -> Reading:
    """The draft that a body asks for, in the words of a door.

    Raises:
        BadRequest: it cannot be read; names the field as the door does.
    """
    said = dict(fields)
    inner = said.pop(door.within, None) if door.within else None
    if inner is not None and not isinstance(inner, dict):
        raise InvalidParameter(door.within or "", "must be an object")
    ours = {door.fields.get(name, name): value for name, value in (said | (inner or {})).items()}
    for name in ("seconds", "duration"):
        if isinstance(ours.get(name), str) and (length := _LENGTH.fullmatch(ours[name])):
            ours[name] = length[1]
    try:
        return drafts.read({**ours, **given}, headers)
    except BadRequest as error:
        raise respell(door, error) from error


def respell(door: Neighbour, error: BadRequest) -> BadRequest:
    """The same error with the door's own name for the field."""
    theirs = {ours: name for name, ours in door.fields.items()}
    if isinstance(error, InvalidParameter) and error.param in theirs:
        return error.with_spelling(theirs[error.param])
    return error


def output_of(path: Mapping[str, str], index: str) -> tuple[str, int]:
    """The video and the output that a path names: `HEX_1` is the second one of `video_HEX`.

    Raises:
        VideoNotFound: it names none.
    """
    stem, number = path.get("video_id", ""), index
    if "generation_id" in path:
        stem, _, number = path["generation_id"].rpartition("_")
        stem = f"video_{stem}"
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise VideoNotFound("There is no such output")
    return stem, int(number)


def _say(
    ask: Ask, door: Neighbour, entry: Entry, video: Video, standing: Standing | None
) -> Response:
    return _fill(ask, door, entry, facts_of_video(ask, door, video, standing))


def _fill(ask: Ask, door: Neighbour, entry: Entry, said: Facts) -> Response:
    shape = door.video if entry.shape is None else entry.shape
    headers = ask.headers | (fill(door.headers, said) if "id" in said else {})
    return reply(fill(shape, said), status=entry.status, headers=headers)
