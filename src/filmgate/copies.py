"""Copies of an embedded database: taken while a server writes, looked at before they are used."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filmgate.errors import FilmgateError, Unavailable

_PAGES = 4096
"""Pages that one step copies: a writer waits no longer than for them."""


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whoever writes to it meanwhile.

    Raises:
        Unavailable: one of the two cannot be read or written.
    """
    with (
        _translate_errors(source),
        closing(_open(source)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here, pages=_PAGES, sleep=0.01)
        here.execute("PRAGMA journal_mode = DELETE").fetchone()


def revision_of(file: Path) -> str | None:
    """The schema of a database; None where it has none of ours.

    Raises:
        Unavailable: it cannot be read.
    """
    with _translate_errors(file), closing(_open(file)) as connection:
        named = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not connection.execute(named).fetchone()[0]:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def check_whole(file: Path) -> None:
    """Raise FilmgateError unless every page and index of a database is sound."""
    with _translate_errors(file), closing(_open(file)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise FilmgateError(f"{file} is damaged: {found}")


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=10)


@contextmanager
def _translate_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unavailable(f"The database {file} cannot be copied or read: {error}") from error
