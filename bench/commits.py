"""What two decisions save: commits that callers share, and statements that are compiled once.

    python bench/commits.py [--writes 2000] [--folder DIR]

Prints durable inserts a second by 1, 4 and 16 callers at once, on the disk of the folder, and the
microseconds of one small statement run by Core and as a prepared one, in memory.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert

from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.sqlite import SqliteDatabase

ROWS = Table(
    "rows",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("account_id", String(64), nullable=False),
    Column("amount", Integer, nullable=False),
)
ADD = insert(ROWS)
VALUES = {"account_id": "acct_bench", "amount": 1}


def add(conn: WriteConnection) -> None:
    """The smallest durable write."""
    conn.sql.execute(ADD, VALUES)


async def inserts_a_second(database: SqliteDatabase, callers: int, writes: int) -> float:
    """Share the writes between so many callers, each of which waits for its own."""

    async def call() -> None:
        for _ in range(writes // callers):
            await database.write(add)

    began = time.perf_counter()
    await asyncio.gather(*[call() for _ in range(callers)])
    return writes / (time.perf_counter() - began)


async def compare_commits(folder: Path, writes: int) -> None:
    """Print a line for each number of callers."""
    database = SqliteDatabase(folder / "bench.db")
    await database.write(lambda conn: ROWS.create(conn.sql))
    for callers in (1, 4, 16):
        rate = await inserts_a_second(database, callers, writes)
        print(f"{callers:>2} callers   {rate:8.0f} durable inserts a second")
    await database.close()


def microseconds(run: Callable[[], object], count: int = 20_000) -> float:
    """How long one call takes, over many."""
    began = time.perf_counter()
    for _ in range(count):
        run()
    return (time.perf_counter() - began) / count * 1e6


def compare_statements() -> None:
    """Print a line for each way to run one statement."""
    prepared = Prepared(ADD.values(**dict.fromkeys(VALUES)))
    with create_engine("sqlite://").begin() as connection:
        ROWS.create(connection)
        conn = ReadConnection(connection)
        for name, run in (
            ("Core", lambda: connection.execute(ADD, VALUES)),
            ("prepared", lambda: prepared.run(conn, VALUES)),
        ):
            print(f"{name:<10}   {microseconds(run):8.1f} microseconds a statement")


def main() -> None:
    """Run both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--writes", type=int, default=2000)
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        asyncio.run(compare_commits(Path(folder), given.writes))
    compare_statements()


if __name__ == "__main__":
    main()
