"""The engine: a video's request → films in its scratch folder."""

import asyncio
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from filmgate.domain.shape import Shape
from filmgate.domain.video import Request, Video
from filmgate.engines.animatic.reading import parse
from filmgate.engines.animatic.scene import Scene, compose
from filmgate.engines.base import PICTURE, Report
from filmgate.errors import MissingPart
from filmgate.media.encode import FilmWriter

PREPARING = 0.05
"""The share of the work that is done before the first frame."""

ADVICE = (
    "The animatic cannot load its drawing library: {error}. On Debian or Ubuntu: "
    "apt-get install libgl1 libegl1 libfontconfig1"
)


class Frames(Protocol):
    """What draws frames: `film.Film`, or `picture.Living` when a picture was given."""

    def prepare(self) -> Iterator[float]:
        """Get ready in small steps: how much of that is done, 0…1."""
        ...

    def frame(self, out: NDArray[np.uint8], seconds: float) -> None:
        """Draw the frame at `seconds` into `out`."""
        ...


class Animatic:
    """Draws the prompt as a moving storyboard: no weights, no GPU. Implements `Engine`."""

    async def open(self) -> None:
        """Load the drawing library."""
        try:
            await asyncio.to_thread(importlib.import_module, "skia")
        except ImportError as error:
            raise MissingPart(ADVICE.format(error=error)) from error

    async def generate(self, video: Video, scratch: Path, report: Report) -> list[Path]:
        """Make the films of `video`, one an output, in a thread."""
        return await asyncio.to_thread(self._generate, video.request, scratch, report)

    async def close(self) -> None:
        """Nothing is held."""

    def _generate(self, request: Request, scratch: Path, report: Report) -> list[Path]:
        paths = []
        for k in range(request.n):
            path = scratch / f"{k}.mp4"
            report.progress(k / request.n)
            frames = open_frames(scene_of(request, k), request.shape, _picture(request, scratch))
            _write(frames, path, request.shape, report, k, request.n)
            paths.append(path)
        return paths


def scene_of(request: Request, output: int = 0) -> Scene:
    """The scene of one output of a request."""
    reading = parse(
        request.prompt,
        str(request.extras.get("negative_prompt") or ""),
        str(request.extras.get("style") or ""),
    )
    shape = request.shape
    return compose(
        reading, request.seed + output, aspect=shape.width / shape.height, span=float(shape.seconds)
    )


def open_frames(scene: Scene, shape: Shape, picture: Path | None = None) -> Frames:
    """What draws a scene's frames, over a picture if there is one."""
    from filmgate.engines.animatic.film import Film
    from filmgate.engines.animatic.picture import Living, load

    if picture is not None:
        return Living(scene, load(picture, shape.width, shape.height))
    return Film(scene, shape.width, shape.height)


def _picture(request: Request, scratch: Path) -> Path | None:
    return scratch / PICTURE if request.picture is not None else None


def _write(frames: Frames, path: Path, shape: Shape, report: Report, output: int, n: int) -> None:
    def done(share: float) -> None:
        report.progress((output + share) / n)

    for share in frames.prepare():
        done(share * PREPARING)
    canvas = np.zeros((shape.height, shape.width, 4), np.uint8)
    with FilmWriter(path, shape) as film:
        for k in range(shape.frames):
            frames.frame(canvas, k / shape.fps)
            film.write(canvas)
            done(PREPARING + (1 - PREPARING) * (k + 1) / shape.frames)
