"""Money stays within what whole numbers can say, on both databases."""

import pytest
from tests.unit.store.conftest import database

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.errors import InvalidParameter
from filmgate.services.billing import MOST, Billing
from filmgate.store.database import Database
from filmgate.testing.clock import ManualClock

__all__ = ["database"]


@pytest.mark.parametrize("way", [1, -1])
async def test_a_balance_beyond_a_thousand_million_dollars_is_refused(
    database: Database, way: int
) -> None:
    billing = Billing(database=database, clock=ManualClock())
    await billing.credit(FIRST_ACCOUNT, way * MOST, "paid in", None)
    with pytest.raises(InvalidParameter, match="1000000000"):
        await billing.credit(FIRST_ACCOUNT, way, "paid in", None)
    account = await billing.account(FIRST_ACCOUNT)
    assert account.balance == way * MOST
    assert await billing.drifts() == []
