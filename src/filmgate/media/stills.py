"""Stills of a finished film: one frame to know it by, and a sheet of small ones."""

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av
from av.container import InputContainer
from av.video.reformatter import Colorspace, Interpolation
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from filmgate.domain.grid import TILE_SIDE, fit, grid_side
from filmgate.errors import GenerationFailed
from filmgate.media.decode import read_last_frame
from filmgate.media.probe import Scan, reading, scan

THUMBNAIL_SIDE = 640

_DARK = 24.0
"""Mean luma, of 255, below which a frame says nothing about its film."""

_MOMENTS = tuple(Fraction(k, 8) for k in (4, 6, 2, 7, 1))
"""Where a thumbnail is looked for, as parts of the film, best first."""

_SCALING = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT


def thumbnail(film: Path, target: Path) -> None:
    """Write a WebP of a frame near the middle, or of a brighter one if that is dark."""
    with reading(film) as (container, stream):
        image = _known_by(container, stream, THUMBNAIL_SIDE)
    image.save(target, "WEBP", quality=80, method=4)


def still(film: Path, width: int | None, at: Fraction | None) -> bytes:
    """A WebP of the frame that is shown `at` seconds, or of the one that the film is known by.

    `width` is in pixels; without it the longer side has 640 at most. The end is the last frame.
    """
    with reading(film) as (container, stream):
        size = stream.codec_context
        side = THUMBNAIL_SIDE if width is None else max(width, width * size.height // size.width)
        if at is None:
            image = _known_by(container, stream, side)
        else:
            image = _image(_shown_at(container, stream, at), side)
    if width is not None and image.width != width:
        image = image.resize((width, image.height))
    return _encode_still(image, "WEBP", quality=80, method=4)


def last_frame(film: Path) -> bytes:
    """A PNG of the frame that a film ends with, of its own size."""
    return _encode_still(Image.fromarray(read_last_frame(film)), "PNG", compress_level=6)


def _encode_still(image: Image.Image, kind: str, **options: int) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _known_by(container: InputContainer, stream: VideoStream, side: int) -> Image.Image:
    """The frame near the middle, or a brighter one if that is dark."""
    start, end = scan(container, stream).span
    dark = []
    for moment in _MOMENTS:
        wanted = start + int((end - start) * moment)
        image = _near(container, stream, wanted, slack=(end - start) // 8, side=side)
        luma = ImageStat.Stat(image.convert("L")).mean[0]
        if luma >= _DARK:
            return image
        dark.append((luma, image))
    return max(dark, key=lambda pair: pair[0])[1]


def _shown_at(container: InputContainer, stream: VideoStream, at: Fraction) -> av.VideoFrame | None:
    """The frame that is on the screen at a moment: the last one that has begun."""
    start, _ = scan(container, stream).span
    wanted = start + int(at / (stream.time_base or Fraction(1)))
    container.seek(wanted, stream=stream)
    shown = None
    for frame in container.decode(stream):
        if shown is not None and (frame.pts or 0) > wanted:
            break
        shown = frame
    return shown


def spritesheet(film: Path, target: Path) -> None:
    """Write a JPEG of up to 5 x 5 tiles, evenly spread over the film, row by row."""
    with reading(film) as (container, stream):
        found = scan(container, stream)
        side = grid_side(len(found.times))
        tiles = list(_tiles(container, stream, found, side * side))
    width, height = tiles[0].size
    sheet = Image.new("RGB", (side * width, side * height))
    for k, tile in enumerate(tiles):
        sheet.paste(tile, (k % side * width, k // side * height))
    sheet.save(target, "JPEG", quality=80, optimize=True)


def _near(
    container: InputContainer, stream: VideoStream, wanted: int, *, slack: int, side: int
) -> Image.Image:
    """Show the keyframe before `wanted`, or a later frame if it is more than `slack` away."""
    stream.codec_context.skip_frame = "NONREF"
    container.seek(wanted, stream=stream)
    frames = container.decode(stream)
    shown = frame = next(frames, None)
    while frame and (frame.pts or 0) < wanted - slack:
        shown, frame = frame, next(frames, None)
    return _image(frame or shown, side)


def _tiles(
    container: InputContainer, stream: VideoStream, found: Scan, count: int
) -> Iterator[Image.Image]:
    wanted = _select(stream, found, count)
    container.seek(found.span[0], stream=stream)
    frame = None
    for frame in container.decode(stream):
        while wanted and (frame.pts or 0) >= wanted[0]:
            wanted.popleft()
            yield _image(frame, TILE_SIDE)
        if not wanted:
            return
    yield from (_image(frame, TILE_SIDE) for _ in wanted)


def _select(stream: VideoStream, found: Scan, count: int) -> deque[Fraction]:
    """Decode as little as `count` tiles need; give the time from which each may be taken."""
    start, end = found.span
    step = Fraction(end - start, count)
    codec = stream.codec_context
    if max(after - before for before, after in pairwise([*found.keyframes, end])) <= step:
        codec.skip_frame = "NONKEY"
        first = Fraction(start)
    else:
        codec.skip_frame = "NONREF" if len(found.times) >= 4 * count else "DEFAULT"
        codec.thread_type = "AUTO"
        first = start + step / 2
    return deque(first + k * step for k in range(count))


def _image(frame: av.VideoFrame | None, side: int) -> Image.Image:
    if frame is None:
        raise GenerationFailed("The film cannot be decoded")
    width, height = fit(frame.width, frame.height, side)
    pixels = frame.to_ndarray(
        format="rgb24",
        width=width,
        height=height,
        src_colorspace=Colorspace.ITU709,
        interpolation=_SCALING,
        threads=1,
    )
    return Image.fromarray(pixels)
