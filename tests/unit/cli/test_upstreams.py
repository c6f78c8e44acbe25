"""What an operator does with upstreams while they run."""

import asyncio
import json
from decimal import Decimal
from typing import Any

import pytest
from tests.support.videos import outputs_of
from tests.unit.cli.conftest import Run

from filmgate import settings, wiring
from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.draft import Draft
from filmgate.domain.states import Failure
from filmgate.domain.video import Making, Problem, Video
from filmgate.engines.relay.marks import Mark, Stage, write_marks
from filmgate.wiring import House

MODELS = {"sora-1.0": "x", "sora-2": "y"}
OPTIONS = {
    "upstreams": {
        "near": {"kind": "sglang", "url": "http://127.0.0.1:9/v1", "models": MODELS},
        "far": {"kind": "openai", "url": "http://127.0.0.1:9/v1", "models": MODELS},
    }
}
SENT = Mark(stage=Stage.SENDING, upstream="far", tag="video_1-0-1", at=1_800_000_000.0)


@pytest.fixture(autouse=True)
def _relay(monkeypatch: pytest.MonkeyPatch) -> None:
    engines = {"relay": {"kind": "relay", "options": OPTIONS}}
    monkeypatch.setenv("FILMGATE_ENGINES", json.dumps(engines))
    monkeypatch.setenv("FILMGATE_CARDS", json.dumps({m: {"engine": "relay"} for m in MODELS}))


def told(run: Run, *words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


async def order(house: House) -> Video:
    """A claimed video whose order may have been sent."""
    await house.keys.ensure_first("test-key", house.settings.data / "api-key")
    caller = await house.keys.identify("test-key")
    draft = Draft(dialect="sora", model="sora-1.0", prompt="a cat", seconds=Decimal(1))
    await house.submissions.submit(caller, draft)
    video = await house.queue.claim("relay", "w1")
    assert video is not None
    assert await house.queue.keep_resume(video, write_marks({0: SENT}))
    return video


def on_a_house(act: Any) -> None:
    config = settings.load()
    wiring.prepare_data(config)

    async def record_act() -> None:
        async with wiring.open_house(config) as house:
            await act(house)

    asyncio.run(record_act())


async def nothing(_house: House) -> None:
    return None


def test_drain_and_resume_by_name(run: Run) -> None:
    on_a_house(nothing)
    assert run("upstreams", "drain", "relay/near").exit_code == 0
    assert run("upstreams", "drain", "near").exit_code == 0
    rows = {row["id"]: row["takes_orders"] for row in told(run, "upstreams", "list")}
    assert rows == {"relay/near": False, "relay/far": True}
    assert run("upstreams", "resume", "near").exit_code == 0
    assert all(row["takes_orders"] for row in told(run, "upstreams", "list"))


def test_a_name_that_is_none_is_refused_with_those_that_are(run: Run) -> None:
    result = run("upstreams", "drain", "nearer")
    assert result.exit_code == 1
    assert "must be one of relay/far, relay/near" in result.output


def test_an_upstream_that_does_not_answer_is_said(run: Run) -> None:
    result = run("upstreams", "test", "near")
    assert result.exit_code == 1
    assert "no answer (ConnectError)" in result.output


def test_cards_are_asked_of_an_openrouter_alone(run: Run) -> None:
    result = run("upstreams", "cards", "near")
    assert result.exit_code == 1
    assert "must be of the kind openrouter" in result.output


def test_orders_of_living_videos_are_counted(run: Run) -> None:
    on_a_house(order)
    rows = {row["id"]: row["orders"] for row in told(run, "upstreams", "list")}
    assert rows == {"relay/near": 0, "relay/far": 1}


def test_what_nobody_knows_the_fate_of_is_shown_with_its_tag(run: Run) -> None:
    async def act(house: House) -> None:
        video = await order(house)
        assert await house.queue.fail(video, Problem(code=Failure.UPSTREAM_UNKNOWN, message="?"))

    on_a_house(act)
    (row,) = told(run, "upstreams", "unresolved")
    assert (row["upstream"], row["tag"]) == ("far", "video_1-0-1")


def test_the_margin_is_what_was_charged_less_what_it_cost(run: Run) -> None:
    async def act(house: House) -> None:
        video = await order(house)
        making = Making(cost=20_000)
        assert await house.queue.finish(video, outputs_of(video), making)

    on_a_house(act)
    plain = run("usage", FIRST_ACCOUNT).stdout
    lines = run("usage", FIRST_ACCOUNT, "--margin", "--by", "model").stdout.splitlines()
    assert "upstream" not in plain
    assert lines[0] == "model,videos,outputs,seconds,cost_usd,upstream_usd,margin_usd"
    assert lines[1] == "sora-1.0,1,1,1.0,0.050000,0.020000,0.030000"
