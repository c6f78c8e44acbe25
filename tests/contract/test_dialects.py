"""Neighbours' doors: a golden file each, and what holds behind all of them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.datastructures import Headers
from tests.contract.bodies import picture
from tests.contract.harness import KEY, SORA, Server, Stock
from tests.contract.shots import _named

import filmgate
from filmgate.api import dialects, doors
from filmgate.api.dialects.door import Entry, Neighbour
from filmgate.api.routes import ROUTES
from filmgate.api.routing import Table
from filmgate.domain.states import State

GOLDEN = Path(__file__).parent / "golden" / "dialects"
SMALL = {"prompt": "a quiet sea", "seed": 7, "fps": 2}
ASKED: dict[str, dict[str, Any]] = {
    "relays": {"model": "sora-1.0", "duration": 1, "width": 128, "height": 128, **SMALL},
    "azure_jobs": {
        "model": "sora-1.0",
        "n_seconds": "1",
        "n_variants": "2",
        "width": "128",
        "height": "128",
        **SMALL,
    },
    "openrouter": {"model": "sora-1.0", "duration": 1, "size": "128x128", **SMALL},
    "fal": {"duration": 1, "width": 128, "height": 128, **SMALL},
    "replicate": {
        "version": "sora-1.0",
        "input": {"duration": 1, "width": 128, "height": 128, **SMALL},
    },
}
"""A request as that neighbour's client sends it."""

DOORS = {door.name: door for door in doors.DOORS}


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> Neighbour:
    return DOORS[request.param]


def entry_of(door: Neighbour, verb: str) -> Entry:
    return next(entry for entry in door.entries if entry.verb == verb)


def path_of(entry: Entry, **values: str) -> str:
    return entry.path.format(owner="any", model="sora-1.0", **values)


async def create(server: Server, door: Neighbour, **change: Any) -> httpx2.Response:
    entry, body = entry_of(door, "create"), ASKED[door.name]
    within = {door.within: body[door.within] | change} if door.within else change
    return await server.client.post(path_of(entry), json=body | within)


def id_of(answer: httpx2.Response) -> str:
    found: dict[str, Any] = answer.json()
    return str(found.get("request_id") or found["id"])


LOOKS = ("see", "film", "output", "list", "models", "stream")


async def looks(server: Server, door: Neighbour, video_id: str) -> dict[str, Any]:
    """What a door says of a video by each of its paths that only look."""
    said: dict[str, Any] = {}
    output = f"{video_id.removeprefix('video_')}_0"
    for entry in door.entries:
        endless = entry.verb == "stream" and "queue" in await server.seen(video_id)
        if entry.verb in LOOKS and not endless:
            path = path_of(entry, video_id=video_id, generation_id=output)
            answer = await server.client.get(path)
            shown = answer.text.split("\n") if entry.verb == "stream" else answer.json()
            said[f"{entry.method} {entry.path}"] = [answer.status_code, shown]
    return said


