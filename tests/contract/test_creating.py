"""POST /v1/videos: the same request in every kind of body means the same video."""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.contract import bodies
from tests.contract.bodies import JSON, MULTIPART, URLENCODED, Part, as_json, as_urlencoded, form
from tests.contract.harness import OPENAI, SORA, Server, Stock, running, settings_for

pytestmark = pytest.mark.asyncio(loop_scope="module")

PNG = bodies.picture()
ENCODED = base64.b64encode(PNG).decode()
METADATA = {"style": "noir", "labels": {"shot": "7"}, "ids": ["a", "b"]}
NESTED = {
    "metadata[style]": "noir",
    "metadata[labels][shot]": "7",
    "metadata[ids][]": "a",
    "metadata[ids][1]": "b",
}


async def sent(server: Server, body: bytes, kind: str | None) -> dict[str, Any]:
    headers = {"content-type": kind} if kind else {}
    answer = await server.client.post("/v1/videos", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(as_json(SORA), JSON, id="json"),
        pytest.param(as_json(SORA), "application/json; charset=utf-8", id="json-charset"),
        pytest.param(b"\xef\xbb\xbf" + as_json(SORA), JSON, id="json-after-a-byte-order-mark"),
        pytest.param(b" \r\n\t" + as_json(SORA), JSON, id="json-after-blanks"),
        pytest.param(form(SORA), MULTIPART, id="multipart-of-text-alone"),
        pytest.param(as_urlencoded(SORA), URLENCODED, id="urlencoded"),
        pytest.param(form(SORA), JSON, id="multipart-under-json"),
        pytest.param(as_json(SORA), URLENCODED, id="json-under-urlencoded"),
        pytest.param(as_json(SORA), "multipart/form-data", id="json-under-multipart-no-boundary"),
        pytest.param(as_json(SORA), MULTIPART, id="json-under-multipart"),
        pytest.param(form(SORA), "multipart/form-data", id="multipart-without-its-boundary"),
        pytest.param(form(SORA), "multipart/form-data; boundary=wrong", id="multipart-wrong-name"),
        pytest.param(form(SORA), URLENCODED, id="multipart-under-urlencoded"),
        pytest.param(as_json(SORA), None, id="json-without-a-type"),
        pytest.param(form(SORA), None, id="multipart-without-a-type"),
        pytest.param(as_json(SORA), "text/plain", id="json-under-text"),
        pytest.param(as_json({n: str(v) for n, v in SORA.items()}), JSON, id="numbers-as-text"),
        pytest.param(as_json(SORA | {"user": None, "n": None}), JSON, id="nulls-are-unset"),
        pytest.param(form(SORA | {"user": "", "seconds": ""}), MULTIPART, id="blanks-are-unset"),
    ],
)
async def test_a_request_is_read_from_its_bytes(steady: Server, body: bytes, kind: str) -> None:
    video = await sent(steady, body, kind)
    assert (video["model"], video["prompt"]) == ("sora-1.0", "a quiet sea")
    assert (video["status"], video["seconds"], video["size"]) == ("pending", "1.0", "128x128")
    assert video["metadata"] == {"fps": 2, "seed": 7}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(as_json(SORA | {"metadata": METADATA}), JSON, id="json"),
        pytest.param(as_json(SORA | {"metadata": json.dumps(METADATA)}), JSON, id="json-text"),
        pytest.param(form(SORA | NESTED), MULTIPART, id="multipart-brackets"),
        pytest.param(as_urlencoded(SORA | NESTED), URLENCODED, id="urlencoded-brackets"),
        pytest.param(form(SORA | {"metadata": json.dumps(METADATA)}), MULTIPART, id="form-text"),
        pytest.param(
            form(SORA, Part("metadata", json.dumps(METADATA), kind=JSON)), MULTIPART, id="json-part"
        ),
        pytest.param(
            form(SORA, Part("metadata", json.dumps(METADATA), "m.json", JSON)),
            MULTIPART,
            id="json-file",
        ),
        pytest.param(
            as_urlencoded(SORA | {"metadata": json.dumps(METADATA)}), URLENCODED, id="url-text"
        ),
    ],
)
async def test_nested_fields_mean_the_same_however_sent(
    steady: Server, body: bytes, kind: str
) -> None:
    video = await sent(steady, body, kind)
    assert video["metadata"] == METADATA | {"fps": 2, "seed": 7}


