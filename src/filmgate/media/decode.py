"""A film → its frames."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from filmgate.errors import GenerationFailed
from filmgate.media.probe import reading, scan


def read_frames(path: Path, layout: str = "bgra") -> Iterator[NDArray[np.uint8]]:
    """Every frame in turn: height × width × the channels of `layout`.

    Raises:
        GenerationFailed: it is no film.
    """
    with reading(path) as (film, stream):
        stream.thread_type = "AUTO"
        for frame in film.decode(stream):
            yield pixels_of(frame, layout)


def read_last_frame(path: Path) -> NDArray[np.uint8]:
    """The frame that a film ends with: height × width × RGB.

    Raises:
        GenerationFailed: it is no film.
    """
    with reading(path) as (film, stream):
        found = scan(film, stream)
        film.seek(max(found.keyframes), stream=stream)
        last: av.VideoFrame | None = None
        for frame in film.decode(stream):
            last = frame if last is None or (frame.pts or 0) >= (last.pts or 0) else last
        if last is None:
            raise GenerationFailed("The film cannot be decoded")
        return pixels_of(last, "rgb24")


def pixels_of(frame: av.VideoFrame, layout: str) -> NDArray[np.uint8]:
    """A frame as numbers."""
    pixels = frame.to_ndarray(format=layout, src_colorspace="ITU709")
    return pixels.astype(np.uint8, copy=False)
