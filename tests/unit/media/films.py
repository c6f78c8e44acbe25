"""Small films for tests, of the right kind unless asked otherwise."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream

Draw = Callable[[int], tuple[int, int, int]]


def grey(k: int) -> tuple[int, int, int]:
    """A grey that says which frame it is: frame k is drawn with the value 8 + 2k."""
    return ((8 + 2 * k) % 256,) * 3


def film(
    path: Path,
    *,
    width: int = 160,
    height: int = 90,
    fps: int = 24,
    frames: int = 24,
    draw: Draw = grey,
    keyint: int = 12,
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    container: str = "mp4",
    faststart: bool = True,
    tagged: bool = True,
    time_of: Callable[[int], int] = lambda k: k,
    **settings: Any,
) -> Path:
    """Write a film whose frame k is filled with the colour `draw(k)`."""
    options = {"movflags": "+faststart"} if faststart else {}
    with av.open(path, "w", format=container, options=options) as output:
        stream = _stream(output, codec, fps, keyint)
        stream.width, stream.height, stream.pix_fmt = width, height, pixel_format
        if tagged:
            _tag(stream)
        for name, value in settings.items():
            setattr(stream, name, value)
        for k in range(frames):
            frame = _frame(draw(k), width, height, pixel_format)
            frame.pts, frame.time_base = time_of(k), Fraction(1, fps)
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return path


def _stream(output: OutputContainer, codec: str, fps: int, keyint: int) -> VideoStream:
    x264 = {"x264-params": f"keyint={keyint}:min-keyint={keyint}:scenecut=0", "crf": "18"}
    stream = output.add_stream(codec, rate=fps, options=x264 if codec == "libx264" else {})
    assert isinstance(stream, VideoStream)
    stream.codec_context.thread_count = 1
    return stream


def _tag(stream: VideoStream) -> None:
    codec = stream.codec_context
    codec.color_primaries = codec.color_trc = codec.colorspace = codec.color_range = 1


def _frame(
    colour: tuple[int, int, int], width: int, height: int, pixel_format: str
) -> av.VideoFrame:
    pixels = np.full((height, width, 3), colour, dtype=np.uint8)
    rgb = av.VideoFrame.from_ndarray(pixels, "rgb24")
    return rgb.reformat(format=pixel_format, dst_colorspace="ITU709")
