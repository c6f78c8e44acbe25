"""Money moves with the video, in its transaction; entries are never changed."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.support.videos import a_video, outputs_of

from filmgate.domain import ledger as books
from filmgate.domain.account import FIRST_ACCOUNT, Account, AccountLimits, BillingMode
from filmgate.domain.video import Problem, Video
from filmgate.domain.worker import Death
from filmgate.errors import (
    AccountDisabled,
    InsufficientBalance,
    LimitReached,
    QueueFull,
    RateLimitExceeded,
    Unavailable,
)
from filmgate.services import billing, moves
from filmgate.store import accounts, ledger, queue
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

PAYER = "acct_payer"
PRICE = 50_000
BROKEN = Problem(code="engine_error", message="it broke")


async def opened(database: Database, credit: int = 0, **settings: object) -> None:
    account = Account(id=PAYER, name="payer", created_at=0, **settings)  # type: ignore[arg-type]
    await database.write(accounts.add, account)
    await paid(database, credit)


async def paid(database: Database, amount: int) -> None:
    await database.write(billing.post, books.payment(PAYER, amount, "paid in", 1.0, None))


async def asked(database: Database, **changes: object) -> Video:
    video = a_video(account_id=PAYER, **changes)
    await database.write(moves.enter, video, key_id="key_1")
    return video


async def claimed(database: Database) -> Video:
    video = await database.write(moves.claim, "animatic", "w1", 200.0)
    assert video is not None
    return video


async def purse(database: Database) -> tuple[int, int]:
    assert await database.read(ledger.drifts) == []
    account = await database.read(accounts.get, PAYER)
    assert account is not None
    return account.balance, account.held


async def kinds(database: Database, video: Video) -> list[tuple[str, str]]:
    return [(e.kind, e.cause) for e in await database.read(ledger.of_video, video.id)]


async def test_a_completed_video_is_captured(database: Database) -> None:
    await opened(database, 100_000, billing=BillingMode.PREPAID)
    video = await asked(database)
    assert await purse(database) == (50_000, 50_000)
    leased = await claimed(database)
    assert await purse(database) == (50_000, 50_000)
    args = (leased.id, leased.token, outputs_of(leased), 300.0, 900.0)
    await database.write(moves.finish, *args)
    await database.write(moves.finish, *args)
    assert await purse(database) == (50_000, 0)
    assert await kinds(database, video) == [("hold", "create"), ("capture", "finish")]
    hold, capture = await database.read(ledger.of_video, video.id)
    assert (hold.key_id, capture.charged, capture.outputs) == ("key_1", PRICE, 1)


async def test_only_what_was_produced_is_captured(database: Database) -> None:
    await opened(database)
    request = a_video().request
    video = await asked(database, request=replace(request, n=2))
    leased = await claimed(database)
    await database.write(moves.finish, leased.id, leased.token, outputs_of(leased), 300.0, 900.0)
    _, capture = await database.read(ledger.of_video, video.id)
    assert (capture.charged, capture.produced_ms) == (PRICE // 2, 1000)
    assert await purse(database) == (-PRICE // 2, 0)


@pytest.mark.parametrize("end", ["fail", "cancel", "lose"])
async def test_every_other_end_releases_all(database: Database, end: str) -> None:
    await opened(database, PRICE, billing=BillingMode.PREPAID)
    video = await asked(database, max_attempts=1)
    leased = await claimed(database)
    if end == "fail":
        await database.write(moves.fail, leased.id, leased.token, BROKEN, 300.0)
    elif end == "cancel":
        await database.write(moves.cancel, video.id, PAYER, 300.0)
    else:
        await database.write(moves.rescue_worker, "w1", 300.0, Death.ALONE)
    causes = {"fail": "engine_error", "cancel": "cancelled", "lose": "worker_lost"}
    assert await kinds(database, video) == [("hold", "create"), ("release", causes[end])]
    assert await purse(database) == (PRICE, 0)


async def test_a_rescue_keeps_the_hold(database: Database) -> None:
    await opened(database)
    video = await asked(database)
    await claimed(database)
    await database.write(moves.rescue_worker, "w1", 300.0)
    assert await kinds(database, video) == [("hold", "create")]
    assert await purse(database) == (-PRICE, PRICE)


async def test_what_is_missing_is_named(database: Database) -> None:
    await opened(database, 20_000, billing=BillingMode.PREPAID)
    with pytest.raises(InsufficientBalance) as caught:
        await asked(database)
    assert caught.value.message == (
        "Insufficient balance: this video costs 0.050000 USD, 0.020000 USD is available, "
        "0.030000 USD is missing"
    )
    assert await purse(database) == (20_000, 0)


async def test_a_postpaid_account_stops_at_its_ceiling(database: Database) -> None:
    await opened(database, ceiling=2 * PRICE)
    await asked(database)
    await asked(database)
    with pytest.raises(InsufficientBalance, match=r"0\.050000 USD is missing"):
        await asked(database)
    assert await purse(database) == (-2 * PRICE, 2 * PRICE)


REFUSALS: dict[str, tuple[AccountLimits, type[LimitReached], str]] = {
    "queue": (AccountLimits(max_queued=2), QueueFull, "max_queued is 2 videos"),
    "rate": (AccountLimits(max_per_minute=2), RateLimitExceeded, "max_per_minute is 2"),
}


@pytest.mark.parametrize("limit", REFUSALS)
async def test_limits_name_themselves(database: Database, limit: str) -> None:
    limits, kind, words = REFUSALS[limit]
    await opened(database, limits=limits)
    await asked(database)
    await asked(database)
    with pytest.raises(kind, match=words) as caught:
        await asked(database, created_at=130.0)
    assert caught.value.retry_after == (10 if limit == "queue" else 30)
    await asked(database, created_at=160.0) if limit == "rate" else await claimed(database)
    await asked(database, created_at=161.0)


async def test_a_disabled_account_asks_for_nothing_and_waits(database: Database) -> None:
    await opened(database)
    await asked(database)
    account = await database.read(accounts.get, PAYER)
    assert account is not None
    await database.write(accounts.change, replace(account, disabled_at=5.0))
    with pytest.raises(AccountDisabled):
        await asked(database)
    assert not await database.read(queue.waits, "animatic", 0)
    assert await database.write(moves.claim, "animatic", "w1", 200.0) is None
    await database.write(accounts.change, account)
    await claimed(database)


async def test_over_the_running_cap_videos_wait_at_every_engine(database: Database) -> None:
    await opened(database, limits=AccountLimits(max_running=1))
    await asked(database)
    await asked(database, engine="wan")
    leased = await claimed(database)
    assert not await database.read(queue.waits, "wan", 0)
    assert await database.write(moves.claim, "wan", "w2", 200.0) is None
    await database.write(moves.fail, leased.id, leased.token, BROKEN, 300.0)
    assert await database.write(moves.claim, "wan", "w2", 200.0) is not None


async def test_a_capped_account_lets_others_pass(database: Database) -> None:
    await opened(database, limits=AccountLimits(max_running=1))
    await asked(database)
    await asked(database)
    await claimed(database)
    other = a_video()
    await database.write(moves.enter, other)
    assert (await claimed(database)).id == other.id
    assert await database.write(moves.claim, "animatic", "w1", 200.0) is None


@pytest.mark.parametrize("verb", ["UPDATE ledger SET balance = 0", "DELETE FROM ledger"])
async def test_entries_are_never_changed(database: Database, verb: str) -> None:
    def meddle(conn: WriteConnection) -> None:
        conn.sql.execute(text(verb))

    await opened(database, 5)
    with pytest.raises((DBAPIError, Unavailable)):
        await database.write(meddle)
    assert await purse(database) == (5, 0)


async def test_usage_is_what_was_captured(database: Database) -> None:
    await opened(database)
    for moment in (100.0, 90_000.0):
        await asked(database, created_at=moment)
        leased = await claimed(database)
        args = (leased.id, leased.token, outputs_of(leased), moment, 1e6)
        await database.write(moves.finish, *args)
    await asked(database)
    days = await database.read(ledger.usage_of, PAYER, 0, 1, "day")
    assert [(used.key, used.videos, used.charged) for used in days] == [
        (0, 1, PRICE),
        (1, 1, PRICE),
    ]
    (model,) = await database.read(ledger.usage_of, PAYER, 1, 1, "model")
    assert (model.key, model.outputs, model.produced_ms) == ("sora-1.0", 1, 1000)
    assert await database.read(ledger.usage_of, FIRST_ACCOUNT, 0, 9, "user") == []
