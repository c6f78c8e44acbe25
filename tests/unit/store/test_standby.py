"""A standby answers what may be old; what was just written, and what it lacks, the primary does."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.support import pg
from tests.support.mirror import Mirror
from tests.support.videos import a_video

from filmgate.blobs import Blobs
from filmgate.domain.account import FIRST_ACCOUNT, Caller
from filmgate.domain.video import VideoFilter
from filmgate.errors import VideoNotFound
from filmgate.services import moves
from filmgate.services.videos import Videos
from filmgate.store import accounts, postgres
from filmgate.store.connections import ReadConnection
from filmgate.store.postgres import PostgresDatabase
from filmgate.store.standby import MirroredDatabase
from filmgate.testing.clock import ManualClock

ME = Caller(account_id=FIRST_ACCOUNT, key_id="key_x", scopes=frozenset())
WHO = "SELECT pg_is_in_recovery()"


@pytest.fixture(scope="module")
def mirror(postgres_server: pg.Server) -> Iterator[Mirror]:
    mirror = Mirror(postgres_server)
    yield mirror
    mirror.stop()


@pytest.fixture
async def url(postgres_server: pg.Server) -> str:
    url = await postgres_server.fresh()
    await postgres.prepare(url)
    return url


class Pair:
    """A process with both, and another one that writes to the primary unseen by the first."""

    def __init__(self, url: str, mirror: Mirror, folder: Path) -> None:
        self.elsewhere = PostgresDatabase(url)
        self.here = MirroredDatabase(PostgresDatabase(url), PostgresDatabase(mirror.address(url)))
        self.videos = Videos(database=self.here, blobs=Blobs.local(folder), clock=ManualClock())

    async def is_asked(self, account_id: str | None = FIRST_ACCOUNT) -> bool:
        """Whether the standby is, for that account."""
        return await self.here.glance(account_id, is_standby)

    async def catch_up(self) -> None:
        """Look, and wait until the standby has replayed what was looked at."""
        async with asyncio.timeout(60):
            while True:
                await self.here.look()
                if await self.is_asked("acct_nobody"):
                    return


def is_standby(conn: ReadConnection) -> bool:
    return bool(conn.sql.exec_driver_sql(WHO).scalar_one())


@pytest.fixture
async def pair(url: str, mirror: Mirror, tmp_path: Path) -> AsyncIterator[Pair]:
    pair = Pair(url, mirror, tmp_path)
    await pair.elsewhere.write(accounts.ensure, FIRST_ACCOUNT, "first", 0.0)
    await pair.catch_up()
    yield pair
    await mirror.go_on()
    await pair.here.close()
    await pair.elsewhere.close()


async def test_nobody_asks_it_before_a_look(url: str, mirror: Mirror, tmp_path: Path) -> None:
    pair = Pair(url, mirror, tmp_path)
    assert not await pair.is_asked()
    await pair.catch_up()
    assert await pair.is_asked()
    await pair.here.close()
    await pair.elsewhere.close()


async def test_who_writes_sees_it_at_once(pair: Pair, mirror: Mirror) -> None:
    await mirror.hold_still()
    video = a_video()
    await pair.here.write(moves.enter, video)
    assert not await pair.is_asked()
    assert await pair.is_asked("acct_other")
    seen, _ = await pair.videos.see(ME, video.id)
    assert seen.id == video.id
    page = await pair.videos.page(ME, VideoFilter(limit=5))
    assert [one.id for one, _ in page.found] == [video.id]
    await pair.here.write(moves.cancel, video.id, FIRST_ACCOUNT, 9.0)
    seen, _ = await pair.videos.see(ME, video.id)
    assert seen.state.final
    await mirror.go_on()
    await pair.catch_up()
    assert await pair.is_asked()


async def test_what_it_lacks_is_looked_for_where_it_is(pair: Pair, mirror: Mirror) -> None:
    """A create through another process, and a poll through this one at once."""
    await mirror.hold_still()
    video = a_video()
    await pair.elsewhere.write(moves.enter, video)
    assert await pair.is_asked(), "nothing was written here"
    seen, _ = await pair.videos.see(ME, video.id)
    assert seen.id == video.id
    page = await pair.videos.page(ME, VideoFilter(limit=5, after=video.id))
    assert page.found == []
    with pytest.raises(VideoNotFound):
        await pair.videos.see(ME, "video_unknown")


async def test_one_that_stays_behind_is_not_believed(pair: Pair, mirror: Mirror) -> None:
    await mirror.hold_still()
    await pair.elsewhere.write(moves.enter, a_video())
    await pair.here.look()
    assert not await pair.is_asked()
    await mirror.go_on()
    await pair.catch_up()
    assert await pair.is_asked()


async def test_one_that_is_away_is_not_missed(url: str, pair: Pair) -> None:
    nobody = PostgresDatabase("postgresql+asyncpg://postgres@127.0.0.1:1/nobody")
    alone = MirroredDatabase(PostgresDatabase(url), nobody)
    await alone.look()
    assert not await alone.glance(None, is_standby)
    assert not await alone.glance(None, is_standby)
    await alone.close()


async def test_a_primary_is_no_standby(url: str) -> None:
    """Whoever names the same server twice is answered, and never by what nobody follows."""
    twice = MirroredDatabase(PostgresDatabase(url), PostgresDatabase(url))
    twice.follow()
    await twice.look()
    assert not await twice.glance(None, is_standby)
    await twice.close()
