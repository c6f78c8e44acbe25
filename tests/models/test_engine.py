"""Every family makes exactly what is asked, tells of it, and stops when told."""

import asyncio
import itertools
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from tests.models import engines, tiny

from filmgate.domain.shape import Sound
from filmgate.domain.worker import ModelState, Readiness
from filmgate.engines.diffusers.engine import Diffusers
from filmgate.engines.diffusers.models import Model
from filmgate.engines.diffusers.residency import Loaded
from filmgate.errors import Cancelled, GenerationFailed
from filmgate.media.probe import prove
from filmgate.media.sound import read_samples
from filmgate.testing.contracts import Listening

pytestmark = [  # what Mochi and Helios say of torch and numpy; none of it is ours to mend
    pytest.mark.filterwarnings("ignore:In CPU autocast"),
    pytest.mark.filterwarnings("ignore:__array_wrap__ must accept"),
]

Folder = Callable[[str], Path]


async def make(
    engine: Diffusers, name: str, scratch: Path, report: Listening, frames: int = 7
) -> Path:
    """One film of a tiny model at its own rate, from a picture where it wants one."""
    wanted = engine.models[name].family.fps
    claimed = engines.video(name, engines.shape(wanted, frames))
    if name.endswith("-i2v"):
        claimed = engines.with_picture(claimed, scratch)
    (film,) = (await engine.generate(claimed, scratch, report)).films
    prove(film, claimed.request.shape)
    return film


@pytest.mark.parametrize("name", list(tiny.BUILDERS))
async def test_a_film_is_what_was_asked_for(name: str, folder: Folder, tmp_path: Path) -> None:
    report = Listening()
    async with engines.opened({name: {"source": str(folder(name))}}) as engine:
        await make(engine, name, tmp_path, report)
    assert len(set(report.told)) >= engines.STEPS
    assert all(one <= other for one, other in itertools.pairwise(report.told))
    assert 0.8 < report.told[-1] <= 1


@pytest.mark.parametrize("name", ["wan-t2v", "hunyuan15-t2v", "ltx2-t2v", "helios-t2v"])
async def test_a_stop_leaves_nothing_behind(name: str, folder: Folder, tmp_path: Path) -> None:
    """Within a step; and the next film is the one that a fresh engine makes."""
    folders = [tmp_path / word for word in ("stopped", "after", "fresh")]
    for path in folders:
        path.mkdir()
    async with engines.opened({name: {"source": str(folder(name))}}) as engine:
        report = Listening(steps=8)
        with pytest.raises(Cancelled):
            await make(engine, name, folders[0], report)
        assert len(report.told) == 8
        assert list(folders[0].iterdir()) == []
        after = (await make(engine, name, folders[1], Listening())).read_bytes()
    async with engines.opened({name: {"source": str(folder(name))}}) as engine:
        assert (await make(engine, name, folders[2], Listening())).read_bytes() == after


@pytest.mark.parametrize(
    ("fps", "frames", "size"),
    [(16, 8, (96, 64)), (30, 12, (96, 64)), (10, 5, (90, 70)), (16, 9, (64, 96))],
)
async def test_any_rate_and_size_is_met(
    fps: int, frames: int, size: tuple[int, int], folder: Folder, tmp_path: Path
) -> None:
    async with engines.opened({"m": {"source": str(folder("wan-t2v"))}}) as engine:
        claimed = engines.video("m", engines.shape(fps, frames, size))
        (film,) = (await engine.generate(claimed, tmp_path, Listening())).films
    prove(film, claimed.request.shape)


async def test_a_film_longer_than_a_run_goes_on_from_its_last_frame(
    folder: Folder, tmp_path: Path
) -> None:
    async with engines.opened({"m": {"source": str(folder("ltx-t2v"))}}) as engine:
        wanted = engines.shape(24, 30)
        model = engine.models["m"]
        assert model.plan(wanted).runs == (33,)
        object.__setattr__(model, "longest", 17)
        assert model.plan(wanted).runs == (17, 17)
        made = await engine.generate(engines.video("m", wanted), tmp_path, Listening())
    prove(made.films[0], wanted)
    assert made.making.render["conformed"] == ["cut", "continued"]


async def test_a_long_film_is_made_in_windows(folder: Folder, tmp_path: Path) -> None:
    """One run, each window over the end of the one before; progress knows how many there are."""
    async with engines.opened({"m": {"source": str(folder("skyreels-df-t2v"))}}) as engine:
        family = engine.models["m"].family
        assert [family.bars(frames) for frames in (97, 101, 177, 181, 257)] == [1, 2, 2, 3, 3]
        wanted = engines.shape(24, 101)
        assert engine.models["m"].plan(wanted).runs == (101,)
        report = Listening()
        made = await engine.generate(engines.video("m", wanted), tmp_path, report)
    prove(made.films[0], wanted)
    assert made.making.render["conformed"] == []
    assert len([share for share in set(report.told) if 0.04 < share < 0.86]) > engines.STEPS


async def test_n_films_are_those_of_n_seeds(folder: Folder, tmp_path: Path) -> None:
    """One after another: in a batch the pixels would be others."""
    async with engines.opened({"m": {"source": str(folder("wan-t2v"))}}) as engine:
        claimed = engines.video("m", engines.shape(16, 9), n=2)
        first, second = (await engine.generate(claimed, tmp_path, Listening())).films
        assert first.read_bytes() != second.read_bytes()
        (tmp_path / "alone").mkdir()
        request = engines.video("m", engines.shape(16, 9))
        seeded = replace(request, request=replace(request.request, seed=claimed.request.seed + 1))
        (alone,) = (await engine.generate(seeded, tmp_path / "alone", Listening())).films
        assert alone.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("name", "picture", "words"),
    [("wan-t2v", True, "from text alone"), ("wan-i2v", False, "needs a picture")],
)
async def test_what_it_cannot_start_from_is_said(
    name: str, picture: bool, words: str, folder: Folder, tmp_path: Path
) -> None:
    async with engines.opened({"m": {"source": str(folder(name))}}) as engine:
        claimed = engines.video("m", engines.shape(16, 9))
        claimed = engines.with_picture(claimed, tmp_path) if picture else claimed
        with pytest.raises(GenerationFailed, match=words):
            await engine.generate(claimed, tmp_path, Listening())


