"""A video: what a client asked for and what came of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from filmgate.domain.character import CastMember
from filmgate.domain.shape import Shape
from filmgate.domain.source import Source, Verb
from filmgate.domain.states import State

__all__ = ["Making", "Request", "Video"]

SUSPECT_FROM = 2
"""Strikes from which on a video runs only while nothing else may, one at a time."""
MANIFEST = "outputs.json"
"""The file of an attempt that is written last: it says that all of its films are there."""
KEEPSAKE = "keepsake"
"""The file of an attempt that holds what its engine kept of its work, if it kept anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked, normalised and checked against a card.

    `picture` is the storage key of the first frame, if one was given; `extras` holds the
    engine's own parameters (`negative_prompt`, `style`, …); `metadata` the caller's labels as
    sent. Output k of n uses `seed + k`. `source` is what it is made from, of a remix, an edit or an
    extension: the shape of an extension is that of the whole. `characters` are in the film.
    """

    model: str
    prompt: str
    shape: Shape
    seed: int
    n: int = 1
    picture: str | None = None
    response_format: str = "url"
    user: str | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    source: Source | None = None
    characters: tuple[CastMember, ...] = ()

    @property
    def fresh_ms(self) -> int:
        """How much of one output is made anew: of an extension, what it adds."""
        source = self.source
        before = source.duration_ms if source and source.verb is Verb.EXTEND else 0
        return self.shape.duration_ms - before


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file in storage. `size` in bytes; `etag` is the SHA-256 of the bytes, in hex."""

    key: str
    size: int
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One finished film of a video: the clip and its stills."""

    index: int
    clip: StoredFile
    thumbnail: StoredFile
    spritesheet: StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How films came to be, in the engine's own words; empty where it has nothing to say.

    `render` tells what was native and what was conformed; `usage` what it took
    (`inference_seconds`, `peak_memory_mb` …). `cost` is what it cost us elsewhere, in
    micro-dollars: for the operator's eyes alone.
    """

    render: Mapping[str, Any] = field(default_factory=dict)
    usage: Mapping[str, float | str] = field(default_factory=dict)
    cost: int | None = None


UNTOLD = Making()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a video failed: a code of `Failure` and a sentence for the caller."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """One durable row. Times are Unix seconds, None until they happen; `price` is micro-dollars.

    `started_at` is when its first attempt began, `claimed_at` when its latest did.

    `token` is the fencing number of the lease: it grows with every claim, and every write by a
    worker is conditional on it. `attempt` counts claims that were not given back; one attempt may
    take `timeout_s` seconds. `strikes` counts the workers that died alone while they held it, of
    which `max_attempts` end it; `memory_strikes` those that ran out of memory. After one it is not
    claimed before `put_off_until`. Within its account's line a higher `priority` goes first.
    `traceparent` is the span of W3C Trace Context that asked for it, where traces are kept.
    """

    id: str
    account_id: str
    dialect: str
    engine: str
    request: Request
    state: State
    progress: int
    price: int
    created_at: float
    started_at: float | None = None
    claimed_at: float | None = None
    completed_at: float | None = None
    expires_at: float | None = None
    deleted_at: float | None = None
    problem: Problem | None = None
    outputs: tuple[Output, ...] = ()
    making: Making = UNTOLD
    attempt: int = 0
    max_attempts: int = 10
    strikes: int = 0
    memory_strikes: int = 0
    put_off_until: float | None = None
    timeout_s: float = 1800.0
    token: int = 0
    worker_id: str | None = None
    resume: str | None = None
    priority: int = 0
    remixed_from: str | None = None
    traceparent: str | None = None

    @property
    def suspect(self) -> bool:
        """Whether it stands in no line any more, because its workers died."""
        return self.strikes >= SUSPECT_FROM

    @property
    def fate(self) -> str:
        """What became of it now that its worker is lost, for the log."""
        if self.state.final:
            return f"it is {self.state}, {self.problem.code}" if self.problem else str(self.state)
        if not self.strikes:
            return f"it is {self.state} again"
        return f"it is {self.state} again, with {self.strikes} of {self.max_attempts} strikes"

    @property
    def retention_s(self) -> float:
        """How long its films are kept, counted from completion."""
        return (self.expires_at or self.created_at) - self.created_at

    @property
    def charge(self) -> int:
        """What it costs in the end: the price of the outputs delivered, a part of n rounded down.

        Nothing until it is completed.
        """
        return self.price * len(self.outputs) // self.request.n

    @property
    def megapixels(self) -> float:
        """The work that it is: the pixels of all frames to be made together, in millions."""
        shape = self.request.shape
        fresh = self.request.fresh_ms / shape.duration_ms
        return shape.pixels * shape.frames * fresh * self.request.n / 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a waiting video stands: 1 is next; `eta_s` is None when unknown.

    One with `strikes` to speak of waits behind all others, because its workers died.
    """

    position: int
    eta_s: int | None = None
    strikes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFilter:
    """What a list is narrowed to. `after` is the id of the last video of the page before.

    `search` are words of the prompt. Times are Unix seconds; `created_before` is not counted in.
    """

    limit: int = 20
    newest_first: bool = True
    after: str | None = None
    states: tuple[State, ...] = ()
    model: str | None = None
    user: str | None = None
    search: str | None = None
    created_after: float | None = None
    created_before: float | None = None


def files_of(video: Video) -> set[str]:
    """Every file that a video's row stands for: its films, what is told of them, what it needs."""
    keys = {video.request.picture} if video.request.picture else set()
    keys |= video.request.source.keys if video.request.source else set()
    keys |= {role.film for role in video.request.characters}
    for output in video.outputs:
        keys |= {output.clip.key, output.thumbnail.key, output.spritesheet.key}
        keys |= {f"{stored_folder(output)}/{name}" for name in (MANIFEST, KEEPSAKE)}
    return keys


def folder(video_id: str) -> str:
    """The storage folder of all files of a video."""
    return f"videos/{video_id}"


def stored_folder(output: Output) -> str:
    """The storage folder of the attempt that made an output."""
    return output.clip.key.rpartition("/")[0]


def attempt_folder(video: Video) -> str:
    """The storage folder of the films of one attempt: the one that holds this token."""
    return f"{folder(video.id)}/{video.token}"


def outputs_from_json(entries: list[dict[str, Any]]) -> tuple[Output, ...]:
    """Outputs from what `outputs_to_json` made of them."""
    return tuple(_output(entry) for entry in entries)


def outputs_to_json(outputs: tuple[Output, ...]) -> list[dict[str, Any]]:
    """Outputs as plain lists and dicts."""
    return [asdict(output) for output in outputs]


def making_from_json(entry: Mapping[str, Any] | None) -> Making:
    """What `making_to_json` was given."""
    return Making(**entry) if entry else UNTOLD


def making_to_json(making: Making) -> dict[str, Any] | None:
    """It as a plain dict; None where there is nothing to tell."""
    return None if making == UNTOLD else asdict(making)


def _output(entry: dict[str, Any]) -> Output:
    files = {name: StoredFile(**entry[name]) for name in ("clip", "thumbnail", "spritesheet")}
    return Output(index=entry["index"], **files)
