"""Files die at their time; rows later; what no row names is swept."""

import os
from pathlib import Path
from typing import Any

import pytest
from tests.unit.workers.acts import files, make, submit
from tests.unit.workers.conftest import caller, clock, house

from filmgate.domain.account import Caller
from filmgate.errors import DatabaseFull, VideoExpired, VideoNotFound
from filmgate.store import videos
from filmgate.store.connections import WriteConnection
from filmgate.testing.clock import ManualClock
from filmgate.testing.engines import Plain
from filmgate.wiring import House

__all__ = ["caller", "clock", "house"]

DAY = 86_400


async def made(house: House, caller: Caller) -> str:
    video = await submit(house, caller)
    await make(house, Plain())
    return video.id


async def test_films_expire_rows_remember_then_go(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video_id = await made(house, caller)
    clock.advance(DAY - 1)
    assert await house.retention.sweep() == 0
    clock.advance(1)
    assert await house.retention.sweep() == 1
    assert files(house) == []
    video = await house.videos.get(caller, video_id)
    with pytest.raises(VideoExpired):
        house.videos.film(video, "video", 0)
    clock.advance(30 * DAY)
    assert await house.retention.forget() == 0
    clock.advance(1)
    assert await house.retention.forget() == 1
    with pytest.raises(VideoNotFound):
        await house.videos.get(caller, video_id)


async def test_a_delete_that_died_half_way_is_done_again(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(_: str) -> int:
        raise KeyboardInterrupt

    video_id = await made(house, caller)
    with monkeypatch.context() as patched:
        patched.setattr(house.blobs, "delete_under", dies)
        with pytest.raises(KeyboardInterrupt):
            await house.videos.delete(caller, video_id)
    assert files(house) != []
    assert await house.retention.sweep() == 1
    assert files(house) == []


async def test_orphans_are_swept_once_they_are_old(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    await made(house, caller)
    kept = files(house)
    await house.blobs.put("videos/video_gone/1/0.mp4", b"nobody names this")
    age(house.settings.data / "files", clock.now())
    assert await house.retention.sweep_orphans() == 0
    age(house.settings.data / "files", clock.now() - 3700)
    assert await house.retention.sweep_orphans() == 1
    assert files(house) == kept


def age(root: Path, moment: float) -> None:
    for path in root.rglob("*"):
        os.utime(path, (moment, moment))


async def test_leftovers_beside_living_films_are_swept(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video_id = await made(house, caller)
    kept = files(house)
    await house.blobs.put(f"videos/{video_id}/7/0.mp4", b"left by an attempt that died")
    age(house.settings.data / "files", clock.now() - 3700)
    assert await house.retention.sweep_orphans() == 1
    assert files(house) == kept


async def test_a_full_disk_lets_its_owner_make_room(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    video_id = await made(house, caller)

    def full(conn: WriteConnection, *args: Any) -> bool:
        if files(house):
            raise DatabaseFull("The database has no room; try again")
        return mark_deleted(conn, *args)

    mark_deleted = videos.mark_deleted
    monkeypatch.setattr(videos, "mark_deleted", full)
    await house.videos.delete(caller, video_id)
    with pytest.raises(VideoNotFound):
        await house.videos.get(caller, video_id)
