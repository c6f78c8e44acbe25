"""A film of another's making → the film asked for: size, rate, length, codec; its sound kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.video.stream import VideoStream
from numpy.typing import NDArray

from filmgate.domain.shape import Shape
from filmgate.errors import FilmMismatch, GenerationFailed
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import prove

SHORT = Fraction(1, 8)
"""A film that is shorter than asked by at most this share holds its last frame; else it fails."""

_MOST_SIDE = 8192
_SOUND_HZ = 48_000
_EBML = b"\x1a\x45\xdf\xa3"


def conform(
    source: Path, target: Path, shape: Shape, progress: Callable[[float], None]
) -> str | None:
    """Write `source` to `target` as the film of `shape`; the words for what had to be changed.

    A film that fits already is moved as it is, and None returned. A longer one is trimmed, another
    size is scaled to cover and cropped, another rate repeats or drops frames. `progress` takes the
    share done, 0…1.

    Raises:
        GenerationFailed: it is no film.
        FilmMismatch: it is too short.
    """
    try:
        prove(source, shape)
    except GenerationFailed:
        native = _rewrite(source, target, shape, progress)
    else:
        source.rename(target)
        return None
    return native


def _rewrite(source: Path, target: Path, shape: Shape, progress: Callable[[float], None]) -> str:
    silent = target.with_suffix(".silent.mp4")
    with _open(source) as film:
        native = _describe(film)
        count = _write_pictures(film, silent, shape, progress)
    _refuse_short(count, shape, silent)
    with _open(source) as film:
        if film.streams.audio:
            _join(silent, film, target, shape)
            silent.unlink()
        else:
            silent.rename(target)
    return native


def _describe(film: InputContainer) -> str:
    stream = film.streams.video[0]
    rate = float(stream.average_rate or 0)
    return f"{stream.codec_context.width}x{stream.codec_context.height} at {rate:g} frames a second"


@contextmanager
def _open(path: Path) -> Iterator[InputContainer]:
    """Open a film of a kind that we take. Never guessed: playlists would open other addresses."""
    try:
        with av.open(path, format=_format(path)) as film:
            if not film.streams.video:
                raise GenerationFailed("The film has no pictures")
            codec = film.streams.video[0].codec_context
            if max(codec.width, codec.height) > _MOST_SIDE:
                raise GenerationFailed(f"The film is larger than {_MOST_SIDE} pixels a side")
            yield film
    except (av.FFmpegError, OSError) as error:
        raise GenerationFailed("The film cannot be read") from error


def _format(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
        return "mp4"
    if head.startswith(_EBML):
        return "matroska"
    raise GenerationFailed("What came is no film")


def _write_pictures(
    film: InputContainer, target: Path, shape: Shape, progress: Callable[[float], None]
) -> int:
    """Write exactly `shape.frames` frames; return how many the film itself had to give."""
    count, last = 0, None
    with FilmWriter(target, shape) as writer:
        for picture in _pictures(film, shape):
            last = picture
            writer.write(picture)
            count += 1
            progress(count / shape.frames)
            if count == shape.frames:
                return count
        if last is None:
            raise GenerationFailed("The film has no pictures")
        for _ in range(shape.frames - count):
            writer.write(last)
    return count


def _refuse_short(count: int, shape: Shape, silent: Path) -> None:
    if count < shape.frames * (1 - SHORT):
        silent.unlink()
        raise FilmMismatch(
            f"The film is too short: {count / shape.fps:g} s of {float(shape.seconds):g}"
        )


def _pictures(film: InputContainer, shape: Shape) -> Iterator[NDArray[np.uint8]]:
    stream = film.streams.video[0]
    stream.thread_type = "AUTO"
    graph = _graph(stream, shape)
    for frame in film.decode(stream):
        graph.push(frame)
        yield from _pull(graph)
    graph.push(None)
    yield from _pull(graph)


def _pull(graph: Graph) -> Iterator[NDArray[np.uint8]]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield cast("av.VideoFrame", frame).to_ndarray().astype(np.uint8, copy=False)


def _graph(stream: VideoStream, shape: Shape) -> Graph:
    size = f"{shape.width}:{shape.height}"
    graph = Graph()
    steps = [
        graph.add_buffer(template=stream),
        graph.add("fps", f"fps={shape.fps}:start_time=0"),
        graph.add("scale", f"{size}:force_original_aspect_ratio=increase:flags=bicubic"),
        graph.add("crop", size),
        graph.add("format", "bgra"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*steps)
    graph.configure()
    return graph


def _join(silent: Path, film: InputContainer, target: Path, shape: Shape) -> None:
    """Put the pictures of one file and the sound of another into a third."""
    with (
        av.open(silent, format="mp4") as pictures,
        av.open(target, "w", format="mp4", options={"movflags": "faststart"}) as joined,
    ):
        copy = joined.add_stream_from_template(pictures.streams.video[0])
        sound = joined.add_stream("aac", rate=_SOUND_HZ, layout="stereo")
        for packet in pictures.demux(pictures.streams.video[0]):
            if packet.dts is not None:
                packet.stream = copy
                joined.mux(packet)
        _write_sound(film, joined, sound, shape)


def _write_sound(
    film: InputContainer, joined: OutputContainer, sound: AudioStream, shape: Shape
) -> None:
    """Encode the film's sound anew, exactly as long as the pictures at most."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=_SOUND_HZ, frame_size=1024)
    most = int(shape.seconds * _SOUND_HZ)
    for frame in film.decode(film.streams.audio[0]):
        for piece in resampler.resample(frame):
            if (piece.pts or 0) + piece.samples > most:
                joined.mux(sound.encode(None))
                return
            joined.mux(sound.encode(piece))
    joined.mux(sound.encode(None))
