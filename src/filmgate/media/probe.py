"""Look at a finished film, and prove that it is the one asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from filmgate.domain.shape import Shape, Sound
from filmgate.errors import FilmMismatch, GenerationFailed
from filmgate.media.sound import CHANNELS, RATE, samples_in

__all__ = ["Probe", "probe", "prove"]

VideoPacket: TypeAlias = "Packet[VideoStream]"  # av's class takes no brackets at run time
_RANGES = {1: "limited", 2: "full"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """What the numbers of a film mean: code points of ITU-T H.273, and the range of luma."""

    primaries: int
    transfer: int
    matrix: int
    range: str

    def __str__(self) -> str:
        return f"{self.primaries}/{self.transfer}/{self.matrix} {self.range}"


BT709 = Colour(primaries=1, transfer=1, matrix=1, range="limited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What a film's sound is. `start` and `end` in seconds of the film."""

    codec: str
    profile: str | None
    rate: int
    channels: int
    start: Fraction
    end: Fraction

    def __str__(self) -> str:
        return f"{self.codec} {self.profile}, {self.rate} Hz, {self.channels} channels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a film is, as its own packets say. `size` in bytes, `duration` in seconds.

    `faststart`: the index stands before the pictures, so that a player may start at once.
    `constant_rate`: every frame follows the one before by exactly 1/fps, the first at zero.
    `upright`: it is shown as it is stored, with square pixels and no rotation.
    """

    width: int
    height: int
    fps: Fraction
    frames: int
    duration: Fraction
    codec: str
    profile: str | None
    pixel_format: str | None
    colour: Colour
    faststart: bool
    constant_rate: bool
    upright: bool
    size: int
    sound: Track | None = None


def probe(path: Path) -> Probe:
    """Count every frame, decode the first and the last keyframe, and all of its sound.

    Raises GenerationFailed when it is no film or a broken one.
    """
    with reading(path) as (container, _):
        sound = _probe_sound(container)
    with reading(path) as (container, stream):
        found = scan(container, stream)
        upright = _decodes(stream, found.ends)
        return replace(_describe(path, stream, found, upright), sound=sound)


def prove(path: Path, shape: Shape) -> Probe:
    """Probe it, and raise FilmMismatch naming each way in which it is not what was asked for."""
    found = probe(path)
    differences = [*picture_differences(found, shape), *sound_differences(found, shape)]
    if differences:
        raise FilmMismatch(f"The film is not the one asked for: {'; '.join(differences)}")
    return found


@contextmanager
def reading(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open an MP4 film; what goes wrong inside is GenerationFailed.

    The format is given, not guessed: playlist formats would open other files and addresses.
    """
    try:
        with av.open(path, format="mp4") as container:
            if not container.streams.video:
                raise GenerationFailed("The film has no pictures")
            yield container, container.streams.video[0]
    except (av.FFmpegError, OSError) as error:
        raise GenerationFailed("The film cannot be read") from error


@dataclass(slots=True)
class Scan:
    """What the packets say, in decoding order and the stream's own unit of time.

    `times` holds each frame's presentation time and duration, `ends` the packets of the first
    and the last keyframe.
    """

    times: list[tuple[int, int]] = field(default_factory=list)
    keyframes: list[int] = field(default_factory=list)
    ends: list[VideoPacket] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        """When the first frame is shown, and when the last one ends."""
        return min(self.times)[0], sum(max(self.times))


def scan(container: InputContainer, stream: VideoStream) -> Scan:
    """Read every packet and decode none."""
    found = Scan()
    for packet in container.demux(stream):
        if packet.is_corrupt:
            raise GenerationFailed("The film is cut short")
        if packet.size and not packet.is_discard:
            time = packet.pts or 0
            found.times.append((time, packet.duration or 0))
            if packet.is_keyframe:
                found.keyframes.append(time)
                found.ends = [*found.ends[:1], packet]
    if not found.keyframes:
        raise GenerationFailed("The film has no pictures")
    return found


def _decodes(stream: VideoStream, packets: list[VideoPacket]) -> bool:
    """Decode them strictly; tell whether the frames are shown as they are stored."""
    codec = stream.codec_context
    codec.thread_count = 1
    codec.options = {"err_detect": "explode"}
    frames = [frame for packet in (*packets, None) for frame in codec.decode(packet)]
    if len(frames) != len(packets) or any(frame.is_corrupt for frame in frames):
        raise GenerationFailed("The film cannot be decoded")
    return frames[0].rotation == 0 and stream.sample_aspect_ratio in (None, 0, 1)


