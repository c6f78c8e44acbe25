"""Bytes to fields: JSON, multipart and urlencoded bodies, sniffed rather than trusted."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from filmgate.errors import (
    InvalidJson,
    InvalidMultipart,
    InvalidParameter,
    RequestTooLarge,
    UnsupportedMediaType,
)

MAX_FIELDS = 1000
MAX_VALUES = 100_000
"""How many values a JSON body may hold: each costs far more memory than its bytes."""
_LARGE = 256 * 1024
_LARGE_TURNS = asyncio.Semaphore(2)
"""Bodies that take long to read are read aside, and few at a time."""
_MAX_DEPTH = 8

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body. Its declared type is never believed."""

    data: bytes
    named: bool = True


def is_said(value: Any) -> bool:
    """Whether a value says anything: what is null or empty counts as absent, at every door."""
    if isinstance(value, Upload):
        return value.named or bool(value.data)
    return value not in (None, "", [], {})


@dataclass(slots=True)
class _Part:
    headers: dict[str, str] = field(default_factory=dict)
    data: bytearray = field(default_factory=bytearray)


async def read(request: Request, max_bytes: int) -> Fields:
    """The fields of a request's body, nested where the body nests.

    Raises:
        RequestTooLarge: the body is over the limit; the rest is not read.
        InvalidJson, InvalidMultipart, UnsupportedMediaType: it cannot be read.
    """
    data = await _bytes(request, max_bytes)
    declared = request.headers.get("content-type", "")
    if len(data) <= _LARGE:
        return parse(data, declared)
    async with _LARGE_TURNS:
        return await asyncio.to_thread(parse, data, declared)


async def _bytes(request: Request, max_bytes: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise _too_large(max_bytes)
    data = bytearray()
    try:
        async for piece in request.stream():
            data += piece
            if len(data) > max_bytes:
                raise _too_large(max_bytes)
    except ClientDisconnect as error:
        raise InvalidParameter("body", "ended before it was whole") from error
    return bytes(data)


def _too_large(max_bytes: int) -> RequestTooLarge:
    return RequestTooLarge(f"The request body is over the limit of {max_bytes} bytes")


def parse(body: bytes, content_type: str) -> Fields:
    """The fields of a body; what it starts with says more than its declared type."""
    start = body[:64].lstrip(b" \t\r\n\xef\xbb\xbf")
    declared, options = parse_options_header(content_type)
    if not body.strip():
        return {}
    if start.startswith(b"--"):
        return _multipart(body.lstrip(), options.get(b"boundary"))
    if start.startswith(b"{") or declared in (b"application/json", b"text/json"):
        return _json(body)
    if declared == b"multipart/form-data":
        raise InvalidMultipart("The multipart body does not start with a boundary")
    if declared == b"application/x-www-form-urlencoded":
        return _urlencoded(body)
    raise UnsupportedMediaType(
        "The body must be application/json, multipart/form-data or "
        "application/x-www-form-urlencoded"
    )


def _json(body: bytes) -> Fields:
    if sum(body.count(sign) for sign in (b"[", b"{", b",")) > MAX_VALUES:
        raise InvalidJson(f"The body holds more than {MAX_VALUES} values")
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidJson(f"The body is not valid JSON: {str(error)[:200]}") from error
    if not isinstance(value, dict):
        raise InvalidJson("The body must be a JSON object")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _urlencoded(body: bytes) -> Fields:
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=MAX_FIELDS,
            errors="strict",
        )
    except ValueError as error:
        raise InvalidParameter("body", "is not a valid urlencoded form") from error
    return _nested([(name, value) for name, value in pairs])


def _multipart(body: bytes, declared: bytes | None) -> Fields:
    first = body.split(b"\n", 1)[0].strip()[2:]
    boundary = declared if declared and first.startswith(declared) else first
    parts = _parts(body, boundary)
    return _nested([_entry(part) for part in parts])


def _parts(body: bytes, boundary: bytes) -> list[_Part]:
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError, AssertionError) as error:
        raise InvalidMultipart("The multipart body is broken") from error
    if not collector.ended:
        raise InvalidMultipart("The multipart body ends before its last boundary")
    return collector.parts


class _Collector:
    """Gathers parts as the parser meets them."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.ended = False
        self._name = bytearray()
        self._value = bytearray()

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_name,
            "on_header_value": self._on_value,
            "on_header_end": self._header,
            "on_part_data": self._data,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) >= MAX_FIELDS:
            raise ValueError("too many parts")
        self.parts.append(_Part())

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header(self) -> None:
        name = self._name.decode("latin-1").lower()
        self.parts[-1].headers[name] = self._value.decode("latin-1")
        self._name.clear()
        self._value.clear()

    def _data(self, data: bytes, start: int, end: int) -> None:
        self.parts[-1].data += memoryview(data)[start:end]

    def _end(self) -> None:
        self.ended = True


def _entry(part: _Part) -> tuple[str, Any]:
    _, options = parse_options_header(part.headers.get("content-disposition", ""))
    name = options.get(b"name", b"").decode("utf-8", "replace")
    if not name:
        raise InvalidMultipart("A part of the body has no name")
    data = bytes(part.data)
    declared, _ = parse_options_header(part.headers.get("content-type", ""))
    if declared == b"application/json" and b"filename" not in options:
        return name, _json_part(name, data)
    if b"filename" in options:
        return name, Upload(data)
    try:
        return name, data.decode("utf-8")
    except UnicodeDecodeError:
        return name, Upload(data)


def _json_part(name: str, data: bytes) -> Any:
    try:
        return json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidParameter(name, "is not valid JSON") from error


def _nested(pairs: list[tuple[str, Any]]) -> Fields:
    """`a[b][c]=x` and `a[]=x` as nested objects and lists."""
    root: Fields = {}
    for name, value in pairs:
        head, *rest = name.replace("]", "").split("[") if name.endswith("]") else [name]
        if len(rest) > _MAX_DEPTH:
            raise InvalidParameter(head, "is nested too deeply")
        _place(root, [head, *rest], value)
    return {name: _listed(value) for name, value in root.items()}


def _place(node: Fields, path: list[str], value: Any) -> None:
    """Put `value` at `path`; a list is a dict with the keys "0", "1", … until the end."""
    *above, last = path
    for key in above:
        node = node.setdefault(_numbered(node, key), {})
        if not isinstance(node, dict):
            raise InvalidParameter(path[0], "is given both as a value and as an object")
    name = _numbered(node, last)
    if name in node and node[name] != value:
        raise InvalidParameter(path[0], "is given twice")
    node[name] = value


def _numbered(node: Fields, key: str) -> str:
    return key if key else str(len(node))


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(child) for key, child in value.items()}
    if inner and list(inner) == [str(i) for i in range(len(inner))]:
        return list(inner.values())
    return inner
