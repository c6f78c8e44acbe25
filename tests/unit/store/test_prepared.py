"""What the driver runs by itself gives what Core would give."""

from dataclasses import replace

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from tests.support.videos import a_video, outputs_of

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.services import moves
from filmgate.store import videos
from filmgate.store.connections import ReadConnection
from filmgate.store.database import Database
from filmgate.store.prepared import Prepared
from filmgate.store.tables import videos as table

ALL = select(table).where(table.c.id == bindparam("id"))


async def test_rows_are_those_of_core(database: Database) -> None:
    """Every kind of column: null, text, numbers, JSON, and a state that is a word."""
    request = replace(a_video().request, metadata={"a": [1, None]}, extras={"style": "noir"})
    video = a_video(request=replace(request, prompt="猫 'quoted'"))
    await database.write(moves.enter, video)
    leased = await database.write(moves.claim, "animatic", "w1", 200.0)
    assert leased is not None
    done = (video.id, leased.token, outputs_of(leased), 300.0, 900.0)
    await database.write(moves.finish, *done)

    def both(conn: ReadConnection) -> tuple[tuple[object, ...], tuple[object, ...]]:
        prepared = Prepared(ALL).first(conn, {"id": video.id})
        assert prepared is not None
        return tuple(prepared), tuple(conn.sql.execute(ALL, {"id": video.id}).one())

    prepared, by_core = await database.read(both)
    assert prepared == by_core
    assert await database.read(Prepared(ALL).first, {"id": "video_none"}) is None


async def test_a_broken_rule_is_the_same_error_without_its_values(database: Database) -> None:
    video = a_video()
    await database.write(moves.enter, video)
    with pytest.raises(IntegrityError) as caught:
        await database.write(videos.insert, video)
    assert video.id not in str(caught.value)
    assert await database.read(videos.get, video.id, FIRST_ACCOUNT) == video
