"""Batches: each line once, whatever dies; within a day; at the price of batches."""

import json
from typing import Any

import pytest
from tests.unit.workers.acts import make
from tests.unit.workers.conftest import caller, clock, house

from filmgate.domain.account import Caller
from filmgate.domain.batch import Batch, BatchStatus, LineState, Place
from filmgate.domain.file import Purpose
from filmgate.domain.video import VideoFilter
from filmgate.errors import (
    BatchNotCancellable,
    InvalidParameter,
    LimitReached,
    QueueFull,
    RateLimitExceeded,
)
from filmgate.services import batching
from filmgate.services.submissions import LineTaken
from filmgate.store import batches
from filmgate.testing.clock import ManualClock
from filmgate.testing.engines import Plain
from filmgate.wiring import House
from filmgate.workers.batcher import Batcher

__all__ = ["caller", "clock", "house"]

BODY = {
    "model": "sora-1.0",
    "prompt": "a cat",
    "duration": 1,
    "width": 128,
    "height": 128,
    "fps": 5,
}


def line(custom_id: str, **change: Any) -> dict[str, Any]:
    return {"custom_id": custom_id, "method": "POST", "url": "/v1/videos", "body": BODY | change}


async def batch_of(house: House, caller: Caller, *lines: Any) -> Batch:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    file = await house.files.create(
        caller, text.encode(), filename="b.jsonl", purpose=Purpose.BATCH
    )
    return await house.batches.create(
        caller, input_file_id=file.id, metadata={"a": "b"}, base_url="http://here"
    )


async def turned(house: House, caller: Caller, batch: Batch, times: int = 1) -> Batch:
    for _ in range(times):
        await Batcher(house.batching).run_once()
    return await house.batches.get(caller, batch.id)


async def results(house: House, caller: Caller, file_id: str | None) -> list[dict[str, Any]]:
    assert file_id is not None
    data = await house.files.read(caller.account_id, file_id)
    return [json.loads(text) for text in data.splitlines()]


async def test_each_line_becomes_a_film_or_says_why_not(house: House, caller: Caller) -> None:
    batch = await batch_of(house, caller, line("a"), "", line("b", duration=61), line("c"))
    assert batch.status is BatchStatus.VALIDATING
    batch = await turned(house, caller, batch)
    assert (batch.status, batch.total) == (BatchStatus.IN_PROGRESS, 3)
    batch = await turned(house, caller, batch)
    assert (batch.completed, batch.failed) == (0, 1)
    for _ in range(2):
        await make(house, Plain())
    batch = await turned(house, caller, batch)
    assert (batch.status, batch.completed, batch.failed) == (BatchStatus.FINALIZING, 2, 1)
    batch = await turned(house, caller, batch)
    assert batch.status is BatchStatus.COMPLETED
    made = await results(house, caller, batch.output_file_id)
    assert [one["custom_id"] for one in made] == ["a", "c"]
    assert {one["response"]["body"]["status"] for one in made} == {"completed"}
    assert made[0]["response"]["body"]["url"].startswith("http://here/v1/videos/")
    (refused,) = await results(house, caller, batch.error_file_id)
    assert (refused["custom_id"], refused["response"]["status_code"]) == ("b", 400)
    assert refused["response"]["body"]["error"]["param"] == "duration"


async def test_a_line_costs_what_the_card_says_of_batches(house: House, caller: Caller) -> None:
    batch = await batch_of(house, caller, line("a"))
    await turned(house, caller, batch, 2)
    await make(house, Plain())
    ((video, _),) = (await house.videos.page(caller, VideoFilter())).found
    assert (video.price, video.charge) == (25_000, 25_000)


async def test_somebody_who_waits_goes_before_a_batch(house: House, caller: Caller) -> None:
    batch = await batch_of(house, caller, line("a"), line("b"))
    await turned(house, caller, batch, 2)
    reading = (await house.batching._wording()).read(BODY | {"prompt": "urgent"})
    await house.submissions.submit(caller, reading.draft)
    claimed = await house.queue.claim("animatic", "w1")
    assert claimed is not None
    assert claimed.request.prompt == "urgent"


