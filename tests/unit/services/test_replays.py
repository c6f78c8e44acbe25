"""Two replicas on one database, and one that dies between commit and answer."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from filmgate import settings, wiring
from filmgate.domain.account import DEFAULT_SCOPES, BillingMode, Caller
from filmgate.domain.draft import Draft
from filmgate.errors import AccountDisabled, IdempotencyKeyReused, InvalidKey
from filmgate.services.accounts import Terms
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House

DRAFT = Draft(
    dialect="sora", model="sora-1.0", prompt="a cat", seconds=Decimal(1), width=128, height=128
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def one(tmp_path: Path, clock: ManualClock) -> AsyncIterator[House]:
    config = settings.load(data=tmp_path)
    wiring.prepare_data(config)
    async with wiring.open_house(config, clock) as house:
        yield house


@pytest.fixture
async def other(one: House, clock: ManualClock) -> AsyncIterator[House]:
    async with wiring.open_house(one.settings, clock) as house:
        yield house


async def known(house: House) -> tuple[str, str, str]:
    """A fresh account, the id of its key, and the key."""
    account = await house.accounts.create("ann", Terms(billing=BillingMode.POSTPAID))
    key, plain = await house.accounts.create_key(
        account.id, name="", scopes=DEFAULT_SCOPES, expires_at=None
    )
    return account.id, key.id, plain


async def test_a_revoked_key_stops_within_a_second(
    one: House, other: House, clock: ManualClock
) -> None:
    _, key_id, plain = await known(one)
    assert await other.keys.identify(plain)
    await one.accounts.revoke_key(key_id)
    clock.advance(0.9)
    with pytest.raises(InvalidKey):
        await other.keys.identify(plain)


async def test_a_disabled_account_stops_within_a_second(
    one: House, other: House, clock: ManualClock
) -> None:
    account_id, _, plain = await known(one)
    caller = await other.keys.identify(plain)
    await one.accounts.disable(account_id)
    with pytest.raises(AccountDisabled):
        await other.submissions.submit(caller, DRAFT)
    clock.advance(0.9)
    with pytest.raises(AccountDisabled):
        await other.keys.identify(plain)


async def test_an_answer_that_was_lost_is_given_again_by_another(one: House, other: House) -> None:
    account_id, key_id, _ = await known(one)
    caller = Caller(account_id=account_id, key_id=key_id)
    first = await one.submissions.submit_once(caller, DRAFT, "once")
    again = await other.submissions.submit_once(caller, DRAFT, "once")
    assert (first.video.id, first.replayed) == (again.video.id, not again.replayed)
    with pytest.raises(IdempotencyKeyReused):
        await other.submissions.submit_once(caller, Draft(dialect="sora", model="sora-2"), "once")
    account = await other.accounts.get(account_id)
    assert (account.queued, account.held) == (1, first.video.price)
