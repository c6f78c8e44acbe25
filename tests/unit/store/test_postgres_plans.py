"""A page of videos costs one range of one index on PostgreSQL too, among twenty thousand rows."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event, text
from tests.support import pg
from tests.support.videos import a_video
from tests.unit.store.test_listings import LOOKS

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.video import VideoFilter
from filmgate.services import moves
from filmgate.store import accounts, listings, postgres
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import videos

ROWS = 20_000
OWN = {
    "id": "'video_' || k",
    "account_id": "CASE WHEN k % 100 = 0 THEN 'acct_first' ELSE 'acct_other' END",
    "model": "CASE WHEN k % 50 = 0 THEN 'm' ELSE 'sora-1.0' END",
    "user": "CASE WHEN k % 70 = 0 THEN 'u' ELSE 'user_' || k % 300 END",
    "state": "CASE WHEN k % 90 = 0 THEN 'failed' ELSE 'completed' END",
    "failure": "CASE WHEN k % 90 = 0 THEN 'timeout' END",
    "progress": "CASE WHEN k % 90 = 0 THEN 50 ELSE 100 END",
    "completed_at": "k + 1",
    "created_at": "k",
}
"""What of the one row that is multiplied is each row's own, by its number `k`."""


def multiply(conn: WriteConnection) -> None:
    names = [column.name for column in videos.c if column.name != "seq"]
    into = ", ".join(f'"{name}"' for name in names)
    out = ", ".join(OWN.get(name, f'v."{name}"') for name in names)
    numbers = f"generate_series(1, {ROWS}) AS k"
    conn.sql.execute(text(f"INSERT INTO videos ({into}) SELECT {out} FROM videos v, {numbers}"))
    conn.sql.execute(text("ANALYZE videos"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crowded(postgres_server: pg.Server) -> AsyncIterator[postgres.PostgresDatabase]:
    url = await postgres_server.fresh()
    await postgres.prepare(url)
    database = postgres.PostgresDatabase(url)
    for name in (FIRST_ACCOUNT, "acct_other"):
        await database.write(accounts.ensure, name, name, 0.0)
    await database.write(moves.enter, a_video(id="video_0"))
    await database.write(multiply)
    yield database
    await database.close()


def plans(conn: ReadConnection, account: str | None, wanted: VideoFilter) -> list[str]:
    """The plan of every statement that a page is made of, before it is run."""
    found: list[str] = []

    def explain(own: Any, _cursor: Any, sql: str, given: Any, _ctx: Any, _many: bool) -> None:
        if not sql.startswith("EXPLAIN"):
            rows = own.exec_driver_sql(f"EXPLAIN {sql}", given)
            found.append("\n".join(row[0] for row in rows))

    event.listen(conn.sql, "before_cursor_execute", explain)
    try:
        listings.page(conn, account, wanted)
    finally:
        event.remove(conn.sql, "before_cursor_execute", explain)
    return found


WALKED = {
    "all": "videos_of_account",
    "model": "videos_of_model",
    "state": "videos_of_state",
    "user": "videos_of_user",
    "both": "videos_of_user",
    "running": "videos_running",
    "search": "Index Scan Backward using videos_pkey",
}


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("look", LOOKS)
async def test_no_page_walks_the_table(crowded: postgres.PostgresDatabase, look: str) -> None:
    found = await crowded.read(plans, *LOOKS[look])
    assert found
    told = "\n\n".join(found)
    if look != "search":  # which looks at half of these rows: all of them are read as fast
        assert "Seq Scan on videos" not in told, told
    assert WALKED.get(look, "videos") in told, told
