"""`filmgate serve` as its user meets it: the key, the lines to paste, the refusals, the end."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from filmgate.testing.served import READY_S, alive, free_port

pytestmark = pytest.mark.process

PLAIN = '{"animatic":{"kind":"filmgate.testing.engines:Plain"}}'


class Serve:
    """The command in a process of its own, and what it says."""

    def __init__(self, folder: Path, data: str, **settings: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "filmgate", "serve", "--port", str(self.port), "--data", data],
            cwd=folder,
            env=environment() | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.lines: list[str] = []
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(line.rstrip("\n") for line in self.process.stdout)

    def ready(self) -> None:
        """Wait until it says that it is."""
        url = f"http://127.0.0.1:{self.port}/readyz"
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None
            try:
                if httpx2.get(url, trust_env=False).is_success:
                    return
            except httpx2.TransportError:
                time.sleep(0.02)
        pytest.fail("it is not ready")

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(20)
        self._reading.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def environment() -> dict[str, str]:
    """Nothing from outside but the way to Python."""
    ours = ("FILMGATE_", "OPENAI_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"FILMGATE_ENGINES": PLAIN}


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Serve]]:
    started: list[Serve] = []

    def start(data: str = "data", **settings: str) -> Serve:
        started.append(Serve(tmp_path, data, **settings))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def said_after(server: Serve) -> list[str]:
    """All that a server said by the time it had ended in order."""
    server.ready()
    deadline = time.monotonic() + 5
    while len(server.lines) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.stop() == 0
    return server.lines


def test_the_first_key_is_kept_for_its_owner_and_no_journal_has_it(
    serve: Callable[..., Serve], tmp_path: Path
) -> None:
    first = serve()
    lines = said_after(first)
    key = (tmp_path / "data/api-key").read_text().strip()
    assert stat.S_IMODE((tmp_path / "data/api-key").stat().st_mode) == 0o600
    assert lines == [
        f"Filmgate is ready: http://127.0.0.1:{first.port}",
        f"export OPENAI_BASE_URL=http://127.0.0.1:{first.port}/v1",
        f'export OPENAI_API_KEY="$(cat {tmp_path}/data/api-key)"',
    ]
    assert re.fullmatch(r"fg-[\w-]{43}", key)
    assert said_after(serve())[2] == lines[2]
    data = tmp_path / "data"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (data, *data.rglob("*"))}
    assert {path: mode for path, mode in modes.items() if mode & 0o077} == {}


def test_the_lines_can_be_pasted(serve: Callable[..., Serve]) -> None:
    server = serve("my data")
    server.ready()
    while len(server.lines) < 3:
        time.sleep(0.02)
    ask = f'{sys.executable} -c "{ASK}"'
    script = "\n".join([*server.lines[1:], ask])
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "200"


ASK = (
    "import httpx2, os; print(httpx2.get(os.environ['OPENAI_BASE_URL'] + '/models', "
    "headers={'authorization': 'Bearer ' + os.environ['OPENAI_API_KEY']}).status_code)"
)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_and_leaves_no_child(serve: Callable[..., Serve], number: int) -> None:
    server = serve()
    server.ready()
    children = server.children()
    assert len(children) == 2
    assert server.stop(number) == 0
    assert not any(alive(child) for child in children)


def test_a_key_of_the_operators_own_is_never_shown(serve: Callable[..., Serve]) -> None:
    server = serve(FILMGATE_API_KEY="my-own-key")
    server.ready()
    deadline = time.monotonic() + 5
    while len(server.lines) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.stop() == 0
    assert len(server.lines) == 2


def refused(folder: Path, *words: str) -> str:
    """What `serve` says when it does not start."""
    done = subprocess.run(
        [sys.executable, "-m", "filmgate", "serve", *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_second_server_on_the_same_data_is_refused(
    serve: Callable[..., Serve], tmp_path: Path
) -> None:
    serve().ready()
    said = refused(tmp_path, "--port", str(free_port()), "--data", "data")
    assert (
        said == "filmgate: data is 'data', which another filmgate serves already: "
        "end it, or give --data\n"
    )


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(tmp_path, "--port", str(port), "--data", "data")
    assert said.startswith(f"filmgate: host and port are 127.0.0.1:{port}, which cannot be")
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused(tmp_path, "--port", str(free_port()), "--data", "file/data")
    assert said.startswith("filmgate: data is 'file/data', which cannot be written")
