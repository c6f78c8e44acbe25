"""Rows to videos and back."""

from typing import Any

from sqlalchemy import Row

from filmgate.domain.character import cast_from_json, cast_to_json
from filmgate.domain.shape import Shape, Sound
from filmgate.domain.source import source_from_json, source_to_json
from filmgate.domain.states import State
from filmgate.domain.video import Problem, Request, Video, making_from_json, outputs_from_json


def video(row: Row[Any]) -> Video:
    """The noun of a row of `videos`."""
    return Video(
        id=row.id,
        account_id=row.account_id,
        dialect=row.dialect,
        engine=row.engine,
        request=_request(row),
        state=State(row.state),
        progress=row.progress,
        price=row.price,
        created_at=row.created_at,
        started_at=row.started_at,
        claimed_at=row.claimed_at,
        completed_at=row.completed_at,
        expires_at=row.expires_at,
        deleted_at=row.deleted_at,
        problem=Problem(code=row.failure, message=row.message) if row.failure else None,
        outputs=outputs_from_json(row.outputs),
        making=making_from_json(row.making),
        attempt=row.attempt,
        max_attempts=row.max_attempts,
        strikes=row.strikes,
        memory_strikes=row.memory_strikes,
        put_off_until=row.put_off_until,
        timeout_s=row.timeout_s,
        token=row.token,
        worker_id=row.worker_id,
        resume=row.resume,
        priority=row.priority,
        remixed_from=row.remixed_from,
        traceparent=row.traceparent,
    )


def _request(row: Row[Any]) -> Request:
    return Request(
        model=row.model,
        prompt=row.prompt,
        shape=Shape(
            width=row.width,
            height=row.height,
            fps=row.fps,
            duration_ms=row.duration_ms,
            sound=Sound(row.sound),
        ),
        seed=row.seed,
        n=row.n,
        picture=row.picture,
        response_format=row.response_format,
        user=row.user,
        extras=row.extras,
        metadata=row.metadata,
        source=source_from_json(row.source),
        characters=cast_from_json(row.characters),
    )


def values(video: Video) -> dict[str, Any]:
    """The columns of a fresh video."""
    request, shape = video.request, video.request.shape
    return {
        "id": video.id,
        "account_id": video.account_id,
        "dialect": video.dialect,
        "engine": video.engine,
        "state": video.state,
        "progress": video.progress,
        "priority": video.priority,
        "price": video.price,
        "model": request.model,
        "prompt": request.prompt,
        "width": shape.width,
        "height": shape.height,
        "fps": shape.fps,
        "duration_ms": shape.duration_ms,
        "sound": shape.sound,
        "seed": request.seed,
        "n": request.n,
        "picture": request.picture,
        "response_format": request.response_format,
        "user": request.user,
        "extras": dict(request.extras),
        "metadata": dict(request.metadata),
        "created_at": video.created_at,
        "expires_at": video.expires_at,
        "outputs": [],
        "attempt": 0,
        "max_attempts": video.max_attempts,
        "strikes": 0,
        "memory_strikes": 0,
        "timeout_s": video.timeout_s,
        "token": 0,
        "beat": 0,
        "remixed_from": video.remixed_from,
        "source": source_to_json(request.source),
        "characters": cast_to_json(request.characters),
        "traceparent": video.traceparent,
    }
