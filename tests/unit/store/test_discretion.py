"""What goes wrong in the database is told without what callers said."""

import traceback
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.support.videos import a_video

from filmgate.services import moves
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database
from filmgate.store.postgres import PostgresDatabase

SAID = "a very private prompt"


async def test_a_broken_rule_says_no_prompt(database: Database) -> None:
    def broken(conn: WriteConnection) -> None:
        conn.sql.execute(text("UPDATE videos SET state = 'lost'"))

    video = a_video()
    private = replace(video, request=replace(video.request, prompt=SAID))
    await database.write(moves.enter, private)
    with pytest.raises(IntegrityError) as caught:
        await database.write(broken)
    told = "".join(traceback.format_exception(caught.value))
    assert SAID not in told
    assert "known_state" in told


async def test_a_value_of_the_wrong_kind_is_not_quoted(database: Database) -> None:
    def wrong(conn: WriteConnection) -> None:
        conn.sql.execute(text("SELECT nothing FROM lanes WHERE queued = :said"), {"said": SAID})

    with pytest.raises(Exception, match=r"lanes|SQLSTATE 42") as caught:
        await database.write(wrong)
    assert SAID not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_the_operator_may_say_so(database: PostgresDatabase) -> None:
    """SQLite's own words quote nothing."""

    def wrong(conn: WriteConnection) -> None:
        conn.sql.execute(text("SELECT CAST(:said AS integer)"), {"said": SAID})

    telling = PostgresDatabase(database._url, quote_values=True)
    with pytest.raises(Exception, match=SAID):
        await telling.write(wrong)
    await telling.close()
    with pytest.raises(Exception, match="SQLSTATE 22") as caught:
        await database.write(wrong)
    assert SAID not in "".join(traceback.format_exception(caught.value))
