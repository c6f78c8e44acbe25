"""Bring a database to the schema of this release."""

from pathlib import Path

from alembic import command
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
