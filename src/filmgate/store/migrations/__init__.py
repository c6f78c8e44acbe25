"""Bring a database to the schema of this release."""

from pathlib import Path
from typing import Any

from alembic import command, op
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that `connection`'s database lacks, inside the caller's transaction."""
    command.upgrade(config(connection), revision)


def config(connection: Connection) -> Config:
    """Alembic's view of this folder, on a connection of ours."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["connection"] = connection
    return settings


def add_index(name: str, table: str, columns: list[str], **told: Any) -> None:
    """Make an index of a table that was there before this migration.

    On PostgreSQL it is made after all migrations, while others write (`store/indices.py`).
    """
    if op.get_bind().dialect.name != "postgresql":
        op.create_index(name, table, columns, **told)
