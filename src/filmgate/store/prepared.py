"""Statements on the way of every create: compiled once, then run as they are.

Core looks at a statement anew each time that it is run, which costs more than the statement. Only
for statements whose values and rows need no translation: numbers, text and null.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.sql.elements import CompilerElement

from filmgate.store.connections import ReadConnection


class Prepared:
    """A statement, and its words for each database."""

    __slots__ = ("_statement", "_words")

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._words: dict[str, tuple[str, list[tuple[str, Any]]]] = {}

    def run(self, conn: ReadConnection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run it with these values."""
        words = self._words.get(conn.sql.dialect.name) or self._compiled(conn)
        given = tuple([values.get(name, default) for name, default in words[1]])
        return conn.sql.exec_driver_sql(words[0], given)

    def _compiled(self, conn: ReadConnection) -> tuple[str, list[tuple[str, Any]]]:
        assert isinstance(self._statement, CompilerElement)  # noqa: S101
        compiled = self._statement.compile(dialect=conn.sql.dialect)
        names = getattr(compiled, "positiontup", None) or []
        words = (str(compiled), [(name, compiled.params.get(name)) for name in names])
        self._words[conn.sql.dialect.name] = words
        return words
