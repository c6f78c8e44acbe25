"""Forms to fields: urlencoded and multipart bodies."""

import binascii
import quopri
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from filmgate.api.charsets import codec_of
from filmgate.api.jsontext import Unreadable, read_json
from filmgate.api.nesting import nest
from filmgate.errors import InvalidMultipart, InvalidParameter
from filmgate.media.percent import unquote_form

MAX_FIELDS = 1000
MAX_HEADERS = 20
MAX_HEADER_BYTES = 16 << 10
"""Headers of one part, each of which costs far more memory than its bytes."""

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body; without a name it may be no file at all."""

    data: bytes
    named: bool = True
    filename: str = field(default="", compare=False)


def read_urlencoded(body: bytes, charset: str | None) -> Fields:
    """The fields of a urlencoded form.

    Raises:
        InvalidParameter: it is none.
    """
    if body.count(b"&") >= MAX_FIELDS:
        raise InvalidParameter("body", f"has more than {MAX_FIELDS} fields")
    codec = _codec("body", charset)
    try:
        return nest([(name.decode(codec), value.decode(codec)) for name, value in _pairs(body)])
    except ValueError as error:
        raise InvalidParameter("body", "is not a valid urlencoded form") from error


def _pairs(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and values; no more copies of a value than must be, for it may be the whole body."""
    start = 0
    while start < len(body):
        end = body.find(b"&", start)
        end = len(body) if end < 0 else end
        sign = body.find(b"=", start, end)
        sign = end if sign < 0 else sign
        if end > start:
            yield unquote_form(body, start, sign), unquote_form(body, sign + 1, end)
        start = end + 1


def _codec(name: str, charset: str | None) -> str:
    codec = codec_of(charset) if charset else "utf-8"
    if codec is None:
        raise InvalidParameter(name, f"is in the charset {str(charset)[:40]!r}, which is unknown")
    return codec


def read_multipart(body: bytes, declared: bytes | None) -> Fields:
    """The fields of a multipart form; `declared` is the boundary that its header names.

    Raises:
        InvalidMultipart, InvalidParameter: it is none.
    """
    first = body[2 : max(0, body.find(b"\n"))][:_MAX_BOUNDARY].strip()
    boundary = declared if declared and first.startswith(declared) else first
    if body.count(b"\n--" + boundary) > MAX_FIELDS + 1:  # whatever follows, each costs the parser
        raise InvalidMultipart(f"The multipart body has more than {MAX_FIELDS} parts")
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError, AssertionError) as error:
        raise InvalidMultipart("The multipart body is broken") from error
    if not collector.ended:
        raise InvalidMultipart("The multipart body ends before its last boundary")
    return nest([_read_part(part) for part in collector.parts])


_MAX_BOUNDARY = 512


@dataclass(slots=True)
class _Part:
    headers: dict[str, str] = field(default_factory=dict)
    data: bytearray = field(default_factory=bytearray)


class _Collector:
    """Gathers parts as the parser meets them."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.ended = False
        self._name = bytearray()
        self._value = bytearray()

    def callbacks(self) -> Any:
        """Each event of the parser with the method of its name."""
        return {name: getattr(self, name) for name in dir(self) if name.startswith("on_")}

    def on_part_begin(self) -> None:
        """A part comes."""
        if len(self.parts) >= MAX_FIELDS:
            raise ValueError("too many parts")
        self.parts.append(_Part())

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        """A piece of a header's name."""
        self._name += data[start : min(end, start + MAX_HEADER_BYTES)]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        """A piece of a header's value."""
        self._value += data[start : min(end, start + MAX_HEADER_BYTES)]

    def on_header_end(self) -> None:
        """A header is whole."""
        headers = self.parts[-1].headers
        if len(headers) >= MAX_HEADERS or len(self._name) + len(self._value) >= MAX_HEADER_BYTES:
            raise ValueError("too many headers, or one that is too long")
        headers[self._name.decode("latin-1").lower()] = self._value.decode("latin-1")
        self._name.clear()
        self._value.clear()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """A piece of what a part holds."""
        self.parts[-1].data += memoryview(data)[start:end]

    def on_end(self) -> None:
        """The last boundary came."""
        self.ended = True


def _read_part(part: _Part) -> tuple[str, Any]:
    _, options = parse_options_header(part.headers.get("content-disposition", ""))
    name = options.get(b"name", b"").decode("utf-8", "replace")
    if not name:
        raise InvalidMultipart("A part of the body has no name")
    file = options.get(b"filename")
    kind, about = parse_options_header(part.headers.get("content-type", ""))
    data = _undo_transfer_encoding(
        name, bytes(part.data), part.headers.get("content-transfer-encoding", "")
    )
    if file is not None or kind.startswith((b"image/", b"video/")):
        return name, Upload(data, named=bool(file), filename=(file or b"").decode(errors="replace"))
    charset = about.get(b"charset", b"").decode("latin-1")
    return name, _part_value(name, data, kind, charset)


_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "7bit": bytes,
    "8bit": bytes,
    "binary": bytes,
    "base64": binascii.a2b_base64,
    "quoted-printable": quopri.decodestring,
}


def _undo_transfer_encoding(name: str, data: bytes, coding: str) -> bytes:
    """The bytes of a part under its Content-Transfer-Encoding, which old clients still write."""
    decode = _CODINGS.get(coding.strip().lower())
    if decode is None:
        raise InvalidParameter(
            name, f"is in the transfer encoding {coding[:40]!r}, not one we read"
        )
    try:
        return decode(data)
    except ValueError as error:
        raise InvalidParameter(name, f"is not valid {coding[:40]}") from error


def _part_value(name: str, data: bytes, kind: bytes, charset: str) -> Any:
    """JSON, or text in the charset declared; without one, what is no UTF-8 is a file."""
    try:
        if kind == b"application/json":
            return read_json(data)
        return data.decode(_codec(name, charset))
    except Unreadable as error:
        raise InvalidParameter(name, str(error)) from error
    except UnicodeDecodeError as error:
        if charset:
            raise InvalidParameter(name, f"is not valid {charset[:40]}") from error
        return Upload(data)


def is_said(value: Any) -> bool:
    """Whether a value says anything: what is null, empty or blank counts as absent."""
    if isinstance(value, Upload):
        return value.named or bool(value.data)
    return value not in (None, "", [], {}) and not (isinstance(value, str) and value.isspace())
