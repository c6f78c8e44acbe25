"""Thousands of streams of events in one process: what they weigh, and how soon they are told.

`python bench/streams.py --streams 2000`
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from filmgate.testing.served import Served, served

PLAIN = '{"animatic":{"kind":"filmgate.testing.engines:Plain"}}'


def resident_kib(pid: int) -> int:
    """What a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


async def follow(server: Served) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """One stream of the account, begun."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"GET /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {server.key}\r\n\r\n"
    writer.write(head.encode())
    await reader.readuntil(b"retry: 2000\n\n")
    return reader, writer


async def told(reader: asyncio.StreamReader, began: float) -> float:
    """Seconds until the next event."""
    await reader.readuntil(b"data: ")
    return time.monotonic() - began


async def measure(server: Served, streams: int) -> None:
    """Open them, order one video, see how soon all know."""
    process = server.child("filmgate.processes.http")
    before = resident_kib(process)
    opened = []
    for _ in range(0, streams, 100):
        opened += await asyncio.gather(*(follow(server) for _ in range(100)))
    held = resident_kib(process)
    began = time.monotonic()
    waits = [asyncio.create_task(told(reader, began)) for reader, _ in opened]
    await asyncio.to_thread(server.create, "a quiet sea")
    delays = sorted(await asyncio.gather(*waits))
    print(f"{len(opened)} streams: {(held - before) / len(opened):.1f} KiB each")
    print(f"told after {delays[len(delays) // 2]:.2f} s (half), {delays[-1]:.2f} s (all)")
    for _, writer in opened:
        writer.close()


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=2000)
    wanted = parser.parse_args().streams
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), engines=PLAIN) as server:
        asyncio.run(measure(server, wanted))


if __name__ == "__main__":
    main()