async def test_a_film_of_kandinsky_sounds(folder: Folder, tmp_path: Path) -> None:
    async with engines.opened({"m": {"source": str(folder("kandinsky6-t2v"))}}) as engine:
        claimed = engines.video("m", engines.shape(24, 17))
        (film,) = (await engine.generate(claimed, tmp_path, Listening())).films
    assert prove(film, claimed.request.shape).sound is not None
    with av.open(film) as opened:
        heard = read_samples(opened, 34_000)
    assert heard is not None
    assert np.abs(heard).max() > 0.001


@pytest.mark.parametrize("runs", [1, 2])
async def test_sound_comes_along_exactly_as_long(runs: int, folder: Folder, tmp_path: Path) -> None:
    async with engines.opened({"m": {"source": str(folder("ltx2-t2v"))}}) as engine:
        model = engine.models["m"]
        object.__setattr__(model, "longest", 17 if runs == 1 else 9)
        claimed = engines.video("m", engines.shape(24, 17))
        assert len(model.plan(claimed.request.shape).runs) == runs
        (film,) = (await engine.generate(claimed, tmp_path, Listening())).films
    assert prove(film, claimed.request.shape).sound is not None
    with av.open(film) as opened:
        heard = read_samples(opened, 34_000)
    assert heard is not None
    assert np.abs(heard[:4_000]).max() > 0.001
    assert np.abs(heard[24_000:28_000]).max() > 0.001


async def test_a_card_without_sound_has_none(folder: Folder, tmp_path: Path) -> None:
    async with engines.opened({"m": {"source": str(folder("ltx2-t2v"))}}) as engine:
        wanted = replace(engines.shape(24, 9), sound=Sound.NONE)
        made = await engine.generate(engines.video("m", wanted), tmp_path, Listening())
    assert prove(made.films[0], wanted).sound is None


async def test_a_stop_is_heard_between_blocks(folder: Folder, tmp_path: Path) -> None:
    """A step of a large film takes longer than an engine may take to stop."""

    class Stopping(Listening):
        def progress(self, fraction: float) -> None:
            super().progress(fraction)
            if entered:
                raise Cancelled("in the middle of a step")

    async with engines.opened({"m": {"source": str(folder("wan-t2v"))}}) as engine:
        blocks = engine.residency.load("m").pipe.transformer.blocks
        entered: list[object] = []
        for block in blocks:
            block.register_forward_hook(lambda *_: entered.append(1))
        claimed = engines.video("m", engines.shape(16, 9))
        with pytest.raises(Cancelled):
            await engine.generate(claimed, tmp_path, Stopping())
        assert len(blocks) == 2
        assert len(entered) == 1


async def test_a_stop_does_not_wait_for_a_load(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model may load for minutes; the next video finds what was begun for the stopped one."""
    table = {name: {"source": str(folder(name))} for name in ("wan-t2v", "ltx-t2v")}
    began, may = threading.Event(), threading.Event()
    async with engines.opened(table) as engine:
        bring, brought = engine.residency._bring, list[str]()

        def bring_late(model: Model) -> Loaded:
            began.set()
            assert may.wait(60)
            brought.append(model.name)
            return bring(model)

        monkeypatch.setattr(engine.residency, "_bring", bring_late)
        report = Listening()
        making = asyncio.create_task(make(engine, "wan-t2v", tmp_path, report))
        await asyncio.to_thread(began.wait, 60)
        assert engine.states()["wan-t2v"] == ModelState(Readiness.LOADING)
        report.stop()
        with pytest.raises(Cancelled):
            await asyncio.wait_for(making, 60)
        may.set()
        await make(engine, "wan-t2v", tmp_path, Listening())
        assert brought == ["wan-t2v"]
        assert engine.states() == {
            "wan-t2v": ModelState(Readiness.READY),
            "ltx-t2v": ModelState(Readiness.IDLE),
        }
        assert engine.first_model() == "wan-t2v"


async def test_a_model_is_first_for_its_time_alone(folder: Folder, tmp_path: Path) -> None:
    async with engines.opened({"wan-t2v": {"source": str(folder("wan-t2v"))}}, stay_s=0) as engine:
        await make(engine, "wan-t2v", tmp_path, Listening())
        assert engine.residency.resident == "wan-t2v"
        assert engine.first_model() is None


async def test_a_model_that_cannot_be_loaded_says_why_without_a_path(
    folder: Folder, tmp_path: Path
) -> None:
    broken = shutil.copytree(folder("wan-t2v"), tmp_path / "broken")
    (broken / "transformer" / "config.json").write_text('{"num_layers": "many"}')
    table = {"m": {"source": str(broken)}, "good": {"source": str(folder("wan-t2v"))}}
    async with engines.opened(table) as engine:
        claimed = engines.video("m", engines.shape(16, 5))
        with pytest.raises(GenerationFailed):
            await engine.generate(claimed, tmp_path, Listening())
        state = engine.states()["m"]
        assert state.readiness is Readiness.FAILED
        assert state.why
        assert str(tmp_path) not in state.why
        await make(engine, "good", tmp_path, Listening())
