"""The shapes of the wire, for the OpenAPI document."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ErrorBody(BaseModel):
    """What went wrong."""

    message: str = Field(description="a sentence for a person")
    type: str = Field(description="the family of the error")
    param: str | None = Field(description="the field, as the request spelled it")
    code: str = Field(description="the word for a program")


class Error(BaseModel):
    """The one shape of every error."""

    error: ErrorBody


class Problem(BaseModel):
    """Why a video failed."""

    code: Literal[
        "cancelled",
        "content_policy_violation",
        "engine_error",
        "out_of_memory",
        "worker_lost",
        "timeout",
        "upstream_error",
        "invalid_image",
    ]
    message: str


class OutputEntry(BaseModel):
    """One output of a completed video."""

    index: int
    url: str | None = Field(default=None, description="signed link; needs no key")
    b64_json: str | None = Field(default=None, description="the MP4 in base64, if so asked")


class Usage(BaseModel):
    """What a completed video used; beside it what its engine tells, as `inference_seconds`."""

    model_config = ConfigDict(extra="allow")

    seconds: float
    cost_usd: str = Field(description="six decimals")


class QueueEntry(BaseModel):
    """Where a waiting video stands."""

    position: int = Field(description="1 is next")
    eta_seconds: int | None


class Video(BaseModel):
    """A video: what was asked for and what came of it."""

    id: str
    object: Literal["video"] = "video"
    model: str
    status: str = Field(
        description="pending, processing, completed, failed (sora) or queued, in_progress, "
        "completed, failed (openai)"
    )
    progress: int = Field(ge=0, le=100)
    created_at: int
    completed_at: int | None
    expires_at: int | None
    seconds: str
    size: str
    prompt: str
    remixed_from_video_id: str | None
    error: Problem | None
    url: str | None = Field(description="signed link to the first output; needs no key")
    data: list[OutputEntry] | None
    usage: Usage | None
    queue: QueueEntry | None
    metadata: dict[str, Any] = Field(
        description="the caller's, and fps, seed, url; render where the engine told how"
    )


class VideoList(BaseModel):
    """A page of videos."""

    object: Literal["list"] = "list"
    data: list[Video]
    first_id: str | None
    last_id: str | None
    has_more: bool


class VideoDeleted(BaseModel):
    """What DELETE answers."""

    id: str
    object: Literal["video.deleted"] = "video.deleted"
    deleted: Literal[True] = True


class Model(BaseModel):
    """A model: OpenAI's shape, and its card."""

    model_config = ConfigDict(extra="allow")

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str
    description: str
    engine: str
    card: dict[str, Any]


