"""Never pay twice, never lose a paid film: whatever becomes of the one POST."""

import asyncio
from pathlib import Path

import pytest
from tests.unit.engines.relay.relays import SHAPE, Reported, a_row, make, relay_to

from filmgate.engines.relay.marks import Mark, Stage, write_marks
from filmgate.errors import Cancelled, GenerationFailed, GivenBack, LeaseLost, Stopped
from filmgate.media.probe import prove
from filmgate.testing.upstream.quirks import Create, Quirks


def marked(stage: Stage, job: str | None = None, tag: str = "video_1-0-1") -> str:
    """The token of a row whose worker died at a stage."""
    return write_marks({0: Mark(stage=stage, upstream="lab", tag=tag, at=0.0, job=job)})


async def test_the_row_knows_before_the_post_and_after_it(tmp_path: Path) -> None:
    report = Reported()
    async with relay_to() as (engine, script):
        (film,) = await make(engine, tmp_path, report=report)
    prove(film, SHAPE)
    assert report.stages == ["sending", "sent"]
    assert len(script.creates) == 1
    assert report.told[-1] >= 0.97


LOST: list[Create] = ["drop", "drop-after", "html", "empty", "no-id", "500"]


@pytest.mark.parametrize("create", LOST)
async def test_a_lost_answer_is_never_asked_for_twice(tmp_path: Path, create: Create) -> None:
    report = Reported()
    async with relay_to(Quirks(create=create)) as (engine, script):
        with pytest.raises(GenerationFailed) as caught:
            await make(engine, tmp_path, report=report)
    assert caught.value.failure == "upstream_unknown"
    assert len(script.creates) == 1
    assert report.stages == ["sending"]


async def test_a_silent_upstream_gets_one_post(tmp_path: Path) -> None:
    quirks = Quirks(warm_up=1)  # a plain client never asks its health, so it is never answered
    async with relay_to(quirks, answer_s=0.2) as (engine, script):
        with pytest.raises(GenerationFailed) as caught:
            await make(engine, tmp_path)
    assert caught.value.failure == "upstream_unknown"
    assert len(script.creates) == 1


@pytest.mark.parametrize("create", LOST)
async def test_an_idempotency_key_finds_the_job_again(tmp_path: Path, create: Create) -> None:
    quirks = Quirks(create=create, creates=1, idempotent=True)
    async with relay_to(quirks, "filmgate") as (engine, script):
        await make(engine, tmp_path)
    assert len({one.headers["idempotency-key"] for one in script.creates}) == 1
    assert len(script.jobs) == 1


async def test_a_tag_in_the_model_finds_the_job_again(tmp_path: Path) -> None:
    quirks = Quirks(create="drop-after", creates=1)
    async with relay_to(quirks, "sglang", paid=True) as (engine, script):
        await make(engine, tmp_path)
    assert len(script.creates) == len(script.jobs) == 1


async def test_what_surely_never_arrived_is_sent_anew(tmp_path: Path) -> None:
    quirks = Quirks(create="drop", creates=1)
    async with relay_to(quirks, "sglang", paid=True) as (engine, script):
        await make(engine, tmp_path)
    assert len(script.creates) == 2
    assert len(script.jobs) == 1


async def test_elimination_finds_the_only_job_that_fits(tmp_path: Path) -> None:
    quirks = Quirks(create="drop-after", creates=1)
    async with relay_to(quirks, "vllm-omni", paid=True) as (engine, script):
        await make(engine, tmp_path)
    assert len(script.creates) == len(script.jobs) == 1


async def test_two_jobs_alike_are_not_told_apart(tmp_path: Path) -> None:
    quirks = Quirks(create="drop-after", creates=2)
    async with relay_to(quirks, "vllm-omni", paid=True) as (engine, script):
        rows = [a_row(), a_row()]
        results = await asyncio.gather(
            *(_fails(make(engine, _folder(tmp_path, n), row)) for n, row in enumerate(rows))
        )
    assert results == ["upstream_unknown", "upstream_unknown"]
    assert len(script.creates) == 2


async def test_what_is_not_charged_is_sent_anew_under_another_tag(tmp_path: Path) -> None:
    quirks = Quirks(create="drop", creates=1)
    async with relay_to(quirks, paid=False) as (engine, script):
        await make(engine, tmp_path)
    assert len(script.creates) == 2
    assert len(script.jobs) == 1


