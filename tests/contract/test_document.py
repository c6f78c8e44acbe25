"""/openapi.json: complete, and true of what runs. Every other test holds its answers against it."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.contract.document import ERRORS
from tests.contract.harness import Server, Stock

from filmgate.api.fields import FIELDS as GIVEN

ROUTES = {
    "/v1/videos": {"get", "post", "head"},
    "/v1/videos/{video_id}": {"get", "delete", "head"},
    "/v1/videos/{video_id}/cancel": {"post"},
    "/v1/videos/{video_id}/content": {"get", "head"},
    "/v1/videos/{video_id}/content/{file}": {"get", "head"},
    "/v1/videos/characters": {"post"},
    "/v1/videos/characters/{character_id}": {"get", "head", "delete"},
    "/v1/videos/sync": {"post"},
    "/v1/videos/{video_id}/events": {"get", "head"},
    "/v1/events": {"get", "head"},
    "/v1/files": {"get", "post", "head"},
    "/v1/files/{file_id}": {"get", "delete", "head"},
    "/v1/files/{file_id}/content": {"get", "head"},
    "/v1/batches": {"get", "post", "head"},
    "/v1/batches/{batch_id}": {"get", "head"},
    "/v1/batches/{batch_id}/cancel": {"post"},
    "/v1/models": {"get", "head"},
    "/v1/models/{model_id}": {"get", "head"},
    "/v1/webhook_event_types": {"get", "head"},
    "/v1/webhook_endpoints": {"get", "post", "head"},
    "/v1/webhook_endpoints/{endpoint_id}": {"get", "post", "delete", "head"},
    "/v1/webhook_endpoints/{endpoint_id}/rotate_secret": {"post"},
    "/v1/webhook_endpoints/{endpoint_id}/test": {"post"},
    "/v1/webhook_endpoints/{endpoint_id}/deliveries": {"get", "head"},
    "/v1/callbacks/{tag}/{signature}": {"post"},
    "/v1/balance": {"get", "head"},
    "/v1/usage": {"get", "head"},
    "/v1/admin/accounts": {"get", "post", "head"},
    "/v1/admin/accounts/{account_id}": {"get", "patch", "head"},
    "/v1/admin/accounts/{account_id}/disable": {"post"},
    "/v1/admin/accounts/{account_id}/enable": {"post"},
    "/v1/admin/accounts/{account_id}/credit": {"post"},
    "/v1/admin/accounts/{account_id}/entries": {"get", "head"},
    "/v1/admin/accounts/{account_id}/usage": {"get", "head"},
    "/v1/admin/accounts/{account_id}/keys": {"get", "post", "head"},
    "/v1/admin/keys/{key_id}": {"delete"},
    "/v1/admin/keys/{key_id}/rotate": {"post"},
    "/v1/admin/drifts": {"get", "head"},
    "/v1/admin/upstreams": {"get", "head"},
    "/v1/admin/doctor": {"get", "head"},
    "/v1/videos/{video_id}/remix": {"post"},
    "/v1/videos/remix": {"post"},
    "/v1/videos/edits": {"post"},
    "/v1/videos/extensions": {"post"},
    "/v1/me": {"get", "head"},
    "/v1/keys": {"get", "post", "head"},
    "/v1/keys/{key_id}": {"delete"},
    "/v1/keys/{key_id}/rotate": {"post"},
    "/v1/admin/status": {"get", "head"},
    "/v1/admin/videos": {"get", "head"},
    "/v1/admin/audit": {"get", "head"},
    "/metrics": {"get", "head"},
    "/healthz": {"get", "head"},
    "/readyz": {"get", "head"},
}
ALWAYS = {
    "id",
    "object",
    "model",
    "status",
    "progress",
    "created_at",
    "completed_at",
    "expires_at",
    "seconds",
    "size",
    "prompt",
    "remixed_from_video_id",
    "error",
    "metadata",
}
OURS = {"url", "outputs", "usage", "queue"}
"""Keys that are absent until they have a value: schemas of clients refuse null for them."""


@pytest.fixture
def document(stock: Stock) -> dict[str, Any]:
    return stock.document.content


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def test_every_route_is_there(document: dict[str, Any]) -> None:
    assert {path: set(item) for path, item in document["paths"].items()} == ROUTES


def test_every_operation_has_a_name_of_its_own_and_a_summary(document: dict[str, Any]) -> None:
    found = operations(document)
    assert len({operation["operationId"] for operation in found.values()}) == len(found)
    assert all(operation["summary"] for operation in found.values())
    assert all(operation["description"] for operation in found.values())


def test_every_field_of_a_video_is_there_and_the_official_ones_always(
    document: dict[str, Any],
) -> None:
    video = document["components"]["schemas"]["VideoObject"]
    assert set(video["properties"]) == ALWAYS | OURS
    assert set(video["required"]) == ALWAYS


async def test_our_own_keys_are_never_null(server: Server) -> None:
    for video in (await server.client.get("/v1/videos")).json()["data"]:
        assert set(video) >= ALWAYS
        assert all(video[name] is not None for name in OURS & set(video))
        assert ("url" in video) == ("outputs" in video) == (video["status"] == "completed")


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"]
)
def test_every_field_of_a_request_is_there(document: dict[str, Any], kind: str) -> None:
    named = document["paths"]["/v1/videos"]["post"]["requestBody"]["content"][kind]["schema"]
    body = document["components"]["schemas"][named["$ref"].rpartition("/")[2]]
    assert set(body["properties"]) == set(GIVEN) - {"video", "video_id"}


def test_every_keyed_route_says_so_and_how_it_fails(document: dict[str, Any]) -> None:
    for name, operation in operations(document).items():
        if ("/v1/" in name or "/metrics" in name) and "/v1/callbacks" not in name:
            assert {"bearer": []} in operation["security"], name
            assert {"apiKey": []} in operation["security"], name
            assert {"200", "401", "500", "503"} <= set(operation["responses"]), name
        else:
            assert operation["security"] == [], name


def test_a_film_may_be_fetched_without_a_key(document: dict[str, Any]) -> None:
    assert {} in document["paths"]["/v1/videos/{video_id}/content"]["get"]["security"]
    assert {} not in document["paths"]["/v1/videos/{video_id}"]["get"]["security"]


def test_no_status_is_there_that_is_never_answered(document: dict[str, Any]) -> None:
    known = {str(status) for status in (200, 204, 206, 302, 304, *ERRORS)}
    for name, operation in operations(document).items():
        assert set(operation["responses"]) <= known, name


def test_every_error_code_is_explained(document: dict[str, Any]) -> None:
    said = str(operations(document))
    for status, (_, codes) in ERRORS.items():
        for code in codes - {"not_found", "method_not_allowed"}:  # answers to no route
            assert f"`{code}`" in said, status


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


async def test_it_needs_no_key_and_names_no_server(server: Server) -> None:
    async with server.caller() as nobody:
        answer = await nobody.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.")