def _describe(path: Path, stream: VideoStream, found: Scan, upright: bool) -> Probe:
    codec = stream.codec_context
    fps, duration, constant = _rhythm(stream, sorted(found.times))
    with path.open("rb") as file:
        first = next((kind for kind in _boxes(file) if kind in (b"moov", b"mdat")), None)
    return Probe(
        width=codec.width,
        height=codec.height,
        fps=fps,
        frames=len(found.times),
        duration=duration,
        codec=stream.codec.canonical_name,
        profile=stream.profile,
        pixel_format=codec.pix_fmt,
        colour=_colour(codec),
        faststart=first == b"moov",
        constant_rate=constant,
        upright=upright,
        size=path.stat().st_size,
    )


def _probe_sound(container: InputContainer) -> Track | None:
    if not container.streams.audio:
        return None
    stream = container.streams.audio[0]
    codec, unit = stream.codec_context, stream.time_base or Fraction(1)
    start: Fraction | None = None
    end = Fraction(0)
    for packet in container.demux(stream):
        if packet.is_corrupt or any(frame.is_corrupt for frame in packet.decode()):
            raise GenerationFailed("The sound of the film cannot be decoded")
        if packet.size:
            time = (packet.pts or 0) * unit
            start = time if start is None else start
            end = max(end, time + (packet.duration or 0) * unit)
    return Track(
        codec=stream.codec.canonical_name,
        profile=stream.profile,
        rate=codec.sample_rate,
        channels=codec.channels,
        start=start or Fraction(0),
        end=end,
    )


def _rhythm(stream: VideoStream, times: list[tuple[int, int]]) -> tuple[Fraction, Fraction, bool]:
    """Work out the rate, the duration, and whether the rate is constant from zero on."""
    unit = stream.time_base or Fraction(1)
    (first, _), (last, last_step) = times[0], times[-1]
    steps = {after - before for (before, _), (after, _) in pairwise(times)} | {last_step}
    duration = (last + last_step - first) * unit
    if len(steps) == 1 and last_step > 0:
        return 1 / (last_step * unit), duration, first == 0
    return stream.average_rate or Fraction(0), duration, False


def _colour(codec: VideoCodecContext) -> Colour:
    return Colour(
        primaries=codec.color_primaries,
        transfer=codec.color_trc,
        matrix=codec.colorspace,
        range=_RANGES.get(codec.color_range, "unspecified"),
    )


def _boxes(file: BinaryIO) -> Iterator[bytes]:
    """Name the top-level boxes of an MP4 file in turn."""
    start = 0
    while len(head := file.read(16)) >= 8:
        size, kind = int.from_bytes(head[:4]), head[4:8]
        yield kind
        if size == 1:
            size = int.from_bytes(head[8:])
        if size < 8:  # 0: up to the end of the file
            return
        start += size
        file.seek(start)


def picture_differences(found: Probe, shape: Shape) -> Iterator[str]:
    """Each way in which its pictures are not those asked for."""
    facts: tuple[tuple[str, object, object], ...] = (
        ("size", f"{found.width}x{found.height}", shape.size),
        ("rate", found.fps, shape.fps),
        ("number of frames", found.frames, shape.frames),
        ("codec", found.codec, "h264"),
        ("pixel format", found.pixel_format, "yuv420p"),
        ("colour", found.colour, BT709),
    )
    for name, is_, should_be in facts:
        if is_ != should_be:
            yield f"its {name} is {is_}, not {should_be}"
    yield from _flaws(found)


def _flaws(found: Probe) -> Iterator[str]:
    if not found.constant_rate:
        yield "its rate is not constant"
    if not found.faststart:
        yield "its index is not at the front"
    if not found.upright:
        yield "it is rotated or its pixels are not square"


def sound_differences(found: Probe, shape: Shape) -> Iterator[str]:
    """Each way in which its sound is not what was asked for."""
    sound = found.sound
    if sound is None:
        if shape.sound is Sound.TRACK:
            yield "it has no sound track"
        return
    if shape.sound is Sound.NONE:
        yield "it has a sound track"
    if (sound.codec, sound.profile, sound.rate, sound.channels) != ("aac", "LC", RATE, CHANNELS):
        yield f"its sound is {sound}, not aac LC, {RATE} Hz, {CHANNELS} channels"
    length = Fraction(samples_in(shape.frames, shape.fps), RATE)
    if sound.start > 0 or sound.end != length:
        yield f"its sound lasts until {float(sound.end):g} s, not {float(length):g} s"
