"""The embedded database under locks, failures and company."""

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.support.videos import a_video

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.errors import Unavailable
from filmgate.services import moves
from filmgate.store import sqlite, videos
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.sqlite import SqliteDatabase


def count(conn: ReadConnection) -> int:
    return int(conn.sql.execute(text("SELECT count(*) FROM videos")).scalar_one())


def insert_then_fail(conn: WriteConnection) -> None:
    moves.enter(conn, a_video())
    raise KeyError("half-way")


async def test_a_write_that_raises_leaves_nothing(sqlite_database: SqliteDatabase) -> None:
    with pytest.raises(KeyError):
        await sqlite_database.write(insert_then_fail)
    assert await sqlite_database.read(count) == 0


async def test_writes_of_one_moment_fail_alone(sqlite_database: SqliteDatabase) -> None:
    twin = a_video()
    results = await asyncio.gather(
        sqlite_database.write(moves.enter, a_video()),
        sqlite_database.write(insert_then_fail),
        sqlite_database.write(moves.enter, twin),
        sqlite_database.write(moves.enter, twin),
        sqlite_database.write(moves.enter, a_video()),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [int, KeyError, int, IntegrityError, int]
    assert await sqlite_database.read(count) == 3


async def test_an_acknowledged_write_is_on_the_disk(
    sqlite_database: SqliteDatabase, tmp_path: Path
) -> None:
    await sqlite_database.write(moves.enter, a_video())
    with sqlite3.connect(tmp_path / "filmgate.db") as other:
        assert other.execute("SELECT count(*) FROM videos").fetchone() == (1,)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


async def test_a_lock_is_waited_for_without_stalling(
    sqlite_database: SqliteDatabase, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "filmgate.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write = asyncio.create_task(sqlite_database.write(moves.enter, a_video()))
    for _ in range(20):
        await asyncio.sleep(0.002)
        assert await sqlite_database.read(count) == 0, "reads go on while the write waits"
    assert not write.done()
    other.execute("ROLLBACK")
    assert await write == 1
    other.close()


async def test_a_lock_that_stays_is_unavailable(
    sqlite_database: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_LOCK_PATIENCE_S", 0.05)
    other = sqlite3.connect(tmp_path / "filmgate.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        await sqlite_database.write(moves.enter, a_video())
    other.execute("ROLLBACK")
    other.close()
    assert await sqlite_database.write(moves.enter, a_video()) == 1


async def test_a_full_database_is_unavailable_and_recovers(sqlite_database: SqliteDatabase) -> None:
    def limit(conn: WriteConnection, pages: int) -> None:
        conn.sql.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    await sqlite_database.write(limit, 1)
    with pytest.raises(Unavailable):
        await insert_many(sqlite_database)
    before = await sqlite_database.read(count)
    await sqlite_database.write(limit, 1_000_000)
    await sqlite_database.write(moves.enter, a_video())
    assert await sqlite_database.read(count) == before + 1


async def insert_many(sqlite_database: SqliteDatabase) -> None:
    for _ in range(200):
        await sqlite_database.write(moves.enter, a_video())


async def test_a_caller_that_goes_away_harms_nobody(sqlite_database: SqliteDatabase) -> None:
    gone = asyncio.create_task(sqlite_database.write(moves.enter, a_video()))
    await asyncio.sleep(0)
    gone.cancel()
    await sqlite_database.write(moves.enter, a_video())
    assert await sqlite_database.read(count) in (1, 2)


async def test_a_bell_rings_for_commits(sqlite_database: SqliteDatabase) -> None:
    bell, other = sqlite_database.bell(), sqlite_database.bell()
    assert not await bell.wait(0.01)
    await sqlite_database.write(moves.enter, a_video())
    assert await bell.wait(1)
    assert not await bell.wait(0.01)
    assert await other.wait(1), "each bell tells its own listener"


async def test_what_is_deleted_leaves_no_bytes(
    sqlite_database: SqliteDatabase, tmp_path: Path
) -> None:
    said = "a very private prompt that nobody else has"
    video = a_video()
    private = replace(video, request=replace(video.request, prompt=said))
    await sqlite_database.write(moves.enter, private)
    await sqlite_database.write(moves.cancel, video.id, FIRST_ACCOUNT, 200.0)
    assert await sqlite_database.write(videos.mark_deleted, video.id, FIRST_ACCOUNT, 300.0)
    await sqlite_database.close()
    assert said.encode() not in every_byte(tmp_path)


def every_byte(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("filmgate.db*"))
