"""The drivers' errors of both databases, by one table: what is the weather, and what is a bug.

The weather (away, locked, full, unreadable) becomes `Unavailable`, which a caller may try again.
Everything else is raised as it is: a misspelt statement that read "try again" would be a silent
outage.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from filmgate.errors import DatabaseFull, Unavailable

_AWAY = "The database is not available; try again"
_BUSY = "The database is busy; try again"
_FULL = "The database has no room; try again"

SQLITE_WEATHER = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _AWAY,
    sqlite3.SQLITE_CANTOPEN: _AWAY,
    sqlite3.SQLITE_READONLY: _AWAY,
    sqlite3.SQLITE_CORRUPT: _AWAY,
    sqlite3.SQLITE_NOTADB: _AWAY,
}
"""By primary result code (https://sqlite.org/rescode.html)."""

POSTGRES_WEATHER = {
    "08": _AWAY,
    "25006": _AWAY,
    "25P03": _AWAY,
    "28": _AWAY,
    "3D": _AWAY,
    "40": _BUSY,
    "53": _AWAY,
    "53100": _FULL,
    "55": _BUSY,
    "57": _AWAY,
    "58": _AWAY,
    "XX": _AWAY,
}
"""By SQLSTATE or its class: a connection, a standby that only reads, a session that stood still too
long, a role or a database that is not there any more, a lost race, no resources, a lock, an
operator, the system, corruption
(https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

_LOST_CONNECTION = (OSError, TimeoutError, PoolTimeout)


@contextmanager
def translate_driver_errors() -> Iterator[None]:
    """Raise `Unavailable` in place of the weather, with the driver's own error as its cause."""
    try:
        yield
    except Exception as error:
        message = weather(error)
        if message is None:
            raise
        raise (DatabaseFull if message == _FULL else Unavailable)(message) from error


def weather(error: Exception) -> str | None:
    """What a caller is told of a driver's error; None when the error is a bug of ours."""
    if isinstance(error, _LOST_CONNECTION):
        return _AWAY
    if state := sqlstate(error):
        return POSTGRES_WEATHER.get(state) or POSTGRES_WEATHER.get(state[:2])
    if code := sqlite_code(error):
        return SQLITE_WEATHER.get(code)
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return None
    # asyncpg says of a broken connection no state
    broken = isinstance(error, InterfaceError | OperationalError) or error.connection_invalidated
    return _AWAY if broken else None


def sqlite_code(error: Exception) -> int:
    """SQLite's primary result code; 0 where the driver itself refused the call."""
    raised = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(raised, "sqlite_errorcode", 0)) & 0xFF


def sqlstate(error: Exception) -> str | None:
    """PostgreSQL's five characters, whether SQLAlchemy or, while it connects, asyncpg raised."""
    raised = error.orig if isinstance(error, DBAPIError) else error
    state: str | None = getattr(raised, "sqlstate", None)
    return state
