"""The shared database: PostgreSQL through asyncpg, for several machines at once.

The store's plain functions run by SQLAlchemy's `run_sync`. New work is announced by NOTIFY, with
the listener's own slow poll as safety. Lost connections are found again.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import asyncpg
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from filmgate.domain.facts import Fact, Witness, nobody
from filmgate.errors import SettingsError, Unavailable
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.errors import sqlstate, translate_driver_errors

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

CHANNEL = "filmgate"
POOL = 10
"""Connections that a process keeps; it may open as many again while it needs them."""
_MIGRATION_LOCK = 0x46494C4D
_MIGRATION_LOCK_MS = 3000
_TURN_S = 0.1
_RETRIED = frozenset({"40001", "40P01"})
_TRIES = 5
_CONNECT_S = 5.0
_RECONNECT_S = 1.0
_COMMAND_S = 30.0
_KEEPALIVES = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_SERVER_SETTINGS = {
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "10s",
    **_KEEPALIVES,
}
"""A machine that vanishes inside a transaction must not hold its locks for hours."""
_STATELESS: dict[str, Any] = {
    "statement_cache_size": 0,
    "prepared_statement_cache_size": 0,
    "prepared_statement_name_func": str,
}
"""Statements without a name: asyncpg sends each whole, in one piece, so any session may run it."""
_CLOCK_S = 60.0
_PING_S = 5.0


class PostgresDatabase:
    """One PostgreSQL database: a pool for statements, one connection that listens.

    `quote_values` lets errors, and so logs, show the values of a failed statement: prompts too.
    `pooled` says that a pooler in transaction mode is in between: nothing is kept in a session, so
    nobody listens, and bells never ring.
    """

    def __init__(
        self,
        url: str,
        *,
        pool: int = POOL,
        pooled: bool = False,
        quote_values: bool = False,
        witness: Witness = nobody,
    ) -> None:
        self._url = url
        self._witness = witness
        self._quote_values = quote_values
        self._engine = create_async_engine(
            url,
            pool_size=pool,
            max_overflow=pool,
            hide_parameters=not quote_values,
            pool_pre_ping=True,
            pool_timeout=_CONNECT_S,
            connect_args={
                "timeout": _CONNECT_S,
                "command_timeout": _COMMAND_S,
                **(_STATELESS if pooled else {"server_settings": _SERVER_SETTINGS}),
            },
        )
        self._pooled = pooled
        self._bells: set[PostgresBell] = set()
        self._listener: asyncio.Task[None] | None = None
        self._timekeeper: asyncio.Task[None] | None = None

    async def read(
        self,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` on a pooled connection, outside any transaction of ours."""

        def run(connection: Connection) -> T:
            return function(ReadConnection(connection), *args, **kwargs)

        async with (
            _translate_errors(quote_values=self._quote_values),
            self._engine.connect() as connection,
        ):
            quiet = await connection.execution_options(isolation_level="AUTOCOMMIT")
            return await quiet.run_sync(run)

    async def glance(
        self,
        about: str | None,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` as any other read: nothing here is old."""
        return await self.read(function, *args, **kwargs)

    async def write(
        self,
        function: Callable[Concatenate[WriteConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` in one transaction; a deadlock or a lost race of it is run again."""

        def run(connection: Connection) -> tuple[T, list[Fact]]:
            writing = WriteConnection(connection)
            result = function(writing, *args, **kwargs)
            if writing.rings:
                connection.execute(text(f"NOTIFY {CHANNEL}"))
            return result, writing.facts

        async with _translate_errors(quote_values=self._quote_values):
            result, facts = await self._run_again_if_raced(run)
        for fact in facts:
            self._witness(fact)
        return result

    async def _run_again_if_raced(self, run: Callable[[Connection], T]) -> T:
        for attempt in range(_TRIES):
            try:
                async with self._engine.begin() as connection:
                    return await connection.run_sync(run)
            except DBAPIError as error:
                if sqlstate(error) not in _RETRIED or attempt == _TRIES - 1:
                    raise
                await asyncio.sleep(0.01 * 2**attempt)
        raise AssertionError

    def bell(self) -> "PostgresBell":
        """A new listener for commits that move videos."""
        bell = PostgresBell()
        self._bells.add(bell)
        if self._listener is None and not self._pooled:
            self._listener = asyncio.create_task(self._listen(), name="listen")
        return bell

    async def close(self) -> None:
        """Close the pool and the listening connection."""
        side_tasks = [task for task in (self._listener, self._timekeeper) if task is not None]
        for task in side_tasks:
            task.cancel()
        await asyncio.gather(*side_tasks, return_exceptions=True)
        await self._engine.dispose()

    async def clock(self) -> "PostgresClock":
        """This database's own time, followed until the database is closed.

        Raises:
            Unavailable: the database is away.
        """
        clock = PostgresClock()
        await clock.set_by(self)
        self._timekeeper = asyncio.create_task(clock.follow(self), name="timekeeper")
        return clock

    async def _listen(self) -> None:
        """Keep one connection on the channel; after a loss, ring once for what was missed."""
        while True:
            try:
                await self._hear()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                log.warning("the listening connection was lost: %s", error)
            self._ring()
            await asyncio.sleep(_RECONNECT_S)

    async def _hear(self) -> None:
        connection = await asyncpg.connect(plain_address(self._url), timeout=_CONNECT_S)
        try:
            await connection.add_listener(CHANNEL, self._ring)
            self._ring()
            while True:
                await asyncio.sleep(_PING_S)
                await connection.execute("SELECT 1", timeout=_CONNECT_S)
        finally:
            with contextlib.suppress(Exception):
                await connection.close(timeout=1)

    def _ring(self, *_: Any) -> None:
        for bell in self._bells:
            bell.ring()


class PostgresBell:
    """Set by a notification; tells of each only once."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Tell the listener."""
        self._rung.set()

    async def wait(self, seconds: float) -> bool:
        """Sleep until a notification, or `seconds`."""
        try:
            await asyncio.wait_for(self._rung.wait(), seconds)
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class PostgresClock:
    """The database's own time, so that a host whose clock is off expires nothing early."""

    def __init__(self) -> None:
        self._offset = 0.0

    async def set_by(self, database: PostgresDatabase) -> None:
        """Take the database's time."""

        def ask(conn: ReadConnection) -> float:
            epoch = text("SELECT extract(epoch FROM clock_timestamp())")
            return float(conn.sql.execute(epoch).scalar_one())

        asked = time.monotonic()
        told = await database.read(ask)
        self._offset = told - (asked + time.monotonic()) / 2

    async def follow(self, database: PostgresDatabase) -> None:
        """Take the database's time again and again: a machine may sleep, and clocks drift."""
        while True:
            await asyncio.sleep(_CLOCK_S)
            with contextlib.suppress(Unavailable):
                await self.set_by(database)

    def now(self) -> float:
        """Unix seconds by the database's clock."""
        return time.monotonic() + self._offset

    def monotonic(self) -> float:
        """Monotonic seconds of this process."""
        return time.monotonic()


async def prepare(url: str, *, pooled: bool = False) -> None:
    """Run the migrations that the database lacks; replicas that start together take turns.

    What changes tables is one transaction that waits for no lock for long: who serves meanwhile
    would wait behind it. Indices are made after it, while others write.

    Raises:
        SettingsError: it refuses us, and will go on to; or is of a newer release.
        Unavailable: the database is away, or somebody holds a table for long.
    """
    from alembic.util import CommandError

    session = _STATELESS if pooled else {"server_settings": _KEEPALIVES}
    engine = create_async_engine(url, connect_args={"timeout": _CONNECT_S, **session})
    try:
        async with _translate_errors(), _turn(engine):
            await _migrate(engine)
    except CommandError as error:
        raise SettingsError(f"The database is of another release: {error}") from error
    except Unavailable as error:
        raise cannot_heal(_driver_error(error)) or error from error.__cause__
    finally:
        await engine.dispose()


@asynccontextmanager
async def _turn(engine: AsyncEngine) -> AsyncIterator[None]:
    """Be the only one who migrates, until the block ends.

    Asked again and again, each time anew: a statement that waits holds a snapshot, which the making
    of an index would wait for, and a session, of which a pooler has few.
    """
    ask = text(f"SELECT pg_try_advisory_xact_lock({_MIGRATION_LOCK})")
    while True:
        async with engine.begin() as guard:
            await guard.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            if (await guard.execute(ask)).scalar_one():
                yield
                return
        await asyncio.sleep(_TURN_S)


async def _migrate(engine: AsyncEngine) -> None:
    from filmgate.store.indices import build_missing
    from filmgate.store.migrations import upgrade

    async with engine.begin() as connection:
        await connection.execute(text(f"SET LOCAL lock_timeout = '{_MIGRATION_LOCK_MS}ms'"))
        await connection.run_sync(upgrade)
    async with engine.connect() as connection:
        quiet = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for name in await quiet.run_sync(build_missing):
            log.info("made the index %s", name)


def _driver_error(error: Unavailable) -> BaseException:
    """What the driver said, beneath what Core made of it."""
    cause = error.__cause__ or error
    orig = getattr(cause, "orig", None)
    return (orig.__cause__ or orig) if orig is not None else cause


@asynccontextmanager
async def _translate_errors(*, quote_values: bool = True) -> AsyncIterator[None]:
    try:
        with translate_driver_errors():
            yield
    except DBAPIError as error:
        if quote_values:
            raise
        raise _without_values(error) from None


class _Quiet(Exception):
    """What is said of a fault in place of the driver's words, which quote rows and values."""

    def __init__(self, sqlstate: str | None, constraint: str | None) -> None:
        super().__init__(f"SQLSTATE {sqlstate}, constraint {constraint}")
        self.sqlstate = sqlstate


def _without_values(error: DBAPIError) -> DBAPIError:
    constraint = getattr(error.orig and error.orig.__cause__, "constraint_name", None)
    said = _Quiet(sqlstate(error), constraint)
    return type(error)(error.statement, None, said, hide_parameters=True)


def cannot_heal(error: BaseException) -> SettingsError | None:
    """A refusal that no waiting helps, in the driver's own words: role, database, rights."""
    state = str(getattr(error, "sqlstate", None) or "")
    reason = " ".join(str(error).split())
    if "unsupported startup parameter" in reason:
        return SettingsError(f"database_url leads to a pooler, so set database_pooled: {reason}")
    if not state.startswith(("28", "3D", "42501")):
        return None
    return SettingsError(f"database_url is refused by PostgreSQL: {reason}")


def plain_address(url: str) -> str:
    """The address as asyncpg itself takes it."""
    plain = make_url(url).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)
