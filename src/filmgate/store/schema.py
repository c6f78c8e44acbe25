"""Makes a SQLite database and brings it to this release's schema."""

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from filmgate.errors import Unavailable
from filmgate.store.tables import HEAD


def prepare(path: Path) -> None:
    """Make the file and its folder if need be, and run the migrations that it lacks.

    Raises:
        Unavailable: the folder or the file cannot be written, or is of a newer release.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _revision(path) != HEAD:
            _upgrade(path)
    except (OSError, sqlite3.Error, DBAPIError) as error:
        raise Unavailable(f"The database {path} cannot be prepared: {error}") from error


def _revision(path: Path) -> str | None:
    """The database's revision, read without Alembic: most starts need no migration."""
    with sqlite3.connect(path) as connection:
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
        ).fetchone()
        row = found and connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return str(row[0]) if row else None


def _upgrade(path: Path) -> None:
    from alembic.util import CommandError

    from filmgate.store.migrations import upgrade

    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            upgrade(connection)
            connection.commit()
    except CommandError as error:
        raise Unavailable(f"The database {path} is of another release: {error}") from error
    finally:
        engine.dispose()
