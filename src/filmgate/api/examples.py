"""What bodies and answers look like, one example a type: the OpenAPI document shows them."""

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from filmgate.api.admin import AccountChange, KeyRotation, NewAccount, NewCredit, NewKey
from filmgate.api.batches import NewBatch
from filmgate.api.me import NewOwnKey
from filmgate.api.reply import list_of, page_of
from filmgate.api.webhooks import EndpointChange, NewEndpoint, Rotation, Sample
from filmgate.api.wire import (
    AccountObject,
    BalanceObject,
    ErrorObject,
    FreshKeyObject,
    KeyObject,
    MeObject,
    ModelObject,
    Page,
    QuoteObject,
    UsageObject,
    VideoDeleted,
    VideoObject,
)
from filmgate.api.wire_webhooks import (
    DeliveryObject,
    EndpointDeleted,
    EndpointObject,
    EndpointTested,
    FreshEndpointObject,
)
from filmgate.api.wirefiles import (
    BatchObject,
    CharacterDeleted,
    CharacterObject,
    FileDeleted,
    FileObject,
)
from filmgate.domain.account import BillingMode, Scope
from filmgate.domain.batch import BatchStatus
from filmgate.domain.file import Purpose
from filmgate.domain.webhook import EventType, Outcome
from filmgate.domain.worker import Readiness

VIDEO_ID = "video_9f2c41d07be84e6fa3a51d0c8b6e7f10"
FILE_ID = "file-5d1c7b90e2f84a36b1c04f7e9a2d8c63"
_BATCH_ID = "batch_0c9e4d72a1b84f5e9d36c7a8e1f20b45"
_ENDPOINT_ID = "we_3b7d51c8f04e4a9bb2c6d1e8a7f09543"
_ACCOUNT_ID, _KEY_ID = "acct_8a1f4e6c", "key_2d9b7c31"
_AT = 1_769_850_000
_LINK = f"http://127.0.0.1:8000/v1/videos/{VIDEO_ID}/content"
_SIGNED = "?expires=1769936460&signature=Zk3v"

