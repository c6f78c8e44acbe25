"""Bodies and pictures, byte by byte."""

import json
import random
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from PIL import Image

BOUNDARY = "a-boundary-of-the-tests"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
URLENCODED = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Part:
    """One part of a multipart body."""

    name: str
    data: bytes | str
    filename: str | None = None
    kind: str | None = None

    def written(self) -> bytes:
        """Its bytes, without the boundaries."""
        file = f'; filename="{self.filename}"' if self.filename is not None else ""
        head = f'Content-Disposition: form-data; name="{self.name}"{file}\r\n'
        kind = f"Content-Type: {self.kind}\r\n" if self.kind else ""
        data = self.data.encode() if isinstance(self.data, str) else self.data
        return f"{head}{kind}\r\n".encode() + data


def multipart(*parts: Part, end: str = "--") -> bytes:
    """A multipart body of these parts."""
    line = f"--{BOUNDARY}".encode()
    pieces = b"".join(line + b"\r\n" + part.written() + b"\r\n" for part in parts)
    return pieces + line + end.encode() + b"\r\n"


def form(fields: dict[str, Any], *more: Part) -> bytes:
    """A multipart body of text fields, and more parts."""
    return multipart(*(Part(name, str(value)) for name, value in fields.items()), *more)


def as_json(fields: dict[str, Any]) -> bytes:
    """A JSON body; NaN and lone surrogates are written as Python writes them."""
    return json.dumps(fields).encode()


def as_urlencoded(fields: dict[str, Any]) -> bytes:
    """An urlencoded body."""
    return urlencode(fields).encode()


def picture(kind: str = "PNG", size: tuple[int, int] = (128, 128)) -> bytes:
    """A whole picture of one colour."""
    out = BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(out, kind)
    return out.getvalue()


def animated_gif() -> bytes:
    """A GIF of two frames."""
    out = BytesIO()
    frames = [Image.new("P", (128, 128), shade) for shade in (1, 2)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def huge_png(side: int = 20_000) -> bytes:
    """A whole PNG of `side` x `side` black pixels: a few kilobytes that decode to many."""
    rows = zlib.compress(bytes((side + 7) // 8 + 1) * side, 1)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"/>'


def noise_png(side: int) -> bytes:
    """A whole PNG that does not compress."""
    out = BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(1).randbytes(3 * side * side)).save(
        out, "PNG", compress_level=0
    )
    return out.getvalue()
