"""A fresh database of each kind, and what the tests of the store put in it."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.support import pg

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.store import accounts, postgres, schema
from filmgate.store.database import Database
from filmgate.store.sqlite import SqliteDatabase


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pg.Server]:
    try:
        server = pg.start(tmp_path_factory.mktemp("pg"))
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL here: {error}")
    yield server
    server.stop()


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
        await database.write(accounts.ensure_account, name, name, 0.0)
    yield database
    await database.close()


@pytest.fixture
async def sqlite_database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    schema.prepare(tmp_path / "filmgate.db")
    database = SqliteDatabase(tmp_path / "filmgate.db")
    for name in (FIRST_ACCOUNT, "acct_other"):
        await database.write(accounts.ensure_account, name, name, 0.0)
    yield database
    await database.close()
