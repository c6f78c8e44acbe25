"""`filmgate demo`: a real server makes the film of the source document."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from filmgate.cli import client, films
from filmgate.cli.generate import make
from filmgate.cli.printing import print_json
from filmgate.cli.progress import meter
from filmgate.domain import ids
from filmgate.domain.shape import Shape
from filmgate.errors import Unavailable
from filmgate.media.probe import prove

Say = Callable[[str], None]

BODY = """{
    "model": "sora-1.0",
    "prompt": "一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发",
    "duration": 10,
    "width": 1920,
    "height": 1080,
    "fps": 30,
    "n": 1
  }"""
"""The body of the source document's create request, as its cURL sample sends it."""

SHAPE = Shape(width=1920, height=1080, fps=30, duration_ms=10_000)
"""What that request asks for."""

_READY_S = 30.0
_GRACE_S = 5
_STOPPED_S = 30.0
_LAST_LINES = 20


async def demo(output: Path, say: Say, *, as_json: bool = False) -> None:
    """Make, fetch and prove the film.

    Raises:
        FilmgateError: some of it failed; the server is stopped and its data removed all the same.
    """
    films.check_folder(output)
    key = ids.fresh_key()
    with meter() as shown:
        async with _server(key) as base, client.connect(base, key, shown.say) as maker:
            started = time.monotonic()
            look = await make(maker, lambda: maker.create_raw(BODY.encode()), shown)
            judge = partial(prove, shape=SHAPE)
            found = await films.save(maker, look.id, 0, output, judge)
            took = time.monotonic() - started
    if as_json:
        print_json(films.facts_of(output, found) | {"took_s": round(took, 1)})
    else:
        say(f"{films.describe(output, found)}, made in {took:.1f} s")


@asynccontextmanager
async def _server(key: str) -> AsyncIterator[str]:
    """A server with temporary data on a free loopback port, from ready to stopped."""
    with TemporaryDirectory(prefix="filmgate-demo-", ignore_cleanup_errors=True) as folder:
        data, port = Path(folder), _free_port()
        process = await _spawn(data, port, key)
        try:
            await _until_ready(process, port, data / "log")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            await _end(process)


async def _spawn(data: Path, port: int, key: str) -> asyncio.subprocess.Process:
    """Start it in a process group of its own: Ctrl-C is for us, and we tell it."""
    own = {"FILMGATE_API_KEY": key, "FILMGATE_GRACE_S": str(_GRACE_S)}
    with (data / "log").open("wb") as log:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "filmgate", "serve", "--host", "127.0.0.1"),
            *("--port", str(port), "--data", str(data / "data")),
            env=os.environ | own,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,
        )


async def _until_ready(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    deadline = time.monotonic() + _READY_S
    async with httpx2.AsyncClient(trust_env=False, timeout=1) as http:
        while True:
            with suppress(httpx2.TransportError):
                if (await http.get(f"http://127.0.0.1:{port}/readyz")).is_success:
                    return
            if process.returncode is not None:
                raise Unavailable(f"The server ended with {process.returncode}:\n{_tail(log)}")
            if time.monotonic() > deadline:
                raise Unavailable(f"The server is not ready after {_READY_S:g} s:\n{_tail(log)}")
            await asyncio.sleep(0.05)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), _STOPPED_S)
    except TimeoutError:
        process.kill()
        await process.wait()


def _tail(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return "\n".join(lines[-_LAST_LINES:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
