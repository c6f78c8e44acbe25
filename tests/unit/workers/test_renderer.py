"""One claimed video, from the engine's first step to its one end."""

import asyncio
import errno
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.unit.workers.acts import Films, Misbehaving, Telling, claim, files, make, submit

from filmgate.blobs import Blobs
from filmgate.domain.account import Caller
from filmgate.domain.states import State
from filmgate.domain.video import (
    MANIFEST,
    Making,
    Output,
    StoredFile,
    Video,
    folder,
    outputs_to_json,
)
from filmgate.engines.base import PICTURE, Made, Report
from filmgate.errors import GenerationFailed, StorageFull, Unavailable, VideoNotFound
from filmgate.media.pictures import pixels
from filmgate.media.probe import prove
from filmgate.services.queue import Queue
from filmgate.testing.engines import Plain
from filmgate.wiring import House
from filmgate.workers import patience
from filmgate.workers.lease import Ending
from filmgate.workers.publisher import Publisher

STORED = ["0.jpg", "0.mp4", "0.webp", "outputs.json"]
TOLD = Making(render={"native_fps": 16}, usage={"inference_seconds": 2.5})


async def test_a_film_is_made_proved_and_stored(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    await make(house, Plain())
    done = await house.videos.get(caller, video.id)
    assert (done.state, done.progress) == (State.COMPLETED, 100)
    assert files(house) == STORED
    (output,) = done.outputs
    assert await house.blobs.size(output.clip.key) == output.clip.size


async def test_n_films_are_n_outputs(house: House, caller: Caller) -> None:
    video = await submit(house, caller, n=3)
    await make(house, Plain())
    done = await house.videos.get(caller, video.id)
    assert [output.index for output in done.outputs] == [0, 1, 2]


def half_the_frames(video: Video, scratch: Path, report: Report) -> Films:
    short = Plain()
    shape = video.request.shape
    object.__setattr__(shape, "duration_ms", shape.duration_ms // 2)
    films = short._films(video, scratch, report)
    object.__setattr__(shape, "duration_ms", shape.duration_ms * 2)
    return films


def no_films(video: Video, scratch: Path, report: Report) -> Films:
    return []


def garbage(video: Video, scratch: Path, report: Report) -> Films:
    film = scratch / "0.mp4"
    film.write_bytes(b"this is no film")
    return [film]


def raises(error: Exception) -> Callable[[Video, Path, Report], Films]:
    def act(video: Video, scratch: Path, report: Report) -> Films:
        raise error

    return act


MISDEEDS = {
    "too short": (half_the_frames, "engine_error"),
    "none": (no_films, "engine_error"),
    "garbage": (garbage, "engine_error"),
    "raises": (raises(ValueError("secret detail")), "engine_error"),
    "memory": (raises(MemoryError()), "out_of_memory"),
    "says why": (raises(GenerationFailed("no", failure="upstream_error")), "upstream_error"),
}


@pytest.mark.parametrize("misdeed", MISDEEDS)
async def test_a_bad_engine_fails_its_video_alone(
    house: House, caller: Caller, misdeed: str
) -> None:
    act, code = MISDEEDS[misdeed]
    video = await submit(house, caller)
    await make(house, Misbehaving(act))
    failed = await house.videos.get(caller, video.id)
    assert failed.problem is not None
    assert failed.problem.code == code
    assert "secret detail" not in failed.problem.message
    assert files(house) == []


async def test_a_cancelled_video_stops_at_the_next_step(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    line = await claim(house)
    steps: list[float] = []

    def cancelled_at_once(video: Video, scratch: Path, report: Report) -> None:
        report.progress(0.1)
        line.lease.stop(Ending.CANCELLED)
        steps.append(0.1)
        report.progress(0.2)
        steps.append(0.2)

    await house.videos.cancel(caller, video.id)
    await make(house, Misbehaving(cancelled_at_once), line)
    assert steps == [0.1]
    assert files(house) == []


async def test_a_late_film_is_withdrawn(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    line = await claim(house)
    await house.videos.cancel(caller, video.id)
    await make(house, Plain(), line)
    assert (await house.videos.get(caller, video.id)).state is State.FAILED
    assert files(house) == []


async def test_a_deleted_video_leaves_nothing(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    line = await claim(house)
    await house.videos.delete(caller, video.id)
    await make(house, Plain(), line)
    with pytest.raises(VideoNotFound):
        await house.videos.get(caller, video.id)
    assert files(house) == []


async def test_stored_films_are_adopted_after_a_death(
    house: House, caller: Caller, tmp_path: Path
) -> None:
    video = await submit(house, caller)
    dying = await claim(house)
    scratch = tmp_path / "dying"
    scratch.mkdir()
    films = await Plain().generate(dying.lease.video, scratch, dying)
    stored = await Publisher(house.blobs).publish(dying.lease.video, Made(films=films, making=TOLD))
    await house.queue.rescue_worker("w1")
    engine = Misbehaving(lambda *_: None)
    await make(house, engine, await claim(house, "w2"))
    done = await house.videos.get(caller, video.id)
    assert engine.calls == 0, "nothing is rendered twice"
    assert (done.state, done.outputs, done.making) == (State.COMPLETED, stored.outputs, TOLD)


@pytest.mark.parametrize("lost", ["0.mp4", "outputs.json"])
async def test_half_stored_films_are_made_again(
    house: House, caller: Caller, tmp_path: Path, lost: str
) -> None:
    video = await submit(house, caller)
    dying = await claim(house)
    scratch = tmp_path / "dying"
    scratch.mkdir()
    films = await Plain().generate(dying.lease.video, scratch, dying)
    await Publisher(house.blobs).publish(dying.lease.video, Made(films=films))
    await house.blobs.delete([f"videos/{video.id}/1/{lost}"])
    await house.queue.rescue_worker("w1")
    engine = Misbehaving(lambda *_: None)
    await make(house, engine, await claim(house, "w2"))
    assert engine.calls == 1
    done = await house.videos.get(caller, video.id)
    assert done.outputs[0].clip.key == f"videos/{video.id}/2/0.mp4"
    assert files(house) == STORED, "nothing is left of the attempt that died"


async def test_the_engine_gets_the_picture(house: House, caller: Caller) -> None:
    image = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(image, "PNG")
    seen: list[object] = []

    def look(video: Video, scratch: Path, report: Report) -> None:
        seen.append(pixels(scratch / PICTURE).tolist())

    await submit(house, caller, picture=image.getvalue())
    await make(house, Misbehaving(look))
    assert seen == [[[[255, 0, 0]] * 8] * 6]
    assert files(house) == [*STORED, "picture"]


async def test_engines_run_beside_the_loop(house: House, caller: Caller) -> None:
    await submit(house, caller)
    line = await claim(house)
    rendering = asyncio.create_task(make(house, Plain(), line))
    turns = 0
    while not rendering.done():
        turns += 1
        await asyncio.sleep(0.001)
    assert turns > 5


async def test_a_store_that_comes_back_gets_the_film(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = iter([True, True, False])
    stored = Blobs.put_file

    async def flaky(self: Blobs, key: str, path: Path, media_type: str | None) -> StoredFile:
        if next(away, False):
            raise Unavailable("The storage is not available; try again")
        return await stored(self, key, path, media_type)

    monkeypatch.setattr(Blobs, "put_file", flaky)
    monkeypatch.setattr(patience, "FIRST_PAUSE_S", 0.01)
    video = await submit(house, caller)
    engine = Misbehaving(lambda *_: None)
    await make(house, engine)
    assert (await house.videos.get(caller, video.id)).state is State.COMPLETED
    assert engine.calls == 1, "an outage costs no rendering"


async def test_a_finish_whose_answer_was_lost_loses_no_film(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Queue.finish
    lost = iter([True])

    async def answer_lost(
        self: Queue, video: Video, outputs: tuple[Output, ...], making: Making
    ) -> bool:
        done = await finish(self, video, outputs, making)
        if next(lost, False):
            raise Unavailable("the connection broke after the commit")
        return done

    monkeypatch.setattr(Queue, "finish", answer_lost)
    monkeypatch.setattr(patience, "FIRST_PAUSE_S", 0.01)
    video = await submit(house, caller)
    await make(house, Plain())
    assert (await house.videos.get(caller, video.id)).state is State.COMPLETED
    assert files(house) == STORED


async def test_a_full_disk_is_not_the_videos_fault(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    full = OSError(errno.ENOSPC, "No space left on device")
    await make(house, Misbehaving(raises(full)))
    back = await house.videos.get(caller, video.id)
    assert (back.state, back.attempt) == (State.QUEUED, 0)
    assert files(house) == []


async def test_a_full_storage_is_not_the_videos_fault(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Blobs.put_file

    async def full(self: Blobs, key: str, path: Path, media_type: str | None) -> StoredFile:
        if key.endswith(".webp"):
            raise StorageFull("The storage is full")
        return await put(self, key, path, media_type)

    video = await submit(house, caller)
    with monkeypatch.context() as patch:
        patch.setattr(Blobs, "put_file", full)
        await make(house, Plain())
    back = await house.videos.get(caller, video.id)
    assert (back.state, back.attempt) == (State.QUEUED, 0)
    assert files(house) == []
    await make(house, Plain())
    assert (await house.videos.get(caller, video.id)).state is State.COMPLETED


async def test_a_picture_that_is_gone_is_said(house: House, caller: Caller) -> None:
    image = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(image, "PNG")
    video = await submit(house, caller, picture=image.getvalue())
    await house.blobs.delete([video.request.picture or ""])
    await make(house, Plain())
    failed = await house.videos.get(caller, video.id)
    assert failed.problem is not None
    assert failed.problem.code == "invalid_image"


async def test_an_outage_before_the_engine_burns_no_attempt(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = iter([True, True])
    get = Blobs.get

    async def flaky(self: Blobs, key: str) -> bytes:
        if next(away, False):
            raise Unavailable("The storage is not available; try again")
        return await get(self, key)

    image = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(image, "PNG")
    video = await submit(house, caller, picture=image.getvalue())
    monkeypatch.setattr(Blobs, "get", flaky)
    monkeypatch.setattr(patience, "FIRST_PAUSE_S", 0.01)
    await make(house, Plain())
    done = await house.videos.get(caller, video.id)
    assert (done.state, done.attempt) == (State.COMPLETED, 1)


async def test_films_that_another_attempt_may_adopt_are_left(
    house: House, caller: Caller, tmp_path: Path
) -> None:
    video = await submit(house, caller)
    late = await claim(house)
    scratch = tmp_path / "late"
    scratch.mkdir()
    films = await Plain().generate(late.lease.video, scratch, late)
    stored = await Publisher(house.blobs).publish(late.lease.video, Made(films=films))
    await house.queue.rescue_worker("w1")
    adopting = await claim(house, "w2")
    assert not await house.queue.finish(late.lease.video, stored.outputs)
    assert await house.queue.needs(late.lease.video), "the other attempt sees the manifest"
    await make(house, Plain(), adopting)
    done = await house.videos.get(caller, video.id)
    assert done.outputs == stored.outputs
    assert files(house) == STORED


async def test_what_an_engine_tells_of_its_work_is_kept(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    await make(house, Telling(TOLD))
    assert (await house.videos.get(caller, video.id)).making == TOLD


@pytest.mark.parametrize(
    ("render", "says"),
    [
        ({"clock": object()}, "no JSON"),
        ({"share": float("nan")}, "no JSON"),
        ({"log": "x" * 20_000}, "16384"),
    ],
)
async def test_what_cannot_be_kept_fails_the_video_and_says_so(
    house: House, caller: Caller, render: dict[str, Any], says: str
) -> None:
    video = await submit(house, caller)
    await make(house, Telling(Making(render=render)))
    problem = (await house.videos.get(caller, video.id)).problem
    assert problem is not None
    assert says in problem.message


async def test_a_manifest_of_an_earlier_release_is_adopted(
    house: House, caller: Caller, tmp_path: Path
) -> None:
    video = await submit(house, caller)
    dying = await claim(house)
    films = await Plain().generate(dying.lease.video, tmp_path, dying)
    stored = await Publisher(house.blobs).publish(dying.lease.video, Made(films=films))
    key = f"{folder(video.id)}/1/{MANIFEST}"
    await house.blobs.put(key, json.dumps(outputs_to_json(stored.outputs)).encode())
    await house.queue.rescue_worker("w1")
    engine = Misbehaving(lambda *_: None)
    await make(house, engine, await claim(house, "w2"))
    assert engine.calls == 0
    assert (await house.videos.get(caller, video.id)).outputs == stored.outputs


@pytest.mark.parametrize(("model", "sounds"), [("sora-2", True), ("sora-1.0", False)])
async def test_the_card_says_whether_films_sound(
    house: House, caller: Caller, tmp_path: Path, model: str, sounds: bool
) -> None:
    size = {"width": 720, "height": 1280, "seconds": Decimal(4)}
    video = await submit(house, caller, model=model, fps=1, **size)
    await make(house, Plain())
    (output,) = (await house.videos.get(caller, video.id)).outputs
    (tmp_path / "film.mp4").write_bytes(await house.blobs.get(output.clip.key))
    found = prove(tmp_path / "film.mp4", video.request.shape)
    assert (found.sound is not None) is sounds
