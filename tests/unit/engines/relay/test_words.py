"""An order in each server's own words."""

from pathlib import Path
from typing import Any

import pytest
from tests.unit.engines.relay.relays import KEY, SHAPE, a_row, make, relay_to

from filmgate.testing.upstream.quirks import Quirks

EXTRAS = {"negative_prompt": "rain"}
WORDS: dict[str, dict[str, Any]] = {
    "openai": {"model": "up/film-1", "seconds": "1", "size": "128x96", "negative_prompt": "rain"},
    "sora": {
        "model": "up/film-1",
        "duration": 1.0,
        "width": 128,
        "height": 96,
        "fps": 10,
        "seed": 7,
        "metadata": EXTRAS,
    },
    "filmgate": {
        "model": "up/film-1",
        "seconds": "1",
        "size": "128x96",
        "fps": "10",
        "seed": "7",
        "metadata": '{"negative_prompt": "rain"}',
    },
    "sglang": {
        "model": "up/film-1#video_1-0-1",
        "seconds": "1",
        "size": "128x96",
        "fps": "10",
        "num_frames": "10",
        "seed": "7",
        "negative_prompt": "rain",
    },
    "vllm-omni": {
        "seconds": "1",
        "size": "128x96",
        "fps": "10",
        "num_frames": "10",
        "seed": "7",
        "negative_prompt": "rain",
    },
    "litellm": {"model": "up/film-1", "seconds": "1", "size": "128x96"},
    "new-api": {"model": "up/film-1", "seconds": "1", "size": "128x96", "metadata": EXTRAS},
    "llmgateway": {"model": "up/film-1", "seconds": 1, "size": "128x96"},
    "openrouter": {"model": "up/film-1", "duration": 1, "size": "128x96", "seed": 7},
}


@pytest.mark.parametrize("kind", WORDS)
async def test_the_fields_of_a_create(tmp_path: Path, kind: str) -> None:
    clip = {"duration_ms": SHAPE.duration_ms, "fps": SHAPE.fps}
    async with relay_to(Quirks(clip=clip), kind) as (engine, script):
        await make(engine, tmp_path, a_row(extras=EXTRAS))
    (job,), (create,) = script.jobs.values(), script.creates
    assert job.fields == WORDS[kind] | {"prompt": "a cat"}
    assert create.headers["authorization"] == f"Bearer {KEY}"
    assert ("idempotency-key" in create.headers) == (kind == "filmgate")