PICTURES = {
    "data-url": (as_json(SORA | {"image": f"data:image/png;base64,{ENCODED}"}), JSON),
    "data-url-percent": (as_json(SORA | {"image": "data:," + quote(PNG)}), JSON),
    "bare-base64": (as_json(SORA | {"image": ENCODED}), JSON),
    "input-reference": (as_json(SORA | {"input_reference": ENCODED}), JSON),
    "image-reference": (as_json(SORA | {"image_reference": ENCODED}), JSON),
    "images-of-one": (as_json(SORA | {"images": [ENCODED]}), JSON),
    "image-url-object": (as_json(SORA | {"input_reference": {"image_url": ENCODED}}), JSON),
    "image-url-nested": (as_json(SORA | {"images": [{"image_url": {"url": ENCODED}}]}), JSON),
    "base64-urlencoded": (as_urlencoded(SORA | {"image": ENCODED}), URLENCODED),
    "base64-text-part": (form(SORA, Part("image", ENCODED)), MULTIPART),
    "brackets": (form(SORA | {"input_reference[image_url]": ENCODED}), MULTIPART),
    "file-part": (form(SORA, Part("image", PNG, "cat.png", "image/png")), MULTIPART),
    "file-part-reference": (form(SORA, Part("input_reference", PNG, "cat.png")), MULTIPART),
    "file-part-list": (form(SORA, Part("images[]", PNG, "cat.png")), MULTIPART),
    "file-part-octets": (
        form(SORA, Part("image", PNG, "x", "application/octet-stream")),
        MULTIPART,
    ),
    "file-part-lying": (form(SORA, Part("image", PNG, "x.svg", "image/svg+xml")), MULTIPART),
    "binary-without-a-filename": (form(SORA, Part("image", PNG)), MULTIPART),
    "jpeg": (form(SORA, Part("image", bodies.picture("JPEG"), "a")), MULTIPART),
    "webp": (form(SORA, Part("image", bodies.picture("WEBP"), "a")), MULTIPART),
    "another-size": (form(SORA, Part("image", bodies.picture(size=(40, 70)), "a")), MULTIPART),
    "no-prompt": (
        form({n: v for n, v in SORA.items() if n != "prompt"}, Part("image", PNG, "a")),
        MULTIPART,
    ),
}


@pytest.mark.parametrize(("body", "kind"), PICTURES.values(), ids=PICTURES.keys())
async def test_a_picture_is_taken_in_every_form(steady: Server, body: bytes, kind: str) -> None:
    video = await sent(steady, body, kind)
    kept = await steady.house.blobs.get(f"videos/{video['id']}/picture")
    assert kept[:4] in (PNG[:4], b"\xff\xd8\xff\xe0", b"RIFF")


async def test_a_base64_picture_in_a_text_part_may_be_large(steady: Server) -> None:
    noise = bodies.noise_png(900)
    assert len(noise) > 2 << 20
    text = base64.b64encode(noise).decode()
    video = await sent(steady, form(SORA, Part("image", text)), MULTIPART)
    assert await steady.house.blobs.get(f"videos/{video['id']}/picture") == noise


@pytest.mark.parametrize("kind", [JSON, MULTIPART])
async def test_a_chunked_body_needs_no_length(steady: Server, kind: str) -> None:
    body = as_json(SORA) if kind == JSON else form(SORA)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 7):
            yield body[start : start + 7]

    headers = {"content-type": kind}
    answer = await steady.client.post("/v1/videos", content=pieces(), headers=headers)
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "prompt",
    [
        pytest.param("一只可爱的橘猫在阳光下打瞌睡", id="chinese"),
        pytest.param("👩‍👩‍👧‍👦 dancing 🏳️‍🌈", id="emoji"),
        pytest.param("قطة برتقالية \u202eאבג\u202c", id="right-to-left"),
        pytest.param("é ≠ e\u0301", id="combining"),
        pytest.param("line\r\nline\ttab", id="control"),
        pytest.param("%s {x} \\ \" ' <script> ; DROP TABLE videos", id="signs"),
        pytest.param("x", id="one-character"),
        pytest.param("猫" * 32_000, id="the-longest"),
    ],
)
@pytest.mark.parametrize("kind", [JSON, MULTIPART, URLENCODED])
async def test_text_comes_back_intact(steady: Server, prompt: str, kind: str) -> None:
    writers = {JSON: as_json, MULTIPART: form, URLENCODED: as_urlencoded}
    fields = SORA | {"prompt": prompt}
    video = await sent(steady, writers[kind](fields), kind)
    assert video["prompt"] == prompt
    assert (await steady.seen(video["id"]))["prompt"] == prompt


