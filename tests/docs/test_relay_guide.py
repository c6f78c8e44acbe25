"""Every upstream that the guide to relays sets up makes films, at a double of what it names."""

from pathlib import Path

import pytest
from tests.docs import relaying
from tests.docs.markdown import Block

BLOCKS = [pytest.param(block, id=str(block)) for block in relaying.blocks()]


@pytest.mark.parametrize("block", BLOCKS)
async def test_an_example_makes_films(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = relaying.load(block, tmp_path, monkeypatch)
    for name, table in relaying.upstreams(loaded).items():
        if table["kind"] in relaying.DOUBLES:
            double = relaying.DOUBLES[table["kind"]]
            assert await relaying.make_films(table, double, loaded, tmp_path / name)
        else:
            assert table["kind"] in relaying.HOSTED, "these are made by tests/hosted"


def test_the_guide_has_an_example_of_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {
        table["kind"]
        for block in relaying.blocks()
        for table in relaying.upstreams(relaying.load(block, tmp_path, monkeypatch)).values()
    }
    assert kinds >= {"sglang", "vllm-omni", "openrouter", "comfyui", *relaying.HOSTED, "fal"}
