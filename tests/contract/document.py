"""The live OpenAPI document, and every answer held against it."""

import re
from copy import deepcopy
from typing import Any

import httpx2
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

ERRORS: dict[int, tuple[str, set[str]]] = {
    400: (
        "invalid_request_error",
        {
            "invalid_parameter",
            "missing_required_parameter",
            "unknown_parameter",
            "model_not_found",
            "invalid_image",
            "invalid_video",
            "image_fetch_failed",
            "invalid_json",
            "invalid_multipart",
            "video_not_ready",
            "video_failed",
            "video_not_completed",
            "video_not_cancellable",
            "webhook_unreachable",
            "content_policy_violation",
            "idempotency_key_reused",
            "batch_not_cancellable",
            "file_quota_exceeded",
        },
    ),
    401: ("authentication_error", {"invalid_api_key"}),
    402: ("insufficient_quota", {"insufficient_balance", "budget_exceeded"}),
    403: ("permission_error", {"account_disabled", "scope_missing", "model_not_allowed"}),
    404: (
        "invalid_request_error",
        {"video_not_found", "character_not_found", "model_not_found", "not_found"},
    ),
    405: ("invalid_request_error", {"method_not_allowed"}),
    410: ("invalid_request_error", {"video_expired"}),
    413: ("invalid_request_error", {"request_too_large"}),
    415: ("invalid_request_error", {"unsupported_media_type"}),
    416: ("invalid_request_error", {"invalid_parameter"}),
    429: ("rate_limit_error", {"queue_full", "rate_limit_exceeded"}),
    500: ("server_error", {"internal_error"}),
    503: ("server_error", {"unavailable"}),
}
"""The type and the codes that an error of each status may have."""

_PAGES = {"/", "/docs", "/openapi.json"}
_NEIGHBOURS = re.compile(r"/(fal|replicate|api)/|(/openai)?/v1/video/generations")
"""Where answers are in the words of others: no part of the document."""
_FREE = {400, 404, 405, 401, 403}
"""What a path may answer that the document does not know."""


class Document:
    """An OpenAPI document that answers are held against."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self._closed = _closed(content["components"])
        words_first = sorted(content["paths"].items(), key=lambda entry: entry[0].count("{"))
        self._paths = [(_pattern(path), item) for path, item in words_first]

    def hold(self, response: httpx2.Response) -> None:
        """Fail unless the answer is one that the document and the contract allow."""
        assert re.fullmatch(r"req_[0-9a-f]{24}", response.headers["x-request-id"])
        assert response.headers["access-control-allow-origin"]
        if response.status_code == 204 and response.request.method == "OPTIONS":
            return
        if _NEIGHBOURS.match(response.request.url.path):
            return
        operation = self.operation(response.request.method, response.request.url.path)
        if response.status_code >= 400 and not _is_health(response):
            self._hold_error(response)
        if operation is None:
            assert response.status_code in _FREE or response.request.url.path in _PAGES
            return
        documented = operation["responses"].get(str(response.status_code))
        undocumented = f"{response.request.method} {response.url.path}: {response.status_code}"
        assert documented, f"not in the document: {undocumented}"
        self._hold_content(response, documented.get("content", {}))

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        """What the document says of a method at a path or one of its aliases."""
        for pattern, item in self._paths:
            if pattern.fullmatch(_canonical(path)):
                found: dict[str, Any] | None = item.get(method.lower())
                return found
        return None

    def check(self, name: str, value: Any) -> None:
        """Fail unless `value` is a schema's, with no key that the schema does not name."""
        self._check({"$ref": f"#/components/schemas/{name}"}, value)

    def _hold_error(self, response: httpx2.Response) -> None:
        if response.request.method == "HEAD":
            return
        self.check("ErrorObject", response.json())
        kind, codes = ERRORS[response.status_code]
        error = response.json()["error"]
        assert error["type"] == kind
        assert error["code"] in codes
        assert error["message"]

    def _hold_content(self, response: httpx2.Response, content: dict[str, Any]) -> None:
        if response.request.method == "HEAD" or not content:
            return
        media = response.headers["content-type"].partition(";")[0]
        assert media in content
        if media == "application/json":
            self._check(content[media]["schema"], response.json())

    def _check(self, schema: dict[str, Any], value: Any) -> None:
        Draft202012Validator({**schema, "components": self._closed}).validate(value)


def _is_health(response: httpx2.Response) -> bool:
    return response.request.url.path == "/readyz"


def _canonical(path: str) -> str:
    path = "/" + "/".join(segment for segment in path.split("/") if segment)
    path = {"/health": "/healthz"}.get(path, path)
    path = re.sub(r"^/openai/(v1/)?", "/v1/", path)
    return re.sub(r"^/(videos|models|balance|usage|webhook_|events|files|batches)", r"/v1/\1", path)


def _pattern(path: str) -> re.Pattern[str]:
    wide = re.sub(r"\\{(\w+)\\}", "[^/]+", re.escape(path))
    return re.compile(wide)


def _closed(components: dict[str, Any]) -> dict[str, Any]:
    """The schemas, each refusing keys that it does not name."""
    components = deepcopy(components)
    for schema in components["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return components
