"""Remix, edit and extend of real models, through the API; and longer than one run."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.models import engines
from tests.models.serving import ask, fetch, finish

from filmgate.domain.source import Source, Verb
from filmgate.engines.base import SOURCE
from filmgate.media.decode import read_frames
from filmgate.media.probe import prove, reading
from filmgate.media.sound import read_samples
from filmgate.testing.contracts import Listening
from filmgate.testing.served import Served, served

Folder = Callable[[str], Path]
Frames = np.ndarray[Any, Any]


@pytest.fixture(scope="module")
def server(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    names = ("wan-t2v", "wan-i2v", "ltx2-t2v")
    models = {name: {"source": str(folder(name))} for name in names}
    options = {"models": models, "device": "cpu", "threads": 1}
    tables = {"animatic": {"workers": 0}, "tiny": {"kind": "diffusers", "options": options}}
    with served(tmp_path_factory.mktemp("following"), engines=json.dumps(tables)) as found:
        yield found


def follow(server: Served, verb: str, source: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A video that follows another."""
    paths = {"remix": f"/v1/videos/{source['id']}/remix"}
    body = {"prompt": "in the rain", "video": {"id": source["id"]}} | fields
    if verb in paths:
        del body["video"]
    answer = server.client.post(paths.get(verb, f"/v1/videos/{verb}s"), json=body)
    assert answer.status_code == 200, answer.text
    created: dict[str, Any] = answer.json()
    assert created["remixed_from_video_id"] == source["id"]
    return created


def pictures(film: Path) -> Frames:
    """Its frames, one after another."""
    return np.stack(list(read_frames(film, "rgb24"))).astype(int)


@pytest.mark.process
def test_a_remix_is_made_with_the_seed_and_settings_of_its_source(
    server: Served, tmp_path: Path
) -> None:
    source = ask(server, "wan-t2v", seed=11, num_inference_steps=4)
    film = fetch(server, source, tmp_path / "source.mp4")
    again = follow(server, "remix", source, prompt="a red kite")
    assert fetch(server, again, tmp_path / "again.mp4").read_bytes() == film.read_bytes()
    other = follow(server, "remix", source)
    assert fetch(server, other, tmp_path / "other.mp4").read_bytes() != film.read_bytes()
    assert server.video(other["id"])["metadata"]["seed"] == 11


@pytest.mark.process
def test_an_edit_keeps_length_and_structure(server: Served, tmp_path: Path) -> None:
    source = ask(server, "wan-t2v", seed=11, fps=24)
    before = pictures(fetch(server, source, tmp_path / "source.mp4"))
    edit = follow(server, "edit", source)
    film = fetch(server, edit, tmp_path / "edit.mp4")
    prove(film, engines.shape(24, 12))
    assert server.video(edit["id"])["seconds"] == source["seconds"]
    assert not np.array_equal(pictures(film), before)


@pytest.mark.process
@pytest.mark.parametrize("name", ["wan-i2v", "ltx2-t2v"])
def test_an_extension_is_one_film_of_the_source_and_more(
    name: str, server: Served, tmp_path: Path
) -> None:
    picture = {"image": engines.data_url()} if name.endswith("i2v") else {}
    source = ask(server, name, seed=11, **picture)
    before = fetch(server, source, tmp_path / "source.mp4")
    longer = follow(server, "extension", source, seconds=4)
    film = fetch(server, longer, tmp_path / "longer.mp4")
    done = server.video(longer["id"])
    fps = done["metadata"]["fps"]
    assert done["seconds"] == "4.5"
    found = prove(film, engines.shape(fps, fps // 2 + 4 * fps))
    seam = fps // 2
    frames, there = pictures(film), pictures(before)
    assert np.array_equal(frames[:seam], there)
    assert not np.array_equal(frames[seam], frames[seam - 1])
    if name == "ltx2-t2v":
        assert found.sound is not None
        with reading(film) as (opened, _):
            heard = read_samples(opened, 48_000 * 9 // 2)
        assert heard is not None
        assert np.abs(heard[48_000:]).max() > 0.001


@pytest.mark.process
def test_what_a_model_cannot_do_is_refused_at_once(server: Served) -> None:
    source = ask(server, "wan-t2v")
    assert finish(server, source)["error"] is None
    body = {"prompt": "more", "video": {"id": source["id"]}, "seconds": 4}
    refused = server.client.post("/v1/videos/extensions", json=body)
    assert refused.status_code == 400
    assert "wan-t2v can edit, remix" in refused.json()["error"]["message"]


@pytest.mark.parametrize("name", ["wan-t2v", "cogvideox-t2v"])
async def test_an_edit_follows_the_film_under_it(name: str, folder: Folder, tmp_path: Path) -> None:
    """Less of it made anew is nearer to the source; longer than a run, each has its own part."""
    async with engines.opened({"m": {"source": str(folder(name))}}) as engine:
        model = engine.models["m"]
        shape = engines.shape(model.family.fps, 17)
        claimed = engines.video("m", shape, num_inference_steps=10)
        (film,) = (await engine.generate(claimed, tmp_path, Listening())).films
        film.rename(tmp_path / SOURCE)
        before = pictures(tmp_path / SOURCE)
        source = Source(
            verb=Verb.EDIT,
            film="film",
            width=shape.width,
            height=shape.height,
            fps=shape.fps,
            duration_ms=shape.duration_ms,
        )
        request = replace(claimed.request, prompt="in the rain", source=source)
        edit = model.family.edit
        assert edit is not None
        far = {}
        for strength in (0.2, 1.0):
            changed = edit.model_copy(update={"strength": strength})
            object.__setattr__(model, "family", model.family.model_copy(update={"edit": changed}))
            object.__setattr__(model, "longest", 9)
            assert model.plan(shape, edits=True).runs == (9, 9)
            made = await engine.generate(replace(claimed, request=request), tmp_path, Listening())
            prove(made.films[0], shape)
            far[strength] = np.abs(pictures(made.films[0]) - before).mean()
    assert far[0.2] < far[1.0]
