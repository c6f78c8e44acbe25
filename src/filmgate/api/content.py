"""Sends files: whole by the server's own file path, ranges in pieces."""

import os

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from filmgate.api import ranges
from filmgate.blobs import Blobs
from filmgate.domain.video import StoredFile, Video
from filmgate.errors import VideoExpired

KINDS = {
    "video": ("video/mp4", "mp4"),
    "thumbnail": ("image/webp", "webp"),
    "spritesheet": ("image/jpeg", "jpg"),
    "storyboard": ("text/vtt", "vtt"),
    "last_frame": ("image/png", "png"),
}
"""Media type and suffix of each variant."""

PRESIGNED_S = 3600
"""How long an address of an object store is good for."""
NO_STORE = {"cache-control": "private, no-store"}
_REMOVED = "The video's files were removed"


FILES = {f"{variant}.{suffix}": variant for variant, (_, suffix) in KINDS.items()}
"""The variant of each file name that a link ends in."""
MEDIA = tuple(media for media, _ in KINDS.values())


def headers_of(etag: str, name: str, *, inline: bool) -> dict[str, str]:
    """What every file is sent with."""
    kind = "inline" if inline else "attachment"
    return {
        "etag": f'"{etag}"',
        "content-disposition": f'{kind}; filename="{name}"',
        "cache-control": "private, max-age=3600",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
    }


def is_held(request: Request, etag: str) -> bool:
    """Whether the caller has the file with that ETag already."""
    held = request.headers.get("if-none-match", "").split(",")
    return bool({tag.strip().removeprefix("W/") for tag in held} & {etag, "*"})


async def send(
    blobs: Blobs,
    file: StoredFile,
    *,
    name: str,
    media_type: str,
    request: Request,
    inline: bool,
    redirect: bool = False,
) -> Response:
    """The answer to a GET or HEAD of a stored file; `redirect` where the store has an address.

    Raises:
        VideoExpired: the file is gone.
        RangeOutside: the range lies outside the file.
    """
    headers = {"accept-ranges": "bytes", **headers_of(file.etag, name, inline=inline)}
    if is_held(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    if redirect and request.method == "GET":
        address = await blobs.presign(file.key, PRESIGNED_S)
        if address is not None:
            return Response(status_code=302, headers={"location": address, **NO_STORE})
    current = request.headers.get("if-range", headers["etag"]) == headers["etag"]
    asked = request.headers.get("range") if current and request.method == "GET" else None
    span = ranges.parse(asked, file.size)
    if span is None:
        head = request.method == "HEAD"
        return await _whole(blobs, file, media_type, headers, head=head)
    headers["content-range"] = f"bytes {span[0]}-{span[1] - 1}/{file.size}"
    return await _stream(blobs, file, media_type, headers, span, status=206)


async def _whole(
    blobs: Blobs, file: StoredFile, media_type: str, headers: dict[str, str], *, head: bool
) -> Response:
    path = blobs.local_path(file.key)
    if path is None:
        whole = await _stream(blobs, file, media_type, headers, (0, file.size), status=200)
        return Response(headers=headers, media_type=media_type) if head else whole
    try:
        status = os.stat(path)  # noqa: PTH116
    except FileNotFoundError as error:
        raise VideoExpired(_REMOVED) from error
    return _WholeFile(path, headers=headers, media_type=media_type, stat_result=status)


class _WholeFile(FileResponse):
    """A file as a whole: Starlette's own reading of Range knows neither our rules nor envelope."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [header for header in scope["headers"] if header[0] != b"range"]
        await super().__call__({**scope, "headers": headers}, receive, send)


async def _stream(
    blobs: Blobs,
    file: StoredFile,
    media_type: str,
    headers: dict[str, str],
    span: tuple[int, int],
    *,
    status: int,
) -> Response:
    """The bytes of a file that is there: once an answer has begun, it cannot become a 410."""
    start, end = span
    headers["content-length"] = str(end - start)
    if await blobs.size(file.key) is None:
        raise VideoExpired(_REMOVED)
    pieces = blobs.stream(file.key, start, end)
    return StreamingResponse(pieces, status_code=status, headers=headers, media_type=media_type)


def name(video: Video, variant: str, index: int, suffix: str) -> str:
    """The file name that a saved file gets: `<id>.mp4` for the first film, then `<id>-1.mp4`."""
    number = f"-{index}" if index else ""
    kind = "" if variant == "video" else f"-{variant}"
    return f"{video.id}{number}{kind}.{suffix}"
