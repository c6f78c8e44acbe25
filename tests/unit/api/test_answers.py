"""The object of a video says what its engine told."""

from dataclasses import replace
from typing import Any

from filmgate.api.answers import video_object
from filmgate.api.dialects.openai import DIALECT
from filmgate.api.links import Links
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Making, Request, Video
from filmgate.testing.clock import ManualClock

LINKS = Links(secret="s", clock=ManualClock())
DONE = Video(
    id="video_1",
    account_id="acct_1",
    dialect="openai",
    engine="grey",
    request=Request(
        model="grey",
        prompt="",
        shape=Shape(width=128, height=128, fps=10, duration_ms=500),
        seed=1,
        metadata={"render": "mine"},
    ),
    state=State.COMPLETED,
    progress=100,
    price=0,
    created_at=0.0,
)


def test_metadata_and_usage_tell_of_the_making() -> None:
    making = Making(render={"native_fps": 16}, usage={"inference_seconds": 2.5, "seconds": 99})
    told: Any = video_object(replace(DONE, making=making), dialect=DIALECT, links=LINKS, base="")
    assert told["metadata"]["render"] == {"native_fps": 16}
    assert told["usage"]["inference_seconds"] == 2.5
    assert told["usage"]["seconds"] == 0.0, "what is paid for is ours to say"


def test_an_engine_with_nothing_to_tell_adds_nothing() -> None:
    plain: Any = video_object(DONE, dialect=DIALECT, links=LINKS, base="")
    assert plain["metadata"]["render"] == "mine"
    assert set(plain["usage"]) == {"seconds", "cost_usd"}
