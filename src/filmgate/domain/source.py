"""What a video is made from: an earlier video, or a film that its caller sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

MAX_EXTENSIONS = 6
MAX_TOTAL_MS = 120_000
"""How long a film may grow by extensions."""
MIN_ADDED_MS, MAX_ADDED_MS = 4_000, 20_000


class Verb(StrEnum):
    """How a video follows from its source."""

    REMIX = "remix"
    """The same request and seed under another prompt."""
    EDIT = "edit"
    """The same length and structure, changed."""
    EXTEND = "extend"
    """The source's film, and then more: one film of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a video follows, as its engine sees it. All of it is the video's own.

    `film` is the storage key of a copy, so that the source may be deleted meanwhile; `keepsake` the
    key of what the engine that made it kept of its work, None where another engine did. `prompt`,
    `seed` and `extras` are its request's. `extensions` counts those that the new film will have.
    A `raw` film is as a caller sent it: it is made anew, in these measures, before an engine sees
    it.
    """

    verb: Verb
    film: str
    width: int
    height: int
    fps: int
    duration_ms: int
    video_id: str | None = None
    keepsake: str | None = None
    prompt: str = ""
    seed: int | None = None
    extras: Mapping[str, Any] | None = None
    extensions: int = 0
    raw: bool = False

    @property
    def keys(self) -> set[str]:
        """Its files."""
        return {self.film} | ({self.keepsake} if self.keepsake else set())


def source_to_json(source: Source | None) -> dict[str, Any] | None:
    """It as a plain dict."""
    return None if source is None else asdict(source)


def source_from_json(entry: Mapping[str, Any] | None) -> Source | None:
    """What `source_to_json` was given."""
    return replace(Source(**entry), verb=Verb(entry["verb"])) if entry else None
