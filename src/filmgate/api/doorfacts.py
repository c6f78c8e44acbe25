"""What the shapes of doors can say of a video and of a model."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from filmgate.api.ask import Ask
from filmgate.api.dialects.door import Neighbour
from filmgate.api.models import CREATED
from filmgate.api.shapes import Facts
from filmgate.domain import money
from filmgate.domain.card import Card, parse_size
from filmgate.domain.shape import Sound
from filmgate.domain.states import Failure, State
from filmgate.domain.video import Standing, Video


def facts_of_video(ask: Ask, door: Neighbour, video: Video, standing: Standing | None) -> Facts:
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
            "generation_id": f"{stem}_{output.index}",
            "output_url": ask.parts.links.addresses(ask.base_url, video, output.index)("video.mp4"),
        }


def _iso(moment: float | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")


def facts_of_model(card: Card) -> Facts:
    """What a shape can say of a model; lists are null where the card has a range."""
    second = replace(card.shape(None, None, None), duration_ms=1000)
    sizes = [parse_size(size) for size in card.sizes.allowed]
    ratios = [Fraction(*size) for size in sizes]
    return {
        "model": card.id,
        "description": card.description,
        "created": CREATED,
        "uses": sorted(card.uses),
        "has_sound": None if card.sound is Sound.NATIVE else card.sound is not Sound.NONE,
        "frames": [] if card.picture == "none" else ["first_frame"],
        "lengths": [int(length) for length in card.seconds.allowed] or None,
        "sizes": list(card.sizes.allowed) or None,
        "ratios": sorted({f"{one.numerator}:{one.denominator}" for one in ratios}) or None,
        "resolutions": [f"{side}p" for side in sorted({min(size) for size in sizes})] or None,
        "usd_per_second": money.usd(card.cost(second, 1)),
    }
