"""The hosted upstreams that the guide to relays sets up, through their SDKs."""

from pathlib import Path

import pytest
from tests.docs import relaying


@pytest.mark.parametrize("kind", sorted(relaying.HOSTED))
async def test_an_example_makes_films(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for block in relaying.blocks():
        loaded = relaying.load(block, tmp_path, monkeypatch)
        for name, table in relaying.upstreams(loaded).items():
            if table["kind"] == kind:
                double = relaying.HOSTED[kind]
                made += await relaying.make_films(table, double, loaded, tmp_path / name)
    assert made