async def test_a_death_while_sending_is_searched_and_not_sent_again(tmp_path: Path) -> None:
    async with relay_to() as (engine, script):
        with pytest.raises(GenerationFailed) as caught:
            await make(engine, tmp_path, a_row(marked(Stage.SENDING)))
    assert caught.value.failure == "upstream_unknown"
    assert not script.creates


async def test_a_death_while_waiting_resumes_the_wait(tmp_path: Path) -> None:
    report = Reported()
    async with relay_to() as (engine, script):
        await make(engine, tmp_path, report=report)
        film = tmp_path / "again"
        film.mkdir()
        (again,) = await make(engine, film, a_row(report.tokens[-1]))
        prove(again, SHAPE)
    assert len(script.creates) == 1


async def test_a_death_after_a_refusal_sends(tmp_path: Path) -> None:
    async with relay_to() as (engine, script):
        await make(engine, tmp_path, a_row(marked(Stage.REFUSED)))
    assert len(script.creates) == 1


async def test_a_job_at_an_upstream_that_was_taken_away_fails_clearly(tmp_path: Path) -> None:
    token = marked(Stage.SENT, "job-1").replace('"lab"', '"old"')
    async with relay_to() as (engine, _):
        with pytest.raises(GenerationFailed, match="gone from the settings"):
            await make(engine, tmp_path, a_row(token))


async def test_a_cancel_goes_through(tmp_path: Path) -> None:
    report = Reported()
    async with relay_to(Quirks(looks=10**6)) as (engine, script):
        task = asyncio.create_task(make(engine, tmp_path, report=report))
        while not (script.jobs and script.jobs["job-0"].looks):
            await asyncio.sleep(0.01)
        report.stop = Cancelled("cancelled")
        with pytest.raises(Cancelled):
            await task
    assert script.jobs["job-0"].cancelled


async def test_an_order_nobody_has_in_hand_is_stopped_by_its_mark(tmp_path: Path) -> None:
    async with relay_to(Quirks(looks=10**6)) as (engine, script):
        task = asyncio.create_task(make(engine, tmp_path))
        while not script.jobs:
            await asyncio.sleep(0.01)
        task.cancel()
        assert await engine.recall(marked(Stage.SENT, "job-0"))
        assert await engine.recall(marked(Stage.SENDING)), "nobody knows its id"
    assert script.jobs["job-0"].cancelled


async def test_an_upstream_that_does_not_hear_it_is_told_again(tmp_path: Path) -> None:
    async with relay_to(Quirks(deletes_busy=1)) as (engine, _):
        await make(engine, tmp_path)
        heard = [await engine.recall(marked(Stage.SENT, "job-0")) for _ in range(2)]
    assert heard == [False, True]


@pytest.mark.parametrize("stop", [GivenBack("a shutdown"), LeaseLost("somebody else's")])
async def test_only_a_cancel_is_a_cancel(tmp_path: Path, stop: Stopped) -> None:
    report = Reported()
    async with relay_to(Quirks(looks=10**6)) as (engine, script):
        task = asyncio.create_task(make(engine, tmp_path, report=report))
        while not (script.jobs and script.jobs["job-0"].looks):
            await asyncio.sleep(0.01)
        report.stop = stop
        with pytest.raises(type(stop)):
            await task
    assert not script.jobs["job-0"].cancelled
    assert report.stages == ["sending", "sent"]


async def test_each_of_n_films_is_an_order_of_its_own(tmp_path: Path) -> None:
    async with relay_to(kind="filmgate") as (engine, script):
        films = await make(engine, tmp_path, a_row(n=3))
    assert len(films) == len(script.jobs) == 3
    assert sorted(int(job.fields["seed"]) for job in script.jobs.values()) == [7, 8, 9]


async def _fails(work: "asyncio.Future[object] | object") -> str:
    with pytest.raises(GenerationFailed) as caught:
        await work  # type: ignore[misc]
    return str(caught.value.failure)


def _folder(tmp_path: Path, number: int) -> Path:
    folder = tmp_path / str(number)
    folder.mkdir()
    return folder
