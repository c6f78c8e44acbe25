"""What is told of videos while they live: that one changed, and where in the order of changes."""

from dataclasses import dataclass
from typing import NamedTuple

from filmgate.domain.video import Standing, Video

KEPT_S = 86400.0
"""How long changes are kept for who comes back and asks what it missed."""


class Change(NamedTuple):
    """One video of an account changed; `seq` grows from change to change of one account."""

    seq: int
    video_id: str


class Stir(NamedTuple):
    """How far a running video is, and whose it is."""

    video_id: str
    account_id: str
    progress: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A video as it stands now; None where it is deleted.

    `seq` is the newest change that this tells of, None where only its progress moved.
    """

    video_id: str
    seq: int | None
    video: Video | None
    standing: Standing | None = None
