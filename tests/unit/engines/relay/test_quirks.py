"""The nineteen habits of servers in the field, each met and lived with."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engines.relay.relays import KEY, SHAPE, Reported, a_row, make, relay_to

from filmgate.domain.shape import Shape
from filmgate.errors import GenerationFailed
from filmgate.media.probe import prove
from filmgate.testing.upstream.listener import Received, Sent, listening
from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import Job, film_bytes, give_film


async def delivers(folder: Path, quirks: Quirks, kind: str = "openai", **options: Any) -> Job:
    """The one job that it took to make a film that is as asked."""
    async with relay_to(quirks, kind, **options) as (engine, script):
        (film,) = await make(engine, folder)
        prove(film, SHAPE)
        (job,) = script.jobs.values()
    return job


async def fails(folder: Path, quirks: Quirks, kind: str = "openai") -> GenerationFailed:
    """How the making of a film failed."""
    async with relay_to(quirks, kind) as (engine, _):
        with pytest.raises(GenerationFailed) as caught:
            await make(engine, folder)
    return caught.value


@pytest.mark.parametrize("status", [200, 400, 404, 422, 500, 503])
async def test_01_a_failed_job_may_come_with_an_errors_status(tmp_path: Path, status: int) -> None:
    error = await fails(tmp_path, Quirks(fails=True, failed_status=status), "vllm-omni")
    assert error.failure == "content_policy_violation"
    assert error.message == "The upstream failed: it broke at …"


@pytest.mark.parametrize("style", ["no-code", "int-code", "true"])
async def test_02_errors_lack_a_code_or_have_a_number(tmp_path: Path, style: Any) -> None:
    error = await fails(tmp_path, Quirks(fails=True, error=style))
    assert error.failure == "upstream_error"
    assert error.message.startswith("The upstream failed")


async def test_03_content_is_never_asked_for_with_a_variant(tmp_path: Path) -> None:
    await delivers(tmp_path, Quirks(refuses_variant=True), "sglang")


@pytest.mark.parametrize("kind", ["sglang", "openai"])
async def test_04_content_may_name_a_bucket_instead(tmp_path: Path, kind: str) -> None:
    await delivers(tmp_path, Quirks(names_bucket=True), kind)


async def test_05_content_may_be_late(tmp_path: Path) -> None:
    await delivers(tmp_path, Quirks(content_early=(404, 409)))


async def test_05_content_that_never_comes_is_a_failure(tmp_path: Path) -> None:
    error = await fails(tmp_path, Quirks(content_early=(422,) * 20))
    assert error.message == "The upstream gave no film (422)"


@pytest.mark.parametrize("style", ["null", "text", "stuck", "real"])
async def test_06_progress_never_goes_back(tmp_path: Path, style: Any) -> None:
    report = Reported()
    async with relay_to(Quirks(progress=style, looks=4)) as (engine, _):
        await make(engine, tmp_path, report=report)
    assert report.told == sorted(report.told)
    between = [share for share in report.told if 0.1 < share < 0.9]
    assert bool(between) == (style in ("text", "real"))


@pytest.mark.parametrize("word", ["processing", "pending", "unknown", "", "made up"])
async def test_07_unknown_words_wait(tmp_path: Path, word: str) -> None:
    await delivers(tmp_path, Quirks(words={"in_progress": word, "queued": word}))


@pytest.mark.parametrize("word", ["canceled", "cancelled", "expired"])
async def test_07_other_words_for_failure(tmp_path: Path, word: str) -> None:
    error = await fails(tmp_path, Quirks(fails=True, words={"failed": word}))
    assert "it broke" in error.message


async def test_07_a_job_that_was_deleted_is_gone(tmp_path: Path) -> None:
    error = await fails(tmp_path, Quirks(fails=True, words={"failed": "deleted"}))
    assert error.message == "The upstream does not know this video any more"


async def test_08_a_clip_that_differs_is_conformed(tmp_path: Path) -> None:
    clip = {"width": 256, "height": 144, "fps": 24, "duration_ms": 1200}
    await delivers(tmp_path, Quirks(tells_seconds=False, clip=clip))


async def test_08_or_fails_by_setting(tmp_path: Path) -> None:
    async with relay_to(Quirks(clip={"fps": 24})) as (engine, script):
        engine.options = engine.options.model_copy(update={"misfit": "fail"})
        with pytest.raises(GenerationFailed, match="its rate is 24, not 10"):
            await make(engine, tmp_path)
    assert len(script.creates) == 1


@pytest.mark.parametrize("kind", ["sglang", "vllm-omni"])
async def test_09_rate_and_frames_are_always_sent(tmp_path: Path, kind: str) -> None:
    job = await delivers(tmp_path, Quirks(), kind)
    assert (job.fields["fps"], job.fields["num_frames"]) == ("10", "10")


async def test_09_a_models_native_rate_is_a_setting(tmp_path: Path) -> None:
    job = await delivers(tmp_path, Quirks(), "sglang", settings={"fps": 16})
    assert (job.fields["fps"], job.fields["num_frames"]) == ("16", "16")


async def test_10_a_server_that_warms_up_is_not_sent_to(tmp_path: Path) -> None:
    async with relay_to(Quirks(warm_up=2), "sglang", answer_s=1) as (engine, script):
        await make(engine, tmp_path)
    assert script.counts["GET health"] == 3
    assert len(script.creates) == 1


@pytest.mark.parametrize("kind", ["sglang", "vllm-omni"])
async def test_11_whole_seconds_and_the_frames(tmp_path: Path, kind: str) -> None:
    half = Shape(width=128, height=96, fps=10, duration_ms=1500)
    async with relay_to(Quirks(whole_seconds=True), kind) as (engine, script):
        (film,) = await make(engine, tmp_path, a_row(shape=half))
    (job,) = script.jobs.values()
    prove(film, half)
    assert (job.fields["seconds"], job.fields["num_frames"]) == ("2", "15")


async def test_12_n_films_are_n_orders_of_one(tmp_path: Path) -> None:
    async with relay_to(Quirks(), "vllm-omni") as (engine, script):
        films = await make(engine, tmp_path, a_row(n=2))
    assert len(films) == len(script.creates) == 2
    assert not any("n" in job.fields for job in script.jobs.values())


async def test_13_an_unknown_id_may_be_400(tmp_path: Path) -> None:
    quirks = Quirks(unknown_is_400=True, absent_looks=tuple(range(1, 9)))
    error = await fails(tmp_path, quirks, "new-api")
    assert error.message == "The upstream does not know this video any more"


@pytest.mark.parametrize("kind", ["openai", "litellm", "filmgate"])
async def test_14_ids_are_percent_encoded(tmp_path: Path, kind: str) -> None:
    await delivers(tmp_path, Quirks(odd_ids=True), kind)


async def test_15_server_paths_are_no_addresses_and_never_shown(tmp_path: Path) -> None:
    await delivers(tmp_path, Quirks(server_paths=True), "sglang")
    error = await fails(tmp_path, Quirks(server_paths=True, fails=True), "sglang")
    assert "/srv" not in error.message


async def test_16_an_id_that_is_away_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    await delivers(tmp_path, Quirks(looks=5, absent_looks=(2, 4)))


async def test_16_a_local_server_that_forgot_is_asked_anew(tmp_path: Path) -> None:
    async with relay_to(Quirks(looks=9, absent_looks=tuple(range(1, 9))), "sglang") as found:
        engine, script = found

        def forget_no_more(token: str) -> None:
            if len(script.creates) == 1 and '"refused"' in token:
                script.quirks = Quirks()

        report = Reported()
        report.heard = forget_no_more
        await make(engine, tmp_path, report=report)
    assert len(script.creates) == 2
    tags = [job.fields["model"].rpartition("#")[2] for job in script.jobs.values()]
    assert tags == ["video_1-0-1", "video_1-0-2"]


async def test_16_a_paid_one_is_not(tmp_path: Path) -> None:
    async with relay_to(Quirks(absent_looks=tuple(range(1, 9)))) as (engine, script):
        with pytest.raises(GenerationFailed, match="does not know this video any more"):
            await make(engine, tmp_path)
    assert len(script.creates) == 1


async def test_17_another_origin_never_gets_the_key(tmp_path: Path) -> None:
    seen: list[Received] = []

    async def bucket(received: Received) -> Sent:
        seen.append(received)
        return give_film(film_bytes(SHAPE), received)

    async with listening(bucket) as host:
        await delivers(tmp_path, Quirks(film_host=host), "sglang")
        folder = tmp_path / "redirected"
        folder.mkdir()
        await delivers(folder, Quirks(redirects_to=host))
    assert len(seen) == 2
    assert KEY not in json.dumps([dict(one.headers) for one in seen])


async def test_17_our_own_origin_does(tmp_path: Path) -> None:
    async with relay_to(Quirks(relative_url=True), "sglang") as (engine, script):
        await make(engine, tmp_path)
    contents = [one for one in script.received if one.path.endswith("/content")]
    assert [one.headers["authorization"] for one in contents] == [f"Bearer {KEY}"]


async def test_17_a_private_address_is_refused_unless_allowed_by_name(tmp_path: Path) -> None:
    async def bucket(received: Received) -> Sent:
        raise AssertionError("it was asked")

    async with listening(bucket) as host:
        quirks = Quirks(film_host=host, content_early=(404,) * 20)
        async with relay_to(quirks, "sglang", films_from=[]) as (engine, _):
            with pytest.raises(GenerationFailed) as caught:
                await make(engine, tmp_path)
    assert "127.0.0.1" not in caught.value.message


@pytest.mark.parametrize("create", ["html", "empty", "no-id"])
async def test_18_an_answer_without_an_id_is_unknown(tmp_path: Path, create: Any) -> None:
    error = await fails(tmp_path, Quirks(create=create))
    assert error.failure == "upstream_unknown"


async def test_19_times_may_be_in_milliseconds(tmp_path: Path) -> None:
    quirks = Quirks(create="drop-after", creates=1, milliseconds=True)
    await delivers(tmp_path, quirks, "sglang", paid=True)
