"""What the OpenAPI document says beyond the signatures."""

from typing import Any

from pydantic import BaseModel

from filmgate.api.front import OPEN
from filmgate.api.schemas import CreateVideo, CreateVideoForm, Error

_MEANINGS = {
    400: "The request is wrong: `invalid_parameter`, `missing_required_parameter`, "
    "`unknown_parameter`, `model_not_found`, `invalid_image`, `image_fetch_failed`, "
    "`invalid_json`, `invalid_multipart`, `video_not_ready`, `video_failed`, "
    "`video_not_cancellable`, `webhook_unreachable`, `content_policy_violation`",
    401: "The key is missing, malformed, unknown or revoked: `invalid_api_key`",
    404: "Unknown, deleted, or another account's: `video_not_found`, `model_not_found`, "
    "`not_found`",
    405: "No such method here: `method_not_allowed`",
    410: "The films were kept for their time and are gone: `video_expired`",
    413: "The body is over the limit: `request_too_large`",
    415: "The body is of no kind that we read: `unsupported_media_type`",
    416: "The range lies outside the file: `invalid_parameter`",
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
    "requestBody": {
        "required": True,
        "content": {
            "application/json": _create_body(CreateVideo),
            "multipart/form-data": _create_body(CreateVideoForm),
            "application/x-www-form-urlencoded": _create_body(CreateVideo),
        },
    }
}


def json_body(schema: type[BaseModel]) -> dict[str, Any]:
    """The body of a route that takes few fields; forms are read as well."""
    content = {"application/json": {"schema": schema.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


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


def answers(model: type[BaseModel] | None, *statuses: int) -> Responses:
    """The answers of a route: its own at 200, and the errors that it can give."""
    errors: Responses = {
        status: {"model": Error, "description": _MEANINGS[status]}
        for status in sorted({*statuses, 401, 500})
    }
    return ({200: {"model": model}} if model else {}) | errors
