"""Scenes and frames for the tests of the animatic, and what tells two frames apart."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from animatic.composition import compose
from animatic.film import Film
from animatic.frames import Frames
from animatic.reading import parse
from animatic.scene import Scene

Pixels = NDArray[np.uint8]
Size = tuple[int, int]
SMALL: Size = (320, 180)
LARGE: Size = (480, 270)


@cache
def scene(prompt: str, size: Size = SMALL, seed: int = 5) -> Scene:
    """The scene of a prompt."""
    return compose(parse(prompt), seed, aspect=size[0] / size[1])


def changed(base: Scene, **fields: Any) -> Scene:
    """A scene with other values, by way of its JSON."""
    return Scene.from_json({**base.to_json(), **fields})


def without_actors(base: Scene) -> Scene:
    """The place alone."""
    return changed(base, actors=[])


def frames(film: Frames, *times: float, size: Size = LARGE) -> list[Pixels]:
    """Frames of a film at some times."""
    shown = [np.zeros((size[1], size[0], 4), np.uint8) for _ in times]
    for out, t in zip(shown, times, strict=True):
        film.frame(out, t)
    return shown


def frame(what: Scene | str, seconds: float = 1.0, size: Size = SMALL) -> Pixels:
    """One frame."""
    if isinstance(what, str):
        what = scene(what, size)
    return frames(Film(what, *size), seconds, size=size)[0]


def difference(one: Pixels, two: Pixels) -> float:
    """How far apart two frames are, 0…255."""
    return float(np.abs(one.astype(int) - two.astype(int)).mean())


def psnr(one: Pixels, two: Pixels) -> float:
    """How alike two frames are, in decibels."""
    error = float(np.mean((one[..., :3].astype(float) - two[..., :3]) ** 2))
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


def chroma(pixels: Pixels) -> float:
    """How colourful a frame is."""
    rgb = pixels[..., :3].astype(int)
    return float((rgb.max(axis=2) - rgb.min(axis=2)).mean())
