"""A client that reads every answer through a strict schema, as zod does in many of them.

Each key has its official type and nothing is coerced. Our own keys are optional: there with a
value, or not there. A schema throws on null *after the film was ordered*, and the caller orders
another.
"""

from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.contract.harness import OPENAI, SORA, Server, Stock

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
MAYBE_TEXT, MAYBE_NUMBER = {"type": ["string", "null"]}, {"type": ["integer", "null"]}
STATUSES = {
    "openai": ["queued", "in_progress", "completed", "failed"],
    "sora": ["pending", "processing", "completed", "failed"],
}
STAGES = ["waiting", "running", "finished", "embedded", "failed"]

OFFICIAL: dict[str, Any] = {
    "id": TEXT,
    "object": {"const": "video"},
    "model": TEXT,
    "status": TEXT,
    "progress": {"type": "integer", "minimum": 0, "maximum": 100},
    "created_at": NUMBER,
    "completed_at": MAYBE_NUMBER,
    "expires_at": MAYBE_NUMBER,
    "seconds": TEXT,
    "size": {"type": "string", "pattern": r"^\d+x\d+$"},
    "prompt": MAYBE_TEXT,
    "remixed_from_video_id": MAYBE_TEXT,
    "error": {
        "type": ["object", "null"],
        "properties": {"code": TEXT, "message": TEXT},
        "required": ["code", "message"],
    },
    "metadata": {"type": "object", "properties": {"url": TEXT}},
}
OURS: dict[str, Any] = {
    "url": TEXT,
    "outputs": {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {
                "index": NUMBER,
                "url": TEXT,
                "b64_json": TEXT,
                "thumbnail_url": TEXT,
                "spritesheet_url": TEXT,
            },
            "required": ["index"],
            "additionalProperties": False,
        },
    },
    "usage": {"type": "object", "minProperties": 1},
    "queue": {
        "type": "object",
        "properties": {"position": NUMBER, "eta_seconds": NUMBER},
        "required": ["position"],
        "additionalProperties": False,
    },
}


def schema(dialect: str) -> Draft202012Validator:
    """The object, in the words of one vocabulary; a key that is in neither list is an error."""
    words = {"status": {"enum": STATUSES[dialect]}}
    return Draft202012Validator(
        {
            "type": "object",
            "properties": OFFICIAL | words | OURS,
            "required": list(OFFICIAL),
            "additionalProperties": False,
        }
    )


def read(video: dict[str, Any], dialect: str) -> None:
    """Throw as the client does."""
    schema(dialect).validate(video)


@pytest.fixture(params=["openai", "sora"])
def dialect(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def speaks(dialect: str) -> dict[str, str]:
    return {"x-filmgate-dialect": dialect}


@pytest.mark.parametrize("stage", STAGES)
async def test_every_stage_is_read(
    server: Server, stock: Stock, stage: str, dialect: str, speaks: dict[str, str]
) -> None:
    read(await server.seen(stock.ids[stage], **speaks), dialect)


@pytest.mark.parametrize("body", [SORA, OPENAI], ids=["sora", "openai"])
async def test_the_answer_to_a_create_is_read(
    bare: Server, body: dict[str, Any], dialect: str, speaks: dict[str, str]
) -> None:
    answer = await bare.client.post("/v1/videos", json=body, headers=speaks)
    read(answer.json(), dialect)


async def test_the_answer_to_a_cancel_is_read(
    server: Server, stock: Stock, dialect: str, speaks: dict[str, str]
) -> None:
    path = f"/v1/videos/{stock.ids['waiting']}/cancel"
    read((await server.client.post(path, headers=speaks)).json(), dialect)


async def test_every_item_of_a_list_is_read(
    server: Server, dialect: str, speaks: dict[str, str]
) -> None:
    answer = (await server.client.get("/v1/videos?limit=100", headers=speaks)).json()
    assert len(answer["data"]) >= len(STAGES)
    for video in answer["data"]:
        read(video, dialect)


async def test_a_list_has_its_ids_or_none(server: Server) -> None:
    """The ids of a page are text, or the keys are not there."""
    page = {"object", "data", "has_more"}
    full = (await server.client.get("/v1/videos")).json()
    empty = (await server.client.get("/v1/videos?model=sora-turbo")).json()
    assert full.keys() == page | {"first_id", "last_id"}
    assert empty.keys() == page
    assert {type(full["first_id"]), type(full["last_id"])} == {str}


async def test_keys_come_with_their_values(server: Server, stock: Stock) -> None:
    """Each of ours at its stages, and at no other."""
    has = {name: await server.seen(stock.ids[name]) for name in STAGES}
    keys = {name: video.keys() & OURS.keys() for name, video in has.items()}
    assert keys["waiting"] == {"queue"}
    assert keys["finished"] >= {"url", "outputs", "usage"}
    assert not keys["failed"] & {"url", "outputs", "queue"}
    assert not keys["running"] & {"url", "outputs", "queue"}