class ModelList(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[Model]


class Quote(BaseModel):
    """What a dry run answers."""

    object: Literal["video.quote"] = "video.quote"
    model: str
    seconds: str
    size: str
    fps: int
    n: int
    cost_usd: str = Field(description="six decimals")
    affordable: bool = Field(description="whether the account could pay it now")


class Balance(BaseModel):
    """What an account has. Amounts have six decimals."""

    object: Literal["balance"] = "balance"
    account_id: str
    billing: Literal["prepaid", "postpaid"]
    balance_usd: str = Field(description="credits less charges less what is held")
    held_usd: str = Field(description="held for videos that have not ended")
    ceiling_usd: str | None = Field(description="the debt that a postpaid account may run up")
    available_usd: str | None = Field(description="what may still be spent; null is any amount")


class UsageFigures(BaseModel):
    """What was produced and charged."""

    videos: int
    outputs: int
    seconds: float
    cost_usd: str


class UsageRow(UsageFigures):
    """One day, model or user."""

    day: str | None = None
    model: str | None = None
    user: str | None = None


class UsageReport(BaseModel):
    """What an account used."""

    object: Literal["usage"] = "usage"
    start: str = Field(description="first day, UTC")
    end: str = Field(description="last day, counted in")
    group_by: Literal["day", "model", "user"]
    data: list[UsageRow]
    total: UsageFigures


class Account(BaseModel):
    """An account as its operator sees it. A limit of null is the server's default; 0 is none."""

    id: str
    object: Literal["account"] = "account"
    name: str
    created_at: int
    disabled: bool
    billing: Literal["prepaid", "postpaid"]
    balance_usd: str
    held_usd: str
    ceiling_usd: str | None
    available_usd: str | None
    max_running: int | None
    max_queued: int | None
    max_per_minute: int | None
    retention_hours: float | None
    running: int
    queued: int


class AccountList(BaseModel):
    """All accounts."""

    object: Literal["list"] = "list"
    data: list[Account]


class Key(BaseModel):
    """A key as it is shown: never the key itself."""

    id: str
    object: Literal["api_key"] = "api_key"
    account_id: str
    name: str
    prefix: str = Field(description="its first characters")
    scopes: list[Literal["videos:read", "videos:write", "usage:read", "admin"]]
    created_at: int
    expires_at: int | None
    revoked: bool


class FreshKey(Key):
    """A key just made."""

    key: str = Field(description="the key itself, shown this once")


class KeyList(BaseModel):
    """The keys of an account."""

    object: Literal["list"] = "list"
    data: list[Key]


class Entry(BaseModel):
    """One line of the ledger: by how much it moved the balance and what is held."""

    object: Literal["ledger.entry"] = "ledger.entry"
    kind: Literal["hold", "capture", "release", "credit", "adjust"]
    balance_usd: str
    held_usd: str
    charged_usd: str
    cause: str
    key_id: str | None
    video_id: str | None
    created_at: int


class EntryList(BaseModel):
    """Entries, newest first."""

    object: Literal["list"] = "list"
    data: list[Entry]


class Health(BaseModel):
    """What the health routes answer."""

    status: Literal["ok", "waiting"]
    version: str
    checks: dict[str, str] = Field(default_factory=dict)


class CreateVideo(BaseModel):
    """A create request, in either vocabulary or both."""

    model: str | None = Field(default=None, description="a model of GET /v1/models")
    prompt: str | None = Field(
        default=None, max_length=32000, description="needed unless a picture is given"
    )
    seconds: float | str | None = Field(default=None, description="length in seconds")
    duration: float | str | None = Field(default=None, description="the same as seconds")
    size: str | None = Field(default=None, description='"WIDTHxHEIGHT"', examples=["1280x720"])
    width: int | None = Field(default=None, description="with height; the same as size")
    height: int | None = None
    fps: int | None = Field(default=None, description="frames a second")
    image: str | dict[str, Any] | None = Field(
        default=None, description="first frame: file part, URL, data URL, or base64"
    )
    input_reference: str | dict[str, Any] | None = Field(
        default=None, description="the same as image"
    )
    images: list[Any] | None = Field(default=None, description="one entry, the same as image")
    image_reference: str | dict[str, Any] | None = Field(
        default=None, description="the same as image"
    )
    seed: int | None = Field(default=None, ge=0, le=2**32 - 1)
    n: int | None = Field(default=None, ge=1, description="outputs of this one video")
    response_format: Literal["url", "b64_json"] | None = None
    user: str | None = Field(default=None, max_length=512)
    metadata: dict[str, Any] | None = Field(
        default=None, description="labels, and negative_prompt, style, …; at most 16 KiB"
    )
    negative_prompt: str | None = None
    guidance_scale: float | None = None
    num_inference_steps: int | None = None
    num_frames: int | None = None
    quality: str | None = None


class CreateVideoForm(CreateVideo):
    """The same as a form; pictures are file parts."""

    image: str | None = Field(default=None, json_schema_extra={"format": "binary"})
    input_reference: str | None = Field(default=None, json_schema_extra={"format": "binary"})


class WebhookEndpoint(BaseModel):
    """An address that is told when a video ends."""

    id: str
    object: Literal["webhook_endpoint"] = "webhook_endpoint"
    created_at: int
    updated_at: int
    name: str
    url: str
    event_types: list[str]
    signing_secret_hint: str = Field(description="the end of the secret")
    enabled: bool
    disabled_at: int | None
    disabled_reason: str | None
    failing_since: int | None = Field(description="the first failure since the last success")


class WebhookEndpointWithSecret(WebhookEndpoint):
    """The same with its secret, shown when it is made and when it is rotated."""

    signing_secret: str


class WebhookEndpointList(BaseModel):
    """A page of webhook endpoints."""

    object: Literal["list"] = "list"
    data: list[WebhookEndpoint]
    first_id: str | None
    last_id: str | None
    has_more: bool


class WebhookEndpointDeleted(BaseModel):
    """What DELETE answers."""

    id: str
    object: Literal["webhook_endpoint.deleted"] = "webhook_endpoint.deleted"
    deleted: Literal[True] = True


class WebhookEndpointTested(BaseModel):
    """What a receiver answered to a sample event."""

    object: Literal["webhook_endpoint.test"] = "webhook_endpoint.test"
    webhook_endpoint_id: str
    event_type: str
    status_code: int
    success: Literal[True] = Field(description="an answer came; see status_code for which")


class WebhookEventTypes(BaseModel):
    """What webhooks tell of."""

    object: Literal["list"] = "list"
    data: list[str]


class WebhookDelivery(BaseModel):
    """One attempt to tell an endpoint."""

    id: str
    object: Literal["webhook_endpoint.delivery"] = "webhook_endpoint.delivery"
    created_at: int
    event_id: str
    event_type: str
    video_id: str
    attempt: int
    outcome: Literal["delivered", "retried", "dropped", "tested"]
    status_code: int | None
    error: str | None
    duration_ms: int
    next_attempt_at: int | None


class WebhookDeliveryList(BaseModel):
    """A page of attempts."""

    object: Literal["list"] = "list"
    data: list[WebhookDelivery]
    first_id: str | None
    last_id: str | None
    has_more: bool


class CreateWebhookEndpoint(BaseModel):
    """What a new endpoint is to be."""

    name: str = Field(min_length=1, max_length=200)
    url: str = Field(max_length=2048, description="http or https, at a public address")
    event_types: list[Literal["video.completed", "video.failed"]] = Field(min_length=1)


class UpdateWebhookEndpoint(BaseModel):
    """What is to change of an endpoint."""

    name: str | None = Field(default=None, min_length=1, max_length=200)
    url: str | None = Field(default=None, max_length=2048)
    event_types: list[Literal["video.completed", "video.failed"]] | None = None
    enabled: bool | None = Field(default=None, description="switch it on or off")


class RotateWebhookSecret(BaseModel):
    """How a secret is rotated."""

    keep_old_secret_active_for_24_hours: bool = Field(
        default=False, description="sign with both secrets for a day"
    )


class TestWebhookEndpoint(BaseModel):
    """Which sample is sent."""

    event_type: Literal["video.completed", "video.failed"]
