"""Sends files: whole by the server's own file path, ranges in pieces."""

import os
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response, StreamingResponse

from filmgate.api import ranges
from filmgate.api.answers import reply
from filmgate.api.errors import envelope
from filmgate.blobs import Blobs
from filmgate.domain.video import StoredFile, Video
from filmgate.errors import VideoExpired

KINDS = {
    "video": ("video/mp4", "mp4"),
    "thumbnail": ("image/webp", "webp"),
    "spritesheet": ("image/jpeg", "jpg"),
}
"""Media type and suffix of each variant."""


async def send(
    blobs: Blobs, file: StoredFile, *, name: str, media_type: str, request: Headers, inline: bool
) -> Response:
    """The answer to a GET or HEAD of a stored file.

    Raises:
        VideoExpired: the file is gone.
    """
    kind = "inline" if inline else "attachment"
    headers = {
        "etag": f'"{file.etag}"',
        "accept-ranges": "bytes",
        "content-disposition": f'{kind}; filename="{name}"',
        "cache-control": "private, max-age=3600",
        "x-content-type-options": "nosniff",
    }
    if _matches(request.get("if-none-match"), file.etag):
        return Response(status_code=304, headers=headers)
    try:
        span = ranges.parse(_wanted(request, file.etag), file.size)
    except ranges.Unsatisfiable:
        return _unsatisfiable(file)
    if span is None:
        return await _whole(blobs, file, media_type, headers)
    return _part(blobs, file, media_type, headers, span)


def _wanted(request: Headers, etag: str) -> str | None:
    """The Range header, unless If-Range names another state of the file."""
    condition = request.get("if-range")
    return request.get("range") if condition in (None, f'"{etag}"') else None


def _matches(header: str | None, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in (header or "").split(",")]
    return f'"{etag}"' in tags or "*" in tags


async def _whole(
    blobs: Blobs, file: StoredFile, media_type: str, headers: dict[str, str]
) -> Response:
    path = blobs.local_path(file.key)
    if path is None:
        headers["content-length"] = str(file.size)
        pieces = blobs.stream(file.key, 0, file.size)
        return StreamingResponse(pieces, headers=headers, media_type=media_type)
    try:
        status = os.stat(path)  # noqa: PTH116
    except FileNotFoundError as error:
        raise VideoExpired("The video's files were removed") from error
    return FileResponse(path, headers=headers, media_type=media_type, stat_result=status)


def _part(
    blobs: Blobs,
    file: StoredFile,
    media_type: str,
    headers: dict[str, str],
    span: tuple[int, int],
) -> Response:
    start, end = span
    headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    headers["content-length"] = str(end - start)
    pieces = blobs.stream(file.key, start, end)
    return StreamingResponse(pieces, status_code=206, headers=headers, media_type=media_type)


def _unsatisfiable(file: StoredFile) -> Response:
    content = envelope(
        f"Invalid parameter: Range must lie within the {file.size} bytes of the file",
        kind="invalid_request_error",
        code="invalid_parameter",
        param="Range",
    )
    return reply(content, status=416, headers={"content-range": f"bytes */{file.size}"})


def name(video: Video, variant: str, index: int, suffix: str) -> str:
    """The file name that a saved file gets: `<id>.mp4` for the first film."""
    number = f"-{index}" if video.request.n > 1 else ""
    kind = "" if variant == "video" else f"-{variant}"
    return f"{video.id}{number}{kind}.{suffix}"


def responses() -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI document says of the answers with bytes."""
    kinds = {
        media: {"schema": {"type": "string", "format": "binary"}} for media, _ in KINDS.values()
    }
    return {
        200: {"description": "The file", "content": kinds},
        206: {"description": "The range asked for", "content": kinds},
        304: {"description": "The caller has this file already"},
    }
