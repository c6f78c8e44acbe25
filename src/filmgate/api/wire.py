"""The objects of the wire: what builds one returns its type, and OpenAPI is made of them."""

from typing import Annotated, Any, Generic, Literal, NotRequired, TypeVar

from pydantic import Field, with_config
from typing_extensions import TypedDict

from filmgate.domain.account import BillingMode, Scope
from filmgate.domain.ledger import EntryKind
from filmgate.domain.states import Failure
from filmgate.domain.worker import Readiness


class Identified(TypedDict):
    """Whatever has an id: what a page can hold."""

    id: str


T = TypeVar("T")
I = TypeVar("I", bound=Identified)  # noqa: E741


class Ends(TypedDict, total=False):
    """The ids at both ends of a page; an empty one has none."""

    first_id: str
    last_id: str


class Page(Ends, Generic[I]):
    """Some of many, and whether more follow."""

    object: Literal["list"]
    data: list[I]
    has_more: bool


class Listing(TypedDict, Generic[T]):
    """All of them."""

    object: Literal["list"]
    data: list[T]


class ErrorDetail(TypedDict):
    """What went wrong."""

    message: Annotated[str, Field(description="a sentence for a person")]
    type: Annotated[str, Field(description="the family of the error")]
    param: Annotated[str | None, Field(description="the field, as the request spelled it")]
    code: Annotated[str, Field(description="the word for a program")]


class ErrorObject(TypedDict):
    """The one shape of every error."""

    error: ErrorDetail


class ProblemObject(TypedDict):
    """Why a video failed."""

    code: Annotated[str, Field(json_schema_extra={"enum": list(Failure)})]
    message: str


class FilmOfOutput(TypedDict, total=False):
    """A film as it was asked for: one of both."""

    url: Annotated[str, Field(description="signed link; needs no key")]
    b64_json: Annotated[str, Field(description="the MP4 in base64, if so asked")]


class OutputObject(FilmOfOutput):
    """One output of a completed video."""

    index: int
    thumbnail_url: str
    spritesheet_url: str


@with_config(extra="allow")
class VideoUsage(TypedDict):
    """What a completed video used; beside it what its engine tells, as `inference_seconds`."""

    seconds: float
    cost_usd: Annotated[str, Field(description="six decimals")]


class QueueObject(TypedDict):
    """Where a waiting video stands."""

    position: Annotated[int, Field(description="1 is next")]
    eta_seconds: NotRequired[int]
    strikes: NotRequired[
        Annotated[int, Field(description="workers that died of it: it waits behind all others")]
    ]


class OwnKeys(TypedDict, total=False):
    """What we add to the official object of a video: each key once it has a value."""

    url: Annotated[str, Field(description="signed link to the first output; needs no key")]
    outputs: list[OutputObject]
    usage: VideoUsage
    queue: QueueObject


class VideoObject(OwnKeys):
    """A video: what was asked for and what came of it.

    The keys of the official object are always there, ours only once they have a value.
    """

    id: str
    object: Literal["video"]
    model: str
    status: Annotated[str, Field(description="a word of the vocabulary that answers")]
    progress: Annotated[int, Field(ge=0, le=100)]
    created_at: int
    completed_at: int | None
    expires_at: int | None
    seconds: str
    size: str
    prompt: str
    remixed_from_video_id: str | None
    error: ProblemObject | None
    metadata: Annotated[
        dict[str, Any],
        Field(description="the caller's, and fps, seed, url; render where the engine told how"),
    ]


class VideoDeleted(TypedDict):
    """What DELETE answers."""

    id: str
    object: Literal["video.deleted"]
    deleted: Literal[True]


class QuoteObject(TypedDict):
    """What a dry run answers."""

    object: Literal["video.quote"]
    model: str
    seconds: str
    size: str
    fps: int
    n: int
    cost_usd: Annotated[str, Field(description="six decimals")]
    affordable: Annotated[bool, Field(description="whether the account could pay it now")]


