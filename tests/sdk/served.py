"""A real server in processes of its own, on a free loopback port and a folder of its own."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

KEY = "the-key-of-a-served-server"
_SERVE = "from filmgate import settings; from filmgate.cli.serve import serve; "
_START = _SERVE + "serve(settings.load(), {}, lambda text: print(text, flush=True))"
_READY_S = 30


@dataclass(frozen=True)
class Served:
    """Where it listens (without `/v1`), and the key that it takes."""

    url: str
    key: str
    data: Path
    pid: int


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Served]:
    """Serve until the block ends. `variables` are added to the environment."""
    port, data, log = free_port(), folder / "data", folder / "server.log"
    env = os.environ | {
        "FILMGATE_PORT": str(port),
        "FILMGATE_DATA": str(data),
        "FILMGATE_API_KEY": KEY,
        "FILMGATE_ENGINES__ANIMATIC__KIND": "filmgate.testing.engines:Plain",
        **variables,
    }
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, "-c", _START], env=env, stdout=subprocess.PIPE, stderr=errors
        ) as process,
    ):
        try:
            _wait_until_ready(process, log)
            yield Served(f"http://127.0.0.1:{port}", KEY, data, process.pid)
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    """A loopback port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    """Read what the server says until it says that it is ready."""
    assert process.stdout is not None
    ready = threading.Event()
    threading.Thread(target=_listen, args=(process.stdout, ready), daemon=True).start()
    assert ready.wait(_READY_S), f"the server did not start:\n{log.read_text()}"
    assert process.poll() is None, log.read_text()


def _listen(output: IO[bytes], ready: threading.Event) -> None:
    for line in output:
        if b"is ready" in line:
            ready.set()
    ready.set()
