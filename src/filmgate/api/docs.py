"""What the OpenAPI document says beyond the signatures."""

from types import UnionType
from typing import Any

from pydantic import BaseModel

from filmgate.api.front import OPEN
from filmgate.api.schemas import CreateVideo, CreateVideoForm, Error

_MEANINGS = {
    400: "The request is wrong: `invalid_parameter`, `missing_required_parameter`, "
    "`unknown_parameter`, `model_not_found`, `invalid_image`, `image_fetch_failed`, "
    "`invalid_json`, `invalid_multipart`, `video_not_ready`, `video_failed`, "
    "`video_not_cancellable`, `idempotency_key_reused`, `webhook_unreachable`, "
    "`content_policy_violation`",
    401: "The key is missing, malformed, unknown, expired or revoked: `invalid_api_key`",
    402: "The account cannot pay for it: `insufficient_balance`",
    403: "The key is good, but not for this: `account_disabled`, `scope_missing`",
    404: "Unknown, deleted, or another account's: `video_not_found`, `model_not_found`, "
    "`not_found`",
    405: "No such method here: `method_not_allowed`",
    410: "The films were kept for their time and are gone: `video_expired`",
    413: "The body is over the limit: `request_too_large`",
    415: "The body is of no kind that we read: `unsupported_media_type`",
    416: "The range lies outside the file: `invalid_parameter`",
    429: "Too much at once; see `Retry-After`: `queue_full`, `rate_limit_exceeded`",
    500: "A fault of the server: `internal_error`",
    503: "The database or the storage is away; see `Retry-After`: `unavailable`",
}

Responses = dict[int | str, dict[str, Any]]

_CAT = "An orange cat dozes in the sun"
_EXAMPLES = {
    "openai": {
        "summary": "In the official words",
        "value": {"model": "sora-2", "prompt": _CAT, "seconds": "4", "size": "1280x720"},
    },
    "sora": {
        "summary": "In the words of sora-1.0",
        "value": {
            "model": "sora-1.0",
            "prompt": "一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发",
            "duration": 10,
            "width": 1920,
            "height": 1080,
            "fps": 30,
            "n": 1,
        },
    },
}


def _create_body(schema: type[BaseModel]) -> dict[str, Any]:
    return {"schema": schema.model_json_schema(), "examples": _EXAMPLES}


CREATE_BODY: dict[str, Any] = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "the same key and body within 24 hours give the same video",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
        },
        {
            "name": "dry_run",
            "in": "query",
            "required": False,
            "description": "check and price the request; nothing is made",
            "schema": {"type": "boolean", "default": False},
        },
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": _create_body(CreateVideo),
            "multipart/form-data": _create_body(CreateVideoForm),
            "application/x-www-form-urlencoded": _create_body(CreateVideo),
        },
    },
}


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """The body of a route that reads it by itself."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"openapi_extra": {"requestBody": {"required": True, "content": content}}}


_KEYS: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "your API key"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "api-key"},
}
_SIGNED = "/v1/videos/{video_id}/content"
_NEVER = ("HTTPValidationError", "ValidationError")


def finish(document: dict[str, Any]) -> None:
    """Say which routes need a key, and take back the 422 that we never answer."""
    for path, item in document["paths"].items():
        for operation in item.values():
            operation["responses"].pop("422", None)
            operation["security"] = _security(path)
    components = document["components"]
    components["schemas"] = {
        name: schema for name, schema in components["schemas"].items() if name not in _NEVER
    }
    components["securitySchemes"] = _KEYS


def _security(path: str) -> list[dict[str, list[str]]]:
    """The keys that a path takes; an empty entry is none, as with a signed link."""
    if path in OPEN:
        return []
    keys: list[dict[str, list[str]]] = [{name: []} for name in _KEYS]
    return [*keys, {}] if path == _SIGNED else keys


def answers(model: type[BaseModel] | UnionType | None, *statuses: int) -> Responses:
    """The answers of a route: its own at 200, and the errors that it can give."""
    errors: Responses = {
        status: {"model": Error, "description": _MEANINGS[status]}
        for status in sorted({*statuses, 401, 403, 500})
    }
    return ({200: {"model": model}} if model else {}) | errors