class ModelObject(TypedDict):
    """A model: OpenAI's shape, and its card."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    description: str
    engine: str
    status: Annotated[Readiness, Field(description="whether videos of it can be made now")]
    reason: NotRequired[Annotated[str, Field(description="why it cannot be made, if so")]]
    card: dict[str, Any]


class Funds(TypedDict):
    """What an account has. Amounts have six decimals."""

    billing: BillingMode
    balance_usd: Annotated[str, Field(description="credits less charges less what is held")]
    held_usd: Annotated[str, Field(description="held for videos that have not ended")]
    ceiling_usd: Annotated[
        str | None, Field(description="the debt that a postpaid account may run up")
    ]
    available_usd: Annotated[
        str | None, Field(description="what may still be spent; null is any amount")
    ]


class BalanceObject(Funds):
    """The balance of an account."""

    object: Literal["balance"]
    account_id: str


class UsageFigures(TypedDict):
    """What was produced and charged."""

    videos: int
    outputs: int
    seconds: float
    cost_usd: str
    upstream_usd: NotRequired[Annotated[str, Field(description="what upstreams charged")]]
    margin_usd: NotRequired[Annotated[str, Field(description="what is left of the charge")]]


class UsageRow(UsageFigures):
    """One day, model or user."""

    day: NotRequired[str | None]
    model: NotRequired[str | None]
    user: NotRequired[str | None]


class UsageObject(TypedDict):
    """What an account used."""

    object: Literal["usage"]
    start: Annotated[str, Field(description="first day, UTC")]
    end: Annotated[str, Field(description="last day, counted in")]
    group_by: Annotated[str, Field(json_schema_extra={"enum": ["day", "model", "user"]})]
    data: list[UsageRow]
    total: UsageFigures


class AccountObject(Funds):
    """An account as its operator sees it. A limit of null is the server's default; 0 is none."""

    id: str
    object: Literal["account"]
    name: str
    created_at: int
    disabled: bool
    max_running: int | None
    max_queued: int | None
    max_per_minute: int | None
    retention_hours: float | None
    monthly_budget_usd: str | None
    month: Annotated[str | None, Field(description="of its last create, as 2026-01")]
    month_spent_usd: str
    price_percent: int | None
    running: int
    queued: int


class KeyObject(TypedDict):
    """A key as it is shown: never the key itself."""

    id: str
    object: Literal["api_key"]
    account_id: str
    name: str
    prefix: Annotated[str, Field(description="its first characters")]
    scopes: list[Scope]
    created_at: int
    expires_at: int | None
    last_used_at: Annotated[int | None, Field(description="to half a minute")]
    revoked: bool
    models: Annotated[list[str], Field(description="good for these alone; empty: for all")]
    max_per_minute: int | None


class FreshKeyObject(KeyObject):
    """A key just made."""

    key: Annotated[str, Field(description="the key itself, shown this once")]


class MeObject(TypedDict):
    """Who asks. Limits are those in force; 0 is none."""

    object: Literal["me"]
    account_id: str
    account_name: str
    key: KeyObject
    max_running: int
    max_queued: int
    max_per_minute: int
    running: int
    queued: int
    version: Annotated[str, Field(description="of the server")]


class EntryObject(TypedDict):
    """One line of the ledger: by how much it moved the balance and what is held."""

    object: Literal["ledger.entry"]
    kind: EntryKind
    balance_usd: str
    held_usd: str
    charged_usd: str
    cause: str
    key_id: str | None
    video_id: str | None
    created_at: int


class DriftObject(TypedDict):
    """An account whose balance is not the sum of its entries, which is a bug."""

    object: Literal["ledger.drift"]
    account_id: str
    balance_usd: str
    held_usd: str
    entries_balance_usd: str
    entries_held_usd: str


class LineObject(TypedDict):
    """What waits and runs of one model. A line is counted up to 10,000."""

    engine: str
    model: str
    queued: int
    running: int
    oldest_wait_s: int | None


class LaneObject(TypedDict):
    """What waits and runs of one account at one engine."""

    engine: str
    account_id: str
    queued: int
    running: int


class HandObject(TypedDict):
    """A worker that was seen within the last half minute."""

    id: str
    engine: str
    host: str
    pid: int
    state: Annotated[str, Field(description="busy, idle, or waiting: it may claim nothing")]
    running: int
    trouble: Annotated[str | None, Field(description="why it claims nothing, if so")]


class DiskObject(TypedDict):
    """A disk of the machine that answers."""

    name: str
    free_bytes: int
    short: Annotated[bool, Field(description="whether nothing large is begun any more")]


class StatusObject(TypedDict):
    """The whole server at one moment, of all accounts together."""

    object: Literal["status"]
    at: int
    lines: list[LineObject]
    accounts: Annotated[list[LaneObject], Field(description="the twenty busiest")]
    workers: list[HandObject]
    suspects: Annotated[int, Field(description="put off, because workers died at them")]
    held_usd: str
    webhook_backlog: int
    disks: list[DiskObject]


class CallbackObject(TypedDict):
    """What a ring at a callback is answered."""

    object: Literal["callback"]
    received: bool


class HealthObject(TypedDict):
    """What the health routes answer anybody: which release it is is nobody's business."""

    status: Literal["ok", "waiting"]
    checks: dict[str, str]
    models: NotRequired[
        Annotated[dict[str, str], Field(description="of each that has to be loaded: how it is")]
    ]
