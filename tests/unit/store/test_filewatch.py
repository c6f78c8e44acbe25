"""Nothing is acknowledged into a file that nobody can find any more."""

import logging
import shutil
from pathlib import Path

import pytest
from tests.support.videos import a_video
from tests.unit.store.conftest import sqlite_database

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.errors import Unavailable
from filmgate.services import moves
from filmgate.store import accounts, schema
from filmgate.store.filewatch import FileWatch
from filmgate.store.sqlite import SqliteDatabase

__all__ = ["sqlite_database"]


@pytest.mark.parametrize("harm", ["removed", "replaced", "log removed", "folder removed"])
async def test_a_write_after_it_is_refused_and_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    folder = tmp_path / "data"
    schema.prepare(folder / "filmgate.db")
    database = SqliteDatabase(folder / "filmgate.db")
    await database.write(accounts.ensure, FIRST_ACCOUNT, "first", 0.0)
    await database.write(moves.enter, a_video())
    if harm == "removed":
        for file in folder.glob("filmgate.db*"):
            file.unlink()
    elif harm == "replaced":
        shutil.copy(folder / "filmgate.db", folder / "other")
        (folder / "other").rename(folder / "filmgate.db")
    elif harm == "log removed":
        (folder / "filmgate.db-wal").unlink()
    else:
        shutil.rmtree(folder)
    caplog.set_level(logging.ERROR)
    for _ in range(2):
        with pytest.raises(Unavailable, match="removed or replaced"):
            await database.write(moves.enter, a_video())
    assert len(caplog.records) == 1
    await database.close()


async def test_a_file_that_comes_back_is_the_database_again(
    sqlite_database: SqliteDatabase, tmp_path: Path
) -> None:
    file = tmp_path / "filmgate.db"
    file.rename(tmp_path / "away")
    with pytest.raises(Unavailable):
        await sqlite_database.write(moves.enter, a_video())
    (tmp_path / "away").rename(file)
    assert await sqlite_database.write(moves.enter, a_video()) == 1


def test_readers_look_once_a_second(tmp_path: Path) -> None:
    file, now = tmp_path / "filmgate.db", [0.0]
    file.touch()
    watch = FileWatch(file, monotonic=lambda: now[0])
    watch.check(every_s=1.0)
    file.unlink()
    now[0] = 0.9
    watch.check(every_s=1.0)
    now[0] = 1.0
    with pytest.raises(Unavailable):
        watch.check(every_s=1.0)
