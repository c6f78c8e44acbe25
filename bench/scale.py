"""Claim, retrieve and list at a thousand, a hundred thousand and a million rows.

    python bench/scale.py [--rows 1000 100000 1000000] [--database postgresql+asyncpg://…]
    python bench/scale.py --processes 1 2 4 [--database …]

Prints the median of each in milliseconds, and its ratio to that at the first number of rows. To
reach: at a million at most 1.5 times that at a thousand. Half of the rows wait, half are complete.

With `--processes` it starts a server with so many HTTP processes, asks it by 64 connections of
`wrk` (Debian: apt-get install wrk), and prints status reads and creates a second, and their ratio
to the first. Server, `wrk` and database share this machine's cores: the ratio ends there.
"""

import argparse
import asyncio
import statistics
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from filmgate import settings, wiring
from filmgate.domain import ids
from filmgate.domain.account import FIRST_ACCOUNT, Caller
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Request, Video, VideoFilter
from filmgate.store import rows
from filmgate.store.connections import WriteConnection
from filmgate.store.tables import accounts, lanes
from filmgate.store.tables import videos as table
from filmgate.testing.served import NO_WORKERS, Served, served
from filmgate.wiring import House

CALLER = Caller(account_id=FIRST_ACCOUNT, key_id="key_bench")
TURNS = 200
BATCH = 5000
REQUEST = Request(
    model="sora-1.0",
    prompt="a cat",
    shape=Shape(width=128, height=128, fps=5, duration_ms=1000),
    seed=1,
)


def row(number: int) -> dict[str, Any]:
    """One row: every other one is complete."""
    video = Video(
        id=ids.video_id(),
        account_id=FIRST_ACCOUNT,
        dialect="sora",
        engine="animatic",
        request=REQUEST,
        state=State.QUEUED,
        progress=0,
        price=0,
        created_at=1.0,
        expires_at=4e9,
    )
    done = {"state": "completed", "progress": 100, "completed_at": 2.0}
    open_ = {"completed_at": None}
    return rows.values(video) | (done if number % 2 else open_)


def fill(conn: WriteConnection, count: int) -> None:
    """Insert rows, and count the waiting ones in their lane and account."""
    conn.sql.execute(insert(table), [row(number) for number in range(count)])
    waiting = accounts.c.queued + count // 2
    mine = accounts.c.id == FIRST_ACCOUNT
    conn.sql.execute(accounts.update().where(mine).values(queued=waiting))
    added = lanes.c.queued + count // 2
    changed = conn.sql.execute(lanes.update().values(queued=added))
    if changed.rowcount == 0:
        first = {"engine": "animatic", "account_id": FIRST_ACCOUNT, "running": 0, "turn": 0}
        conn.sql.execute(insert(lanes).values(**first, queued=count // 2))


async def grow(house: House, count: int) -> None:
    """Bring the table to `count` rows."""
    database = house.videos._db

    def present(conn: WriteConnection) -> int:
        return int(conn.sql.execute(text("SELECT count(*) FROM videos")).scalar_one())

    missing = count - await database.write(present)
    while missing > 0:
        await database.write(fill, min(BATCH, missing))
        missing -= BATCH
    await database.write(lambda conn: conn.sql.execute(text("ANALYZE")))


NONE = VideoFilter(model="no-such-model", created_after=1.0)
IN_VAIN = VideoFilter(search="no such words")


async def median_ms(act: Callable[[int], Awaitable[object]]) -> float:
    """The median of many turns of one act."""
    took = []
    for turn in range(TURNS):
        began = time.perf_counter()
        await act(turn)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


async def measure(house: House) -> dict[str, float]:
    """Each question's median, in milliseconds."""
    page = await house.videos.page(CALLER, VideoFilter(limit=100))
    known = [video.id for video, _ in page.found]
    return {
        "claim": await median_ms(lambda turn: house.queue.claim("animatic", f"w{turn}")),
        "retrieve": await median_ms(
            lambda turn: house.videos.see(CALLER, known[turn % len(known)])
        ),
        "list": await median_ms(lambda turn: house.videos.page(CALLER, VideoFilter())),
        "list of none": await median_ms(lambda turn: house.videos.page(CALLER, NONE)),
        "search in vain": await median_ms(lambda turn: house.videos.page(CALLER, IN_VAIN)),
    }


async def run(config: settings.Settings, counts: list[int]) -> None:
    """Grow, measure, print."""
    first: dict[str, float] = {}
    async with wiring.open_house(config) as house:
        await house.keys.ensure_first("bench-key", config.data / "api-key")
        print(
            f"{'rows':>10}"
            + "".join(f"{n:>12} ms{'ratio':>8}" for n in ("claim", "retrieve", "list"))
        )
        for count in counts:
            await grow(house, count)
            found = await measure(house)
            first = first or found
            cells = "".join(f"{v:>15.2f}{v / first[name]:>8.2f}" for name, v in found.items())
            print(f"{count:>10}{cells}", flush=True)


POST = """wrk.method = "POST"
wrk.body = '{"model": "sora-1.0", "prompt": "a cat", "duration": 1, "size": "128x128", "fps": 5}'
wrk.headers["content-type"] = "application/json"
"""


def rate(server: Served, path: str, *options: str) -> float:
    """Answers a second, none of them failed."""
    key = ("-H", f"authorization: Bearer {server.key}")
    argv = ["wrk", "-t2", "-c64", "-d5s", "--timeout", "30s", *key, *options, server.url + path]
    told = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"requests failed:\n{told}")
    return float(told.partition("Requests/sec:")[2].split()[0])


def compare_processes(counts: list[int], **given: str) -> None:
    """Measure a server with each number of HTTP processes, and print."""
    first: tuple[float, float] | None = None
    print(f"{'processes':>10}{'reads/s':>12}{'ratio':>8}{'creates/s':>12}{'ratio':>8}")
    for count in counts:
        with (
            tempfile.TemporaryDirectory() as folder,
            served(Path(folder), engines=NO_WORKERS, http_processes=str(count), **given) as server,
        ):
            script = Path(folder) / "post.lua"
            script.write_text(POST)
            reads = rate(server, f"/v1/videos/{server.create('a cat')['id']}")
            found = reads, rate(server, "/v1/videos", "--script", str(script))
        first = first or found
        cells = "".join(f"{v:>12.0f}{v / f:>8.2f}" for v, f in zip(found, first, strict=True))
        print(f"{count:>10}{cells}", flush=True)


def main() -> None:
    """Run on SQLite, or on a database given."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="+", default=[1000, 100_000, 1_000_000])
    options.add_argument("--database")
    options.add_argument("--processes", type=int, nargs="+")
    given = options.parse_args()
    if given.processes:
        database = {"database_url": given.database} if given.database else {}
        compare_processes(given.processes, **database)
        return
    with tempfile.TemporaryDirectory() as folder:
        config = settings.load(data=Path(folder), database_url=given.database)
        wiring.prepare_data(config)
        asyncio.run(run(config, given.rows))


if __name__ == "__main__":
    main()
