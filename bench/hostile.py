"""What hostile and patient callers cost: connections, memory, stillness, fairness.

Starts a server on loopback and, in about a minute, prints

- how long `/healthz` takes beside a crowd of connections that do nothing, and what one costs,
- how long 150 peaceful pollers wait, each on one kept connection,
- how much memory a costly body takes, as a multiple of its size, and how long others wait,
- how long one account's create takes beside another's large pictures,
- how long five videos take that stand in line behind one that kills every worker it meets.

    python bench/hostile.py [--crowd 1000] [--mib 16] [--seconds 20]
"""

import argparse
import asyncio
import io
import os
import resource
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from filmgate.testing.served import KEY, NO_WORKERS, Served, served

PATIENCE_S = 10.0
HEAD = f"POST /v1/videos HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {KEY}\r\n".encode()
CROWDS = {
    "silent": b"",
    "half a head": HEAD,
    "half a body": HEAD + b"content-length: 1000\r\n\r\n{",
    "idle": b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
}
FILM = {"model": "sora-1.0", "duration": 1, "width": 128, "height": 128, "fps": 5}
POLLERS = 150
POLL_EVERY_S = 2.0


def resident_mib(pid: int) -> float:
    """Memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def shown(times: list[float | None]) -> str:
    """A median and the worst of some waits; None is one that was given up."""
    lost = times.count(None)
    found = sorted(t for t in times if t is not None)
    if not found:
        return f"none of {len(times)} answered within {PATIENCE_S:g} s"
    text = f"median {statistics.median(found) * 1e3:.0f} ms, most {found[-1] * 1e3:.0f} ms"
    return f"{text}, {lost} of {len(times)} not within {PATIENCE_S:g} s" if lost else text


async def asked(http: httpx2.AsyncClient, path: str) -> float | None:
    """Seconds that a GET took on a connection of its own; None when it got no answer in time."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_S):
            (await http.get(path, headers={"connection": "close"})).raise_for_status()
    except (TimeoutError, httpx2.HTTPError):
        return None
    return time.monotonic() - began


