"""A workflow of the operator's is a model."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.unit.engines.relay.relays import SHAPE, Reported, a_row, make, relay, upstream

from filmgate.engines.base import PICTURE
from filmgate.engines.relay.comfyui.server import prompt_of
from filmgate.engines.relay.engine import Relay
from filmgate.errors import Cancelled, GenerationFailed, SettingsError
from filmgate.media.probe import prove
from filmgate.testing.upstream.comfyui import FakeComfy, fake_comfy, workflow

PLACES = {
    "prompt": "title:Positive.text",
    "negative_prompt": "title:Negative.inputs.text",
    "seed": "8.inputs.seed",
    "width": "5.inputs.width",
    "height": "5.inputs.height",
    "frames": "5.inputs.length",
    "fps": "10.inputs.fps",
    "image": "9.inputs.image",
    "filename_prefix": "11.inputs.filename_prefix",
}


def table(comfy: FakeComfy, folder: Path, graph: Any = None, **described: Any) -> dict[str, Any]:
    """The table of an upstream with one workflow."""
    file = folder / "wan.json"
    file.write_text(json.dumps(graph or workflow()))
    workflows = {str(file): {"places": PLACES} | described}
    models, settings = {"film": str(file)}, {"workflows": workflows}
    return upstream(comfy.url, "comfyui", models=models, settings=settings)


@asynccontextmanager
async def relay_to_comfy(folder: Path, **switches: Any) -> AsyncIterator[tuple[Relay, FakeComfy]]:
    async with (
        fake_comfy(**switches) as comfy,
        relay(upstreams={"comfy": table(comfy, folder)}) as engine,
    ):
        yield engine, comfy


@pytest.mark.parametrize("key", ["images", "gifs"])
@pytest.mark.parametrize("old", [False, True])
async def test_an_order_fills_the_places_and_the_film_comes(
    tmp_path: Path, key: str, old: bool
) -> None:
    async with relay_to_comfy(tmp_path, key=key, old=old, looks=4) as (engine, comfy):
        (film,) = await make(engine, tmp_path, a_row(extras={"negative_prompt": "rain"}))
    prove(film, SHAPE)
    (prompt, body), graph = next(iter(comfy.prompts.items())), workflow()
    graph["6"]["inputs"]["text"] = "a cat"
    graph["7"]["inputs"]["text"] = "rain"
    graph["8"]["inputs"]["seed"] = 7
    graph["5"]["inputs"] |= {"width": 128, "height": 96, "length": 10}
    graph["10"]["inputs"]["fps"] = 10.0
    graph["11"]["inputs"]["filename_prefix"] = f"filmgate/{prompt}/film"
    assert body["prompt"] == graph
    assert prompt == prompt_of("video_1-0-1")
    assert comfy.counts["POST prompt"] == 1


async def test_a_models_own_rate_and_frames(tmp_path: Path) -> None:
    async with fake_comfy() as comfy:
        options = table(comfy, tmp_path, native_fps=16, frame_step=4)
        async with relay(upstreams={"comfy": options}) as engine:
            (film,) = await make(engine, tmp_path)
    prove(film, SHAPE)
    (body,) = comfy.prompts.values()
    assert body["prompt"]["5"]["inputs"]["length"] == 17


async def test_a_picture_is_uploaded(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / PICTURE, "PNG")
    async with relay_to_comfy(tmp_path) as (engine, comfy):
        await make(engine, tmp_path, a_row(picture="videos/video_1/picture"))
    (body,) = comfy.prompts.values()
    assert body["prompt"]["9"]["inputs"]["image"] == "filmgate/up.png"
    assert comfy.uploads["filmgate"].startswith(b"\x89PNG")


async def test_a_lost_answer_is_found_by_the_id_and_not_queued_again(tmp_path: Path) -> None:
    async with relay_to_comfy(tmp_path, drops=True) as (engine, comfy):
        await make(engine, tmp_path)
    assert comfy.counts["POST prompt"] == 1


async def test_progress_comes_from_the_socket(tmp_path: Path) -> None:
    nodes = {
        "4": {"value": 1, "max": 1, "state": "finished"},
        "8": {"value": 10, "max": 20, "state": "running"},
    }
    says = ({"type": "progress_state", "data": {"nodes": nodes}},)
    report = Reported()
    async with relay_to_comfy(tmp_path, says=says, looks=60) as (engine, _):
        await make(engine, tmp_path, report=report)
    assert any(0.3 < share < 0.6 for share in report.told)
    assert report.told == sorted(report.told)


async def test_a_film_of_a_server_that_restarted_is_found_in_our_folder(tmp_path: Path) -> None:
    async with relay_to_comfy(tmp_path) as (engine, comfy):
        report = Reported()
        await make(engine, tmp_path, report=report)
        comfy.restart()
        again = tmp_path / "again"
        again.mkdir()
        (film,) = await make(engine, again, a_row(report.tokens[-1]))
        prove(film, SHAPE)
    assert comfy.counts["POST prompt"] == 1


async def test_work_that_a_restart_lost_is_sent_anew(tmp_path: Path) -> None:
    async with relay_to_comfy(tmp_path, looks=10) as (engine, comfy):
        report = Reported()
        report.heard = lambda token: comfy.restart() if token.count("sent") else None
        comfy.looks = 10**6

        def lose(token: str) -> None:
            if '"sent"' in token and comfy.counts["POST prompt"] == 1:
                comfy.restart()
                comfy.looks = 2

        report.heard = lose
        await make(engine, tmp_path, report=report)
    assert comfy.counts["POST prompt"] == 2
    assert list(comfy.prompts) == [prompt_of("video_1-0-2")]


@pytest.mark.parametrize("old", [False, True])
async def test_a_cancel_stops_ours_and_no_other(tmp_path: Path, old: bool) -> None:
    report = Reported()
    async with relay_to_comfy(tmp_path, looks=10**6, old=old) as (engine, comfy):

        def stop(share: float) -> None:
            if comfy.seen:
                report.stop = Cancelled("cancelled")

        report.on_progress = stop
        with pytest.raises(Cancelled):
            await make(engine, tmp_path, report=report)
    assert not comfy.prompts
    assert None not in comfy.interrupted


@pytest.mark.parametrize("old", [False, True])
async def test_a_failure_is_told(tmp_path: Path, old: bool) -> None:
    error = {"exception_type": "torch.OutOfMemoryError", "exception_message": "Allocation failed"}
    async with relay_to_comfy(tmp_path, error=error, old=old) as (engine, _):
        with pytest.raises(GenerationFailed, match="Allocation failed") as caught:
            await make(engine, tmp_path)
    assert caught.value.failure == "out_of_memory"


async def test_a_refusal_names_the_node(tmp_path: Path) -> None:
    async with relay_to_comfy(tmp_path, refuses=True) as (engine, _):
        with pytest.raises(GenerationFailed, match="Prompt failed; KSampler: Value not in list"):
            await make(engine, tmp_path)


async def test_a_graph_of_which_a_part_was_dropped_is_taken_back(tmp_path: Path) -> None:
    trouble = {"11": {"class_type": "SaveVideo", "errors": [{"message": "Required input"}]}}
    async with relay_to_comfy(tmp_path, node_errors=trouble) as (engine, comfy):
        with pytest.raises(GenerationFailed, match="SaveVideo: Required input"):
            await make(engine, tmp_path)
    assert not comfy.prompts


async def test_what_the_server_lacks_is_said_at_the_start(tmp_path: Path) -> None:
    graph = workflow()
    graph["4"]["inputs"]["ckpt_name"] = "absent.safetensors"
    graph["8"]["class_type"] = "SomebodysSampler"
    async with fake_comfy() as comfy:
        with pytest.raises(SettingsError) as caught:
            async with relay(upstreams={"comfy": table(comfy, tmp_path, graph)}):
                pass
    assert "the node class SomebodysSampler" in caught.value.message
    assert "ckpt_name 'absent.safetensors' of node 4" in caught.value.message


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        ({"nodes": [], "links": []}, "save it as Export"),
        ({"1": {"inputs": {}}}, "no workflow in API format"),
        ({"1": {"class_type": "X", "inputs": {}}}, "0 nodes with the title 'Positive'"),
    ],
)
async def test_what_is_no_workflow_is_refused(tmp_path: Path, graph: Any, message: str) -> None:
    async with fake_comfy() as comfy:
        with pytest.raises(SettingsError, match=message):
            async with relay(upstreams={"comfy": table(comfy, tmp_path, graph)}):
                pass


async def test_a_client_never_gives_a_graph(tmp_path: Path) -> None:
    async with relay_to_comfy(tmp_path) as (engine, comfy):
        row = a_row(extras={"negative_prompt": {"class_type": "Shell"}, "workflow": "{}"})
        await make(engine, tmp_path, row)
    (body,) = comfy.prompts.values()
    assert body["prompt"]["7"]["inputs"]["text"] == "bad"
    assert {node["class_type"] for node in body["prompt"].values()} == {
        node["class_type"] for node in workflow().values()
    }
