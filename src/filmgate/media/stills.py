"""Stills of a finished film: one frame to know it by, and a sheet of small ones."""

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
from av.container import InputContainer
from av.video.reformatter import Colorspace, Interpolation
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from filmgate.domain.grid import TILE_SIDE, fit, grid_side
from filmgate.errors import GenerationFailed
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
        start, end = scan(container, stream).span
        dark = []
        for moment in _MOMENTS:
            wanted = start + int((end - start) * moment)
            image = _near(container, stream, wanted, slack=(end - start) // 8)
            luma = ImageStat.Stat(image.convert("L")).mean[0]
            if luma >= _DARK:
                break
            dark.append((luma, image))
        else:
            image = max(dark, key=lambda pair: pair[0])[1]
    image.save(target, "WEBP", quality=80, method=4)


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


def _near(container: InputContainer, stream: VideoStream, wanted: int, slack: int) -> Image.Image:
    """Show the keyframe before `wanted`, or a later frame if it is more than `slack` away."""
    stream.codec_context.skip_frame = "NONREF"
    container.seek(wanted, stream=stream)
    frames = container.decode(stream)
    shown = frame = next(frames, None)
    while frame and (frame.pts or 0) < wanted - slack:
        shown, frame = frame, next(frames, None)
    return _image(frame or shown, THUMBNAIL_SIDE)


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
