"""Behind a pooler in transaction mode: no statement needs the session of the one before it."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest
from tests.support import pg
from tests.support.bouncer import Bouncer
from tests.support.videos import a_video

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.errors import SettingsError
from filmgate.services import moves
from filmgate.services.standings import see
from filmgate.store import accounts, postgres, queue
from filmgate.store.examination import examine
from filmgate.store.postgres import PostgresDatabase


@pytest.fixture(scope="module")
def bouncer(postgres_server: pg.Server) -> Iterator[Bouncer]:
    try:
        bouncer = Bouncer(postgres_server)
    except FileNotFoundError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    yield bouncer
    bouncer.stop()


@pytest.fixture
async def database(postgres_server: pg.Server, bouncer: Bouncer) -> AsyncIterator[PostgresDatabase]:
    url = bouncer.address(await postgres_server.fresh())
    await postgres.prepare(url, pooled=True)
    database = PostgresDatabase(url, pooled=True)
    await database.write(accounts.ensure, FIRST_ACCOUNT, "first", 0.0)
    yield database
    await database.close()


async def test_many_share_few_sessions(database: PostgresDatabase) -> None:
    """Twenty connections over two sessions: reads between writes, each several statements."""

    async def live() -> str:
        video = a_video()
        await database.write(moves.enter, video)
        for _ in range(5):
            seen, standing = await database.read(see, FIRST_ACCOUNT, video.id, 100.0)
            assert (seen.id, standing is not None) == (video.id, True)
        return video.id

    made = await asyncio.gather(*(live() for _ in range(40)))
    claimed = [await database.write(moves.claim, "animatic", "w", 200.0) for _ in range(40)]
    assert {video.id for video in claimed if video} == set(made)
    assert len(await database.read(queue.leases, "w")) == 40


async def test_who_does_not_know_of_it_is_told(
    postgres_server: pg.Server, bouncer: Bouncer
) -> None:
    """What a session would be told at its start, a pooler in transaction mode refuses."""
    url = bouncer.address(await postgres_server.fresh())
    with pytest.raises(SettingsError, match="database_pooled"):
        await postgres.prepare(url)


async def test_nobody_listens_and_a_turn_is_still_taken(database: PostgresDatabase) -> None:
    bell = database.bell()
    assert not await bell.wait(0)
    await asyncio.gather(*(postgres.prepare(database._url, pooled=True) for _ in range(3)))


async def test_it_can_be_examined(database: PostgresDatabase) -> None:
    there = await examine(database._url)
    assert there.may_write
    assert there.most > 0


async def test_a_bouncer_is_what_it_is_said_to_be(
    postgres_server: pg.Server, bouncer: Bouncer
) -> None:
    """Two transactions of one connection may run in two sessions."""
    plain = bouncer.address(await postgres_server.fresh()).replace("+asyncpg", "")
    pids = set()
    connections = [await asyncpg.connect(plain, statement_cache_size=0) for _ in range(4)]

    async def ask(connection: asyncpg.Connection) -> None:
        for _ in range(20):
            pids.add(await connection.fetchval("SELECT pg_backend_pid()"))

    await asyncio.gather(*map(ask, connections))
    assert 1 <= len(pids) <= 2
    for connection in connections:
        await connection.close()
