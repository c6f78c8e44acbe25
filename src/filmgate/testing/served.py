"""A real server under test: started by the command, on loopback, ended by its process id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

__all__ = ["Served", "served"]

KEY = "test-key"
READY_S = 300
"""How long a server may take to become ready: on a busy machine an engine may load for minutes."""

ZOO = '{"animatic":{"kind":"filmgate.testing.zoo:Zoo"}}'
SMALL = {"width": 128, "height": 128}
NO_WORKERS = '{"animatic":{"kind":"filmgate.testing.zoo:Zoo","workers":0}}'


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """`filmgate serve` in a process of its own.

    `url` is where it listens (without `/v1`), `key` one that it takes; `settings` are those of
    `filmgate.toml`, as their variables spell them. `program` is what Python runs as `filmgate`.
    """

    def __init__(
        self,
        data: Path,
        arguments: Sequence[str] = (),
        program: Sequence[str] = ("-m", "filmgate"),
        **settings: str,
    ) -> None:
        self.data = data
        self.arguments = arguments
        self.program = program
        self.port = int(settings.get("port") or free_port())
        self.url = f"http://127.0.0.1:{self.port}"
        self.key = KEY
        self.settings = settings
        self.client = httpx2.Client(
            base_url=self.url,
            headers={"authorization": f"Bearer {KEY}"},
            trust_env=False,
            timeout=15,
        )
        self.start()

    def start(self) -> None:
        """Start it and wait until it can make videos."""
        names = {f"FILMGATE_{name.upper()}": value for name, value in self.settings.items()}
        settings = {
            "FILMGATE_DATA": str(self.data),
            "FILMGATE_PORT": str(self.port),
            "FILMGATE_API_KEY": KEY,
            "FILMGATE_ENGINES": ZOO,
        }
        self.data.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, "serve", *self.arguments],
                env=os.environ | settings | names,
                stderr=log,
            )
        try:
            self.until(self.ready, READY_S)
        except AssertionError:
            self.process.kill()
            raise

    @property
    def _log(self) -> Path:
        return self.data / "test.log"

    def log(self) -> str:
        """All that it has logged."""
        return self._log.read_text()

    def environment(self) -> dict[str, str]:
        """What a worker elsewhere needs to work for this server."""
        shared = ("database_url", "storage", "storage_options", "beat_s", "lease_s", "grace_s")
        names = {f"FILMGATE_{n.upper()}": self.settings[n] for n in shared if n in self.settings}
        return dict(os.environ) | {"FILMGATE_ENGINES": ZOO} | names

    def ready(self) -> bool:
        """Whether it can make videos, or answers at all where it has no workers of its own."""
        assert self.process.poll() is None, "the server ended"
        path = "/healthz" if self.settings.get("engines") == NO_WORKERS else "/readyz"
        try:
            return self.client.get(path).status_code == 200
        except httpx2.TransportError:
            return False

    def until(self, true: Any, seconds: float = 20) -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, "it took too long"
            time.sleep(0.02)

    def children(self) -> dict[int, str]:
        """The processes that the supervisor started, and their command lines."""
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return {int(child): command(int(child)) for child in found}

    def child(self, word: str) -> int:
        """The one child whose command line has this word."""
        (pid,) = [pid for pid, line in self.children().items() if word in line]
        return pid

    def create(self, prompt: str, **fields: Any) -> dict[str, Any]:
        """A small video in line."""
        body = {"model": "sora-1.0", "prompt": prompt, "duration": 1, "fps": 5} | SMALL
        answer = self.client.post("/v1/videos", json=body | fields)
        assert answer.status_code == 200, answer.text
        created: dict[str, Any] = answer.json()
        return created

    def video(self, video_id: str) -> dict[str, Any]:
        """The video as it stands."""
        answer = self.client.get(f"/v1/videos/{video_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def wait(self, video_id: str, *words: str, seconds: float = 20) -> dict[str, Any]:
        """Wait until the video's status is one of these words."""
        self.until(lambda: self.video(video_id)["status"] in words, seconds)
        return self.video(video_id)

    def stop(self, number: int = signal.SIGTERM, seconds: float = 20) -> int:
        """End the supervisor and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(seconds)

    def files(self) -> list[str]:
        """Every file of the storage and the scratch folder."""
        roots = (self.data / "files", self.data / "scratch")
        found = (p for root in roots for p in root.rglob("*") if p.is_file())
        return sorted(path.name for path in found if path.name != "alive")


def command(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except FileNotFoundError:
        return ""


def alive(pid: int) -> bool:
    """Whether a process runs: one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def served(data: Path, arguments: Sequence[str] = (), **settings: Any) -> Iterator[Served]:
    """A server for the length of a block."""
    server = Served(data, arguments, **settings)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop(signal.SIGTERM)
        server.client.close()