async def test_the_request_and_the_replies_are_the_golden_ones(
    bare: Server, door: Neighbour
) -> None:
    created = await create(bare, door)
    assert created.status_code == entry_of(door, "create").status, created.text
    video_id = id_of(created)
    waiting = await looks(bare, door, video_id)
    async with bare.working():
        await bare.ended(video_id)
    completed = await looks(bare, door, video_id)
    refused = await create(bare, door, prompt=" ")
    given = {"model": "sora-1.0"} if "{model}" in entry_of(door, "create").path else {}
    drafts = (await bare.house.batching._wording())._drafts  # type: ignore[attr-defined]
    reading = doors.read_fields(door, drafts, given, Headers(), ASKED[door.name])
    shown = {
        "request": ASKED[door.name],
        "normalised": {n: str(v) for n, v in asdict(reading.draft).items() if v not in (None, {})},
        "created": created.json(),
        "waiting": waiting,
        "completed": completed,
        "refused": [refused.status_code, refused.json()],
    }
    text = (
        json.dumps(
            _named(
                json.loads(json.dumps(shown).replace(video_id.removeprefix("video_"), "0" * 32))
            ),
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )
    text = re.sub(r'"file_size": \d+', '"file_size": 0', text)  # as the encoder made it
    file = GOLDEN / f"{door.name}.json"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


async def test_a_failed_video_says_why(server: Server, door: Neighbour, stock: Stock) -> None:
    answer = await server.client.get(path_of(entry_of(door, "see"), video_id=stock.ids["failed"]))
    assert door.cancelled == answer.json()["status"]
    assert "The video was cancelled." in answer.text or door.name == "fal"


@pytest.mark.parametrize("key", [None, "not-a-key"])
async def test_nothing_is_open(server: Server, door: Neighbour, key: str | None) -> None:
    async with server.caller({"authorization": f"Bearer {key}"} if key else {}) as nobody:
        for entry in door.entries:
            path = path_of(entry, video_id="video_1", generation_id="1_0", task="x")
            assert (await nobody.request(entry.method, path)).status_code == 401


async def test_nobody_sees_what_is_not_theirs(
    server: Server, door: Neighbour, stock: Stock
) -> None:
    for entry in door.entries:
        if "{video_id}" in entry.path:
            path = path_of(entry, video_id=stock.ids["foreign"])
            answer = await server.client.request(entry.method, path)
            assert answer.status_code == 404, entry


@pytest.mark.parametrize("scheme", ["Key", "Token", "Bearer", "key"])
async def test_the_neighbours_spellings_of_the_key_are_taken(server: Server, scheme: str) -> None:
    async with server.caller({"authorization": f"{scheme} {KEY}"}) as client:
        assert (await client.get("/replicate/v1/predictions")).status_code == 200


async def test_azures_films_are_had_by_generation(bare: Server) -> None:
    door = DOORS["azure_jobs"]
    async with bare.working():
        job = id_of(await create(bare, door))
        await bare.ended(job)
    path = f"/openai/v1/video/generations/jobs/{job}?api-version=preview"
    found = (await bare.client.get(path)).json()
    assert (found["status"], len(found["generations"])) == ("succeeded", 2)
    films = []
    for generation in found["generations"]:
        content = f"/openai/v1/video/generations/{generation['id']}/content/video"
        head = await bare.client.head(f"{content}?api-version=preview")
        film = await bare.client.get(f"{content}?api-version=preview")
        assert (film.status_code, film.headers["content-type"]) == (200, "video/mp4")
        assert head.headers["content-length"] == str(len(film.content))
        films.append(film.content)
    assert films[0] != films[1]
    gone = await bare.client.delete(path)
    assert (gone.status_code, gone.content) == (204, b"")
    for wrong in ("gen_x", "gen__", "gen_1_9999", "video_1", "gen_%00_1"):
        answer = await bare.client.get(f"/openai/v1/video/generations/{wrong}/content/video")
        assert answer.status_code == 404


async def test_fals_result_is_there_once_the_film_is(bare: Server) -> None:
    door = DOORS["fal"]
    created = (await create(bare, door)).json()
    assert created["queue_position"] == 0
    assert (await bare.client.get(created["response_url"])).status_code == 400
    async with bare.working():
        await bare.ended(created["request_id"])
    answer = await bare.client.get(created["response_url"])
    assert answer.headers["x-fal-request-id"] == created["request_id"]
    result = answer.json()
    film = await bare.client.get(result["video"]["url"])
    assert len(film.content) == result["video"]["file_size"]
    assert (await bare.client.put(created["cancel_url"])).json()["detail"]


async def test_a_film_that_is_not_ready_is_told_in_the_words_that_fals_clients_wait_by(
    bare: Server,
) -> None:
    created = (await create(bare, DOORS["fal"], duration="1s")).json()
    answer = await bare.client.get(created["response_url"])
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Request is still in progress"
    assert answer.json()["error"]["message"] == "Request is still in progress"


async def test_replicates_create_waits_where_that_is_preferred(bare: Server) -> None:
    door = DOORS["replicate"]
    entry = entry_of(door, "create")
    async with bare.working():
        for prefer in ("wait", "wait=20", "respond-async, wait=20"):
            answer = await bare.client.post(
                path_of(entry), json=ASKED["replicate"], headers={"prefer": prefer}
            )
            assert (answer.status_code, answer.json()["status"]) == (201, "succeeded")
            assert answer.json()["output"]


@pytest.mark.parametrize("prefer", ["wait=0", "respond-async", "waiting", ""])
async def test_replicates_create_says_starting_until_it_has_ended(
    bare: Server, prefer: str
) -> None:
    """Its clients take any other word for an end, once they have asked for the wait."""
    entry = entry_of(DOORS["replicate"], "create")
    answer = await bare.client.post(
        path_of(entry), json=ASKED["replicate"], headers={"prefer": prefer}
    )
    assert (answer.json()["status"], answer.json()["output"]) == ("starting", None)


async def test_a_create_that_a_worker_has_already_says_so_at_no_door(
    bare: Server, door: Neighbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker may be quicker than the answer."""
    submit = bare.house.submissions.submit

    async def submit_and_claim(*given: Any) -> Any:
        _, standing = await submit(*given)
        return await bare.house.queue.claim("animatic", "worker_elsewhere"), standing

    monkeypatch.setattr(bare.house.submissions, "submit", submit_and_claim)
    answer = await create(bare, door)
    assert answer.json()["status"] == door.statuses[State.QUEUED]


async def test_azures_output_is_seen_by_itself(bare: Server) -> None:
    door = DOORS["azure_jobs"]
    job = id_of(await create(bare, door))
    path = f"/openai/v1/video/generations/gen_{job.removeprefix('video_')}"
    assert (await bare.client.get(f"{path}_0")).status_code == 404
    async with bare.working():
        await bare.ended(job)
    whole = (await bare.client.get(f"/openai/v1/video/generations/jobs/{job}")).json()
    found = [(await bare.client.get(f"{path}_{index}")).json() for index in (0, 1)]
    assert found == whole["generations"]
    assert (await bare.client.get(f"{path}_2")).status_code == 404
    of_relays = (await bare.client.get(f"/v1/video/generations/{job}")).json()
    assert of_relays["task_id"] == job, "what does not begin so is the relays'"


async def test_a_wrong_field_is_named_as_the_door_names_it(bare: Server) -> None:
    answer = await create(bare, DOORS["azure_jobs"], n_seconds="61")
    assert "n_seconds" in answer.json()["error"]["message"]
    answer = await create(bare, DOORS["replicate"], duration=61)
    assert "duration" in answer.json()["detail"]


async def test_openrouters_frame_is_the_first(bare: Server) -> None:
    file = await bare.client.post(
        "/v1/files", files={"file": ("a.png", picture())}, data={"purpose": "vision"}
    )
    assert file.status_code == 200
    frame = {"type": "image_url", "image_url": {"url": "data:,x"}, "frame_type": "first_frame"}
    answer = await create(bare, DOORS["openrouter"], frame_images=[frame])
    assert answer.json()["error"]["code"] == 400


def test_a_door_is_its_file_alone() -> None:
    """Without the file there is no path of it, and nothing else breaks."""
    files = {path.stem for path in Path(dialects.__path__[0]).glob("*.py")}
    assert files >= DOORS.keys()
    for door in doors.DOORS:
        rest = tuple(other for other in doors.DOORS if other is not door)
        table = Table([*ROUTES, *doors.routes(rest)])
        for entry in door.entries:
            match = table.find(path_of(entry, video_id="v", generation_id="g", task="t"))
            left = match.methods.get(entry.method) if match else None
            assert left is None or left.summary != door.about


def test_a_file_that_is_deleted_takes_its_door_with_it(tmp_path: Path) -> None:
    """Doors of a copy of the package, from which files are deleted one after the other."""
    package = Path(filmgate.__file__).parent
    shutil.copytree(package, tmp_path / "filmgate", ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        "import sys; from filmgate.api import app, doors, openapi;"
        "assert openapi.document(); assert doors.__file__.startswith(sys.argv[1]);"
        "print([door.name for door in doors.DOORS])"
    )
    argv = [sys.executable, "-c", program, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    left = sorted(DOORS)
    for name in ("fal", *(other for other in left if other != "fal")):
        (tmp_path / "filmgate" / "api" / "dialects" / f"{name}.py").unlink()
        left.remove(name)
        if name == "fal" or not left:
            done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=True)
            assert done.stdout.strip() == str(left)


def words(shape: Any) -> Iterator[Any]:
    if isinstance(shape, dict):
        for value in shape.values():
            yield from words(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from words(value)
    else:
        yield shape


def test_a_door_is_a_table(door: Neighbour) -> None:
    for entry in door.entries:
        for word in words(entry.shape or door.video):
            assert word is None or isinstance(word, str | bool)
    assert SORA["model"] == "sora-1.0"
