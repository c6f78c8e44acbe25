"""Statements on the way of every request: compiled once, and run on SQLite by the driver itself.

Core looks at a statement anew each time that it is run, and wraps what comes back: some five times
what SQLite itself needs for a row by its key. On PostgreSQL, where a statement travels, Core runs
them as it runs all others.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import CompilerElement

from filmgate.store.connections import ReadConnection

_Processor = Callable[[Any], Any]


class Prepared:
    """A statement of bound values by name. What it returns, if anything, has the columns' names."""

    __slots__ = ("_words", "statement")

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._words: _Words | None = None

    def run(self, conn: ReadConnection, values: Mapping[str, Any]) -> int:
        """Run it; return how many rows it changed."""
        if conn.driver is None:
            return int(getattr(conn.sql.execute(self.statement, values), "rowcount", 0))
        return self._execute(conn, conn.driver, values).rowcount

    def first(self, conn: ReadConnection, values: Mapping[str, Any]) -> Any | None:
        """Run it; return its first row, or None."""
        if conn.driver is None:
            return conn.sql.execute(self.statement, values).first()
        rows = self._execute(conn, conn.driver, values).fetchall()
        return self._words.row(rows[0]) if rows and self._words else None

    def _execute(
        self, conn: ReadConnection, driver: sqlite3.Connection, values: Mapping[str, Any]
    ) -> sqlite3.Cursor:
        words = self._words
        if words is None:
            words = self._words = _Words(self.statement, conn.sql.dialect)
        try:
            return driver.execute(words.sql, words.bind(values))
        except sqlite3.Error as error:
            raise DBAPIError.instance(
                words.sql, None, error, sqlite3.Error, hide_parameters=True, dialect=words.dialect
            ) from error


class _Words:
    """A statement as SQLite's driver takes it, and how values go in and rows come out."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        assert isinstance(statement, CompilerElement)  # noqa: S101
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101
        self.dialect = dialect
        self.sql = str(compiled)
        processors: Mapping[str, Any] = compiled._bind_processors
        self._given = [
            (name, compiled.params.get(name), processors.get(name))
            for name in compiled.positiontup or ()
        ]
        columns = [entry[2][0] for entry in compiled._result_columns]
        names = [column.key for column in columns]
        self._row: Any = namedtuple("Row", names)  # type: ignore[misc]
        kinds = [column.type.dialect_impl(dialect) for column in columns]
        made = [kind.result_processor(dialect, None) for kind in kinds]
        self._made: list[tuple[int, _Processor]] = [
            (place, processor) for place, processor in enumerate(made) if processor
        ]

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """The values by the places that they have in the statement."""
        return [
            processor(values.get(name, default)) if processor else values.get(name, default)
            for name, default, processor in self._given
        ]

    def row(self, found: tuple[Any, ...]) -> Any:
        """A row as Core would give it."""
        cells = list(found)
        for place, processor in self._made:
            cells[place] = processor(cells[place])
        return self._row._make(cells)
