"""A film that somebody sent: what it is, and the film of ours that is made of it.

Anybody may have made it, so this runs in a process of its own, which `intake` starts and
`sandbox` keeps within bounds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import chain, islice
from math import ceil
from pathlib import Path
from typing import BinaryIO, cast

import av
import numpy as np
from av.container import InputContainer
from av.filter import Graph
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image

from filmgate.domain.footage import Footage, Glimpse
from filmgate.domain.grid import fit
from filmgate.domain.shape import Shape, Sound
from filmgate.errors import GenerationFailed, InvalidVideo
from filmgate.media.conform import format_of, pull_frames
from filmgate.media.decode import pixels_of
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import VideoPacket
from filmgate.media.sound import Samples, read_samples, samples_in

MOST_SIDE = 4096
MOST_PIXELS = 4096 * 2304
MOST_FRAMES = 20_000
MOST_RATE = 60
STILL_SIDE = 640
CODECS = ("h264", "hevc", "av1", "vp9", "vp8", "mpeg4")
SOUNDS = ("aac", "mp3", "opus", "vorbis", "flac", "alac", "ac3", "eac3")
"""Codecs that are read, beside plain samples; libraries for the others are met by few films."""

_TURNS: dict[int, tuple[tuple[str, str], ...]] = {
    0: (),
    90: (("transpose", "cclock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "clock"),),
}
"""What undoes the turn that a film asks its player for, in degrees counter-clockwise."""
_CUT = "it is cut short: what its index names is not all there"


@dataclass(frozen=True, slots=True)
class _View:
    """How pictures are shown: their size, upright with square pixels, and the turn to get there."""

    width: int
    height: int
    turn: int


def look_at(file: BinaryIO, most_ms: int) -> Glimpse:
    """Walk over every packet of a film, and decode its first frame.

    Raises:
        InvalidVideo: it is no film, or one that is not taken; says in what.
    """
    with _open(file) as film:
        stream = _pictures_of(film)
        _refuse_long(Fraction(stream.duration or 0) * _unit(stream), most_ms)
        span, frame = _walk(film, stream, most_ms)
        view = _view(stream, frame)
        return Glimpse(footage=_footage(stream, span, view), still=_still(frame, view))


def rewrite(file: BinaryIO, target: Path, shape: Shape) -> None:
    """Write a film of ours with what a film shows and sounds, in a shape: covered, then cropped.

    Raises:
        InvalidVideo: it cannot be decoded.
    """
    sound = None if shape.sound is Sound.NONE else _read_sound(file, shape)
    with _open(file) as film, FilmWriter(target, shape, sound=sound) as writer:
        last: NDArray[np.uint8] | None = None
        count = 0
        for last in islice(_frames(film, _pictures_of(film), shape), shape.frames):
            writer.write(last)
            count += 1
        if last is None:
            raise InvalidVideo("it has no picture that can be decoded")
        for _ in range(shape.frames - count):
            writer.write(last)


def _footage(stream: VideoStream, span: "_Span", view: _View) -> Footage:
    seconds = (span.last - span.first) * _unit(stream)
    known = span.count > 1 and seconds
    rate = span.count / seconds if known else Fraction(stream.average_rate or 1)
    fps = max(1, min(MOST_RATE, round(rate)))
    even = abs(Fraction(span.count, fps) - seconds) <= Fraction(1, fps)
    length = Fraction(span.count, fps) if even else max(seconds, Fraction(1, fps))
    return Footage(width=view.width, height=view.height, fps=fps, duration_ms=round(length * 1000))


def _still(frame: av.VideoFrame, view: _View) -> bytes:
    image = Image.fromarray(pixels_of(frame, "rgb24")).rotate(view.turn, expand=True)
    file = BytesIO()
    image.resize(fit(view.width, view.height, STILL_SIDE)).save(file, "JPEG", quality=85)
    return file.getvalue()


@contextmanager
def _open(file: BinaryIO) -> Iterator[InputContainer]:
    """Open a film of a kind that is taken. Never guessed: a playlist would open other files."""
    file.seek(0)
    kind = format_of(file.read(12))
    if kind is None:
        raise InvalidVideo("it is no MP4, MOV or WebM film, whatever it is called")
    file.seek(0)
    try:
        with av.open(file, format=kind) as film:
            yield cast("InputContainer", film)
    except av.FFmpegError as error:
        raise InvalidVideo(f"it is broken or cut short: {error.strerror}") from error
    except GenerationFailed as error:
        raise InvalidVideo(error.message) from error


def _pictures_of(film: InputContainer) -> VideoStream:
    if not film.streams.video:
        raise InvalidVideo("it has sound alone, and no pictures" if film.streams.audio else _EMPTY)
    stream = film.streams.video[0]
    codec = stream.codec_context
    if codec is None:
        raise InvalidVideo("it is broken or cut short: its index does not say how it is coded")
    name = codec.codec.canonical_name
    if name not in CODECS:
        raise InvalidVideo(f"its pictures are coded as {name}; taken are {', '.join(CODECS)}")
    if max(codec.width, codec.height) > MOST_SIDE or codec.width * codec.height > MOST_PIXELS:
        raise InvalidVideo(
            f"it has {codec.width}x{codec.height} pixels; at most {MOST_SIDE} a side and "
            f"{MOST_PIXELS} together are taken"
        )
    codec.options = {"max_pixels": str(MOST_PIXELS)}
    return stream


_EMPTY = "it has no pictures"
_WHOLE = 0.8
"""A film that is there to this share of what its index says is not cut short."""


@dataclass(slots=True)
class _Span:
    """How many frames there are, and from when until when, in the stream's own unit of time."""

    count: int = 0
    first: int = 0
    last: int = 0

    def take(self, packet: VideoPacket) -> None:
        """Count a frame."""
        time = packet.pts if packet.pts is not None else packet.dts or 0
        self.first = min(self.first, time) if self.count else time
        self.last = max(self.last, self.first, time + (packet.duration or 0))
        self.count += 1
        if self.count > MOST_FRAMES:
            raise InvalidVideo(f"it has more than {MOST_FRAMES} frames")


