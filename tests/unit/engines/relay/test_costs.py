"""What a film cost upstream is kept for the operator."""

from pathlib import Path

import pytest
from tests.unit.engines.relay.relays import a_row, make_all, relay_to

from filmgate.testing.upstream.quirks import Quirks

STATED = {"usd_per_second": "0.04", "usd_per_film": "0.01"}


async def test_what_the_upstream_says(tmp_path: Path) -> None:
    async with relay_to(Quirks(cost_usd="0.125"), cost=STATED) as (engine, _):
        made = await make_all(engine, tmp_path, a_row(n=2))
    assert made.making.cost == 250_000


@pytest.mark.parametrize(("cost", "micros"), [(STATED, 50_000), (None, None)])
async def test_else_what_the_operator_says(
    tmp_path: Path, cost: dict[str, str] | None, micros: int | None
) -> None:
    async with relay_to(cost=cost) as (engine, _):
        made = await make_all(engine, tmp_path)
    assert made.making.cost == micros


async def test_what_was_conformed_is_told(tmp_path: Path) -> None:
    clip = {"width": 256, "height": 144, "fps": 24}
    async with relay_to(Quirks(clip=clip)) as (engine, _):
        made = await make_all(engine, tmp_path)
    assert made.making.render == {"native": "256x144 at 24 frames a second"}