ACCEPTED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a-tenth": (SORA | {"duration": 1.5}, {"seconds": "1.5"}),
    "exponent": (SORA | {"duration": "1.2e1"}, {"seconds": "12.0"}),
    "whole-float": (SORA | {"fps": 24.0}, {"metadata": {"fps": 24, "seed": 7}}),
    "size-x": ({**OPENAI, "size": "1280x720"}, {"size": "1280x720"}),
    "size-capital": ({**OPENAI, "size": "1280X720"}, {"size": "1280x720"}),
    "size-star": ({**OPENAI, "size": "1280*720"}, {"size": "1280x720"}),
    "size-times": ({**OPENAI, "size": "1280×720"}, {"size": "1280x720"}),
    "both-agree": (SORA | {"seconds": "1.0", "size": "128x128"}, {"seconds": "1"}),
    "seed-zero": (SORA | {"seed": 0}, {"metadata": {"fps": 2, "seed": 0}}),
    "seed-last": (SORA | {"seed": 2**32 - 1}, {"metadata": {"fps": 2, "seed": 2**32 - 1}}),
    "shortest": (SORA | {"duration": 1}, {"seconds": "1.0"}),
    "longest": (SORA | {"duration": 60}, {"seconds": "60.0"}),
    "upright": (SORA | {"width": 1080, "height": 1920}, {"size": "1080x1920"}),
    "alias": ({**OPENAI, "model": "sora-2-2025-10-06"}, {"model": "sora-2-2025-10-06"}),
    "most-outputs": (SORA | {"n": 4}, {"status": "pending"}),
    "negative-prompt": (SORA | {"negative_prompt": "rain"}, {"status": "pending"}),
    "camel": (
        {"model": "sora-1.0", "prompt": "x", "durationSeconds": 2, "aspectRatio": "9:16"},
        {"seconds": "2.0", "size": "720x1280"},
    ),
    "neighbours": (
        {
            "model": "sora-1.0",
            "prompt": "x",
            "n_seconds": 2,
            "frame_rate": 12,
            "resolution": "360p",
        },
        {"seconds": "2.0", "size": "640x360"},
    ),
    "blanks": (
        {"model": " sora-1.0 ", "prompt": "x", "seed": " ", "image": "  ", "user": " ", "size": ""},
        {"model": "sora-1.0"},
    ),
    "file-id-unsaid": ({"prompt": "x", "input_reference": {"file_id": None}}, {"model": "sora-2"}),
    "images-unsaid": ({"prompt": "x", "images": [None, "", {}]}, {"model": "sora-2"}),
    "seed-any": (SORA | {"seed": -1}, {"status": "pending"}),
    "unknown": (SORA | {"resolution_name": "x", "preset": 7}, {"status": "pending"}),
    "default-sora": ({"prompt": "x", "duration": 5}, {"model": "sora-1.0", "size": "1280x720"}),
    "default-openai": ({"prompt": "x"}, {"model": "sora-2", "seconds": "4", "size": "720x1280"}),
}


@pytest.mark.parametrize(("fields", "expected"), ACCEPTED.values(), ids=ACCEPTED.keys())
async def test_what_a_card_allows_is_accepted(
    steady: Server, fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    video = await sent(steady, as_json(fields), JSON)
    assert {name: video[name] for name in expected} == expected


async def test_a_seed_is_drawn_where_none_is_given(steady: Server) -> None:
    drawn = [(await steady.create(seed=None))["metadata"]["seed"] for _ in range(3)]
    assert len(set(drawn)) > 1
    assert all(isinstance(seed, int) and 0 <= seed < 2**32 for seed in drawn)


async def test_own_labels_never_shadow_what_was_used(steady: Server) -> None:
    video = await steady.create(metadata={"seed": "mine", "fps": None, "url": "http://x", "a": 1})
    assert video["metadata"]["seed"] == 7
    assert video["metadata"]["fps"] == 2
    assert video["metadata"]["a"] == 1


async def test_ids_are_never_words_of_routes(steady: Server) -> None:
    ids = {(await steady.create())["id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(len(video_id) == 38 and video_id.startswith("video_") for video_id in ids)


async def test_unknown_fields_are_let_pass_where_the_operator_says_so(
    stock: Stock, tmp_path: Path
) -> None:
    data = stock.copied("bare", tmp_path / "data")
    async with running(settings_for(data, unknown_parameters="ignore")) as server:
        assert (await server.create(promt="x", resolution_name="x"))["status"] == "pending"
