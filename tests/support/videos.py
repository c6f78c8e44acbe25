"""Fresh videos for tests."""

from typing import Any

from filmgate.domain import ids
from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Output, Request, StoredFile, Video


def a_video(**changes: Any) -> Video:
    """A queued video of the first account."""
    request = Request(
        model="sora-1.0",
        prompt="a cat",
        shape=Shape(width=128, height=128, fps=5, duration_ms=1000),
        seed=7,
    )
    values: dict[str, Any] = {
        "id": ids.video_id(),
        "account_id": FIRST_ACCOUNT,
        "dialect": "sora",
        "engine": "animatic",
        "request": request,
        "state": State.QUEUED,
        "progress": 0,
        "price": 50_000,
        "created_at": 100.0,
        "expires_at": 1000.0,
    }
    return Video(**(values | changes))


def outputs_of(video: Video) -> tuple[Output, ...]:
    """One output, as if it were stored."""
    stem = f"videos/{video.id}/{video.token}/0"
    file = {name: StoredFile(key=f"{stem}.{name}", size=1, etag="e") for name in _FILES}
    return (Output(index=0, **file),)


_FILES = ("clip", "thumbnail", "spritesheet")
