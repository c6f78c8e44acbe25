"""Thousands of streams of events in one process: what they weigh, and how soon they are told.

`python bench/streams.py --streams 4000` takes under a minute; an account may hold 5,000. Said is
what a stream weighs, what all of them cost while nothing happens, how soon each is told of a new
video, and how long others wait for a status read meanwhile, beside what it took before.
"""

import argparse
import asyncio
import os
import resource
import tempfile
import time
from pathlib import Path

from filmgate.testing.served import Served, served

PLAIN = '{"animatic":{"kind":"filmgate.testing.engines:Plain"}}'
AT_ONCE = 100
READS = 500
IDLE_S = 5.0

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def resident_kib(pid: int) -> int:
    """What a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def processor_s(pid: int) -> float:
    """The seconds of processor that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def allow_files(streams: int) -> None:
    """Let this process, and those that it starts, have so many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = streams + 500
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise SystemExit(f"{streams} streams need {wanted} open files; this shell may have {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


async def follow(server: Served) -> Stream:
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


def reads_ms(server: Served, video_id: str) -> list[float]:
    """How long status reads take, one after the other, in order of length."""
    took = []
    for _ in range(READS):
        began = time.perf_counter()
        server.video(video_id)
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def say_reads(when: str, took: list[float]) -> None:
    """Median and 99th of a hundred."""
    print(f"a status read {when}: {took[READS // 2]:.2f} ms, 99 % under {took[-READS // 100]:.2f}")


async def open_all(server: Served, streams: int) -> list[Stream]:
    """So many streams."""
    opened: list[Stream] = []
    while len(opened) < streams:
        some = min(AT_ONCE, streams - len(opened))
        opened += await asyncio.gather(*(follow(server) for _ in range(some)))
    return opened


async def measure(server: Served, streams: int) -> None:
    """Open them, leave them idle, order one video, see how soon all know."""
    process = server.child("filmgate.processes.http")
    first = server.create("a quiet sea")["id"]
    server.wait(first, "completed")
    say_reads("alone", reads_ms(server, first))
    before, began = resident_kib(process), time.monotonic()
    opened = await open_all(server, streams)
    took = time.monotonic() - began
    held = resident_kib(process)
    print(f"{streams} streams opened in {took:.1f} s: {(held - before) / streams:.1f} KiB each")
    spent = processor_s(process)
    await asyncio.sleep(IDLE_S)
    share = (processor_s(process) - spent) / IDLE_S * 100
    print(f"while nothing happens: {share:.1f} % of one processor")
    say_reads("beside them", await asyncio.to_thread(reads_ms, server, first))
    began = time.monotonic()
    waits = [asyncio.create_task(told(reader, began)) for reader, _ in opened]
    await asyncio.to_thread(server.create, "a quiet sea")
    delays = sorted(await asyncio.gather(*waits))
    print(f"told after {delays[len(delays) // 2]:.2f} s (half), {delays[-1]:.2f} s (all)")
    for _, writer in opened:
        writer.close()


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=4000)
    wanted = parser.parse_args().streams
    allow_files(wanted)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), engines=PLAIN) as server:
        asyncio.run(measure(server, wanted))


if __name__ == "__main__":
    main()
