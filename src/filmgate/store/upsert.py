"""The one statement that the two databases spell differently."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from filmgate.store.connections import WriteConnection


def insert_if_absent(conn: WriteConnection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless one with its key is there; say whether it was inserted."""
    insert = sqlite.insert if conn.sql.dialect.name == "sqlite" else postgresql.insert
    return conn.sql.execute(insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
