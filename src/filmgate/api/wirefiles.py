"""The objects of files, characters and batches on the wire, as `wire` has those of videos."""

from typing import Any, Literal

from typing_extensions import TypedDict

from filmgate.api.wire import Listing
from filmgate.domain.batch import BatchStatus
from filmgate.domain.file import Purpose


class FileObject(TypedDict):
    """A file that is kept here for a while."""

    id: str
    object: Literal["file"]
    bytes: int
    created_at: int
    expires_at: int
    filename: str
    purpose: Purpose
    status: Literal["processed"]
    status_details: None


class FileDeleted(TypedDict):
    """What DELETE answers."""

    id: str
    object: Literal["file"]
    deleted: Literal[True]


class CharacterObject(TypedDict):
    """A character: what is named in prompts and looks alike in every film."""

    id: str
    object: Literal["character"]
    created_at: int
    expires_at: int
    name: str


class CharacterDeleted(TypedDict):
    """What DELETE answers."""

    id: str
    object: Literal["character.deleted"]
    deleted: Literal[True]


class BatchProblem(TypedDict):
    """What is wrong with the file of a batch."""

    code: str
    message: str
    line: int | None
    param: str | None


class BatchCounts(TypedDict):
    """How many lines a batch has, and how many of them have ended."""

    total: int
    completed: int
    failed: int


class BatchObject(TypedDict):
    """A batch: many requests in one file."""

    id: str
    object: Literal["batch"]
    endpoint: str
    errors: Listing[BatchProblem] | None
    input_file_id: str
    completion_window: str
    status: BatchStatus
    output_file_id: str | None
    error_file_id: str | None
    created_at: int
    in_progress_at: int | None
    expires_at: int
    finalizing_at: int | None
    completed_at: int | None
    failed_at: int | None
    expired_at: int | None
    cancelling_at: int | None
    cancelled_at: int | None
    request_counts: BatchCounts
    metadata: dict[str, Any] | None
