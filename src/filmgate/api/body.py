"""Bytes to fields: every body is sniffed rather than trusted, and read within bounds."""

import zlib

from python_multipart.multipart import parse_options_header

from filmgate.api.charsets import codec_of
from filmgate.api.forms import Fields, read_multipart, read_urlencoded
from filmgate.api.jsontext import Unreadable, read_json
from filmgate.errors import (
    InvalidJson,
    InvalidMultipart,
    InvalidParameter,
    RequestTooLarge,
    UnsupportedMediaType,
)

_JSON = (b"application/json", b"text/json")
_GZIP = ("gzip", "x-gzip")
_PLAIN = ("", "identity")
_PIECE = 1 << 16
MAX_MEMBERS = 1000
_BOMB = 1032
"""The most bytes that one byte of gzip becomes."""


def refuse_unknown_coding(coding: str) -> None:
    """Raise UnsupportedMediaType for a Content-Encoding that is not read."""
    if coding.strip().lower() not in _GZIP + _PLAIN:
        raise UnsupportedMediaType(
            f"The Content-Encoding {coding.strip()[:40]!r} is not read; send gzip, or none"
        )


def is_packed(coding: str) -> bool:
    """Whether a body is compressed."""
    return coding.strip().lower() in _GZIP


def unpack(data: bytes, max_bytes: int) -> bytes:
    """The bytes of a gzip body, of one member or several.

    Raises:
        RequestTooLarge: there are more than `max_bytes`; the rest is not unpacked.
        InvalidParameter: it is no whole gzip.
    """
    out, place = bytearray(), 0
    try:
        for _ in range(MAX_MEMBERS):
            place = _unpack_member(data, place, out, max_bytes)
            if not data[place : place + _PIECE].strip(b"\0"):
                return bytes(out)
    except zlib.error as error:
        raise InvalidParameter("body", "is not gzip, as its Content-Encoding says") from error
    raise InvalidParameter("body", f"has more than {MAX_MEMBERS} members of gzip")


def _unpack_member(data: bytes, place: int, out: bytearray, max_bytes: int) -> int:
    """Unpack the member of a gzip that begins at a place into `out`; return where it ends."""
    unpacker = zlib.decompressobj(wbits=31)
    while not unpacker.eof:
        piece = unpacker.unconsumed_tail
        if not piece:
            piece = data[place : place + _PIECE]
            place += len(piece)
        if not piece:
            raise InvalidParameter("body", "is not a whole gzip")
        out += unpacker.decompress(piece, _PIECE)
        if len(out) > max_bytes:
            raise too_large(max_bytes)
    return place - len(unpacker.unused_data)


def unpacked_size(size: int, max_bytes: int) -> int:
    """The most that a gzip of `size` bytes becomes, within the limit."""
    return min(max_bytes, size * _BOMB)


def refuse_declared_size(length: str, max_bytes: int) -> None:
    """Raise RequestTooLarge for a Content-Length over the limit."""
    if length.isdigit() and int(length[:20]) > max_bytes:
        raise too_large(max_bytes)


def too_large(max_bytes: int) -> RequestTooLarge:
    """The error of a body over the limit."""
    return RequestTooLarge(f"The request body is over the limit of {max_bytes} bytes")


def parse(data: bytes, content_type: str, coding: str = "", max_bytes: int = 0) -> Fields:
    """The fields of a body; what it starts with says more than its declared type.

    Raises:
        RequestTooLarge: unpacked, it is over the limit.
        InvalidJson, InvalidMultipart, InvalidParameter, UnsupportedMediaType: it cannot be read.
    """
    body = unpack(data, max_bytes) if is_packed(coding) else data
    start = body[:64].lstrip(b" \t\r\n\xef\xbb\xbf")
    declared, options = parse_options_header(content_type)
    charset = options.get(b"charset", b"").decode("latin-1")
    if not body.strip():
        return {}
    if start.startswith(b"--"):
        return read_multipart(body.lstrip(), options.get(b"boundary"))
    if start.startswith(b"{") or declared in _JSON:
        return _read_object(body, charset)
    if declared == b"multipart/form-data":
        raise InvalidMultipart("The multipart body does not start with a boundary")
    if declared == b"application/x-www-form-urlencoded":
        return read_urlencoded(body, charset)
    raise UnsupportedMediaType(
        "The body must be application/json, multipart/form-data or "
        "application/x-www-form-urlencoded"
    )


def _read_object(body: bytes, charset: str) -> Fields:
    codec = codec_of(charset) if charset else None
    try:
        value = read_json(body.decode(codec) if codec and codec != "utf-8" else body)
    except Unreadable as error:
        raise InvalidJson(f"The body {error}") from error
    except ValueError as error:
        raise InvalidJson(f"The body is not valid {charset[:40]}") from error
    if not isinstance(value, dict):
        raise InvalidJson("The body must be a JSON object")
    return value
