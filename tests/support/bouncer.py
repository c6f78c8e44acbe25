"""A real PgBouncer in transaction mode, before a PostgreSQL of the tests."""

import shutil
import socket
import subprocess
import time

from tests.support import pg

from filmgate.testing.served import free_port


class Bouncer:
    """It keeps `pool` sessions of each database, whoever and however many come."""

    def __init__(self, server: pg.Server, pool: int = 2) -> None:
        program = shutil.which("pgbouncer")
        if program is None:
            raise FileNotFoundError("pgbouncer is not installed")
        self.port = free_port()
        self._file = server.folder / f"bouncer-{self.port}.ini"
        self._file.write_text(
            f"""[databases]
* = host={server.folder} port=5432 user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
auth_type = any
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 500
unix_socket_dir =
"""
        )
        self._file.chmod(0o644)
        owner = server.folder.stat()  # it will not run as root
        self._process = subprocess.Popen(
            [program, str(self._file)],
            user=owner.st_uid,
            group=owner.st_gid,
            extra_groups=[],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def address(self, url: str) -> str:
        """The address of a database of the server, through this."""
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/{pg.Server.name(url)}"

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._file.unlink()

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self._process.poll() is None, "pgbouncer ended"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("pgbouncer did not start")