def _walk(film: InputContainer, stream: VideoStream, most_ms: int) -> tuple[_Span, av.VideoFrame]:
    """All frames together, and the first of them."""
    span, first = _Span(), None
    stream.codec_context.thread_count = 1
    for packet in film.demux(stream):
        if packet.is_corrupt:
            raise InvalidVideo(_CUT)
        if first is None:
            first = next(iter(packet.decode()), None)
        if packet.size:
            span.take(packet)
            _refuse_long((span.last - span.first) * _unit(stream), most_ms)
    if first is None:
        raise InvalidVideo("it has no picture that can be decoded" if span.count else _EMPTY)
    if span.last - span.first < _WHOLE * (stream.duration or 0):
        raise InvalidVideo(_CUT)
    return span, first


def _refuse_long(seconds: Fraction, most_ms: int) -> None:
    if seconds * 1000 > most_ms + 100:  # a muxer may round the last frame up
        raise InvalidVideo(f"it lasts {float(seconds):.4g} s; at most {most_ms / 1000:g} are taken")


def _unit(stream: VideoStream) -> Fraction:
    return stream.time_base or Fraction(1)


def _view(stream: VideoStream, frame: av.VideoFrame) -> _View:
    turn = round(frame.rotation) % 360
    if turn not in _TURNS:
        raise InvalidVideo(f"it is to be shown turned by {turn} degrees")
    ratio = stream.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * ratio)), frame.height
    if max(width, height) > 4 * MOST_SIDE:
        raise InvalidVideo(f"its pixels are {float(ratio):g} times as wide as high")
    return _View(height, width, turn) if turn % 180 else _View(width, height, turn)


def _read_sound(file: BinaryIO, shape: Shape) -> Samples | None:
    with _open(file) as film:
        name = film.streams.audio[0].codec.canonical_name if film.streams.audio else None
        if name is not None and name not in SOUNDS and not name.startswith("pcm_"):
            raise InvalidVideo(f"its sound is coded as {name}; taken are {', '.join(SOUNDS)}")
        return read_samples(film, samples_in(shape.frames, shape.fps))


def _frames(film: InputContainer, stream: VideoStream, shape: Shape) -> Iterator[NDArray[np.uint8]]:
    """Its frames at the rate and in the size of a shape, from the first on."""
    stream.thread_type = "AUTO"
    decoded = film.decode(stream)
    for first in islice(decoded, 1):
        graph = _graph(stream, first, shape)
        for frame in chain([first], decoded):
            graph.push(frame)
            yield from pull_frames(graph)
        graph.push(None)
        yield from pull_frames(graph)


def _graph(stream: VideoStream, first: av.VideoFrame, shape: Shape) -> Graph:
    view = _view(stream, first)
    scale = max(Fraction(shape.width, view.width), Fraction(shape.height, view.height))
    size = f"{ceil(view.width * scale)}:{ceil(view.height * scale)}"
    graph = Graph()
    source = graph.add_buffer(
        width=first.width,
        height=first.height,
        format=first.format,
        time_base=_unit(stream),
    )
    steps = (
        ("setpts", "PTS-STARTPTS"),
        ("fps", f"fps={shape.fps}"),
        *_TURNS[view.turn],
        ("scale", f"{size}:flags=bicubic"),
        ("setsar", "1"),
        ("crop", f"{shape.width}:{shape.height}"),
        ("format", "bgra"),
        ("buffersink", ""),
    )
    graph.link_nodes(source, *(graph.add(name, given or None) for name, given in steps))
    graph.configure()
    return graph
