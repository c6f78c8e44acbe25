"""Accounts take turns: nobody's thousand delays another's one."""

import pytest
from tests.support.videos import a_video, outputs_of

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.services import moves
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database


def many(conn: WriteConnection, count: int) -> None:
    for _ in range(count):
        moves.enter(conn, a_video())


@pytest.mark.parametrize("workers", [1, 3])
async def test_one_video_waits_for_no_more_than_one_render(
    database: Database, workers: int
) -> None:
    await database.write(many, 1000)
    running = [await database.write(moves.claim, "animatic", f"w{n}", 1.0) for n in range(workers)]
    single = a_video(account_id="acct_other")
    await database.write(moves.enter, single)
    first = running[0]
    assert first is not None
    await database.write(moves.finish, first.id, first.token, outputs_of(first), 2.0, 9.0)
    following = await database.write(moves.claim, "animatic", "w0", 2.0)
    assert following is not None
    assert following.id == single.id


async def test_turns_alternate_while_both_have_work(database: Database) -> None:
    await database.write(many, 10)
    for _ in range(10):
        await database.write(moves.enter, a_video(account_id="acct_other"))
    owners = []
    for _ in range(20):
        video = await database.write(moves.claim, "animatic", "w", 1.0)
        assert video is not None
        owners.append(video.account_id)
    pairs = {frozenset(owners[n : n + 2]) for n in range(0, 20, 2)}
    assert pairs == {frozenset({FIRST_ACCOUNT, "acct_other"})}
