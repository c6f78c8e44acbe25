"""The embedded database: SQLite on a local disk, called directly.

WAL with `synchronous=FULL`: a commit is on the disk before it returns. Calls run on the event
loop's own thread, because they are shorter than a hop to another thread; a lock held by another
process is waited for outside the call, so that it never stalls the loop.
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from filmgate.domain.facts import Fact, Witness, nobody
from filmgate.errors import Unavailable
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.errors import sqlite_code, translate_driver_errors
from filmgate.store.filewatch import FileWatch

P = ParamSpec("P")
T = TypeVar("T")

_LOCK_PATIENCE_S = 10.0
_BELL_S = 0.02


class SqliteDatabase:
    """One SQLite file, one connection to read, one to write, one to listen.

    `quote_values` lets errors, and so logs, show the values of a failed statement: prompts too.
    """

    def __init__(
        self, path: Path, *, quote_values: bool = False, witness: Witness = nobody
    ) -> None:
        self._witness = witness
        self._engine = create_engine(
            f"sqlite:///{path}", poolclass=NullPool, hide_parameters=not quote_values
        )
        event.listen(self._engine, "connect", _prepare)
        with translate_driver_errors():
            self._reader = self._connect()
            self._writer = self._connect()
            self._listener = self._connect()
        self._reading = ReadConnection(self._reader, _driver_of(self._reader))
        self._driver = _driver_of(self._writer)
        self._file = FileWatch(path)
        self._file.check()
        self._waiting: list[_Job] = []
        self._flusher: asyncio.Task[None] | None = None

    async def read(
        self,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` on the reading connection."""
        self._file.check(every_s=1.0)
        with translate_driver_errors():
            return function(self._reading, *args, **kwargs)

    async def glance(
        self,
        about: str | None,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` on the reading connection: nothing here is old."""
        return await self.read(function, *args, **kwargs)

    async def write(
        self,
        function: Callable[Concatenate[WriteConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` in an immediate transaction, committed before this returns.

        Writes that wait at the same moment share one commit, each in a savepoint of its own, so
        that they share its trip to the disk.
        """
        conn = WriteConnection(self._writer, self._driver)
        job = _Job(partial(function, conn, *args, **kwargs), conn.facts)
        self._waiting.append(job)
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush(), name="commit")
        result: T = await job.done
        return result

    async def _flush(self) -> None:
        while self._waiting:
            try:
                self._file.check()
                with translate_driver_errors():
                    await self._begin()
            except Exception as error:  # noqa: BLE001 - handed to every waiting caller
                self._settle(self._take(), error)
                continue
            jobs = self._take()
            self._settle(jobs, self._commit(jobs))

    def _take(self) -> "list[_Job]":
        jobs, self._waiting = self._waiting, []
        return jobs

    def _commit(self, jobs: "list[_Job]") -> Exception | None:
        """Run jobs and commit them; return what made the whole of it fail."""
        try:
            with translate_driver_errors():
                for job in jobs:
                    self._run(job)
                self._driver.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - handed to every waiting caller
            self._roll_back()
            return error
        for fact in chain.from_iterable(job.facts for job in jobs if job.error is None):
            self._witness(fact)
        return None

    def _run(self, job: "_Job") -> None:
        """Run one job; what it raises undoes that job alone."""
        self._driver.execute("SAVEPOINT job")
        try:
            with translate_driver_errors():
                job.result = job.function()
        except Exception as error:
            if not self._driver.in_transaction:
                raise  # on a full disk SQLite undoes the whole transaction by itself
            job.error = error
            self._driver.execute("ROLLBACK TO job")
        self._driver.execute("RELEASE job")

    @staticmethod
    def _settle(jobs: "list[_Job]", error: Exception | None) -> None:
        for job in jobs:
            job.settle(error)

    def bell(self) -> "SqliteBell":
        """A new listener for commits."""
        return SqliteBell(self._data_version)

    async def close(self) -> None:
        """Let waiting writes end, then close the three connections."""
        if self._flusher is not None:
            await self._flusher
        for connection in (self._reader, self._writer, self._listener):
            connection.close()
        self._engine.dispose()

    def _connect(self) -> Connection:
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _data_version(self) -> int:
        with translate_driver_errors():
            return int(self._listener.exec_driver_sql("PRAGMA data_version").scalar_one())

    async def _begin(self) -> None:
        deadline = time.monotonic() + _LOCK_PATIENCE_S
        while not self._try_begin():
            if time.monotonic() > deadline:
                raise Unavailable("The database is busy; try again")
            await asyncio.sleep(random.uniform(0.0005, 0.004))  # noqa: S311

    def _try_begin(self) -> bool:
        try:
            self._driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if sqlite_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return False
            raise
        return True

    def _roll_back(self) -> None:
        if self._driver.in_transaction:
            self._driver.execute("ROLLBACK")


class _Job:
    """One waiting write and what came of it."""

    __slots__ = ("done", "error", "facts", "function", "result")

    def __init__(self, function: Callable[[], Any], facts: list[Fact]) -> None:
        self.function = function
        self.facts = facts
        self.done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.result: Any = None
        self.error: Exception | None = None

    def settle(self, failure: Exception | None) -> None:
        """Tell the caller, unless it has gone away."""
        if self.done.done():
            return
        error = failure or self.error
        if error is not None:
            self.done.set_exception(error)
        else:
            self.done.set_result(self.result)


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


def _driver_of(connection: Connection) -> sqlite3.Connection:
    driver: Any = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101
    return driver


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute("PRAGMA wal_autocheckpoint = 4000")
    cursor.close()
