"""Readiness tells the truth: that the database takes writes is known by a write."""

from typing import Any

import pytest
from tests.unit.workers.conftest import caller, clock, house

from filmgate.errors import Unavailable
from filmgate.store import secrets
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House

__all__ = ["caller", "clock", "house"]


async def test_a_database_that_takes_no_writes_is_not_ready(
    house: House, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await house.health.checks())["database"] == "ok"

    def full(*_: Any) -> None:
        raise Unavailable("The database has no room; try again")

    with monkeypatch.context() as away:
        away.setattr(secrets, "rewrite", full)
        assert (await house.health.checks())["database"] == "ok", "a write holds for a moment"
        clock.advance(2)
        for _ in range(2):
            said = (await house.health.checks())["database"]
            assert said == "The database has no room; try again"
    assert (await house.health.checks())["database"] == "ok"


async def test_a_write_is_one(house: House) -> None:
    secret = await house.keys.signing_secret()
    await house.queue.prove_writable()
    assert await house.keys.signing_secret() == secret
