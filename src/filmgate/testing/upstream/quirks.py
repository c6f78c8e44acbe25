"""The habits of servers in the field, each a switch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Create = Literal[
    "",
    "drop",
    "drop-after",
    "html",
    "empty",
    "no-id",
    "500",
    "503-dead",
    "429",
    "400",
    "401",
    "307",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """What a scripted upstream does otherwise than the plain API.

    `create` is what becomes of a create: `drop` closes the connection before the job is made,
    `drop-after` when it is made; the rest are answers. `creates` is how many of the first creates
    go that way. `looks` is how many times a job is seen before it is done.
    """

    create: Create = ""
    creates: int = 10**6
    looks: int = 2
    render_s: float | None = None
    """How long a job takes, up to twice as much by chance; None: as many looks as `looks`."""
    rings: bool = False
    """It POSTs to the `callback_url` of an order when its time, `render_s`, is over."""
    fails: bool = False
    failed_status: int = 200
    """The HTTP status that a failed job comes with (vLLM-Omni: 422, 500)."""
    error: Literal["plain", "no-code", "int-code", "true"] = "plain"
    refuses_variant: bool = False
    """`variant=video` is 404 (SGLang)."""
    names_bucket: bool = False
    """Content is 400 and names a bucket's address; the object has it in `url` (SGLang with S3)."""
    content_early: tuple[int, ...] = ()
    """Statuses of the first content requests of a finished job: 404, 409, 422."""
    progress: Literal["real", "null", "text", "stuck"] = "real"
    words: Mapping[str, str] = field(default_factory=dict)
    """Its own words for queued, in_progress, completed, failed."""
    tells_seconds: bool = True
    clip: Mapping[str, int] = field(default_factory=dict)
    """What its films measure whatever was asked: width, height, fps, duration_ms."""
    warm_up: int = 0
    """So many health requests are 503; a create meanwhile is never answered (SGLang)."""
    whole_seconds: bool = False
    """A fraction of a second is 422."""
    unknown_is_400: bool = False
    """An unknown id is 400 `task_not_exist` (new-api)."""
    odd_ids: bool = False
    """Ids hold `=`, `/`, `:` and `+` (LiteLLM)."""
    server_paths: bool = False
    """Objects show absolute paths of the server (SGLang)."""
    absent_looks: tuple[int, ...] = ()
    """The looks, counted from 1, at which the job is not known."""
    film_host: str | None = None
    """Another origin that films are at; the object has the address in `url`."""
    relative_url: bool = False
    lists_none: bool = False
    """Its list is empty."""
    lists_broken: int = 0
    """So many lists are 503."""
    milliseconds: bool = False
    idempotent: bool = False
    echoes_model: bool = True
    tells_prompt: bool = True
    content_cuts: tuple[int, ...] = ()
    """After how many bytes each of the first content answers breaks off."""
    ranges: bool = True
    redirects_to: str | None = None
    """Where the content route redirects to."""
    poll_after_ms: int | None = None
    cost_usd: str | None = None
    deletes_busy: int = 0
    """So many deletes are 409 (vLLM-Omni)."""
