"""Films that callers send, to be edited and extended."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.contract.bodies import MULTIPART, Part, multipart
from tests.contract.harness import SORA, Server, Stock, running, settings_for
from tests.unit.media.films import film
from tests.unit.media.test_foreign import BAD

from filmgate.workers.pruner import Sweeper


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("clip") / "a.mp4"
    return film(path, width=320, height=180, fps=12, frames=18).read_bytes()


async def send(server: Server, path: str, data: bytes, query: str = "", **fields: str) -> Any:
    said = {"prompt": "a stormy sea", "model": "sora-1.0"} | fields
    parts = [Part("video", data, "a.txt"), *(Part(name, text) for name, text in said.items())]
    return await server.client.post(
        f"/v1/videos/{path}{query}",
        content=multipart(*parts),
        headers={"content-type": MULTIPART},
    )


def code(answer: Any) -> tuple[int, str, str | None]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["param"]


async def test_an_edit_of_a_film_that_is_sent(bare: Server, clip: bytes) -> None:
    video = (await send(bare, "edits", clip, seed="9")).json()
    assert (video["size"], video["seconds"], video["metadata"]["fps"]) == ("320x180", "1.5", 12)
    assert (video["remixed_from_video_id"], video["metadata"]["seed"]) == (None, 9)
    async with bare.working():
        done = await bare.ended(video["id"])
    assert done["status"] == "completed", done["error"]
    assert done["usage"]["cost_usd"] == "0.075000"


async def test_an_extension_is_billed_for_what_it_adds(bare: Server, clip: bytes) -> None:
    quote = (await send(bare, "extensions", clip, "?dry_run=true", seconds="4")).json()
    assert (quote["seconds"], quote["cost_usd"]) == ("5.5", "0.200000")
    video = (await send(bare, "extensions", clip, seconds="4")).json()
    async with bare.working():
        assert (await bare.ended(video["id"]))["status"] == "completed"


async def test_the_size_is_the_nearest_that_the_model_has(bare: Server, clip: bytes) -> None:
    for model, size in (("sora-2", "1280x720"), ("sora-2-pro", "1280x720")):
        quote = await send(bare, "edits", clip, "?dry_run=true", model=model)
        assert quote.json()["size"] == size
    other = await send(bare, "edits", clip, "?dry_run=true", size="640x360")
    assert code(other) == (400, "invalid_parameter", "size")


async def test_without_a_model_it_is_the_default_one(bare: Server, clip: bytes) -> None:
    body = multipart(Part("video", clip, "a.mp4"), Part("prompt", "x"))
    answer = await bare.client.post(
        "/v1/videos/edits?dry_run=true", content=body, headers={"content-type": MULTIPART}
    )
    assert answer.json()["model"] == "sora-2"


async def test_a_file_that_is_kept_is_a_film_to_edit(bare: Server, clip: bytes) -> None:
    upload = {"file": ("a.mp4", clip, "video/mp4")}
    file = await bare.client.post("/v1/files", files=upload, data={"purpose": "user_data"})
    body = {"model": "sora-1.0", "prompt": "x", "video": {"file_id": file.json()["id"]}}
    video = await bare.client.post("/v1/videos/edits", json=body)
    assert (await bare.client.delete(f"/v1/files/{file.json()['id']}")).status_code == 200
    async with bare.working():
        assert (await bare.ended(video.json()["id"]))["status"] == "completed"
    gone = await bare.client.post("/v1/videos/edits", json=body)
    assert code(gone) == (400, "invalid_video", "video")


async def test_a_remix_wants_one_of_your_videos(bare: Server, clip: bytes) -> None:
    answer = await send(bare, "remix", clip)
    assert code(answer) == (400, "invalid_parameter", "video")
    assert "/v1/videos/edits" in answer.text


@pytest.mark.parametrize("kind", ["cut, index in front", "8K", "two hours", "playlist"])
async def test_a_bad_film_is_refused_and_leaves_nothing(
    bare: Server, tmp_path: Path, kind: str
) -> None:
    make, why = BAD[kind]
    data = make(tmp_path)
    with bare.untouched():
        answer = await send(bare, "edits", data)
    assert code(answer) == (400, "invalid_video", "video")
    assert why in answer.json()["error"]["message"]


async def test_a_film_that_cannot_be_decoded_fails_its_video(bare: Server, clip: bytes) -> None:
    """What only decoding finds out is found out by the worker: the create is answered before."""
    video = (await send(bare, "edits", clip)).json()
    (key,) = [k for k in await bare.house.blobs.under("videos") if k.endswith("source")]
    await bare.house.blobs.put(key, clip[: len(clip) // 2])
    async with bare.working():
        failed = await bare.ended(video["id"])
    assert failed["error"]["code"] == "invalid_video"
    assert "usage" not in failed


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from tests.contract.harness import running, settings_for

class Dying:
    def __init__(self, database):
        self.read = database.read

    async def write(self, *given):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    async with running(settings_for(Path(sys.argv[1]))) as server:
        submissions = server.house.submissions
        submissions._db = Dying(submissions._db)
        await server.client.post(f"/v1/videos/{sys.argv[2]}/remix", json={"prompt": "a storm"})

asyncio.run(main())
"""


async def test_a_kill_between_the_files_and_the_row_costs_nothing(
    stock: Stock, tmp_path: Path
) -> None:
    data = stock.copied("full", tmp_path / "data")
    async with running(settings_for(data)) as server:
        before = server.stored()
        balance = (await server.client.get("/v1/balance")).json()
    command = [sys.executable, "-c", KILLED, str(data), stock.ids["finished"]]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    async with running(settings_for(data)) as server:
        rows, files = server.stored()
        assert rows == before[0], "no row, no hold"
        assert len(files) > len(before[1]), "its files were laid out"
        assert (await server.client.get("/v1/balance")).json() == balance
        left = set(files) - set(before[1])
        for age_s, kept in ((0, left), (3700, set())):  # young ones may be on their way to a row
            for name in files:
                moment = server.clock.now() - age_s
                os.utime(data / name, (moment, moment))
            await Sweeper(server.house.retention, server.house.files).run_once()
            names = {name for name in server.stored()[1] if (data / name).is_file()}
            assert names & left == {name for name in kept if (data / name).is_file()}


async def test_a_video_of_a_create_has_no_source(bare: Server) -> None:
    video = await bare.create(**{k: v for k, v in SORA.items() if k != "model"}, model="sora-1.0")
    assert video["remixed_from_video_id"] is None
