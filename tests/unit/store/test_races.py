"""Fifty creates at one moment, from five processes, on PostgreSQL: exactly as many as may."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.support import pg
from tests.support.rush import PAYER
from tests.support.videos import a_video

from filmgate.domain import ledger as books
from filmgate.domain.account import Account, AccountLimits, BillingMode
from filmgate.domain.video import Video
from filmgate.services import billing, moves
from filmgate.store import accounts, ledger, postgres
from filmgate.store.postgres import PostgresDatabase

ROOT = Path(__file__).parents[3]
PROCESSES, EACH = 5, 10
PRICE = a_video().price


@pytest.fixture
async def url(postgres_server: pg.Server) -> str:
    address = await postgres_server.fresh()
    await postgres.prepare(address)
    return address


@pytest.fixture
async def database(url: str) -> AsyncIterator[PostgresDatabase]:
    opened = PostgresDatabase(url)
    yield opened
    await opened.close()


async def opened(database: PostgresDatabase, credit: int = 0, **terms: object) -> None:
    account = Account(id=PAYER, name="payer", created_at=0, **terms)  # type: ignore[arg-type]
    await database.write(accounts.add, account)
    await database.write(billing.post, books.payment(PAYER, credit, "paid in", 1.0, None))


async def rushed(url: str, *key: str) -> Counter[str]:
    """What came of fifty creates; an id counts as often as it was answered."""
    words = (sys.executable, "-m", "tests.support.rush", url, str(EACH), *key)
    pipe = asyncio.subprocess.PIPE
    crowd = [
        await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdin=pipe, stdout=pipe)
        for _ in range(PROCESSES)
    ]
    for one in crowd:
        assert one.stdout is not None
        assert await one.stdout.readline() == b"ready\n"
    told = await asyncio.gather(*(one.communicate(b"go\n") for one in crowd))
    return Counter(word for out, _ in told for word in out.decode().split())


def made(told: Counter[str]) -> int:
    return sum(word.startswith("video_") for word in told)


async def test_credit_for_ten_makes_ten(url: str, database: PostgresDatabase) -> None:
    await opened(database, 10 * PRICE + PRICE // 2, billing=BillingMode.PREPAID)
    told = await rushed(url)
    assert (made(told), told["InsufficientBalance"]) == (10, 40)
    account = await database.read(accounts.get, PAYER)
    assert account is not None
    assert (account.balance, account.held) == (PRICE // 2, 10 * PRICE)
    assert await database.read(ledger.drifts) == []


async def test_a_queue_of_ten_takes_ten(url: str, database: PostgresDatabase) -> None:
    await opened(database, limits=AccountLimits(max_queued=10))
    told = await rushed(url)
    assert (made(told), told["QueueFull"]) == (10, 40)


async def test_a_rate_of_ten_takes_ten(url: str, database: PostgresDatabase) -> None:
    await opened(database, limits=AccountLimits(max_per_minute=10))
    told = await rushed(url)
    assert (made(told), told["RateLimitExceeded"]) == (10, 40)


async def test_one_key_makes_one_video(url: str, database: PostgresDatabase) -> None:
    await opened(database)
    told = await rushed(url, "once")
    assert list(told.values()) == [50]
    account = await database.read(accounts.get, PAYER)
    assert account is not None
    assert (account.queued, account.held) == (1, PRICE)


async def test_workers_that_look_together_keep_the_running_cap(
    url: str, database: PostgresDatabase
) -> None:
    await opened(database, limits=AccountLimits(max_running=3))
    for _ in range(10):
        await database.write(moves.enter, a_video(account_id=PAYER))
    claims = (database.write(moves.claim, "animatic", f"w{i}", 2.0) for i in range(10))
    found = [video for video in await asyncio.gather(*claims) if isinstance(video, Video)]
    assert len({video.id for video in found}) == 3
