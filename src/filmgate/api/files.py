"""The routes of files, as the official SDKs ask them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from filmgate.api import content, given
from filmgate.api.ask import Ask
from filmgate.api.fields import Schema
from filmgate.api.forms import Fields, Upload
from filmgate.api.given import Given
from filmgate.api.reply import page_of
from filmgate.api.values import check_storable
from filmgate.api.wire import Page
from filmgate.api.wirefiles import FileDeleted, FileObject
from filmgate.domain.file import (
    LEAST_LIFE_S,
    MAX_FILENAME,
    MOST_LIFE_S,
    FileFilter,
    KeptFile,
    Purpose,
)
from filmgate.domain.video import StoredFile
from filmgate.errors import InvalidParameter

MEDIA = "application/octet-stream"
_TAKEN = (Purpose.BATCH, Purpose.USER_DATA, Purpose.VISION)


class FilesQuery(BaseModel):
    """Which files."""

    after: str | None = Field(default=None, description="id of the last one seen")
    limit: int = Field(default=20, ge=1, le=10_000)
    order: Literal["asc", "desc"] = "desc"
    purpose: Literal["batch", "batch_output", "user_data", "vision", "character"] | None = None


class Life(Given):
    """How long a file is kept."""

    anchor: Literal["created_at"] = "created_at"
    seconds: int = Field(ge=LEAST_LIFE_S, le=MOST_LIFE_S)


class NewFile(Given):
    """A file to keep."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: Upload | str
    purpose: Literal["batch", "user_data", "vision"]
    expires_after: Life | None = None


_LIFE: Schema = {
    "type": "object",
    "properties": {
        "anchor": {"type": "string", "enum": ["created_at"]},
        "seconds": {"type": "integer", "minimum": LEAST_LIFE_S, "maximum": MOST_LIFE_S},
    },
}
UPLOAD_BODY: dict[str, Schema] = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "title": "UploadFile",
            "required": ["file", "purpose"],
            "properties": {
                "file": {"type": "string", "format": "binary"},
                "purpose": {"type": "string", "enum": list(_TAKEN)},
                "expires_after": _LIFE,
            },
        },
        "example": {"file": '{"custom_id": "1", …}', "purpose": "batch"},
    }
}


async def create_file(ask: Ask) -> FileObject:
    """Keep a file: a picture that creates name as `{"file_id": …}`, or the requests of a batch."""
    wanted, ignored = await ask.read_fields(
        lambda fields: _read(fields, ask.parts.drafts.unknown), ask.parts.intake.max_body
    )
    ask.name_ignored(ignored)
    life = wanted.expires_after
    file = wanted.file if isinstance(wanted.file, Upload) else Upload(wanted.file.encode())
    if not file.data:
        raise InvalidParameter("file", "is empty")
    kept = await ask.parts.files.create(
        ask.caller,
        file.data,
        filename=_filename(file.filename),
        purpose=Purpose(wanted.purpose),
        keep_s=life.seconds if life else None,
    )
    return file_object(kept)


async def list_files(ask: Ask) -> Page[FileObject]:
    """A page of your files, newest first."""
    query = ask.query(FilesQuery)
    wanted = FileFilter(
        limit=query.limit,
        newest_first=query.order == "desc",
        after=query.after,
        purpose=Purpose(query.purpose) if query.purpose else None,
    )
    found, more = await ask.parts.files.page(ask.caller, wanted)
    return page_of([file_object(file) for file in found], more)


async def retrieve_file(ask: Ask) -> FileObject:
    """What is known of a file."""
    return file_object(await ask.parts.files.get(ask.caller, ask.path["file_id"]))


async def delete_file(ask: Ask) -> FileDeleted:
    """Remove a file. Videos that were made from it keep their copy."""
    file_id = ask.path["file_id"]
    await ask.parts.files.delete(ask.caller, file_id)
    return {"id": file_id, "object": "file", "deleted": True}


async def fetch_file_content(ask: Ask) -> Response:
    """The bytes as they came."""
    file = await ask.parts.files.get(ask.caller, ask.path["file_id"])
    return await content.send(
        ask.parts.blobs,
        StoredFile(key=file.key, size=file.bytes, etag=file.id),
        name=file.id,
        media_type=MEDIA,
        request=ask.request,
        inline=False,
    )


def _read(fields: Fields, unknown: given.Unknown) -> tuple[NewFile, list[str]]:
    ignored = given.pass_over_unknown(fields, NewFile.model_fields, unknown)
    return given.read_body(NewFile, fields), ignored


def _filename(sent: str) -> str:
    """The last part of a name: a caller names no path here."""
    name = sent.replace("\\", "/").rpartition("/")[2][:MAX_FILENAME].strip()
    check_storable("file", name)
    return name or "file"


def file_object(file: KeptFile) -> FileObject:
    """A file as the official SDKs read it."""
    return {
        "id": file.id,
        "object": "file",
        "bytes": file.bytes,
        "created_at": int(file.created_at),
        "expires_at": int(file.expires_at),
        "filename": file.filename,
        "purpose": Purpose(file.purpose),
        "status": "processed",
        "status_details": None,
    }