_VIDEO: VideoObject = {
    "id": VIDEO_ID,
    "object": "video",
    "model": "sora-2",
    "status": "completed",
    "progress": 100,
    "created_at": _AT,
    "completed_at": _AT + 60,
    "expires_at": _AT + 86_460,
    "seconds": "4",
    "size": "1280x720",
    "prompt": "An orange cat dozes in the sun",
    "remixed_from_video_id": None,
    "error": None,
    "url": f"{_LINK}/video.mp4{_SIGNED}",
    "outputs": [
        {
            "index": 0,
            "url": f"{_LINK}/video.mp4{_SIGNED}",
            "thumbnail_url": f"{_LINK}/thumbnail.webp{_SIGNED}",
            "spritesheet_url": f"{_LINK}/spritesheet.jpg{_SIGNED}",
        }
    ],
    "usage": {"seconds": 4.0, "cost_usd": "0.400000"},
    "metadata": {"fps": 30, "seed": 12345, "url": f"{_LINK}/video.mp4{_SIGNED}"},
}
_QUOTE: QuoteObject = {
    "object": "video.quote",
    "model": "sora-2",
    "seconds": "4",
    "size": "1280x720",
    "fps": 30,
    "n": 1,
    "cost_usd": "0.400000",
    "affordable": True,
}
_VIDEO_DELETED: VideoDeleted = {"id": VIDEO_ID, "object": "video.deleted", "deleted": True}
_CHARACTER_ID = "char_7b1e0c6c9d7e4a2f8b3c1d0e"
_CHARACTER: CharacterObject = {
    "id": _CHARACTER_ID,
    "object": "character",
    "created_at": _AT,
    "expires_at": _AT + 2_592_000,
    "name": "Mossy the fox",
}
_CHARACTER_DELETED: CharacterDeleted = {
    "id": _CHARACTER_ID,
    "object": "character.deleted",
    "deleted": True,
}
_FILE: FileObject = {
    "id": FILE_ID,
    "object": "file",
    "bytes": 1834,
    "created_at": _AT,
    "expires_at": _AT + 2_592_000,
    "filename": "requests.jsonl",
    "purpose": Purpose.BATCH,
    "status": "processed",
    "status_details": None,
}
_FILE_DELETED: FileDeleted = {"id": FILE_ID, "object": "file", "deleted": True}
_BATCH: BatchObject = {
    "id": _BATCH_ID,
    "object": "batch",
    "endpoint": "/v1/videos",
    "errors": None,
    "input_file_id": FILE_ID,
    "completion_window": "24h",
    "status": BatchStatus.IN_PROGRESS,
    "output_file_id": None,
    "error_file_id": None,
    "created_at": _AT,
    "in_progress_at": _AT + 2,
    "expires_at": _AT + 86_400,
    "finalizing_at": None,
    "completed_at": None,
    "failed_at": None,
    "expired_at": None,
    "cancelling_at": None,
    "cancelled_at": None,
    "request_counts": {"total": 12, "completed": 7, "failed": 0},
    "metadata": {"campaign": "spring"},
}
_MODEL: ModelObject = {
    "id": "sora-2",
    "object": "model",
    "created": 1_700_000_000,
    "owned_by": "filmgate",
    "description": "4 to 20 s at 720p, with the official lengths, sizes and prices",
    "engine": "animatic",
    "status": Readiness.READY,
    "card": {
        "seconds": {"allowed": ["4", "8", "12", "16", "20"], "default": "4"},
        "sizes": {"allowed": ["720x1280", "1280x720"], "default": "720x1280"},
        "price": [{"max_pixels": None, "usd_per_second": "0.10"}],
    },
}
_BALANCE: BalanceObject = {
    "object": "balance",
    "account_id": _ACCOUNT_ID,
    "billing": BillingMode.PREPAID,
    "balance_usd": "19.600000",
    "held_usd": "0.400000",
    "ceiling_usd": None,
    "available_usd": "19.600000",
}
_USAGE: UsageObject = {
    "object": "usage",
    "start": "2026-01-01",
    "end": "2026-01-31",
    "group_by": "model",
    "data": [
        {"model": "sora-2", "videos": 3, "outputs": 3, "seconds": 12.0, "cost_usd": "1.200000"}
    ],
    "total": {"videos": 3, "outputs": 3, "seconds": 12.0, "cost_usd": "1.200000"},
}
_KEY: KeyObject = {
    "id": _KEY_ID,
    "object": "api_key",
    "account_id": _ACCOUNT_ID,
    "name": "laptop",
    "prefix": "fg-3kT9",
    "scopes": [Scope.VIDEOS_READ, Scope.VIDEOS_WRITE],
    "created_at": _AT,
    "expires_at": None,
    "last_used_at": _AT + 3600,
    "revoked": False,
    "models": [],
    "max_per_minute": None,
}
_FRESH_KEY: FreshKeyObject = {**_KEY, "key": "fg-3kT9…"}
_ME: MeObject = {
    "object": "me",
    "account_id": _ACCOUNT_ID,
    "account_name": "Ann",
    "key": _KEY,
    "max_running": 4,
    "max_queued": 100,
    "max_per_minute": 60,
    "running": 1,
    "queued": 0,
    "version": "1.0.0",
}
_ACCOUNT: AccountObject = {
    "id": _ACCOUNT_ID,
    "object": "account",
    "name": "Ann",
    "created_at": _AT,
    "disabled": False,
    "billing": BillingMode.PREPAID,
    "balance_usd": "19.600000",
    "held_usd": "0.400000",
    "ceiling_usd": None,
    "available_usd": "19.600000",
    "max_running": 2,
    "max_queued": None,
    "max_per_minute": None,
    "retention_hours": None,
    "monthly_budget_usd": "50.000000",
    "month": "2026-01",
    "month_spent_usd": "0.400000",
    "price_percent": None,
    "running": 1,
    "queued": 0,
}
_ENDPOINT: EndpointObject = {
    "id": _ENDPOINT_ID,
    "object": "webhook_endpoint",
    "created_at": _AT,
    "updated_at": _AT,
    "name": "films",
    "url": "https://example.com/hooks",
    "event_types": [EventType.VIDEO_COMPLETED, EventType.VIDEO_FAILED],
    "signing_secret_hint": "…x2Q=",
    "enabled": True,
    "disabled_at": None,
    "disabled_reason": None,
    "failing_since": None,
}
_FRESH_ENDPOINT: FreshEndpointObject = {**_ENDPOINT, "signing_secret": "whsec_…x2Q="}
_ENDPOINT_DELETED: EndpointDeleted = {
    "id": _ENDPOINT_ID,
    "object": "webhook_endpoint.deleted",
    "deleted": True,
}
_ENDPOINT_TESTED: EndpointTested = {
    "object": "webhook_endpoint.test",
    "webhook_endpoint_id": _ENDPOINT_ID,
    "event_type": EventType.VIDEO_COMPLETED,
    "status_code": 204,
    "success": True,
}
_DELIVERY: DeliveryObject = {
    "id": "whd_41c7",
    "object": "webhook_endpoint.delivery",
    "created_at": _AT + 61,
    "event_id": "evt_7a30",
    "event_type": EventType.VIDEO_COMPLETED,
    "video_id": VIDEO_ID,
    "attempt": 1,
    "outcome": Outcome.DELIVERED,
    "status_code": 204,
    "error": None,
    "duration_ms": 38,
    "next_attempt_at": None,
}

