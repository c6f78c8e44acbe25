"""Which vocabulary answers."""

from typing import Any

import pytest
from tests.contract.bodies import picture
from tests.contract.harness import OPENAI, SORA, Server, Stock

pytestmark = pytest.mark.asyncio(loop_scope="module")

SDK = {"x-stainless-lang": "python"}
WORDS = {"sora": "pending", "openai": "queued"}


def asks(name: str) -> dict[str, str]:
    return {"x-filmgate-dialect": name}


PLAIN: dict[str, Any] = {"prompt": "x"}

CREATED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing-but-a-prompt": (PLAIN, "openai"),
    "duration": (PLAIN | {"duration": 5}, "sora"),
    "width-and-height": (PLAIN | {"width": 128, "height": 128}, "sora"),
    "fps": (PLAIN | {"fps": 24}, "sora"),
    "n": (PLAIN | {"n": 1}, "sora"),
    "response-format": (PLAIN | {"response_format": "url"}, "sora"),
    "model-of-the-document": (PLAIN | {"model": "sora-1.0"}, "sora"),
    "turbo": (PLAIN | {"model": "sora-turbo"}, "sora"),
    "model-with-seconds": (PLAIN | {"model": "sora-1.0", "seconds": "5"}, "openai"),
    "model-with-size": (PLAIN | {"model": "sora-1.0", "size": "128x128"}, "openai"),
    "official-model": (PLAIN | {"model": "sora-2"}, "openai"),
    "official-model-with-fps": (PLAIN | {"model": "sora-2", "fps": 24}, "sora"),
    "official-words-with-fps-and-n": (PLAIN | {"seconds": 4, "fps": 24, "n": 1}, "openai"),
    "official-words-with-a-format": (
        PLAIN | {"size": "720x1280", "response_format": "url"},
        "openai",
    ),
    "seconds-and-duration": (PLAIN | {"model": "sora-1.0", "seconds": 5, "duration": 5}, "openai"),
    "seed-and-user": (PLAIN | {"seed": 1, "user": "ann"}, "openai"),
}


@pytest.mark.parametrize(("fields", "dialect"), CREATED.values(), ids=CREATED.keys())
async def test_the_words_of_the_request_are_remembered(
    steady: Server, fields: dict[str, Any], dialect: str
) -> None:
    video = (await steady.client.post("/v1/videos", json=fields)).json()
    assert video["status"] == WORDS[dialect]
    assert (await steady.seen(video["id"]))["status"] == WORDS[dialect]


async def test_a_picture_under_each_name(steady: Server) -> None:
    for name, dialect in (("image", "sora"), ("input_reference", "openai")):
        fields = {"model": "animatic"}
        answer = await steady.client.post("/v1/videos", data=fields, files={name: picture()})
        assert answer.json()["status"] == WORDS[dialect]


FORCED: dict[str, tuple[dict[str, str], str]] = {
    "ours-first": (asks("sora") | SDK, "sora"),
    "ours-openai": (asks("openai"), "openai"),
    "the-sdk": (SDK, "openai"),
    "nobody": ({}, "sora"),
}


@pytest.mark.parametrize(("headers", "dialect"), FORCED.values(), ids=FORCED.keys())
async def test_headers_come_before_memory(
    steady: Server, headers: dict[str, str], dialect: str
) -> None:
    created = await steady.client.post("/v1/videos", json=SORA, headers=headers)
    plain = await steady.create()
    assert created.json()["status"] == WORDS[dialect]
    assert (await steady.seen(plain["id"], **headers))["status"] == WORDS[dialect]
    cancelled = await steady.client.post(f"/v1/videos/{plain['id']}/cancel", headers=headers)
    assert cancelled.json()["status"] == "failed"


async def test_what_the_sdk_creates_speaks_to_others_by_its_own_fields(steady: Server) -> None:
    created = await steady.client.post("/v1/videos", json=SORA, headers=SDK)
    assert created.json()["status"] == "queued"
    assert (await steady.seen(created.json()["id"]))["status"] == "pending"


async def test_each_item_of_a_list_speaks_for_itself(steady: Server) -> None:
    await steady.create()
    await steady.client.post("/v1/videos", json=OPENAI)
    plain = (await steady.client.get("/v1/videos?limit=2")).json()["data"]
    of_sdk = (await steady.client.get("/v1/videos?limit=2", headers=SDK)).json()["data"]
    assert [item["status"] for item in plain] == ["queued", "pending"]
    assert [item["status"] for item in of_sdk] == ["queued", "queued"]


STATES = ["waiting", "running", "finished", "failed"]


@pytest.mark.parametrize(
    ("dialect", "words"),
    [
        ("sora", ["pending", "processing", "completed", "failed"]),
        ("openai", ["queued", "in_progress", "completed", "failed"]),
    ],
)
async def test_every_state_has_its_word(
    steady: Server, stock: Stock, dialect: str, words: list[str]
) -> None:
    found = [await steady.seen(stock.ids[state], **asks(dialect)) for state in STATES]
    assert [video["status"] for video in found] == words


SECONDS = {4: ("4.0", "4"), 7.5: ("7.5", "7.5"), 1.25: ("1.25", "1.25"), 60: ("60.0", "60")}


@pytest.mark.parametrize("seconds", SECONDS)
async def test_seconds_are_spelled_in_each_way(steady: Server, seconds: float) -> None:
    video = await steady.create(duration=seconds)
    found = [(await steady.seen(video["id"], **asks(name)))["seconds"] for name in WORDS]
    assert tuple(found) == SECONDS[seconds]


async def test_only_sora_says_from_the_start_when_a_video_expires(
    steady: Server, stock: Stock
) -> None:
    day = 24 * 3600
    for state in ("waiting", "running", "failed"):
        sora = await steady.seen(stock.ids[state], **asks("sora"))
        openai = await steady.seen(stock.ids[state], **asks("openai"))
        assert sora["expires_at"] == sora["created_at"] + day
        assert openai["expires_at"] is None
    for name in WORDS:
        done = await steady.seen(stock.ids["finished"], **asks(name))
        assert done["expires_at"] == done["completed_at"] + day


@pytest.mark.parametrize("name", ["Sora", "azure", "sora,openai"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", ""), ("GET", ""), ("GET", "/{waiting}"), ("POST", "/{waiting}/cancel")],
)
async def test_an_unknown_vocabulary_is_refused_before_anything_is_stored(
    steady: Server, stock: Stock, name: str, method: str, path: str
) -> None:
    with steady.untouched():
        answer = await steady.client.request(
            method,
            "/v1/videos" + path.format(**stock.ids),
            json=SORA if method == "POST" else None,
            headers=asks(name),
        )
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "x-filmgate-dialect"
