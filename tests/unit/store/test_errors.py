"""The weather is Unavailable; a bug of ours is raised as it is."""

import sqlite3
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from filmgate.errors import InvalidParameter, Unavailable
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.database import Database
from filmgate.store.errors import POSTGRES_WEATHER, SQLITE_WEATHER, translate_driver_errors
from filmgate.store.sqlite import SqliteDatabase


class FromAsyncpg(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("asyncpg's words")
        self.sqlstate = sqlstate


def from_sqlite(code: int, kind: type[sqlite3.Error] = sqlite3.OperationalError) -> DBAPIError:
    error = kind("SQLite's words")
    error.sqlite_errorcode = code
    return DBAPIError("SELECT 1", None, error)


def from_postgres(state: str | None) -> DBAPIError:
    return ProgrammingError("SELECT 1", None, FromAsyncpg(state))


@pytest.mark.parametrize("code", SQLITE_WEATHER)
def test_sqlite_s_weather_is_unavailable_with_its_cause(code: int) -> None:
    extended = from_sqlite(code | (7 << 8))
    with pytest.raises(Unavailable) as caught, translate_driver_errors():
        raise extended
    assert caught.value.__cause__ is extended


@pytest.mark.parametrize(
    "error",
    [
        from_sqlite(sqlite3.SQLITE_ERROR),
        from_sqlite(sqlite3.SQLITE_CONSTRAINT, sqlite3.IntegrityError),
        from_sqlite(sqlite3.SQLITE_MISUSE, sqlite3.ProgrammingError),
        from_sqlite(sqlite3.SQLITE_TOOBIG, sqlite3.DataError),
        from_postgres("42P01"),
        from_postgres("22003"),
        from_postgres("23505"),
        from_postgres("25P02"),
        from_postgres("0A000"),
        from_postgres(None),
        InvalidParameter("size", "is none"),
        KeyError("half-way"),
    ],
)
def test_a_bug_is_raised_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, translate_driver_errors():
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    "error",
    [
        *(from_postgres(f"{state:0<5}") for state in POSTGRES_WEATHER),
        InterfaceError("SELECT 1", None, FromAsyncpg(None)),
        asyncpg.TooManyConnectionsError("raised while it connects"),
        ConnectionRefusedError(),
        TimeoutError(),
        PoolTimeout(),
    ],
)
def test_postgresql_s_weather_is_unavailable(error: Exception) -> None:
    with pytest.raises(Unavailable), translate_driver_errors():
        raise error


@pytest.mark.parametrize("statement", ["SELEC 1", "SELECT nope FROM nowhere"])
async def test_a_misspelt_statement_is_no_outage(database: Database, statement: str) -> None:
    def misspelt(conn: ReadConnection) -> None:
        conn.sql.execute(text(statement))

    for run in (database.read, database.write):
        with pytest.raises(DBAPIError):
            await run(misspelt)


async def test_a_broken_rule_is_no_outage(database: Database) -> None:
    def broken(conn: WriteConnection) -> None:
        conn.sql.execute(text("UPDATE accounts SET billing = 'never'"))

    with pytest.raises(IntegrityError):
        await database.write(broken)


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "filmgate.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Unavailable):
        SqliteDatabase(tmp_path / "filmgate.db")
