"""Characters: whose, how long, what becomes of them, and who may be in a film."""

import io
from pathlib import Path
from typing import Any

import pytest
from tests.contract.bodies import (
    BOUNDARY,
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
from tests.unit.media.films import film

from filmgate.domain.video import folder
from filmgate.media.probe import probe

NAMED = {**SORA, "prompt": "Mossy sails a boat"}


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A second of something red."""
    path = tmp_path_factory.mktemp("clip") / "mossy.mp4"
    return film(path, width=128, height=128, draw=lambda k: (200, 60, 40)).read_bytes()


async def character(server: Server, clip: bytes, name: str = "Mossy", **headers: str) -> Any:
    body = multipart(Part("name", name), Part("video", clip, "mossy.mp4", "video/mp4"))
    kind = {"content-type": MULTIPART}
    return await server.client.post("/v1/videos/characters", content=body, headers=kind | headers)


async def made(server: Server, clip: bytes, name: str = "Mossy") -> dict[str, Any]:
    answer = await character(server, clip, name)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def code(answer: Any) -> tuple[int, str, str | None]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["param"]


async def test_a_character_is_kept_and_seen(bare: Server, clip: bytes) -> None:
    mossy = await made(bare, clip)
    assert (mossy["object"], mossy["name"], mossy["id"][:5]) == ("character", "Mossy", "char_")
    assert mossy["expires_at"] == mossy["created_at"] + 30 * 86400
    path = f"/v1/videos/characters/{mossy['id']}"
    assert (await bare.client.get(path)).json() == mossy
    (file,) = (await bare.client.get("/v1/files?purpose=character")).json()["data"]
    assert (file["purpose"], file["filename"]) == ("character", "Mossy.mp4")
    gone = await bare.client.delete(path)
    assert gone.json() == {"id": mossy["id"], "object": "character.deleted", "deleted": True}
    for method in ("GET", "DELETE"):
        again = await bare.client.request(method, path)
        assert code(again) == (404, "character_not_found", None)
    assert await bare.house.blobs.under("files") == {}


async def test_what_is_kept_is_made_anew(bare: Server, clip: bytes, tmp_path: Path) -> None:
    await made(bare, clip)
    (key,) = await bare.house.blobs.under("files")
    kept = await bare.house.blobs.get(key)
    assert kept != clip
    (tmp_path / "kept.mp4").write_bytes(kept)
    found = probe(tmp_path / "kept.mp4")
    assert (found.width, found.frames, found.codec) == (128, 24, "h264")


async def test_accounts_see_their_own_characters_alone(bare: Server, clip: bytes) -> None:
    mossy = await made(bare, clip)
    async with bare.caller({"api-key": OTHER_KEY}) as other:
        for method in ("GET", "DELETE"):
            answer = await other.request(method, f"/v1/videos/characters/{mossy['id']}")
            assert code(answer) == (404, "character_not_found", None)
        video = await other.post("/v1/videos", json=NAMED | {"characters": [{"id": mossy["id"]}]})
        assert code(video) == (404, "character_not_found", None)


async def test_a_character_expires_as_a_file_does(bare: Server, clip: bytes) -> None:
    mossy = await made(bare, clip)
    bare.clock.advance(31 * 86400)
    path = f"/v1/videos/characters/{mossy['id']}"
    assert code(await bare.client.get(path)) == (404, "character_not_found", None)
    assert await bare.house.files.expire() == 1
    assert await bare.house.blobs.under("files") == {}


async def test_a_character_goes_with_its_file(bare: Server, clip: bytes) -> None:
    mossy = await made(bare, clip)
    (file,) = (await bare.client.get("/v1/files")).json()["data"]
    assert (await bare.client.delete(f"/v1/files/{file['id']}")).status_code == 200
    path = f"/v1/videos/characters/{mossy['id']}"
    assert code(await bare.client.get(path)) == (404, "character_not_found", None)


async def test_the_same_key_makes_one_character(bare: Server, clip: bytes) -> None:
    key = {"idempotency-key": "once"}
    first = await character(bare, clip, **key)
    again = await character(bare, clip, **key)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert len(await bare.house.blobs.under("files")) == 1
    other = await character(bare, clip, name="Rocky", **key)
    assert code(other) == (400, "idempotency_key_reused", None)


async def test_who_did_what_is_written_down(bare: Server, clip: bytes) -> None:
    mossy = await made(bare, clip)
    await bare.client.delete(f"/v1/videos/characters/{mossy['id']}")
    acts = [row[5:7] for row in bare.stored()[0]["audit"]]
    told = [one for one in acts if mossy["id"] in one]
    assert len(told) == 2, acts


@pytest.mark.parametrize(
    ("parts", "problem", "param"),
    [
        ([Part("name", "Mossy")], "missing_required_parameter", "video"),
        ([Part("video", b"\0\0\0\x18ftypmp42", "a.mp4")], "missing_required_parameter", "name"),
        ([Part("name", "x" * 81), Part("video", b"1", "a.mp4")], "invalid_parameter", "name"),
        ([Part("name", "M"), Part("video", picture(), "a.mp4")], "invalid_video", "video"),
        ([Part("name", "M"), Part("video", "video_1")], "invalid_parameter", "video"),
        ([Part("name", "M"), Part("video[file_id]", "file-0")], "invalid_video", "video"),
        ([Part("nam", "M"), Part("video", b"1", "a.mp4")], "unknown_parameter", "nam"),
    ],
)
async def test_what_is_no_character_says_why(
    bare: Server, parts: list[Part], problem: str, param: str
) -> None:
    with bare.untouched():
        answer = await bare.client.post(
            "/v1/videos/characters",
            content=multipart(*parts),
            headers={"content-type": MULTIPART},
        )
    assert code(answer) == (400, problem, param)


async def test_a_character_may_be_made_of_a_file(bare: Server, clip: bytes) -> None:
    upload = {"file": ("mossy.mp4", io.BytesIO(clip), "video/mp4")}
    file = await bare.client.post("/v1/files", files=upload, data={"purpose": "user_data"})
    body = {"name": " Mossy  the\tfox ", "video": {"file_id": file.json()["id"]}}
    answer = await bare.client.post("/v1/videos/characters", json=body)
    assert answer.json()["name"] == "Mossy the fox"


ENCODINGS = [
    pytest.param(lambda i: (as_json({"characters": [{"id": i}]}), JSON), id="json"),
    pytest.param(lambda i: (as_json({"characters": [i]}), JSON), id="json-plain-ids"),
    pytest.param(lambda i: (form({"characters[][id]": i}), MULTIPART), id="multipart"),
    pytest.param(lambda i: (form({"characters[0][id]": i}), MULTIPART), id="multipart-counted"),
    pytest.param(lambda i: (form({"characters[][id]": i}), JSON), id="multipart-under-json"),
    pytest.param(lambda i: (form({"characters": f'[{{"id": "{i}"}}]'}), MULTIPART), id="as-text"),
    pytest.param(
        lambda i: (multipart(Part("characters", f'[{{"id": "{i}"}}]', kind=JSON)), MULTIPART),
        id="json-part",
    ),
    pytest.param(lambda i: (as_urlencoded({"characters[][id]": i}), URLENCODED), id="urlencoded"),
]


@pytest.mark.parametrize("encode", ENCODINGS)
async def test_characters_are_named_in_every_encoding(
    server: Server, stock: Stock, clip: bytes, encode: Any
) -> None:
    mossy = await made(server, clip)
    body, kind = encode(mossy["id"])
    answer = await server.client.post(
        "/v1/videos?dry_run=true", content=with_prompt(body), headers={"content-type": kind}
    )
    assert answer.status_code == 200, answer.text
    absent, _ = encode("char_absent")
    answer = await server.client.post(
        "/v1/videos?dry_run=true", content=with_prompt(absent), headers={"content-type": kind}
    )
    assert code(answer) == (404, "character_not_found", None)


def with_prompt(body: bytes) -> bytes:
    """The body with a prompt and a model."""
    if body.startswith(b"{"):
        return body[:-1] + b', "prompt": "Mossy", "model": "sora-1.0"}'
    if body.startswith(b"--"):
        head = multipart(Part("prompt", "Mossy"), Part("model", "sora-1.0"))
        return head.removesuffix(f"--{BOUNDARY}--\r\n".encode()) + body
    return body + b"&prompt=Mossy&model=sora-1.0"


async def test_a_film_keeps_its_own_copy_of_its_characters(server: Server, clip: bytes) -> None:
    mossy = await made(server, clip)
    video = await server.create(prompt="Mossy sails", characters=[{"id": mossy["id"]}])
    await server.client.delete(f"/v1/videos/characters/{mossy['id']}")
    async with server.working():
        assert (await server.ended(video["id"]))["status"] == "completed"
        remix = await server.client.post(f"/v1/videos/{video['id']}/remix", json={"prompt": "x"})
        assert (await server.ended(remix.json()["id"]))["status"] == "completed"
    for one in (video["id"], remix.json()["id"]):
        assert f"{folder(one)}/character-0" in await server.house.blobs.under(folder(one))
        await server.client.delete(f"/v1/videos/{one}")
        assert await server.house.blobs.under(folder(one)) == {}


async def test_a_film_has_two_characters_at_most(server: Server) -> None:
    three = [{"id": f"char_{k}"} for k in range(3)]
    answer = await server.client.post("/v1/videos", json=NAMED | {"characters": three})
    assert code(answer) == (400, "invalid_parameter", "characters")


async def test_nothing_said_is_no_character(server: Server) -> None:
    values: list[Any] = [[], [None], [{}], {}, "", None]
    for nothing in values:
        answer = await server.client.post(
            "/v1/videos?dry_run=true", json=NAMED | {"characters": nothing}
        )
        assert answer.status_code == 200, (nothing, answer.text)


async def test_making_one_waits_for_no_video(bare: Server, clip: bytes) -> None:
    """A character is there as soon as it is answered: no worker has a part in it."""
    mossy = await made(bare, clip)
    video = await bare.create(prompt="Mossy", characters=[{"id": mossy["id"]}])
    assert video["status"] == "pending"
