"""Pictures that clients send: judged by their bytes, within limits, decoded once as proof."""

import re
import struct
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, TypeAlias
from urllib.parse import unquote_to_bytes

import numpy as np
from PIL import Image
from PIL.ExifTags import Base
from PIL.Image import Transpose
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from filmgate.errors import InvalidImage

Kind: TypeAlias = Literal["jpeg", "png", "webp"]

MAX_PIXELS = 64_000_000
MAX_SCANS = 64
"""A progressive JPEG has about ten. Each is a pass over every pixel, for a few bytes."""

_PNG_END = b"IEND\xaeB`\x82"

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
    UserWarning,  # bad EXIF: raised only where warnings are errors
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
        width, height = _as_seen(file)
    return Picture(data=data, kind=kind, width=width, height=height)


def upright(picture: Picture) -> Image.Image:
    """Decode it to RGB as it is seen: turned as its EXIF says, what is transparent on black."""
    with _file(picture.data, picture.kind, picture.width * picture.height) as file:
        return _rgb(_turned(file))


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a pixel, which Pillow would clip, not scale
        return Image.fromarray((np.asarray(image) // 256).astype(np.uint8)).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    black = Image.new("RGBA", image.size, "black")
    return Image.alpha_composite(black, image.convert("RGBA")).convert("RGB")


def decode_inline(text: str) -> bytes:
    """Decode a data URL or bare base64, padded or not, of either alphabet."""
    text = text.lstrip()
    data = _data_url(text[5:]) if text[:5].lower() == "data:" else _base64(text)
    if not data:
        raise InvalidImage("The image is empty")
    return data


def _data_url(text: str) -> bytes:
    head, comma, body = text.partition(",")
    if not comma:
        raise InvalidImage("The image is a data URL without a comma")
    plain = _unquoted(body)
    is_base64 = head.rpartition(";")[2].strip().lower() == "base64"
    return _base64(plain.decode("latin-1")) if is_base64 else plain


def _unquoted(text: str) -> bytes:
    if not text.isascii() or re.search("%(?![0-9A-Fa-f]{2})", text):
        raise InvalidImage("The image is a data URL that is not percent-encoded")
    return unquote_to_bytes(text)


def _base64(text: str) -> bytes:
    compact = "".join(text.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except ValueError as error:
        raise InvalidImage("The image is neither a URL nor valid base64") from error


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
        _check_size(*_webp_size(data), max_pixels)


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
            if getattr(file, "is_animated", False):
                raise InvalidImage("The image is animated; it must be a still")
            yield file
    except _BROKEN as error:
        raise InvalidImage(f"The image is not a whole {kind.upper()}") from error


def _as_seen(file: ImageFile) -> tuple[int, int]:
    width, height = file.size
    return (height, width) if _orientation(file) in (5, 6, 7, 8) else (width, height)


def _turned(file: ImageFile) -> Image.Image:
    turn = _TURNS.get(_orientation(file))
    return file if turn is None else file.transpose(turn)


def _orientation(file: ImageFile) -> int:
    value = file.getexif().get(Base.Orientation)
    return value if isinstance(value, int) else 1
