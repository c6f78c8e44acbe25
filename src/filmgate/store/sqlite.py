"""The embedded database: SQLite on a local disk, called directly.

WAL with `synchronous=FULL`: a commit is on the disk before it returns. Calls run on the event
loop's own thread, because they are shorter than a hop to another thread; a lock held by another
process is waited for outside the call, so that it never stalls the loop.
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from filmgate.errors import Unavailable
from filmgate.store.connections import Reading, Writing

P = ParamSpec("P")
T = TypeVar("T")

_LOCK_PATIENCE_S = 10.0
_BELL_S = 0.02


class SqliteDatabase:
    """One SQLite file, one connection to read, one to write, one to listen."""

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        event.listen(self._engine, "connect", _prepare)
        with _translated():
            self._reader = self._connect()
            self._writer = self._connect()
            self._listener = self._connect()
        self._turn = asyncio.Lock()

    async def read(
        self, function: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `function` on the reading connection."""
        with _translated():
            return function(Reading(self._reader), *args, **kwargs)

    async def write(
        self, function: Callable[Concatenate[Writing, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `function` in one immediate transaction."""
        async with self._turn:
            await self._begin()
            with _translated(), self._committed():
                return function(Writing(self._writer), *args, **kwargs)

    def bell(self) -> "SqliteBell":
        """A new listener for commits."""
        return SqliteBell(self._data_version)

    async def close(self) -> None:
        """Close the three connections."""
        for connection in (self._reader, self._writer, self._listener):
            connection.close()
        self._engine.dispose()

    def _connect(self) -> Connection:
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _data_version(self) -> int:
        with _translated():
            return int(self._listener.exec_driver_sql("PRAGMA data_version").scalar_one())

    async def _begin(self) -> None:
        deadline = time.monotonic() + _LOCK_PATIENCE_S
        while not self._try_begin():
            if time.monotonic() > deadline:
                raise Unavailable("The database is busy; try again")
            await asyncio.sleep(random.uniform(0.0005, 0.004))  # noqa: S311

    def _try_begin(self) -> bool:
        try:
            self._writer.exec_driver_sql("BEGIN IMMEDIATE")
        except DBAPIError as error:
            if _is_busy(error):
                return False
            raise Unavailable("The database cannot be written") from error
        return True

    @contextmanager
    def _committed(self) -> Iterator[None]:
        try:
            yield
            self._writer.exec_driver_sql("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        driver: Any = self._writer.connection.driver_connection
        if driver.in_transaction:
            self._writer.exec_driver_sql("ROLLBACK")


class SqliteBell:
    """Asks SQLite's own change counter, some microseconds a time, every 20 ms."""

    def __init__(self, version: Callable[[], int]) -> None:
        self._version = version
        self._told = version()

    async def wait(self, seconds: float) -> bool:
        """Sleep until another connection has committed, or `seconds`."""
        deadline = time.monotonic() + seconds
        while (version := self._version()) == self._told:
            if (left := deadline - time.monotonic()) <= 0:
                return False
            await asyncio.sleep(min(_BELL_S, left))
        self._told = version
        return True


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the driver's troubles into ours; a broken rule of the schema stays a bug."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise Unavailable("The database is not available; try again") from error


def _is_busy(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
