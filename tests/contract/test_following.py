"""Remix, edit, extend: what follows a video, in every encoding, and what it must not follow."""

from collections.abc import Mapping
from typing import Any

import httpx2
import pytest
from tests.contract.bodies import (
    JSON,
    MULTIPART,
    URLENCODED,
    Part,
    as_json,
    as_urlencoded,
    form,
    multipart,
    picture,
)
from tests.contract.harness import OTHER_KEY, SORA, Server, Stock

from filmgate.domain.video import folder

WORDS = {"prompt": "a stormy sea"}


async def post(server: Server, path: str, body: Mapping[str, Any], **rest: Any) -> httpx2.Response:
    return await server.client.post(f"/v1/videos{path}", json=dict(body), **rest)


async def made(server: Server, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The object of a fresh video that follows another."""
    answer = await post(server, path, body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def code(answer: httpx2.Response) -> tuple[int, str, str | None]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["param"]


async def test_a_remix_has_the_request_of_its_source(server: Server, stock: Stock) -> None:
    source = await server.seen(stock.ids["finished"])
    video = await made(server, f"/{source['id']}/remix", WORDS)
    assert video["remixed_from_video_id"] == source["id"]
    assert video["prompt"] == "a stormy sea"
    same = ("model", "size", "seconds")
    assert [video[name] for name in same] == [source[name] for name in same]
    assert video["metadata"]["seed"] == source["metadata"]["seed"]
    assert video["status"] == "pending", "it speaks as its source does"
    async with server.working():
        done = await server.ended(video["id"])
    assert (done["status"], len(done["outputs"])) == ("completed", 2)
    assert done["usage"]["cost_usd"] == source["usage"]["cost_usd"]


@pytest.mark.parametrize("path", ["/remix", ""])
async def test_a_remix_may_be_asked_for_by_a_field(server: Server, stock: Stock, path: str) -> None:
    name = "video_id" if path else "remixed_from_video_id"
    video = await made(server, path, {name: stock.ids["finished"], **WORDS})
    assert video["remixed_from_video_id"] == stock.ids["finished"]


async def test_a_remix_may_change_measures_and_seed(server: Server, stock: Stock) -> None:
    change = {"duration": 2, "width": 256, "height": 128, "seed": 9, "n": 1}
    video = await made(server, f"/{stock.ids['finished']}/remix", WORDS | change)
    assert (video["seconds"], video["size"]) == ("2.0", "256x128")
    assert video["metadata"]["seed"] == 9
    refused = await post(server, f"/{stock.ids['finished']}/remix", WORDS | {"duration": 61})
    assert code(refused) == (400, "invalid_parameter", "duration")


async def test_an_edit_has_the_measures_of_its_film(server: Server, stock: Stock) -> None:
    source = await server.seen(stock.ids["finished"])
    body = {"video": {"id": source["id"]}, **WORDS}
    video = await made(server, "/edits", body)
    assert (video["seconds"], video["size"]) == (source["seconds"], source["size"])
    refused = await post(server, "/edits", body | {"size": "256x256"})
    assert code(refused) == (400, "invalid_parameter", "size")
    refused = await post(server, "/edits", body | {"fps": 3})
    assert code(refused) == (400, "invalid_parameter", "fps")


async def test_an_extension_is_the_whole_and_costs_what_it_adds(
    server: Server, stock: Stock
) -> None:
    body = {"video": {"id": stock.ids["finished"]}, "seconds": "4", **WORDS}
    quote = await post(server, "/extensions?dry_run=true", body)
    assert (quote.json()["seconds"], quote.json()["cost_usd"]) == ("5", "0.200000")
    video = await made(server, "/extensions", body)
    assert (video["seconds"], video["status"]) == ("5", "queued")
    async with server.working():
        done = await server.ended(video["id"])
    assert done["status"] == "completed"
    assert done["usage"] == {"seconds": 4.0, "cost_usd": "0.200000"}
    rows = (await server.client.get("/v1/usage?group_by=model")).json()["data"]
    used = {row["model"]: row["seconds"] for row in rows}
    assert used["sora-1.0"] == 3.0 + 4.0


async def test_six_extensions_and_120_s_are_the_most(server: Server, stock: Stock) -> None:
    last = stock.ids["embedded"]
    for _ in range(6):
        body = {"video": {"id": last}, "seconds": 4, **WORDS}
        last = (await made(server, "/extensions", body))["id"]
        async with server.working():
            assert (await server.ended(last))["status"] == "completed"
    assert (await server.seen(last))["seconds"] == "25"
    again = await post(server, "/extensions", {"video": {"id": last}, "seconds": 4, **WORDS})
    assert code(again) == (400, "invalid_parameter", "video")
    assert "six times" in again.text or "6 times" in again.text


@pytest.mark.parametrize("seconds", ["3", "21", "3.999"])
async def test_an_extension_adds_4_to_20_s(server: Server, stock: Stock, seconds: str) -> None:
    body = {"video": {"id": stock.ids["finished"]}, "seconds": seconds, **WORDS}
    assert code(await post(server, "/extensions", body)) == (400, "invalid_parameter", "seconds")


async def test_what_an_extension_and_an_edit_need(server: Server, stock: Stock) -> None:
    video = {"video": {"id": stock.ids["finished"]}}
    missing = "missing_required_parameter"
    assert code(await post(server, "/extensions", video | WORDS)) == (400, missing, "seconds")
    assert code(await post(server, "/edits", video)) == (400, missing, "prompt")
    assert code(await post(server, "/edits", WORDS)) == (400, missing, "video")
    with_picture = multipart(
        Part("prompt", "x"), Part("video[id]", stock.ids["finished"]), Part("image", picture(), "a")
    )
    answer = await server.client.post(
        "/v1/videos/edits", content=with_picture, headers={"content-type": MULTIPART}
    )
    assert code(answer) == (400, "invalid_parameter", "image")


async def test_a_film_that_is_sent_is_refused_by_name(server: Server) -> None:
    body = multipart(Part("video", b"\0\0\0\x18ftypmp42", "a.mp4"), Part("prompt", "x"))
    answer = await server.client.post(
        "/v1/videos/edits", content=body, headers={"content-type": MULTIPART}
    )
    assert code(answer) == (400, "invalid_video", "video")
    assert "cut short" in answer.text


ENCODINGS = [
    pytest.param(lambda i: (as_json({"video": {"id": i}, **WORDS}), JSON), id="json"),
    pytest.param(lambda i: (as_json({"video": i, **WORDS}), JSON), id="json-plain-id"),
    pytest.param(lambda i: (form({"video[id]": i, **WORDS}), MULTIPART), id="multipart-nested"),
    pytest.param(lambda i: (form({"video[id]": i, **WORDS}), JSON), id="multipart-under-json"),
    pytest.param(
        lambda i: (form({"video": f'{{"id": "{i}"}}', **WORDS}), MULTIPART), id="multipart-as-text"
    ),
    pytest.param(
        lambda i: (
            multipart(
                Part("video", f'{{"id": "{i}"}}', kind=JSON), Part("prompt", WORDS["prompt"])
            ),
            MULTIPART,
        ),
        id="multipart-json-part",
    ),
    pytest.param(lambda i: (as_urlencoded({"video[id]": i, **WORDS}), URLENCODED), id="urlencoded"),
    pytest.param(lambda i: (as_json({"video_id": i, **WORDS}), JSON), id="video_id"),
    pytest.param(lambda i: (as_json({"videoId": i, **WORDS}), JSON), id="camel"),
]


@pytest.mark.parametrize("encode", ENCODINGS)
async def test_a_video_is_named_in_every_encoding(
    server: Server, stock: Stock, encode: Any
) -> None:
    body, kind = encode(stock.ids["finished"])
    answer = await server.client.post(
        "/v1/videos/edits", content=body, headers={"content-type": kind}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["remixed_from_video_id"] == stock.ids["finished"]


@pytest.mark.parametrize(
    ("which", "status", "problem"),
    [
        ("running", 400, "video_not_completed"),
        ("waiting", 400, "video_not_completed"),
        ("failed", 400, "video_not_completed"),
        ("foreign", 404, "video_not_found"),
        ("absent", 404, "video_not_found"),
    ],
)
@pytest.mark.parametrize("verb", ["remix", "edits", "extensions"])
async def test_a_source_is_an_own_completed_video(
    server: Server, stock: Stock, verb: str, which: str, status: int, problem: str
) -> None:
    video_id = stock.ids.get(which, "video_absent")
    path, name = (f"/{video_id}/remix", {}) if verb == "remix" else (f"/{verb}", {"id": video_id})
    body = WORDS | ({"video": name} if name else {}) | {"seconds": "4"}
    with server.untouched():
        answer = await post(server, path, body)
    param = None if status == 404 else "video" if name else "video_id"
    assert code(answer) == (status, problem, param)


async def test_an_expired_video_is_no_source(server: Server, stock: Stock) -> None:
    server.clock.advance(25 * 3600)
    answer = await post(server, f"/{stock.ids['finished']}/remix", WORDS)
    assert code(answer) == (410, "video_expired", None)


async def test_a_film_that_is_gone_is_no_source(server: Server, stock: Stock) -> None:
    """The row is there, the file is not: nothing is left of what was begun."""
    await server.house.blobs.delete_under(folder(stock.ids["finished"]))
    with server.untouched():
        answer = await post(server, f"/{stock.ids['finished']}/remix", WORDS)
    assert code(answer) == (410, "video_expired", None)


async def test_a_source_may_be_deleted_while_its_remix_waits(server: Server, stock: Stock) -> None:
    source = stock.ids["finished"]
    body = {"video": {"id": source}, "seconds": 4, **WORDS}
    video = await made(server, "/extensions", body)
    assert (await server.client.delete(f"/v1/videos/{source}")).status_code == 200
    async with server.working():
        assert (await server.ended(video["id"]))["status"] == "completed"


async def test_what_a_source_leaves_goes_with_its_remix(server: Server, stock: Stock) -> None:
    video = await made(server, f"/{stock.ids['finished']}/remix", WORDS)
    assert await server.house.blobs.under(folder(video["id"]))
    assert (await server.client.delete(f"/v1/videos/{video['id']}")).status_code == 200
    assert not await server.house.blobs.under(folder(video["id"]))


async def test_the_same_key_makes_one_remix(server: Server, stock: Stock) -> None:
    key = {"idempotency-key": "once"}
    path = f"/{stock.ids['finished']}/remix"
    first = await post(server, path, WORDS, headers=key)
    again = await post(server, path, WORDS, headers=key)
    assert first.json()["id"] == again.json()["id"]
    assert again.headers["idempotent-replayed"] == "true"
    other = await post(server, path, {"prompt": "a calm sea"}, headers=key)
    assert code(other)[1] == "idempotency_key_reused"
    create = await post(server, "", SORA, headers=key)
    assert code(create)[1] == "idempotency_key_reused"


async def test_a_card_says_who_can(server: Server, stock: Stock) -> None:
    card = (await server.client.get("/v1/models/sora-2")).json()["card"]
    assert {"remix", "edit", "extend"} <= set(card["can"])


async def test_video_is_no_field_of_a_create(server: Server, stock: Stock) -> None:
    answer = await post(server, "", SORA | {"video": {"id": stock.ids["finished"]}})
    assert code(answer) == (400, "invalid_parameter", "video")
    assert "/v1/videos/edits" in answer.text


async def test_another_account_makes_nothing_of_it(server: Server, stock: Stock) -> None:
    async with server.caller({"api-key": OTHER_KEY}) as other:
        answer = await other.post(f"/v1/videos/{stock.ids['finished']}/remix", json=WORDS)
    assert code(answer) == (404, "video_not_found", None)


async def test_a_remix_keeps_its_first_frame(server: Server) -> None:
    body = form(SORA, Part("image", picture(), "first.png"))
    answer = await server.client.post(
        "/v1/videos", content=body, headers={"content-type": MULTIPART}
    )
    async with server.working():
        source = await server.ended(answer.json()["id"])
    video = await made(server, f"/{source['id']}/remix", WORDS)
    kept = await server.house.blobs.get(f"{folder(video['id'])}/picture")
    assert kept == picture()
