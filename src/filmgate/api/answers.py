"""Videos to answers: the one object shape, whatever the vocabulary."""

from typing import cast

from filmgate.api.dialects.base import Dialect
from filmgate.api.links import Links
from filmgate.api.overviews import VideoOfAccount
from filmgate.api.reply import unix_seconds
from filmgate.api.wire import (
    FilmOfOutput,
    OutputObject,
    OwnKeys,
    QuoteObject,
    VideoObject,
    VideoUsage,
)
from filmgate.domain import money
from filmgate.domain.grid import grid_of
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
    shape, request, done = video.request.shape, video.request, video.state is State.COMPLETED
    problem, making = video.problem, video.making
    outputs = [_output(video, links, base, k, films) for k in range(len(video.outputs))]
    url = links.addresses(base, video, 0)("video.mp4") if outputs else None
    used = {"fps": shape.fps, "seed": request.seed}
    labels = {name: value for name, value in request.metadata.items() if name != "url"}
    render = {"render": making.render} if making.render else {}
    return {
        "id": video.id,
        "object": "video",
        "model": request.model,
        "status": dialect.statuses[video.state],
        "progress": video.progress,
        "created_at": int(video.created_at),
        "completed_at": unix_seconds(video.completed_at) if done else None,
        "expires_at": unix_seconds(video.expires_at) if done or dialect.expires_early else None,
        "seconds": dialect.seconds(shape.duration_ms),
        "size": shape.size,
        "prompt": request.prompt,
        "remixed_from_video_id": video.remixed_from,
        "error": {"code": problem.code, "message": problem.message} if problem else None,
        **_own_keys(video, url, outputs, standing),
        "metadata": {**labels, **used, **render, **_of_films(video, url)},
    }


def video_of_account(shown: VideoObject, video: Video) -> VideoOfAccount:
    """The object of a video, with what its operator wants to know besides."""
    return {
        **shown,
        "account_id": video.account_id,
        "engine": video.engine,
        "user": video.request.user,
        "worker_id": video.worker_id,
        "attempt": video.attempt,
        "started_at": unix_seconds(video.started_at),
    }


def _own_keys(
    video: Video, url: str | None, outputs: list[OutputObject], standing: Standing | None
) -> OwnKeys:
    """The keys that the official object has not, once they have a value: never null."""
    own: OwnKeys = {}
    if url is not None:
        own["url"], own["outputs"] = url, outputs
    if video.state is State.COMPLETED:
        produced_ms = video.request.fresh_ms * len(video.outputs)
        paid = {"seconds": produced_ms / 1000, "cost_usd": money.usd(video.charge)}
        own["usage"] = cast("VideoUsage", {**video.making.usage, **paid})
    if standing is not None:
        own["queue"] = {"position": standing.position}
        if standing.eta_s is not None:
            own["queue"]["eta_seconds"] = standing.eta_s
        if standing.strikes:
            own["queue"]["strikes"] = standing.strikes
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


def _output(
    video: Video, links: Links, base: str, index: int, films: list[str] | None
) -> OutputObject:
    address = links.addresses(base, video, index)
    film: FilmOfOutput = {"b64_json": films[index]} if films else {"url": address("video.mp4")}
    return {
        "index": index,
        **film,
        "thumbnail_url": address("thumbnail.webp"),
        "spritesheet_url": address("spritesheet.jpg"),
    }


def _of_films(video: Video, url: str | None) -> dict[str, object]:
    """What the metadata of a completed video says of its files."""
    if url is None:
        return {}
    grid = grid_of(video.request.shape)
    sheet = {
        "columns": grid.side,
        "rows": grid.side,
        "tile_width": grid.width,
        "tile_height": grid.height,
        "seconds": round(float(grid.seconds), 6),
    }
    return {"url": url, "spritesheet": sheet}
