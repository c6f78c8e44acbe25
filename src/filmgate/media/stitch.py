"""Films one after another → one film, with its sound."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from filmgate.domain.shape import Shape, Sound
from filmgate.errors import FilmMismatch
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import reading
from filmgate.media.sound import CHANNELS, Samples, read_samples, samples_in


def stitch(
    films: Sequence[Path], target: Path, shape: Shape, progress: Callable[[float], None]
) -> None:
    """Write the whole: `shape` is its measure, and the size and rate of every part.

    Where one part sounds, the whole does: the others are silent in it.

    Raises:
        FilmMismatch: the parts do not have as many frames together as `shape`.
        GenerationFailed: a part is no film.
    """
    with FilmWriter(target, shape, sound=_join_sound(films, shape)) as writer:
        count = 0
        for path in films:
            with reading(path) as (film, stream):
                stream.thread_type = "AUTO"
                for frame in film.decode(stream):
                    pixels = frame.to_ndarray(format="bgra", src_colorspace="ITU709")
                    writer.write(pixels.astype(np.uint8, copy=False))
                    count += 1
                    progress(min(1.0, count / shape.frames))
        if count != shape.frames:
            raise FilmMismatch(f"The parts have {count} frames together, not {shape.frames}")


def _join_sound(films: Sequence[Path], shape: Shape) -> Samples | None:
    """Each part's sound from where its pictures begin."""
    if shape.sound is Sound.NONE:
        return None
    whole = np.zeros((samples_in(shape.frames, shape.fps), CHANNELS), np.float32)
    frames, sounds = 0, False
    for path in films:
        with reading(path) as (film, stream):
            start = samples_in(frames, shape.fps)
            frames += stream.frames
            end = samples_in(frames, shape.fps)
            part = read_samples(film, end - start)
        if part is not None:
            room = whole[start:end]
            room[:] = part[: len(room)]
            sounds = True
    return whole if sounds else None
