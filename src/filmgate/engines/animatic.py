"""The embedded engine: films of the library `animatic`, which draws prompts."""

import asyncio
import importlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from animatic.frames import Frames, Scene, WordsError, frames_of, imagine, sound_of, unlettered
from filmgate.domain.shape import Shape, Sound
from filmgate.domain.video import UNTOLD, Making, Request, Video
from filmgate.engines.base import PICTURE, Made, Report
from filmgate.errors import MissingPart, SettingsError
from filmgate.media.encode import FilmWriter
from filmgate.media.pictures import pixels
from filmgate.media.sound import Samples

PREPARING = 0.05
"""The share of the work that is done before the first frame."""

ADVICE = (
    "The animatic cannot load its drawing library: {error}. On Debian or Ubuntu: "
    "apt-get install libgl1 libegl1 libfontconfig1"
)


class Animatic:
    """Draws the prompt as a moving storyboard: no weights, no GPU. Implements `Engine`."""

    async def open(self) -> None:
        """Load the drawing library, the words, and every drawing.

        Raises:
            MissingPart: the drawing library, or a library of the system that it needs, is absent.
            SettingsError: words that an installed package brings are wrong.
        """
        try:
            await asyncio.to_thread(_load)
        except ImportError as error:
            raise MissingPart(ADVICE.format(error=error)) from error
        except WordsError as error:
            raise SettingsError(f"The animatic cannot take its words: {error}") from error

    async def generate(self, video: Video, scratch: Path, report: Report) -> Made:
        """Make the films of `video`, one an output, in a thread; say what was not drawn."""
        films = await asyncio.to_thread(_films, video.request, scratch, report)
        left_out = _left_out(_scene(video.request))
        return Made(
            films=films, making=Making(render={"not_drawn": left_out}) if left_out else UNTOLD
        )

    async def close(self) -> None:
        """Nothing is held."""


def _left_out(scene: Scene) -> list[str]:
    """What a film does not show: phrases that were not read, and text without a font for it."""
    return [*scene.unread, *([scene.letters] if unlettered(scene) else [])]


def _load() -> None:
    importlib.import_module("skia")
    frames_of(imagine("", aspect=1.0, seconds=1.0), 64, 64)


def _films(request: Request, scratch: Path, report: Report) -> list[Path]:
    films = [scratch / f"{output}.mp4" for output in range(request.n)]
    shape = request.shape
    picture = pixels(scratch / PICTURE) if request.picture is not None else None
    for output, film in enumerate(films):

        def report_share(share: float, output: int = output) -> None:
            report.progress((output + share) / request.n)

        report_share(0.0)
        scene = _scene(request, output)
        frames = frames_of(scene, shape.width, shape.height, picture)
        _write(film, shape, frames, _hear(scene, shape, report_share), report_share)
    return films


def _scene(request: Request, output: int = 0) -> Scene:
    """The scene of one output: each has the seed after the last one's."""
    shape = request.shape
    return imagine(
        request.prompt,
        aspect=shape.width / shape.height,
        seconds=float(shape.seconds),
        seed=request.seed + output,
        negative=str(request.extras.get("negative_prompt") or ""),
        style=str(request.extras.get("style") or ""),
    )


def _hear(scene: Scene, shape: Shape, done: Callable[[float], None]) -> Samples | None:
    """The sound of a scene for a film that has a track; None where nothing sounds."""
    if shape.sound is Sound.NONE:
        return None
    pieces = []
    for piece in sound_of(scene, shape.frames / shape.fps):
        done(0.0)
        pieces.append(piece)
    return np.concatenate(pieces) if pieces else None


def _write(
    path: Path,
    shape: Shape,
    frames: Frames,
    sound: Samples | None,
    done: Callable[[float], None],
) -> None:
    """Draw and encode a film; `done` is told the share of it at every step, and may raise."""
    for share in frames.prepare():
        done(share * PREPARING)
    canvas = np.zeros((shape.height, shape.width, 4), np.uint8)
    with FilmWriter(path, shape, sound=sound) as film:
        for number in range(shape.frames):
            frames.frame(canvas, number / shape.fps)
            film.write(canvas)
            done(PREPARING + (1 - PREPARING) * (number + 1) / shape.frames)
