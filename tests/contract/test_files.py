"""Files that callers keep here: whose, how much, how long, and what creates make of them."""

import time
from pathlib import Path

import pytest
from tests.contract.bodies import picture
from tests.contract.harness import OTHER_KEY, SORA, Server, Stock, running, settings_for

from filmgate.errors import FileQuotaExceeded


async def upload(server: Server, data: bytes = b"abc", **fields: str) -> dict[str, object]:
    answer = await server.client.post(
        "/v1/files",
        files={"file": ("cat.png", data, "image/png")},
        data={"purpose": "vision"} | fields,
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


async def test_a_file_is_kept_as_it_came(bare: Server) -> None:
    life = {"expires_after[anchor]": "created_at", "expires_after[seconds]": "3600"}
    file = await upload(bare, b"\x00\xffabc", **life)
    assert (file["bytes"], file["filename"], file["purpose"]) == (5, "cat.png", "vision")
    assert file == (await bare.client.get(f"/v1/files/{file['id']}")).json()
    content = await bare.client.get(f"/v1/files/{file['id']}/content")
    assert content.content == b"\x00\xffabc"
    assert content.headers["content-type"] == "application/octet-stream"
    part = await bare.client.get(f"/v1/files/{file['id']}/content", headers={"range": "bytes=2-3"})
    assert (part.status_code, part.content) == (206, b"ab")
    gone = await bare.client.delete(f"/v1/files/{file['id']}")
    assert gone.json() == {"id": file["id"], "object": "file", "deleted": True}
    for path in (f"/v1/files/{file['id']}", f"/v1/files/{file['id']}/content"):
        assert (await bare.client.get(path)).status_code == 404
    assert await bare.house.blobs.under("files") == {}


async def test_a_caller_names_no_path(bare: Server) -> None:
    answer = await bare.client.post(
        "/v1/files",
        files={"file": ("../../etc\\passwd", b"x")},
        data={"purpose": "user_data"},
    )
    assert answer.json()["filename"] == "passwd"


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({}, "purpose"),
        ({"purpose": "fine-tune"}, "purpose"),
        ({"purpose": "batch_output"}, "purpose"),
        ({"purpose": "vision", "expires_after[seconds]": "10"}, "expires_after"),
        ({"purpose": "vision", "expires_after[anchor]": "used_at"}, "expires_after"),
    ],
)
async def test_what_cannot_be_kept_says_why(
    bare: Server, fields: dict[str, str], param: str
) -> None:
    with bare.untouched():
        answer = await bare.client.post("/v1/files", files={"file": ("a", b"x")}, data=fields)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)


@pytest.mark.parametrize("data", [None, b""])
async def test_a_file_has_bytes(bare: Server, data: bytes | None) -> None:
    files = None if data is None else {"file": ("a", data)}
    answer = await bare.client.post("/v1/files", data={"purpose": "vision"}, files=files)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "file")


async def test_accounts_see_their_own_files_alone(bare: Server) -> None:
    file = await upload(bare, picture())
    async with bare.caller({"api-key": OTHER_KEY}) as other:
        assert (await other.get("/v1/files")).json()["data"] == []
        for method, rest in (("GET", ""), ("GET", "/content"), ("DELETE", "")):
            answer = await other.request(method, f"/v1/files/{file['id']}{rest}")
            assert answer.status_code == 404
        body = SORA | {"image": {"file_id": file["id"]}}
        answer = await other.post("/v1/videos", json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_image")
    assert (await bare.client.get(f"/v1/files/{file['id']}")).status_code == 200


async def test_pages_join_to_the_whole(bare: Server) -> None:
    ids = [
        (await upload(bare, b"abc", purpose=purpose))["id"] for purpose in ("vision", "batch") * 2
    ]
    page = (await bare.client.get("/v1/files?limit=3&order=asc")).json()
    rest = (await bare.client.get(f"/v1/files?order=asc&after={page['last_id']}")).json()
    assert [file["id"] for file in page["data"] + rest["data"]] == ids
    assert (page["has_more"], rest["has_more"]) == (True, False)
    batch = (await bare.client.get("/v1/files?purpose=batch")).json()["data"]
    assert [file["id"] for file in batch] == [ids[3], ids[1]]
    assert (await bare.client.get("/v1/files?after=file-none")).status_code == 400


async def test_files_expire_and_their_bytes_go(bare: Server) -> None:
    short = await upload(bare, b"abc", **{"expires_after[seconds]": "3600"})
    long = await upload(bare)
    bare.clock.advance(3600)
    assert (await bare.client.get(f"/v1/files/{short['id']}")).status_code == 404
    assert await bare.house.files.expire() == 1
    assert list(await bare.house.blobs.under("files")) == [f"files/{long['id']}"]
    bare.clock.advance(30 * 86400)
    assert await bare.house.files.expire() == 1
    assert await bare.house.blobs.under("files") == {}


async def test_an_account_keeps_no_more_than_its_quota(stock: Stock, tmp_path: Path) -> None:
    data = stock.copied("bare", tmp_path / "data")
    async with running(settings_for(data, files_mib=1), stock.document) as server:
        first = await upload(server, b"x" * 700_000)
        for _ in range(2):
            answer = await server.client.post(
                "/v1/files",
                files={"file": ("a", b"x" * 700_000)},
                data={"purpose": "vision"},
            )
            assert answer.json()["error"]["code"] == FileQuotaExceeded.code
        assert list(await server.house.blobs.under("files")) == [f"files/{first['id']}"]
        await server.client.delete(f"/v1/files/{first['id']}")
        await upload(server, b"x" * 700_000)


async def test_bytes_that_no_row_names_are_swept_once_they_are_old(bare: Server) -> None:
    bare.clock.advance(time.time() - bare.clock.now())  # a store tells ages by its own clock
    await upload(bare)
    await bare.house.blobs.put("files/file-orphan", b"left by a process that died")
    assert await bare.house.files.sweep_orphans() == 0
    bare.clock.advance(-bare.clock.now() + 4_000_000_000)
    assert await bare.house.files.sweep_orphans() == 1


@pytest.mark.parametrize("shape", ["image", "input_reference", "image_reference", "images"])
async def test_a_create_starts_from_a_file(bare: Server, shape: str) -> None:
    file = await upload(bare, picture())
    given: object = {"file_id": file["id"]}
    answer = await bare.client.post(
        "/v1/videos", json=SORA | {shape: [given] if shape == "images" else given}
    )
    assert answer.status_code == 200, answer.text
    stored = await bare.house.blobs.under(f"videos/{answer.json()['id']}")
    assert [key.rpartition("/")[2] for key in stored] == ["picture"]
    await bare.client.delete(f"/v1/files/{file['id']}")
    async with bare.working():
        assert (await bare.ended(answer.json()["id"]))["status"] == "completed"


async def test_a_multipart_create_names_a_file(bare: Server) -> None:
    file = await upload(bare, picture())
    fields = {name: (None, str(value)) for name, value in SORA.items()}
    fields["input_reference[file_id]"] = (None, str(file["id"]))
    answer = await bare.client.post("/v1/videos", files=fields)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("file_id", ["file-none", "file-" + "0" * 300, 5])
async def test_a_file_that_is_not_there_is_named(bare: Server, file_id: object) -> None:
    with bare.untouched():
        answer = await bare.client.post("/v1/videos", json=SORA | {"image": {"file_id": file_id}})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"].startswith("image")
