"""A film of another's making → the film asked for: size, rate, length, codec; its sound kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.container import InputContainer
from av.filter import Graph
from av.video.stream import VideoStream
from numpy.typing import NDArray

from filmgate.domain.shape import Shape, Sound
from filmgate.errors import FilmMismatch, GenerationFailed
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import picture_differences, probe, sound_differences
from filmgate.media.sound import Samples, read_samples, samples_in
from filmgate.media.stitch import copy_pictures

SHORT = Fraction(1, 8)
"""A film that is shorter than asked by at most this share holds its last frame; else it fails."""

_MOST_SIDE = 8192
_EBML = b"\x1a\x45\xdf\xa3"


def conform(
    source: Path, target: Path, shape: Shape, progress: Callable[[float], None]
) -> str | None:
    """Write `source` to `target` as the film of `shape`; the words for what had to be changed.

    A film that fits already is moved as it is, and None returned; where only the sound does not,
    the pictures are copied. A longer one is trimmed, another size is scaled to cover and cropped,
    another rate repeats or drops frames. Sound becomes as long as the pictures; where there is
    none and must be, it is silence. `progress` takes the share done, 0…1.

    Raises:
        GenerationFailed: it is no film.
        FilmMismatch: it is too short.
    """
    flaws = _flaws(source, shape)
    if flaws == ([], []):
        source.rename(target)
        return None
    with _open(source) as film:
        stream = film.streams.video[0]
        size = f"{stream.codec_context.width}x{stream.codec_context.height}"
        native = f"{size} at {float(stream.average_rate or 0):g} frames a second"
        with _open(source) as again:
            most = samples_in(shape.frames, shape.fps)
            sound = None if shape.sound is Sound.NONE else read_samples(again, most)
        if flaws is not None and not flaws[0]:
            copy_pictures([source], [shape.frames], sound, target, shape)
        else:
            _rewrite(film, sound, target, shape, progress)
    return native


def _flaws(source: Path, shape: Shape) -> tuple[list[str], list[str]] | None:
    """In what pictures and sound are not those asked for; None of what is not ours to copy."""
    try:
        found = probe(source)
    except GenerationFailed:
        return None
    return list(picture_differences(found, shape)), list(sound_differences(found, shape))


def _rewrite(
    film: InputContainer,
    sound: Samples | None,
    target: Path,
    shape: Shape,
    progress: Callable[[float], None],
) -> None:
    count = _write_pictures(film, sound, target, shape, progress)
    if count < shape.frames * (1 - SHORT):
        target.unlink()
        raise FilmMismatch(
            f"The film is too short: {count / shape.fps:g} s of {float(shape.seconds):g}"
        )


@contextmanager
def _open(path: Path) -> Iterator[InputContainer]:
    """Open a film of a kind that we take. Never guessed: playlists would open other addresses."""
    try:
        with path.open("rb") as file:
            kind = format_of(file.read(12))
        if kind is None:
            raise GenerationFailed("What came is no film")
        with av.open(path, format=kind) as film:
            if not film.streams.video:
                raise GenerationFailed("The film has no pictures")
            codec = film.streams.video[0].codec_context
            if max(codec.width, codec.height) > _MOST_SIDE:
                raise GenerationFailed(f"The film is larger than {_MOST_SIDE} pixels a side")
            yield film
    except (av.FFmpegError, OSError) as error:
        raise GenerationFailed("The film cannot be read") from error


def format_of(head: bytes) -> str | None:
    """The container that the first 12 bytes of a film are of, if it is one that is taken."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
        return "mp4"
    return "matroska" if head.startswith(_EBML) else None


def _write_pictures(
    film: InputContainer,
    sound: Samples | None,
    target: Path,
    shape: Shape,
    progress: Callable[[float], None],
) -> int:
    """Write exactly `shape.frames` frames; return how many the film itself had to give."""
    count, last = 0, None
    with FilmWriter(target, shape, sound=sound) as writer:
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


def _pictures(film: InputContainer, shape: Shape) -> Iterator[NDArray[np.uint8]]:
    stream = film.streams.video[0]
    stream.thread_type = "AUTO"
    graph = _graph(stream, shape)
    for frame in film.decode(stream):
        graph.push(frame)
        yield from pull_frames(graph)
    graph.push(None)
    yield from pull_frames(graph)


def pull_frames(graph: Graph) -> Iterator[NDArray[np.uint8]]:
    """The frames that a graph has ready."""
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
