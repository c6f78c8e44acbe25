"""Films one after another → one film, with its sound."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer

from filmgate.domain.shape import Shape, Sound
from filmgate.errors import FilmMismatch
from filmgate.media.decode import read_frames
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import reading
from filmgate.media.sound import CHANNELS, RATE, Samples, SoundWriter, read_samples, samples_in

_EASE = RATE // 50
"""Samples over which what follows a seam comes from where what was before it stood."""


def stitch(
    films: Sequence[Path], target: Path, shape: Shape, progress: Callable[[float], None]
) -> None:
    """Write the whole: `shape` is its measure, and the size and rate of every part.

    Parts that are coded alike are copied as they are; others are decoded, and all is encoded anew.
    Where one part sounds, the whole does: the others are silent in it. No seam clicks.

    Raises:
        FilmMismatch: the parts do not have as many frames together as `shape`.
        GenerationFailed: a part is no film.
    """
    counts, codes = zip(*(_measure(path) for path in films), strict=True)
    if sum(counts) != shape.frames:
        raise FilmMismatch(f"The parts have {sum(counts)} frames together, not {shape.frames}")
    sound = _join_sound(films, counts, shape)
    if len(set(codes)) == 1:
        copy_pictures(films, counts, sound, target, shape)
        progress(1.0)
        return
    with FilmWriter(target, shape, sound=sound) as writer:
        frames = (frame for path in films for frame in read_frames(path))
        for count, frame in enumerate(frames, start=1):
            writer.write(frame)
            progress(min(1.0, count / shape.frames))


def copy_pictures(
    films: Sequence[Path],
    counts: Sequence[int],
    sound: Samples | None,
    target: Path,
    shape: Shape,
) -> None:
    """Write the pictures of films that are coded alike as they are, and `sound` beside them.

    `counts` are the frames of each.
    """
    with av.open(target, "w", format="mp4", options={"movflags": "faststart"}) as joined:
        with reading(films[0]) as (_, stream):
            joined.add_stream_from_template(stream)
        sounds = sound is not None or shape.sound is Sound.TRACK
        voice = SoundWriter(joined, sound) if sounds else None
        written = 0
        for path, count in zip(films, counts, strict=True):
            _copy(path, joined, Fraction(written, shape.fps))
            written += count
            if voice is not None:
                voice.write_to(samples_in(written, shape.fps))
        if voice is not None:
            voice.close_at(samples_in(shape.frames, shape.fps))


def _copy(path: Path, joined: OutputContainer, start: Fraction) -> None:
    """Copy every packet of pictures, `start` seconds later than it was."""
    with reading(path) as (film, stream):
        later = round(start / (stream.time_base or Fraction(1)))
        for packet in film.demux(stream):
            if packet.dts is None or packet.pts is None:
                continue
            packet.pts, packet.dts = packet.pts + later, packet.dts + later
            packet.stream = joined.streams.video[0]
            joined.mux(packet)


def _measure(path: Path) -> tuple[int, tuple[object, ...]]:
    """How many frames a film has, and how they are coded."""
    with reading(path) as (_, stream):
        codec = stream.codec_context
        return stream.frames, (codec.name, codec.extradata, stream.time_base)


def _join_sound(films: Sequence[Path], counts: Sequence[int], shape: Shape) -> Samples | None:
    """Each part's sound from where its pictures begin."""
    if shape.sound is Sound.NONE:
        return None
    whole = np.zeros((samples_in(shape.frames, shape.fps), CHANNELS), np.float32)
    sounds = False
    spans = list(_spans(counts, shape.fps))
    for path, (start, end) in zip(films, spans, strict=True):
        with reading(path) as (film, _):
            part = read_samples(film, end - start)
        if part is not None:
            room = whole[start:end]
            room[:] = part[: len(room)]
            sounds = True
    for start, _ in spans[1:]:
        ease_seam(whole, start)
    return whole if sounds else None


def _spans(counts: Sequence[int], fps: int) -> Iterator[tuple[int, int]]:
    frames = 0
    for count in counts:
        start = samples_in(frames, fps)
        frames += count
        yield start, samples_in(frames, fps)


def ease_seam(sound: Samples, at: int) -> None:
    """Take the step out of sound at a seam: what follows comes from where it stood, in 20 ms.

    Where both sides meet already, nothing changes.
    """
    if not 0 < at < len(sound):
        return
    room = sound[at : at + _EASE]
    step = sound[at - 1] - sound[at]
    fall = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, len(room), dtype=np.float32))
    room += fall[:, None] * step
