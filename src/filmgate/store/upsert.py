"""The statements that the two databases spell differently."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from filmgate.store.connections import WriteConnection

_INSERT: Final[Mapping[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_if_absent(conn: WriteConnection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with its key is there; say whether it was inserted."""
    insert = _INSERT[conn.sql.dialect.name](table)
    return conn.sql.execute(insert.values(values).on_conflict_do_nothing()).rowcount == 1


class Upsert:
    """Inserts a row, or lays values over the one that has its key.

    Both are made from bound values by the names of the columns; `where` may hold back the second.
    """

    def __init__(
        self,
        table: Table,
        *,
        key: tuple[str, ...],
        columns: tuple[str, ...],
        over: Mapping[str, Any],
        where: ColumnElement[bool] | None = None,
    ) -> None:
        given: dict[str, Any] = {name: bindparam(name) for name in columns}
        self._statements = {
            dialect: insert(table)
            .values(given)
            .on_conflict_do_update(index_elements=key, set_=dict(over), where=where)
            for dialect, insert in _INSERT.items()
        }

    def run(self, conn: WriteConnection, values: Mapping[str, Any]) -> bool:
        """Do it; say whether a row was written."""
        statement = self._statements[conn.sql.dialect.name]
        return conn.sql.execute(statement, values).rowcount == 1
