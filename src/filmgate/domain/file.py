"""Files that callers keep here: pictures to start from, what goes into and comes out of batches."""

from dataclasses import dataclass
from enum import StrEnum

LEAST_LIFE_S = 3600
MOST_LIFE_S = 30 * 86400
"""How short and how long a caller may ask for a file to be kept."""
MAX_FILENAME = 255


class Purpose(StrEnum):
    """What a file is for."""

    BATCH = "batch"
    """The requests of a batch."""
    BATCH_OUTPUT = "batch_output"
    """What came of a batch; only batches make these."""
    USER_DATA = "user_data"
    """Anything."""
    VISION = "vision"
    """A picture."""
    CHARACTER = "character"
    """The film of a character; only characters make these, and go with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file of an account: a row, and the bytes under its key."""

    id: str
    account_id: str
    filename: str
    purpose: str
    bytes: int
    created_at: float
    expires_at: float

    @property
    def key(self) -> str:
        """Where its bytes are."""
        return file_key(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFilter:
    """What a list of files is narrowed to. `after` is the id of the last of the page before."""

    limit: int = 20
    newest_first: bool = True
    after: str | None = None
    purpose: Purpose | None = None


def file_key(file_id: str) -> str:
    """The storage key of a file's bytes."""
    return f"files/{file_id}"