ANSWERS: Mapping[Any, Any] = {
    VideoObject: _VIDEO,
    QuoteObject: _QUOTE,
    VideoDeleted: _VIDEO_DELETED,
    CharacterObject: _CHARACTER,
    CharacterDeleted: _CHARACTER_DELETED,
    FileObject: _FILE,
    FileDeleted: _FILE_DELETED,
    BatchObject: _BATCH,
    ModelObject: _MODEL,
    BalanceObject: _BALANCE,
    UsageObject: _USAGE,
    KeyObject: _KEY,
    FreshKeyObject: _FRESH_KEY,
    MeObject: _ME,
    AccountObject: _ACCOUNT,
    EndpointObject: _ENDPOINT,
    FreshEndpointObject: _FRESH_ENDPOINT,
    EndpointDeleted: _ENDPOINT_DELETED,
    EndpointTested: _ENDPOINT_TESTED,
    DeliveryObject: _DELIVERY,
}
"""An answer of each of the main types."""

BODIES: Mapping[type, Mapping[str, Any]] = {
    NewBatch: {
        "input_file_id": FILE_ID,
        "endpoint": "/v1/videos",
        "completion_window": "24h",
        "metadata": {"campaign": "spring"},
    },
    NewEndpoint: {
        "name": "films",
        "url": "https://example.com/hooks",
        "event_types": ["video.completed", "video.failed"],
    },
    EndpointChange: {"enabled": True},
    Rotation: {"keep_old_secret_active_for_24_hours": True},
    Sample: {"event_type": "video.completed"},
    NewOwnKey: {"name": "laptop", "scopes": ["videos:read", "videos:write"]},
    KeyRotation: {"overlap_hours": 24},
    NewAccount: {"name": "Ann", "billing": "prepaid", "max_running": 2},
    AccountChange: {"monthly_budget_usd": "50.00", "max_running": 4},
    NewCredit: {"usd": "20.00", "note": "invoice 17"},
    NewKey: {"name": "Ann's server", "scopes": ["videos:read", "videos:write", "usage:read"]},
}
"""A body of each type that is read as one."""

ERRORS: Mapping[int, ErrorObject] = {
    400: {
        "error": {
            "message": "Invalid parameter: duration must be between 1 and 60 seconds",
            "type": "invalid_request_error",
            "param": "duration",
            "code": "invalid_parameter",
        }
    },
    401: {
        "error": {
            "message": "The API key is not known here, or was revoked",
            "type": "authentication_error",
            "param": None,
            "code": "invalid_api_key",
        }
    },
    404: {
        "error": {
            "message": f"There is no video '{VIDEO_ID}'",
            "type": "invalid_request_error",
            "param": None,
            "code": "video_not_found",
        }
    },
    429: {
        "error": {
            "message": "Too many requests: max_per_minute is 60 creates a minute",
            "type": "rate_limit_error",
            "param": None,
            "code": "rate_limit_exceeded",
        }
    },
}
"""An error of the statuses that callers meet most."""


def example_of(kind: Any) -> Any:
    """An answer of a type; None where there is none to show."""
    if kind in ANSWERS:
        return ANSWERS[kind]
    inner = [ANSWERS[one] for one in get_args(kind) if one in ANSWERS]
    if not inner:
        return None
    return page_of(inner, more=False) if get_origin(kind) is Page else list_of(inner)
