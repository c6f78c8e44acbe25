"""A fresh database of each kind, and what the tests of the store put in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.store import accounts, postgres, schema
from filmgate.store.database import Database
from filmgate.store.sqlite import SqliteDatabase


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "sqlite":
        schema.prepare(tmp_path / "filmgate.db")
        database: Database = SqliteDatabase(tmp_path / "filmgate.db")
    else:
        url = await request.getfixturevalue("postgres_server").fresh()
        await postgres.prepare(url)
        database = postgres.PostgresDatabase(url)
    for name in (FIRST_ACCOUNT, "acct_other"):
        await database.write(accounts.ensure, name, name, 0.0)
    yield database
    await database.close()


@pytest.fixture
async def sqlite_database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    schema.prepare(tmp_path / "filmgate.db")
    database = SqliteDatabase(tmp_path / "filmgate.db")
    for name in (FIRST_ACCOUNT, "acct_other"):
        await database.write(accounts.ensure, name, name, 0.0)
    yield database
    await database.close()
