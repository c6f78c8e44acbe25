"""Who makes a video for the command line: a server, or this process itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOrder:
    """What to ask for: fields in the words of the wire, and the first frame's picture.

    `picture` is the bytes of a file, or text: a URL or a data URL.
    """

    fields: Mapping[str, Any]
    picture: bytes | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmState:
    """How a video stands. `wait_s` is how long to leave it alone; `failure` says why it ended.

    `not_drawn` are the phrases of the prompt that its engine says it left out.
    """

    id: str
    status: str
    progress: int
    final: bool
    wait_s: float = 0.1
    outputs: int = 1
    seed: int | None = None
    not_drawn: tuple[str, ...] = ()
    failure: str | None = None


class Maker(Protocol):
    """Makes videos."""

    async def create(self, order: FilmOrder) -> FilmState:
        """Ask for a video.

        Raises:
            FilmgateError: it cannot be made; nothing is left.
        """
        ...

    async def look(self, video_id: str) -> FilmState:
        """See how it stands."""
        ...

    async def download(self, video_id: str, index: int, file: BinaryIO) -> None:
        """Write one of its films into a file."""
        ...

    async def withdraw(self, video_id: str) -> None:
        """Stop it and remove what there is of it."""
        ...