class Bench:
    """One server and what is done to it."""

    def __init__(self, server: Served, http: httpx2.AsyncClient, options: Any) -> None:
        self.server = server
        self.http = http
        self.options = options
        self.pid = server.child(".http")

    async def crowds(self) -> None:
        """Connections that do nothing, a thousand of each kind at once, then the next kind."""
        for name, sent in CROWDS.items():
            before = resident_mib(self.pid)
            async with self._crowd(sent) as count:
                waits = [await asked(self.http, "/healthz") for _ in range(5)]
                each = (resident_mib(self.pid) - before) * 1024 / count
            print(f"{count:5} {name:<12} /healthz {shown(waits)}; {each:.1f} kB each")

    @asynccontextmanager
    async def _crowd(self, sent: bytes) -> AsyncIterator[int]:
        held: list[socket.socket] = []
        try:
            for _ in range(self.options.crowd):
                held.append(socket.socket())
                held[-1].setblocking(False)
                loop = asyncio.get_running_loop()
                try:
                    async with asyncio.timeout(1):
                        await loop.sock_connect(held[-1], ("127.0.0.1", self.server.port))
                        await loop.sock_sendall(held[-1], sent)
                except TimeoutError:
                    break
            await asyncio.sleep(1)
            yield len(held)
        finally:
            for connection in held:
                connection.close()
            await asyncio.sleep(0.5)

    async def pollers(self) -> None:
        """Peaceful clients, each with one kept connection."""
        ends = time.monotonic() + self.options.seconds
        found = await asyncio.gather(*(self._poll(number, ends) for number in range(POLLERS)))
        print(f"{POLLERS:5} pollers      {shown([wait for waits in found for wait in waits])}")

    async def _poll(self, number: int, ends: float) -> list[float | None]:
        waits: list[float | None] = []
        await asyncio.sleep(number / POLLERS * POLL_EVERY_S)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        while time.monotonic() < ends:
            began = time.monotonic()
            writer.write(CROWDS["idle"])
            try:
                async with asyncio.timeout(PATIENCE_S):
                    assert (await reader.read(65_536)).startswith(b"HTTP/1.1 200")
            except (TimeoutError, OSError):
                waits.append(None)
                break
            waits.append(time.monotonic() - began)
            await asyncio.sleep(POLL_EVERY_S)
        writer.close()
        return waits

    async def bodies(self) -> None:
        """Bodies made to cost: what they take at most, and who waits meanwhile."""
        size = self.options.mib << 20
        escapes = b'{"prompt":"x","image":"data:image/png,' + b"%41" * (size // 3)
        form = b"prompt=" + b"%41" * (size // 3)
        lists = b"metadata=" + b"[]," * (size // 3)
        deep = b'{"metadata":' + b"[" * size
        json, urlencoded = "application/json", "application/x-www-form-urlencoded"
        await self._body("escapes in a data URL", escapes + b'"}', json)
        await self._body("escapes in a form", form, urlencoded)
        await self._body("lists in a form", lists, urlencoded)
        await self._body("deep JSON", deep, json)

    async def _body(self, name: str, body: bytes, kind: str) -> None:
        before = most = resident_mib(self.pid)
        waits: list[float | None] = []
        sending = asyncio.create_task(self._post(body, kind))
        while not sending.done():
            waits.append(await asked(self.http, "/healthz"))
            most = max(most, resident_mib(self.pid))
            await asyncio.sleep(0.01)
        status = await sending
        times = (most - before) * 2**20 / len(body)
        print(f"{self.options.mib:3} MiB {name:<22} {status}; memory {times:.1f} x; {shown(waits)}")

    async def _post(self, body: bytes, kind: str) -> str:
        headers = {"content-type": kind}
        try:
            answer = await self.http.post("/v1/videos", content=body, headers=headers)
        except httpx2.HTTPError as error:
            return type(error).__name__
        return str(answer.status_code)

    async def fairness(self) -> None:
        """One account sends large pictures as fast as it can; another wants one small video."""
        keys = [await self._account(name) for name in ("greedy", "modest")]
        large, small = picture(8000), picture(64)
        alone = [await self._picture(keys[1], small) for _ in range(3)]
        greedy = [asyncio.create_task(self._picture(keys[0], large)) for _ in range(20)]
        await asyncio.sleep(0.5)
        beside = [await self._picture(keys[1], small) for _ in range(3)]
        for task in greedy:
            task.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)
        print(f"a small picture's create alone:                     {shown(alone)}")
        print(f"the same beside 20 of 8000x8000 of another account: {shown(beside)}")

    async def _account(self, name: str) -> str:
        made = (await self.http.post("/v1/admin/accounts", json={"name": name})).json()
        path = f"/v1/admin/accounts/{made['id']}/keys"
        key: str = (await self.http.post(path, json={})).json()["key"]
        return key

    async def _picture(self, key: str, data: bytes) -> float | None:
        began = time.monotonic()
        fields = {"model": "sora-1.0", "prompt": "x", "duration": "1", "size": "128x128"}
        try:
            answer = await self.http.post(
                "/v1/videos?dry_run=true",
                data=fields,
                files={"input_reference": ("x.png", data, "image/png")},
                headers={"authorization": f"Bearer {key}"},
                timeout=60,
            )
            answer.raise_for_status()
        except httpx2.HTTPError:
            return None
        return time.monotonic() - began


def picture(side: int) -> bytes:
    """A PNG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), "orange").save(file, "png", compress_level=1)
    return file.getvalue()


async def measure(server: Served, options: Any) -> None:
    """Everything, one after another."""
    headers = {"authorization": f"Bearer {KEY}"}
    limits = httpx2.Limits(max_keepalive_connections=0)
    async with httpx2.AsyncClient(
        base_url=f"http://127.0.0.1:{server.port}",
        headers=headers,
        trust_env=False,
        timeout=60,
        limits=limits,
    ) as http:
        bench = Bench(server, http, options)
        parts: list[Callable[[], Awaitable[None]]] = [
            bench.crowds, bench.pollers, bench.bodies, bench.fairness,
        ]  # fmt: skip
        for part in parts:
            await part()


def behind_a_poison(server: Served) -> None:
    """Five videos in line behind one at which the worker dies, and the same five without it."""
    print(f"five videos, nothing before them:         done after {five_done(server):.1f} s")
    server.client.post("/v1/videos", json=FILM | {"prompt": "zoo:die"}).raise_for_status()
    print(f"five videos behind one that kills workers: done after {five_done(server):.1f} s")


def five_done(server: Served) -> float:
    """Seconds until five videos that were asked for now are all complete."""
    began = time.monotonic()
    for _ in range(5):
        server.client.post("/v1/videos", json=FILM | {"prompt": "a cat"}).raise_for_status()
    while time.monotonic() < began + 300:
        videos = server.client.get("/v1/videos?limit=5").json()["data"]
        if all(video["status"] == "completed" for video in videos):
            break
        time.sleep(0.05)
    return time.monotonic() - began


def main() -> None:
    """Run all of it against a fresh server."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--crowd", type=int, default=1000)
    parser.add_argument("--mib", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), engines=NO_WORKERS, max_per_minute="0") as server,
    ):
        asyncio.run(measure(server, options))
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server:
        behind_a_poison(server)


if __name__ == "__main__":
    main()
