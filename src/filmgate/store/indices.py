"""Makes the indices that a PostgreSQL lacks, without keeping its writers out."""

from sqlalchemy import Connection, Index, text
from sqlalchemy.schema import CreateIndex

from filmgate.store.tables import metadata

_THERE = text(
    "SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE c.relnamespace = current_schema()::regnamespace"
)


def build_missing(conn: Connection) -> list[str]:
    """Make every index of the tables that is not there, one after the other; return their names.

    One that a broken start has left half made is made anew. `conn` is in no transaction.
    """
    there = {row.relname: row.indisvalid for row in conn.execute(_THERE)}
    indices = (index for table in metadata.sorted_tables for index in table.indexes)
    missing = {str(index.name): index for index in indices if not there.get(str(index.name))}
    for name in sorted(missing):
        if name in there:
            conn.exec_driver_sql(f'DROP INDEX CONCURRENTLY "{name}"')
        conn.exec_driver_sql(_write_statement(missing[name], conn))
    return sorted(missing)


def _write_statement(index: Index, conn: Connection) -> str:
    told = str(CreateIndex(index).compile(dialect=conn.dialect))
    return told.replace("INDEX", "INDEX CONCURRENTLY", 1)