async def test_a_death_between_two_lines_orders_none_twice(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = await batch_of(house, caller, line("a"), line("b"), line("c"))
    await turned(house, caller, batch)
    submit, calls = house.submissions.submit, 0

    async def dies(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RuntimeError("the process dies here")
        return await submit(*given)

    with monkeypatch.context() as patched:
        patched.setattr(house.submissions, "submit", dies)
        await turned(house, caller, batch)
    await turned(house, caller, batch, 2)
    found = (await house.videos.page(caller, VideoFilter())).found
    assert len(found) == 3


async def test_two_batchers_order_a_line_once(house: House, caller: Caller) -> None:
    batch = await batch_of(house, caller, line("a"))
    await turned(house, caller, batch, 2)
    reading = (await house.batching._wording()).read(BODY)
    with pytest.raises(LineTaken):
        await house.submissions.submit(caller, reading.draft, Place(batch.id, 1))
    found = (await house.videos.page(caller, VideoFilter())).found
    assert len(found) == 1


async def test_a_death_while_results_are_written_writes_them_again(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = await batch_of(house, caller, line("a", duration=61))
    batch = await turned(house, caller, batch, 3)
    assert batch.status is BatchStatus.FINALIZING

    def dies(*_: Any) -> bool:
        raise RuntimeError("the process dies here")

    with monkeypatch.context() as patched:
        patched.setattr(batching, "_finish", dies)
        await turned(house, caller, batch)
    batch = await turned(house, caller, batch)
    assert batch.status is BatchStatus.COMPLETED
    assert len(await results(house, caller, batch.error_file_id)) == 1
    await house.batching.advance(batch)  # one that came late finds nothing to do
    held = await house.batching._db.read(batches.in_state, batch.id, LineState.DONE, 9)
    assert held == [], "prompts are forgotten"


async def test_a_cancelled_batch_ends_what_runs_and_orders_no_more(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "AT_ONCE", 2)
    batch = await batch_of(house, caller, line("a"), line("b"), line("c"))
    await turned(house, caller, batch, 2)
    await make(house, Plain())
    assert (await house.batches.cancel(caller, batch.id)).status is BatchStatus.CANCELLING
    assert (await house.batches.cancel(caller, batch.id)).status is BatchStatus.CANCELLING
    batch = await turned(house, caller, batch, 3)
    assert (batch.status, batch.completed, batch.failed) == (BatchStatus.CANCELLED, 1, 1)
    errors = await results(house, caller, batch.error_file_id)
    assert [one["error"]["code"] for one in errors] == ["cancelled", "batch_cancelled"]
    assert len(await results(house, caller, batch.output_file_id)) == 1
    with pytest.raises(BatchNotCancellable):
        await house.batches.cancel(caller, batch.id)


async def test_a_batch_that_is_cancelled_before_it_was_read(house: House, caller: Caller) -> None:
    batch = await batch_of(house, caller, line("a"))
    await house.batches.cancel(caller, batch.id)
    await house.batching.advance(batch)  # a batcher that still sees it as it was
    batch = await turned(house, caller, batch, 2)
    assert (batch.status, batch.total) == (BatchStatus.CANCELLED, 0)


async def test_a_batch_has_a_day(house: House, caller: Caller, clock: ManualClock) -> None:
    batch = await batch_of(house, caller, line("a"))
    await turned(house, caller, batch, 2)
    clock.advance(86_400)
    batch = await turned(house, caller, batch, 3)
    assert (batch.status, batch.failed) == (BatchStatus.EXPIRED, 1)


async def test_what_the_account_may_not_have_now_comes_later(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = await batch_of(house, caller, line("a"))
    await turned(house, caller, batch)

    async def full(*_: Any) -> None:
        raise QueueFull("Too many wait", retry_after=1)

    with monkeypatch.context() as patched:
        patched.setattr(house.submissions, "submit", full)
        batch = await turned(house, caller, batch)
    assert (batch.status, batch.failed) == (BatchStatus.IN_PROGRESS, 0)
    await turned(house, caller, batch)
    found = (await house.videos.page(caller, VideoFilter())).found
    assert len(found) == 1
    assert issubclass(QueueFull, LimitReached)


async def order(house: House, caller: Caller) -> None:
    """A create that somebody waits for."""
    reading = (await house.batching._wording()).read(BODY)
    await house.submissions.submit(caller, reading.draft)


async def ordered(house: House, caller: Caller) -> int:
    return len((await house.videos.page(caller, VideoFilter())).found)


async def test_a_batch_leaves_half_of_a_minute_to_who_waits(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    await house.accounts.change(caller.account_id, {"max_per_minute": 4})
    batch = await batch_of(house, caller, *(line(str(k)) for k in range(5)))
    await turned(house, caller, batch, 3)
    assert await ordered(house, caller) == 2
    await order(house, caller)
    await order(house, caller)
    with pytest.raises(RateLimitExceeded):
        await order(house, caller)
    for made in (6, 7):
        clock.advance(60)
        batch = await turned(house, caller, batch, 2)
        assert await ordered(house, caller) == made
    assert (batch.status, batch.failed) == (BatchStatus.IN_PROGRESS, 0), "no line failed of it"


async def test_a_batch_leaves_half_of_the_line_to_who_waits(house: House, caller: Caller) -> None:
    await house.accounts.change(caller.account_id, {"max_queued": 4})
    batch = await batch_of(house, caller, *(line(str(k)) for k in range(5)))
    await turned(house, caller, batch, 3)
    assert await ordered(house, caller) == 2
    await order(house, caller)
    assert await ordered(house, caller) == 3


BAD = {
    "not json": "{",
    "not an object": "[1]",
    "no custom_id": json.dumps({"body": BODY}),
    "another method": json.dumps(line("a") | {"method": "GET"}),
    "another url": json.dumps(line("a") | {"url": "/v1/images"}),
    "no body": json.dumps({"custom_id": "a"}),
    "a NUL": json.dumps(line("a", prompt="a\0b")),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
async def test_a_file_that_is_no_batch_says_where(house: House, caller: Caller, text: str) -> None:
    batch = await batch_of(house, caller, line("first"), text)
    batch = await turned(house, caller, batch)
    assert batch.status is BatchStatus.FAILED
    assert [problem.line for problem in batch.errors] == [2]
    assert (await house.videos.page(caller, VideoFilter())).found == []


async def test_two_lines_of_one_name_are_no_batch(house: House, caller: Caller) -> None:
    batch = await turned(house, caller, await batch_of(house, caller, line("a"), line("a")))
    assert [(one.line, one.param) for one in batch.errors] == [(2, "custom_id")]


async def test_an_input_that_is_gone_fails_the_batch(house: House, caller: Caller) -> None:
    batch = await batch_of(house, caller, line("a"))
    await house.files.delete(caller, batch.input_file_id)
    batch = await turned(house, caller, batch)
    assert (batch.status, batch.errors[0].code) == (BatchStatus.FAILED, "file_not_found")


async def test_only_a_file_for_batches_makes_one(house: House, caller: Caller) -> None:
    file = await house.files.create(caller, b"x", filename="x", purpose=Purpose.VISION)
    for file_id in (file.id, "file-none"):
        with pytest.raises(InvalidParameter):
            await house.batches.create(
                caller, input_file_id=file_id, metadata={}, base_url="http://here"
            )


async def test_batches_are_forgotten_long_after_their_end(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    batch = await batch_of(house, caller, line("a", duration=61))
    await turned(house, caller, batch, 4)
    clock.advance(30 * 86_400)
    assert await house.batching.forget() == 0
    clock.advance(1)
    assert await house.batching.forget() == 1
