"""The socket that every engine fits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from filmgate.domain.video import UNTOLD, Making, Video
from filmgate.domain.worker import ModelState

__all__ = [
    "PICTURE",
    "SOURCE",
    "SOURCE_KEEPSAKE",
    "Engine",
    "Made",
    "ModelHost",
    "Recalls",
    "Report",
    "character_file",
    "first_model_of",
    "states_of",
]

PICTURE = "picture"
"""Name of the first-frame picture in the scratch folder, when the request has one.

It is a PNG of 8-bit RGB however it was sent: upright, in sRGB, on white. `media.pictures.pixels`
reads it.
"""


SOURCE = "source.mp4"
"""Name of the film in the scratch folder that the request follows, when it has a `source`.

`request.source` has its measures. It is H.264 in MP4, upright, of a constant rate.
"""
SOURCE_KEEPSAKE = "source.keepsake"
"""Name of what this engine kept when it made that film; absent if it kept nothing."""


def character_file(number: int) -> str:
    """Name of the film in the scratch folder that shows a character of the request, from 0.

    It is H.264 in MP4, upright, of a constant rate, at most 20 s long and 960 pixels a side.
    `request.characters` has its name, as the prompt says it, and its colours.
    """
    return f"character-{number}.mp4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The films that an engine made, one an output, and what it has to tell of their making.

    `making` becomes `metadata.render` and part of `usage` in the answer. Its values are plain
    JSON, at most 16 KiB. `keepsake` is what the engine wants to find again when the video is
    remixed, edited or extended: at most 1 MiB, stored beside the films and shown to nobody.
    """

    films: Sequence[Path]
    making: Making = UNTOLD
    keepsake: bytes | None = None


def as_made(answer: list[Path] | Made) -> Made:
    """What an engine answered, plain paths or more, as one kind."""
    return answer if isinstance(answer, Made) else Made(films=answer)


class Report(Protocol):
    """How a running engine talks to its worker."""

    def progress(self, fraction: float) -> None:
        """Tell the share of real work done, 0…1; call it at every step, from any thread.

        Raises:
            Stopped: the engine must end now; what it made is thrown away.
        """
        ...

    async def resume(self, token: str) -> None:
        """Store what a later attempt needs to go on (an upstream's id); durable on return.

        Raises:
            Stopped: the lease is lost.
        """
        ...

    async def drained_upstreams(self) -> frozenset[str]:
        """What the operator wants no new orders for: names of this engine's upstreams."""
        ...

    async def callback_path(self, tag: str) -> str:
        """The path of this server at which whoever has an order of that tag may ring."""
        ...

    def listen(self, ring: Callable[[], None]) -> None:
        """Have `ring` called in the loop whenever somebody rang for this video.

        It says that something may have changed, and nothing of what.
        """
        ...


class Engine(Protocol):
    """What turns a request into films. One process hosts one engine."""

    async def open(self) -> None:
        """Load what is heavy. May take minutes.

        Raises:
            MissingPart: something that it needs is not installed.
        """
        ...

    async def generate(self, video: Video, scratch: Path, report: Report) -> list[Path] | Made:
        """Make the films of `video` in `scratch` and return their paths, one an output, or `Made`.

        Each is an MP4 with exactly the request's size, rate and frames, and sound as its shape
        says; `media.encode.FilmWriter` writes such films. The picture, if the
        request has one, lies at `scratch / PICTURE`. CPU-bound work runs in a thread, so that
        the caller's loop keeps beating.

        A request with a `source` follows the film at `scratch / SOURCE`. A remix may leave it
        alone: prompt, seed and extras are those of a request like any other. An extension is the
        whole: the film there and then `request.fresh_ms` more, as `media.stitch` joins them. Edits,
        extensions and characters come only where the card says that the engine can.

        Raises:
            Stopped: passed on from `report`.
            GenerationFailed: the film cannot be made; carries the failure code.
        """
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...


@runtime_checkable
class ModelHost(Protocol):
    """What an engine is, beside, that brings models onto a device and takes them off again.

    A worker asks from its loop while the engine works in its own thread.
    """

    def states(self) -> Mapping[str, ModelState]:
        """How each of its models is, by the id of its card."""
        ...

    def first_model(self) -> str | None:
        """The model whose videos are to be claimed first now, for it is loaded; None is any."""
        ...


def states_of(engine: Engine) -> Mapping[str, ModelState]:
    """What an engine tells of its models; nothing, if it hosts none."""
    return engine.states() if isinstance(engine, ModelHost) else {}


def first_model_of(engine: Engine) -> str | None:
    """The model that an engine would have claimed first, if any."""
    return engine.first_model() if isinstance(engine, ModelHost) else None


@runtime_checkable
class Recalls(Protocol):
    """An engine whose films are made elsewhere, where work goes on unless it is stopped."""

    async def recall(self, token: str) -> bool:
        """Stop what an ended video ordered, as its resume token tells; whether that is seen to.

        False: ask again later. It may be asked twice.
        """
        ...
