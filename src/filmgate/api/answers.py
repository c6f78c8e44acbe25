"""Videos to answers: the one object shape, whatever the vocabulary."""

from collections.abc import Callable
from typing import Any, cast

from filmgate.api.dialects.base import Dialect
from filmgate.api.links import Links
from filmgate.api.wire import (
    FilmOfOutput,
    OutputObject,
    OwnKeys,
    ProblemObject,
    QueueObject,
    QuoteObject,
    VideoObject,
    VideoUsage,
)
from filmgate.domain import money
from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video
from filmgate.services.submissions import Quote


def video_object(
    video: Video,
    *,
    dialect: Dialect,
    links: Links,
    base: str,
    standing: Standing | None = None,
    films: list[str] | None = None,
) -> VideoObject:
    """The object of one video.

    `base` is the address that the caller reaches us at; `films` are its outputs in base64, where
    the caller wanted them so.
    """
    shape, request = video.request.shape, video.request
    outputs = _outputs(video, links, base, films)
    url = links.addresses(base, video, 0)("video.mp4") if outputs else None
    return {
        "id": video.id,
        "object": "video",
        "model": request.model,
        "status": dialect.statuses[video.state],
        "progress": video.progress,
        "created_at": int(video.created_at),
        "completed_at": _completed_at(video),
        "expires_at": _expires_at(video, dialect),
        "seconds": dialect.seconds(shape.duration_ms),
        "size": shape.size,
        "prompt": request.prompt,
        "remixed_from_video_id": video.remixed_from,
        "error": _error(video),
        **_ours(video, url, outputs, standing),
        "metadata": _metadata(video, url),
    }


def _ours(
    video: Video, url: str | None, outputs: list[OutputObject], standing: Standing | None
) -> OwnKeys:
    """The keys that the official object has not, once they have a value: never null."""
    own: OwnKeys = {}
    if url is not None:
        own["url"] = url
        own["outputs"] = outputs
    if video.state is State.COMPLETED:
        own["usage"] = _usage(video)
    if standing is not None:
        own["queue"] = _queue(standing)
    return own


def quote_object(quote: Quote, dialect: Dialect) -> QuoteObject:
    """What a dry run answers."""
    return {
        "object": "video.quote",
        "model": quote.model,
        "seconds": dialect.seconds(quote.shape.duration_ms),
        "size": quote.shape.size,
        "fps": quote.shape.fps,
        "n": quote.n,
        "cost_usd": money.usd(quote.price),
        "affordable": quote.affordable,
    }


def poll_after_ms(video: Video, standing: Standing | None, now: float) -> str | None:
    """When to ask again, as the SDKs read it: an integer of 200…8000; None for an ended video."""
    if video.state.final:
        return None
    if standing is not None:
        return str(max(200, min(8000, 300 * standing.position)))
    elapsed = max(0.0, now - (video.started_at or now))
    remaining = elapsed * (100 - video.progress) / max(1, video.progress)
    longest = 2000 if video.progress else 500
    return str(max(200, min(longest, int(remaining * 200))))


def _completed_at(video: Video) -> int | None:
    done = video.state is State.COMPLETED and video.completed_at is not None
    return int(video.completed_at or 0) if done else None


def _expires_at(video: Video, dialect: Dialect) -> int | None:
    shown = dialect.expires_early or video.state is State.COMPLETED
    return int(video.expires_at) if shown and video.expires_at is not None else None


def _error(video: Video) -> ProblemObject | None:
    problem = video.problem
    return {"code": problem.code, "message": problem.message} if problem else None


def _outputs(video: Video, links: Links, base: str, films: list[str] | None) -> list[OutputObject]:
    return [
        _output(links.addresses(base, video, index), index, films[index] if films else None)
        for index in range(len(video.outputs))
    ]


def _output(address: Callable[[str], str], index: int, film: str | None) -> OutputObject:
    clip: FilmOfOutput = {"url": address("video.mp4")} if film is None else {"b64_json": film}
    return {
        "index": index,
        **clip,
        "thumbnail_url": address("thumbnail.webp"),
        "spritesheet_url": address("spritesheet.jpg"),
    }


def _usage(video: Video) -> VideoUsage:
    produced_ms = video.request.shape.duration_ms * len(video.outputs)
    paid = {"seconds": produced_ms / 1000, "cost_usd": money.usd(video.charge)}
    return cast("VideoUsage", {**video.making.usage, **paid})


def _queue(standing: Standing) -> QueueObject:
    known: QueueObject = {"position": standing.position}
    if standing.eta_s is not None:
        known["eta_seconds"] = standing.eta_s
    if standing.strikes:
        known["strikes"] = standing.strikes
    return known


def _metadata(video: Video, url: str | None) -> dict[str, Any]:
    request = video.request
    used = {"fps": request.shape.fps, "seed": request.seed}
    own = {name: value for name, value in request.metadata.items() if name != "url"}
    render = {"render": video.making.render} if video.making.render else {}
    return {**own, **used, **render, **({"url": url} if url else {})}
