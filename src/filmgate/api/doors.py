"""Neighbours' doors: their paths and words, from tables, to the verbs that we have."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from string import Template
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response

from filmgate.api import content, errors
from filmgate.api.ask import Ask
from filmgate.api.dialects.choice import MODULES
from filmgate.api.dialects.door import MANY, Entry, Neighbour, Shape, Verb
from filmgate.api.drafts import DraftReader, Reading
from filmgate.api.forms import Fields
from filmgate.api.reply import reply
from filmgate.api.routing import Handler, Route
from filmgate.api.videos import VideosQuery
from filmgate.domain import money
from filmgate.domain.account import Scope
from filmgate.domain.states import Failure, State
from filmgate.domain.video import Standing, Video, VideoFilter
from filmgate.errors import BadRequest, FilmgateError, InvalidParameter, VideoNotFound

DOORS: tuple[Neighbour, ...] = tuple(module.DOOR for module in MODULES if hasattr(module, "DOOR"))
"""Every door whose file is there."""

Facts = dict[str, Any]
_READS: frozenset[Verb] = frozenset({"see", "film", "list", "content"})
_GENERATION = "gen_"


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
    said = {"code": error.code, "message": error.message, "http_status": plain.status_code}
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
    return _say(ask, door, entry, video, standing)


async def _see(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    return _say(ask, door, entry, *await ask.parts.videos.see(ask.caller, ask.path["video_id"]))


async def _film(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    video = await ask.parts.videos.get(ask.caller, ask.path["video_id"])
    ask.parts.videos.film(video, "video", 0)  # or the error that says why there is none
    return _say(ask, door, entry, video, None)


async def _list(ask: Ask, door: Neighbour, entry: Entry) -> Response:
    query = ask.query(VideosQuery)
    wanted = VideoFilter(limit=query.limit, after=query.after, newest_first=query.order == "desc")
    page = await ask.parts.videos.page(ask.caller, wanted)
    many = [fill(door.video, facts(ask, door, *one)) for one in page.found]
    return reply(fill(entry.shape or {}, {"many": many, "more": page.more}), headers=ask.headers)


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
    "list": _list,
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
    """The video and the output that a path names: `gen_HEX_1` is the second one of `video_HEX`.

    Raises:
        VideoNotFound: it names none.
    """
    stem, number = path.get("video_id", ""), index
    if "generation_id" in path:
        stem, _, number = path["generation_id"].removeprefix(_GENERATION).rpartition("_")
        stem = f"video_{stem}"
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise VideoNotFound("There is no such output")
    return stem, int(number)


def _say(
    ask: Ask, door: Neighbour, entry: Entry, video: Video, standing: Standing | None
) -> Response:
    said = facts(ask, door, video, standing)
    shape = door.video if entry.shape is None else entry.shape
    return reply(fill(shape, said), status=entry.status, headers=ask.headers)


def facts(ask: Ask, door: Neighbour, video: Video, standing: Standing | None) -> Facts:
    """What a shape can say of a video."""
    request, shape = video.request, video.request.shape
    seconds = shape.duration_ms / 1000
    problem, done = video.problem, video.state is State.COMPLETED
    cancelled = problem is not None and problem.code == Failure.CANCELLED
    outputs = list(_outputs(ask, video))
    urls = [output["output_url"] for output in outputs]
    return {
        "id": video.id,
        "base": ask.base_url,
        "owner": ask.path.get("owner", ""),
        "asked": ask.path.get("model", request.model),
        "status": door.cancelled if cancelled else door.statuses[video.state],
        "told": door.told.get(video.state),
        "progress": video.progress,
        "model": request.model,
        "prompt": request.prompt,
        "seconds": int(seconds) if seconds.is_integer() else seconds,
        "width": shape.width,
        "height": shape.height,
        "fps": shape.fps,
        "seed": request.seed,
        "n": request.n,
        "ahead": standing.position - 1 if standing else None,
        "failure": problem.message if problem else None,
        "failure_text": problem.message if problem else "",
        "failure_code": problem.code if problem else None,
        "url": urls[0] if urls else None,
        "url_or_urls": (urls if len(urls) > 1 else urls[0]) if urls else None,
        "bytes": video.outputs[0].clip.size if outputs else None,
        "cost": float(money.usd(video.charge)) if done else None,
        "outputs": outputs,
        **_times(video, done=done),
    }


def _times(video: Video, *, done: bool) -> Facts:
    started, ended = video.started_at, video.completed_at
    return {
        "created": int(video.created_at),
        "created_iso": _iso(video.created_at),
        "started_iso": _iso(started),
        "started_or_0": int(started or 0),
        "ended": None if ended is None else int(ended),
        "ended_iso": _iso(ended),
        "ended_or_0": int(ended or 0),
        "took_s": round(ended - started, 3) if done and ended and started else None,
        "expires": int(video.expires_at or 0),
        "films_until": int(video.expires_at or 0) if done else None,
    }


def _outputs(ask: Ask, video: Video) -> Iterator[Facts]:
    stem = video.id.removeprefix("video_")
    for output in video.outputs:
        yield {
            "index": output.index,
            "generation_id": f"{_GENERATION}{stem}_{output.index}",
            "output_url": ask.parts.links.addresses(ask.base_url, video, output.index)("video.mp4"),
        }


def _iso(moment: float | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")


def fill(shape: Any, said: Facts) -> Any:
    """A shape with its holes filled."""
    match shape:
        case dict():
            return _fill_keys(shape, said)
        case [word] if word == MANY:
            return said["many"]
        case [one]:
            return [fill(one, said | output) for output in said["outputs"]]
        case str():
            return _fill_text(shape, said)
        case _:
            return shape


def _fill_keys(shape: Shape, said: Facts) -> Facts:
    filled = {name: fill(inner, said) for name, inner in shape.items()}
    return {
        name.removeprefix("?"): value
        for name, value in filled.items()
        if not name.startswith("?") or value not in (None, {}, [])
    }


def _fill_text(text: str, said: Facts) -> Any:
    """A fact of its own type where the text is its name alone; else text."""
    if text[:1] == "$" and text[1:] in said:
        return said[text[1:]]
    return Template(text).substitute(said) if "$" in text else text
