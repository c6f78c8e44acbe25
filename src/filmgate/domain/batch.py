"""A batch: many requests in one file, made as there is room for them, at a lower price."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

WINDOW_S = 86400.0
"""How long a batch may take: what is not made by then is not made."""
ENDPOINT = "/v1/videos"
WINDOW = "24h"
PRIORITY = -1
"""What the videos of batches wait with, in their account's line: behind what somebody waits for."""


class BatchStatus(StrEnum):
    """Where a batch stands."""

    VALIDATING = "validating"
    """Its file is still to be read."""
    IN_PROGRESS = "in_progress"
    """Its lines become videos."""
    CANCELLING = "cancelling"
    """Its owner stopped it; what runs is being ended."""
    FINALIZING = "finalizing"
    """Every line has ended; the files of what came of them are being written."""
    COMPLETED = "completed"
    FAILED = "failed"
    """Its file could not be read."""
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more happens."""
        return self in _FINAL


_FINAL = {
    BatchStatus.COMPLETED,
    BatchStatus.FAILED,
    BatchStatus.EXPIRED,
    BatchStatus.CANCELLED,
}


class LineState(StrEnum):
    """Where a line of a batch stands."""

    WAITING = "waiting"
    ORDERED = "ordered"
    """It is a video."""
    DONE = "done"
    """Its video has ended, or it was refused."""


class Place(NamedTuple):
    """A line of a batch: `number` counts from 1, as the lines of its file."""

    batch_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One request of a batch. `refusal` is the status and the body that it was answered with."""

    number: int
    custom_id: str
    body: Mapping[str, Any]
    state: str = LineState.WAITING
    video_id: str | None = None
    refusal: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProblem:
    """Why a file is no batch, and at which line."""

    code: str
    message: str
    line: int | None = None
    param: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One row. `times` are Unix seconds by the status that was reached then.

    `base_url` is where its maker reached us, for the links in what comes of it. `ends_as` is what
    it becomes once what runs has ended, where that is not `completed`.
    """

    id: str
    account_id: str
    key_id: str
    input_file_id: str
    status: BatchStatus
    created_at: float
    expires_at: float
    base_url: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)
    ends_as: str | None = None
    total: int = 0
    completed: int = 0
    failed: int = 0
    errors: tuple[LineProblem, ...] = ()
    output_file_id: str | None = None
    error_file_id: str | None = None
