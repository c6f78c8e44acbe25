"""Pages of videos: what they hold, and that one costs one range of one index."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from tests.support.videos import a_video

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Request, VideoFilter
from filmgate.services import moves
from filmgate.store import listings, schema
from filmgate.store.connections import ReadConnection
from filmgate.store.database import Database

SMALL = Shape(width=128, height=128, fps=5, duration_ms=1000)


def said(prompt: str, model: str = "sora-1.0", user: str | None = None) -> Request:
    return Request(model=model, prompt=prompt, shape=SMALL, seed=7, user=user)


async def enter(database: Database, **changes: Any) -> str:
    video = a_video(**changes)
    await database.write(moves.enter, video)
    return video.id


async def page(
    database: Database, account_id: str | None = FIRST_ACCOUNT, **wanted: Any
) -> list[str]:
    listed = await database.read(listings.page, account_id, VideoFilter(**wanted))
    assert listed is not None
    return [video.id for video in listed.videos]


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
async def test_pages_join_to_the_whole(database: Database, newest_first: bool, limit: int) -> None:
    ids = [await enter(database) for _ in range(7)]
    seen: list[str] = []
    more = True
    while more:
        after = seen[-1] if seen else None
        wanted = VideoFilter(limit=limit, newest_first=newest_first, after=after)
        listed = await database.read(listings.page, FIRST_ACCOUNT, wanted)
        assert listed is not None
        seen += [video.id for video in listed.videos]
        more = listed.more
    assert seen == (ids[::-1] if newest_first else ids)


async def test_another_account_sees_nothing(database: Database) -> None:
    video_id = await enter(database)
    assert await page(database, "acct_other") == []
    other = await database.read(listings.page, "acct_other", VideoFilter(after=video_id))
    assert other is None


async def test_the_operator_sees_all(database: Database) -> None:
    mine, other = await enter(database), await enter(database, account_id="acct_other")
    assert await page(database, None) == [other, mine]
    assert await page(database, "acct_other") == [other]
    await database.write(moves.claim, "animatic", "w", 0.0)
    assert await page(database, None, states=(State.RUNNING,)) == [mine]
    assert await page(database, None, states=(State.QUEUED,)) == [other]


async def test_each_filter_narrows(database: Database) -> None:
    cat = await enter(database, request=said("An Orange cat", user="ann"), created_at=1000.0)
    dog = await enter(database, request=said("a dog, 100% wet", "sora-2"), created_at=2000.0)
    owl = await enter(database, request=said("橘猫 and an owl", user="bob"), created_at=3000.0)
    assert await page(database, model="sora-2") == [dog]
    assert await page(database, user="ann") == [cat]
    assert await page(database, user="nobody") == []
    assert await page(database, search="orange") == [cat]
    assert await page(database, search="橘猫") == [owl]
    assert await page(database, search="100%") == [dog], "a % is a %"
    assert await page(database, search="_") == []
    assert await page(database, search="an", model="sora-1.0") == [owl, cat]
    assert await page(database, user="ann", model="sora-2") == []
    assert await page(database, created_after=2000.0) == [owl, dog]
    assert await page(database, created_before=2000.0) == [cat]
    assert await page(database, created_after=1500.0, created_before=2500.0) == [dog]
    assert await page(database, created_after=9000.0) == []


async def test_a_clock_that_runs_behind_hides_nothing(database: Database) -> None:
    late = await enter(database, created_at=2000.0)
    early = await enter(database, created_at=1990.0)
    assert await page(database, created_after=1985.0, created_before=1995.0) == [early]
    assert await page(database, created_after=1995.0) == [late]


async def test_a_search_says_how_far_it_has_looked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "MOST_LOOKED", 3)
    sought = await enter(database, request=said("a whale"))
    others = [await enter(database) for _ in range(6)]
    seen, after, turns = [], None, 0
    while True:
        wanted = VideoFilter(search="whale", after=after)
        listed = await database.read(listings.page, FIRST_ACCOUNT, wanted)
        assert listed is not None
        seen += [video.id for video in listed.videos]
        turns += 1
        if not listed.more:
            break
        after = listed.looked_to
        assert after in others
    assert seen == [sought]
    assert turns == 3


@contextmanager
def plans(tmp_path: Path) -> Iterator[list[str]]:
    """The plan of every statement that is run on an empty database of this schema."""
    file = tmp_path / "filmgate.db"
    schema.prepare(file)
    engine = create_engine(f"sqlite:///{file}")
    found: list[str] = []
    with sqlite3.connect(file) as side, engine.connect() as connection:

        def explain(_c: Any, _cur: Any, sql: str, given: Any, _ctx: Any, _many: bool) -> None:
            found.extend(row[3] for row in side.execute(f"EXPLAIN QUERY PLAN {sql}", given))

        event.listen(engine, "before_cursor_execute", explain)
        for account, wanted in LOOKS.values():
            listings.page(ReadConnection(connection, None), account, wanted)
        yield found
    side.close()
    engine.dispose()


LOOKS: dict[str, tuple[str | None, VideoFilter]] = {
    "all": (FIRST_ACCOUNT, VideoFilter()),
    "model": (FIRST_ACCOUNT, VideoFilter(model="m")),
    "state": (FIRST_ACCOUNT, VideoFilter(states=(State.FAILED,))),
    "user": (FIRST_ACCOUNT, VideoFilter(user="u")),
    "both": (FIRST_ACCOUNT, VideoFilter(user="u", model="m", search="x")),
    "dates": (FIRST_ACCOUNT, VideoFilter(created_after=1.0, created_before=2.0)),
    "running": (None, VideoFilter(states=(State.RUNNING,))),
    "search": (None, VideoFilter(search="x")),
}


def test_no_page_walks_the_table(tmp_path: Path) -> None:
    """Of a video it is looked up by its number or in an index: never all of them, one by one."""
    with plans(tmp_path) as found:
        told = "\n".join(found)
    for index in ("account", "model", "state", "user"):
        assert f"videos_of_{index}" in told
    assert "videos_running" in told
    walks = [line for line in found if line == "SCAN videos"]
    assert len(walks) <= 2, "by number, newest first: `all` and `search` of the operator"
