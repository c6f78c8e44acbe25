"""A house on a temporary folder, with a clock of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from filmgate import settings, wiring
from filmgate.domain.account import FIRST_ACCOUNT, Caller
from filmgate.store import postgres
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(params=["sqlite", "postgres"])
async def house(
    request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock
) -> AsyncIterator[House]:
    config = settings.load(data=tmp_path, api_key="test-key")
    if request.param == "postgres":
        url = await request.getfixturevalue("postgres_server").fresh()
        await postgres.prepare(url)
        config = settings.load(data=tmp_path, api_key="test-key", database_url=url)
    else:
        wiring.prepare_data(config)
    async with wiring.open_house(config, clock) as house:
        await house.keys.ensure_first("test-key", tmp_path / "api-key")
        yield house


@pytest.fixture
async def caller(house: House) -> Caller:
    caller = await house.keys.identify("test-key")
    assert caller.account_id == FIRST_ACCOUNT
    return caller
