"""Pictures that clients send: judged by their bytes, proved within limits, decoded one way."""

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import Base
from PIL.Image import Transpose
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from filmgate.errors import InvalidImage
from filmgate.media.srgb import to_srgb

__all__ = ["pixels"]

Kind: TypeAlias = Literal["jpeg", "png", "webp"]

MAX_PIXELS = 64_000_000
MAX_WEBP_PIXELS = 16_000_000
"""Its decoder holds the canvas three times, whatever the file weighs."""
MAX_SCANS = 64
"""A progressive JPEG has about ten. Each is a pass over every pixel, for a few bytes."""
MAX_PARTS = 50_000
"""Chunks of a PNG, or what stands before the scans of a JPEG: Pillow reads each in Python."""
MAX_EXIF = 64 << 10

warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")
# One warning a bad EXIF tag: five thousand fit into 60 KB.

_PNG_END = b"IEND\xaeB`\x82"
_WEBP_ANIMATED = 0x02
_JPEG_BARE = {0x00, 0x01, *range(0xD0, 0xDA)}
"""Markers without a length."""

_KINDS: dict[bytes, Kind] = {
    rb"\xff\xd8\xff": "jpeg",
    rb"\x89PNG\r\n\x1a\n": "png",
    rb"RIFF....WEBPVP8[ LX]": "webp",
}
_OTHERS = {
    rb"GIF8": "a GIF",
    rb"\s*(\xef\xbb\xbf)?\s*<": "an SVG or another text",
    rb"....ftypavi[fs]": "an AVIF",
    rb"....ftyp(hei|hev|mif1|msf1)": "a HEIC",
    rb"....ftyp": "a film",
    rb"BM": "a BMP",
    rb"II\*\0|MM\0\*": "a TIFF",
    rb"%PDF": "a PDF",
}
_FILES: dict[Kind, type[ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
}
"""Pillow's own classes, one a kind. `Image.open` would warn by a limit that is process-wide."""

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What Pillow raises on bytes that are not what they seem."""

_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What each EXIF orientation asks for."""
_LYING = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A whole, still picture. Width and height are as it is seen, its EXIF turn applied."""

    data: bytes
    kind: Kind
    width: int
    height: int


def read(data: bytes, max_pixels: int = MAX_PIXELS) -> Picture:
    """Prove that the bytes are a picture that we take; InvalidImage says why not."""
    kind = _kind(data)
    _check_before_decoding(data, kind, max_pixels)
    with _file(data, kind, max_pixels) as file:
        file.load()
        width, height = file.size[::-1] if _orientation(file) in _LYING else file.size
    return Picture(data=data, kind=kind, width=width, height=height)


def as_seen(data: bytes, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Decode to RGB of 8 bits as it is meant to be seen: upright, in sRGB, on white.

    Raises:
        InvalidImage: as `read` does.
    """
    kind = _kind(data)
    _check_before_decoding(data, kind, max_pixels)
    with _file(data, kind, max_pixels) as file:
        file.load()
        profile = file.info.get("icc_profile")
        turn = _TURNS.get(_orientation(file))
        image = file if turn is None else file.transpose(turn)
        return _on_white(_to_8_bits(image), profile if isinstance(profile, bytes) else None)


def write_as_seen(data: bytes, path: Path) -> None:
    """Decode it once for whoever reads it next: a PNG that looks the same to every reader."""
    as_seen(data).save(path, "PNG", compress_level=1)


def pixels(path: Path) -> NDArray[np.uint8]:
    """What `write_as_seen` wrote: height × width × RGB."""
    with Image.open(path, formats=["PNG"]) as image:
        return np.asarray(image)


def _to_8_bits(image: Image.Image) -> Image.Image:
    """It as L, RGB or CMYK, or LA or RGBA where something is transparent."""
    if image.mode.startswith("I"):  # grey of 16 bits, which Pillow would clip, not scale
        grey = np.asarray(image).astype(np.uint32)
        return Image.fromarray(((grey * 255 + 32767) // 65535).astype(np.uint8))
    if image.has_transparency_data:
        return image if image.mode in ("LA", "RGBA") else image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _on_white(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode not in ("LA", "RGBA"):
        return to_srgb(image, profile).convert("RGB")
    colours = to_srgb(image.convert(image.mode[:-1]), profile).convert("RGB")
    colours.putalpha(image.getchannel("A"))
    white = Image.new("RGBA", colours.size, "white")
    return Image.alpha_composite(white, colours).convert("RGB")


def _kind(data: bytes) -> Kind:
    head = data[:64]
    for start, kind in _KINDS.items():
        if re.match(start, head, re.DOTALL):
            return kind
    found = (name for start, name in _OTHERS.items() if re.match(start, head, re.DOTALL))
    name = next(found, "of an unknown kind") if data else "empty"
    raise InvalidImage(f"The image is {name}; it must be a JPEG, PNG or WebP")


def _check_before_decoding(data: bytes, kind: Kind, max_pixels: int) -> None:
    if kind == "jpeg" and data.count(b"\xff\xda") > MAX_SCANS:
        raise InvalidImage(f"The image has more than {MAX_SCANS} scans")
    if kind == "png" and _PNG_END not in data:
        raise InvalidImage("The image is not a whole PNG")
    if kind == "webp":  # its decoder takes memory for the whole canvas as it opens
        _refuse_animated(data[12:16] == b"VP8X" and bool(data[20] & _WEBP_ANIMATED))
        _check_size(*_webp_size(data), min(max_pixels, MAX_WEBP_PIXELS))
    else:
        parts = _png_parts(data) if kind == "png" else _jpeg_parts(data)
        if sum(1 for _ in islice(parts, MAX_PARTS + 1)) > MAX_PARTS:
            raise InvalidImage(f"The image has more than {MAX_PARTS} parts")


def _png_parts(data: bytes) -> Iterator[int]:
    """Where each chunk starts."""
    at = 8
    while at < len(data):
        yield at
        at += 12 + int.from_bytes(data[at : at + 4])


def _jpeg_parts(data: bytes) -> Iterator[int]:
    """Where each segment before the first scan starts, and each byte of padding or junk."""
    at = 2
    while at + 1 < len(data) and data[at : at + 2] != b"\xff\xda":
        yield at
        if data[at] != 0xFF or data[at + 1] == 0xFF:
            at += 1
        elif data[at + 1] in _JPEG_BARE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4])


def _refuse_animated(animated: bool) -> None:
    if animated:
        raise InvalidImage("The image is animated; it must be a still")


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise InvalidImage(f"The image is {width}x{height}; at most {max_pixels} pixels are taken")


def _webp_size(data: bytes) -> tuple[int, int]:
    head = data[:30].ljust(30, b"\0")
    match head[15:16]:
        case b"X":
            width, height = (int.from_bytes(head[k : k + 3], "little") + 1 for k in (24, 27))
        case b"L":
            bits = int.from_bytes(head[21:25], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            width, height = (int.from_bytes(head[k : k + 2], "little") & 0x3FFF for k in (26, 28))
    return width, height


@contextmanager
def _file(data: bytes, kind: Kind, max_pixels: int) -> Iterator[ImageFile]:
    try:
        with _FILES[kind](BytesIO(data)) as file:
            _check_size(*file.size, max_pixels)
            _refuse_animated(getattr(file, "is_animated", False))
            yield file
    except _BROKEN as error:
        raise InvalidImage(_say_what_is_broken(kind, error)) from error


def _say_what_is_broken(kind: Kind, error: Exception) -> str:
    if "Decompressed data too large" in str(error):  # Pillow's only mark of it
        return f"A text or colour profile in the {kind.upper()} is larger than 1 MiB"
    return f"The image is not a whole {kind.upper()}"


def _orientation(file: ImageFile) -> int:
    if len(file.info.get("exif", b"")) > MAX_EXIF:
        return 1
    value = file.getexif().get(Base.Orientation)
    return value if isinstance(value, int) else 1
