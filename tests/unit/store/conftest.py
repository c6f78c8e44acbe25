"""A fresh database, and what the tests of the store put in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.store import accounts, schema
from filmgate.store.sqlite import SqliteDatabase


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    file = tmp_path / "filmgate.db"
    schema.prepare(file)
    database = SqliteDatabase(file)
    for name in (FIRST_ACCOUNT, "acct_other"):
        await database.write(accounts.ensure_account, name, name, 0.0)
    yield database
    await database.close()
