"""Every example of the document is as its schema says, and a server takes every body."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.contract.harness import Server, Stock

from filmgate.api.examples import FILE_ID, VIDEO_ID
from filmgate.api.openapi import document
from filmgate.api.routes import ROUTES
from filmgate.api.routing import Route

pytestmark = pytest.mark.asyncio(loop_scope="module")

WHOLE = document()
LINES = b'{"custom_id": "one", "body": {"prompt": "a quiet sea"}}\n'
OPERATIONS = [
    (f"{method} {path}", operation)
    for path, item in WHOLE["paths"].items()
    for method, operation in item.items()
]


def examples_of(content: dict[str, Any]) -> Iterator[Any]:
    if "example" in content:
        yield content["example"]
    yield from (one["value"] for one in content.get("examples", {}).values())


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[one[0] for one in OPERATIONS])
async def test_each_is_as_its_schema_says(name: str, operation: dict[str, Any]) -> None:
    bodies = operation.get("requestBody", {}).get("content", {})
    answers = [answer.get("content", {}) for answer in operation["responses"].values()]
    for content in [one for each in (bodies, *answers) for one in each.values()]:
        check = Draft202012Validator({**content["schema"], "components": WHOLE["components"]})
        for example in examples_of(content):
            check.validate(json.loads(json.dumps(example)))
    for media, content in bodies.items():
        assert list(examples_of(content)), f"{name}: no example of {media}"


async def test_the_main_answers_have_one() -> None:
    shown = [
        name
        for name, operation in OPERATIONS
        for media, content in operation["responses"]["200"].get("content", {}).items()
        if media == "application/json" and list(examples_of(content))
    ]
    assert {f"{m} {p}" for m in ("get", "head") for p in ("/v1/videos", "/v1/me")} <= {*shown}
    assert len(shown) > len([route for route in ROUTES if route.body])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def holes(steady: Server, stock: Stock) -> dict[str, str]:
    """Something real for each hole of a path."""
    hook = {"name": "a", "url": "https://hooks.example/a", "event_types": ["video.completed"]}
    made = {
        "endpoint_id": await steady.client.post("/v1/webhook_endpoints", json=hook),
        "account_id": await steady.client.post("/v1/admin/accounts", json={"name": "b"}),
        "key_id": await steady.client.post("/v1/keys", json={"name": "c"}),
    }
    return {name: answer.json()["id"] for name, answer in made.items()} | {
        "video_id": stock.ids["finished"]
    }


def sent(media: str, example: dict[str, Any], film: bytes) -> dict[str, Any]:
    """The arguments of a request that says this; its bytes are real."""
    if media == "application/json":
        return {"json": example}
    flat = {
        name: json.dumps(value) if isinstance(value, dict) else str(value)
        for name, value in example.items()
    }
    if media == "multipart/form-data":
        files = {"file": ("a.jsonl", LINES)} if "file" in flat else {}
        if isinstance(example.get("video"), str):
            files["video"] = ("a.mp4", film)
        text = {name: (None, value) for name, value in flat.items() if name not in files}
        return {"files": {**text, **files}}
    return {"data": flat}


async def send(
    server: Server, route: Route, holes: dict[str, str], media: str, example: Any
) -> httpx2.Response:
    film = (await server.client.get(f"/v1/videos/{holes['video_id']}/content")).content
    of_film = "characters" in route.path
    file = await server.client.post(
        "/v1/files",
        files={"file": ("a.mp4", film) if of_film else ("a.jsonl", LINES)},
        data={"purpose": "user_data" if of_film else "batch"},
    )
    real = json.dumps(example).replace(VIDEO_ID, holes["video_id"])
    real = real.replace(FILE_ID, file.json()["id"])
    path = route.path.format(**holes)
    arguments = sent(media, json.loads(real), film)
    return await server.client.request(route.method, path, params={"dry_run": "1"}, **arguments)


TAKING = [
    (route, media, example)
    for route in ROUTES
    if route.body and not route.path.endswith("/sync")  # it waits; its body is that of a create
    for media, content in WHOLE["paths"][route.path][route.method.lower()]["requestBody"][
        "content"
    ].items()
    for example in examples_of(content)
]


@pytest.mark.parametrize(
    ("route", "media", "example"),
    TAKING,
    ids=[f"{route.handler.__name__}-{media}" for route, media, _ in TAKING],
)
async def test_each_is_taken(
    steady: Server, holes: dict[str, str], route: Route, media: str, example: Any
) -> None:
    answer = await send(steady, route, holes, media, example)
    if route.handler.__name__ == "test_webhook_endpoint":  # nobody listens there
        assert answer.json()["error"]["code"] == "webhook_unreachable"
    else:
        assert answer.status_code == 200, answer.text
