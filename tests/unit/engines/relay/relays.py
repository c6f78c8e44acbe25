"""What the tests of the relay do over and over."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.support.videos import a_video

from filmgate.domain.shape import Shape
from filmgate.domain.video import Request, Video
from filmgate.engines.base import Made
from filmgate.engines.relay.engine import Relay
from filmgate.engines.relay.engine import make as make_relay
from filmgate.errors import Stopped
from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import Script, open_script

SHAPE = Shape(width=128, height=96, fps=10, duration_ms=1000)
KEY = "sk-very-secret"


def upstream(url: str, kind: str = "openai", **options: Any) -> dict[str, Any]:
    """The table of an upstream that is asked as often as a test likes."""
    usual = {
        "kind": kind,
        "url": url,
        "key": KEY,
        "models": {"film": "up/film-1"},
        "poll_s": 0.01,
        "poll_most_s": 0.02,
        "most_per_second": 1000,
        "answer_s": 5,
        "films_from": ["127.0.0.1"],
    }
    return usual | options


def a_request(**changes: Any) -> Request:
    """A request for a small film."""
    return replace(Request(model="film", prompt="a cat", shape=SHAPE, seed=7), **changes)


def a_row(resume: str | None = None, **changes: Any) -> Video:
    """A row that was claimed, with what an earlier attempt left in it."""
    return a_video(id="video_1", engine="relay", request=a_request(**changes), resume=resume)


@dataclass
class Reported:
    """A `Report` that remembers; it stops the engine when `stop` is set."""

    told: list[float] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    stop: Stopped | None = None
    switched_off: frozenset[str] = frozenset()
    heard: Callable[[str], None] = lambda _token: None
    on_progress: Callable[[float], None] = lambda _share: None
    ring: Callable[[], None] = lambda: None

    def progress(self, fraction: float) -> None:
        if self.stop is not None:
            raise self.stop
        self.told.append(fraction)
        self.on_progress(fraction)

    async def resume(self, token: str) -> None:
        self.tokens.append(token)
        self.heard(token)

    async def drained_upstreams(self) -> frozenset[str]:
        return self.switched_off

    async def callback_path(self, tag: str) -> str:
        return f"/v1/callbacks/{tag}/signature"

    def listen(self, ring: Callable[[], None]) -> None:
        self.ring = ring

    @property
    def stages(self) -> list[str]:
        """The stages of the first film, as the row remembered them in turn."""
        return [json.loads(token)["orders"]["0"]["stage"] for token in self.tokens]


@asynccontextmanager
async def relay(**options: Any) -> AsyncIterator[Relay]:
    """An open relay."""
    engine = make_relay({"find_s": 0.05} | options)
    await engine.open()
    try:
        yield engine
    finally:
        await engine.close()


@asynccontextmanager
async def relay_to(
    quirks: Quirks | None = None, kind: str = "openai", **options: Any
) -> AsyncIterator[tuple[Relay, Script]]:
    """A relay to one scripted upstream."""
    async with open_script(quirks) as script:
        table = upstream(script.url, kind, **options)
        async with relay(upstreams={"lab": table}) as engine:
            yield engine, script


async def make(
    engine: Relay, folder: Path, row: Video | None = None, report: Reported | None = None
) -> list[Path]:
    """The films of a row."""
    return list((await make_all(engine, folder, row, report)).films)


async def make_all(
    engine: Relay, folder: Path, row: Video | None = None, report: Reported | None = None
) -> Made:
    """The films of a row, and what is told of them."""
    return await engine.generate(row or a_row(), folder, report or Reported())
