"""Every newer room of the house on PostgreSQL and an object store, through a restart."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.contract.bodies import picture
from tests.support import pg, s3

from filmgate.testing.served import Served, served

pytestmark = pytest.mark.process

BODY = {"model": "sora-1.0", "duration": 1, "width": 128, "height": 128, "fps": 5}


@pytest.fixture(scope="module")
def apart(postgres_server: pg.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    bucket = s3.Server()
    url = asyncio.run(postgres_server.fresh())
    folder = tmp_path_factory.mktemp("apart") / "data"
    with served(folder, database_url=url, grace_s="1", **bucket.settings()) as server:
        yield server
    bucket.stop()


def answer(server: Served, method: str, path: str, **sent: Any) -> Any:
    found = server.client.request(method, path, **sent)
    assert found.status_code < 300, found.text
    return found.json()


def upload(server: Served, name: str, data: bytes, purpose: str) -> str:
    files, fields = {"file": (name, data)}, {"purpose": purpose}
    return str(answer(server, "POST", "/v1/files", files=files, data=fields)["id"])


def content(server: Served, path: str) -> bytes:
    return server.client.get(path, follow_redirects=True).content


def test_a_kept_picture_begins_a_film(apart: Served) -> None:
    file_id = upload(apart, "first.png", picture(), "vision")
    assert content(apart, f"/v1/files/{file_id}/content") == picture()
    video = apart.create("a quiet sea", image={"file_id": file_id})
    apart.wait(video["id"], "completed")
    answer(apart, "DELETE", f"/v1/files/{file_id}")
    assert file_id not in [one["id"] for one in answer(apart, "GET", "/v1/files")["data"]]


def test_what_follows_a_video_has_its_films_from_the_bucket(apart: Served) -> None:
    source = apart.create("a quiet sea")
    apart.wait(source["id"], "completed")
    video = {"video": {"id": source["id"]}}
    asked: list[tuple[str, dict[str, Any]]] = [
        (f"/v1/videos/{source['id']}/remix", {"prompt": "a storm"}),
        ("/v1/videos/edits", {"prompt": "at dusk", **video}),
        ("/v1/videos/extensions", {"prompt": "a tide", "seconds": 4, **video}),
    ]
    followers = [answer(apart, "POST", path, json=body)["id"] for path, body in asked]
    answer(apart, "DELETE", f"/v1/videos/{source['id']}")  # each has its own copy
    lengths = [float(apart.wait(one, "completed")["seconds"]) for one in followers]
    assert lengths == [1, 1, 5]
    last = content(apart, f"/v1/videos/{followers[2]}/content?variant=last_frame")
    assert last[:4] == b"\x89PNG"


def test_a_character_is_kept_in_the_bucket_and_copied_to_its_videos(apart: Served) -> None:
    source = apart.create("a quiet sea")
    apart.wait(source["id"], "completed")
    film = {"video": ("mossy.mp4", content(apart, f"/v1/videos/{source['id']}/content"))}
    mossy = answer(apart, "POST", "/v1/videos/characters", data={"name": "Mossy"}, files=film)
    video = apart.create("Mossy runs", characters=[{"id": mossy["id"]}])
    answer(apart, "DELETE", f"/v1/videos/characters/{mossy['id']}")  # the video has its own copy
    apart.wait(video["id"], "completed")


def test_a_batch_goes_on_after_a_restart(apart: Served) -> None:
    prompts = ["zoo:slow one", "zoo:slow two", "zoo:slow three"]
    lines = [
        json.dumps({"custom_id": prompt, "body": BODY | {"prompt": prompt}}) for prompt in prompts
    ]
    file_id = upload(apart, "b.jsonl", "\n".join(lines).encode(), "batch")
    batch = answer(apart, "POST", "/v1/batches", json={"input_file_id": file_id})
    path = f"/v1/batches/{batch['id']}"
    apart.until(lambda: answer(apart, "GET", path)["status"] == "in_progress")
    assert apart.stop() == 0
    apart.start()
    apart.until(lambda: answer(apart, "GET", path)["status"] == "completed", 60)
    ended = answer(apart, "GET", path)
    assert ended["request_counts"] == {"total": 3, "completed": 3, "failed": 0}
    made = content(apart, f"/v1/files/{ended['output_file_id']}/content").splitlines()
    assert [json.loads(one)["custom_id"] for one in made] == prompts


def test_news_and_films_come_to_who_waits(apart: Served) -> None:
    video = apart.create("zoo:slow")
    with apart.client.stream("GET", f"/v1/videos/{video['id']}/events") as stream:
        told = [line for line in stream.iter_lines() if line.startswith("data: ")]
    assert json.loads(told[-1][6:])["status"] == "completed"
    film = apart.client.post("/v1/videos/sync", json=BODY | {"prompt": "a quiet sea"})
    assert (film.status_code, film.content[4:8]) == (200, b"ftyp")


def test_neighbours_and_accounts_find_the_same_house(apart: Served) -> None:
    sent = {"version": "sora-1.0", "input": {**BODY, "prompt": "a quiet sea"}}
    prefer = {"prefer": "wait=30"}
    made = answer(apart, "POST", "/replicate/v1/predictions", json=sent, headers=prefer)
    assert made["status"] == "succeeded"
    own = answer(apart, "POST", "/v1/keys", json={"name": "laptop"})
    assert own["id"] in [one["id"] for one in answer(apart, "GET", "/v1/keys")["data"]]
    assert answer(apart, "GET", "/v1/usage")["total"]["videos"] > 0
