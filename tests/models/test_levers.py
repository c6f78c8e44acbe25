"""What makes a model fit or run faster: proved by counts of calls and by pixels."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.models import engines, tiny

from filmgate.domain.states import Failure
from filmgate.engines.base import PICTURE
from filmgate.engines.diffusers import films
from filmgate.engines.diffusers.engine import Diffusers
from filmgate.engines.diffusers.families import families
from filmgate.engines.diffusers.films import Film, RenderJob
from filmgate.engines.diffusers.models import find
from filmgate.engines.diffusers.options import ModelOptions, Options
from filmgate.engines.diffusers.residency import Residency
from filmgate.errors import GenerationFailed, MissingPart, SettingsError
from filmgate.media.probe import prove
from filmgate.testing.contracts import Listening

pytestmark = [
    pytest.mark.filterwarnings("ignore:In CPU autocast"),
    pytest.mark.filterwarnings("ignore:torch.meshgrid"),  # of diffusers' FasterCache
]

Folder = Callable[[str], Path]
Frames = np.ndarray[Any, Any]


def residency(path: Path, **own: Any) -> Residency:
    """A model of that folder under the name `m`, with options of its own."""
    model = find("m", ModelOptions.model_validate(own | {"source": str(path)}), Options())
    return Residency({"m": model}, Options(), "cpu")


def frames(home: Residency, scratch: Path | None = None, **extras: Any) -> Frames:
    """Nine frames of the model, as it makes them; from the picture in `scratch`, if it is given."""
    loaded = home.load("m")
    wanted = engines.shape(loaded.model.family.fps, loaded.model.law.count(9))
    claimed = engines.video("m", wanted, **extras)
    job = RenderJob(
        request=replace(claimed.request, picture=PICTURE if scratch else None),
        shape=wanted,
        loaded=loaded,
        plan=loaded.model.plan(wanted),
        scratch=scratch or Path(),
        place="cpu",
        retime="flow",
        report=Listening(),
    )
    return np.stack(list(Film(job, 0).native()))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A scratch folder with a picture in it."""
    engines.picture().save(tmp_path / PICTURE, "PNG")
    return tmp_path


@contextmanager
def counted(home: Residency) -> Iterator[list[int]]:
    """How often a linear layer of the transformer is called."""
    import torch

    calls = [0]

    def count(*_: object) -> None:
        calls[0] += 1

    transformer = home.load("m").pipe.transformer
    layers = [part for part in transformer.modules() if isinstance(part, torch.nn.Linear)]
    handles = [layer.register_forward_hook(count) for layer in layers]
    yield calls
    for handle in handles:
        handle.remove()


@pytest.mark.parametrize("offload", ["model", "group"])
@pytest.mark.parametrize(
    "name", ["wan-t2v", "wan22-5b-t2v", "ltx2-t2v", "hunyuan15-t2v", "kandinsky6-t2v"]
)
def test_parts_and_blocks_that_come_and_go_change_no_pixel(
    name: str, offload: str, folder: Folder
) -> None:
    """By more than the last bit: where weights lie in memory decides how MKL sums them."""
    there = frames(residency(folder(name))).astype(int)
    moved = frames(residency(folder(name), offload=offload)).astype(int)
    assert np.abs(moved - there).max() <= 1


@pytest.mark.parametrize("offload", ["none", "model", "group"])
def test_one_set_of_weights_serves_both_classes(
    offload: str, folder: Folder, picture: Path
) -> None:
    home = residency(folder("wan22-5b-t2v"), offload=offload)
    text = frames(home)
    moved = frames(home, picture)
    assert np.array_equal(frames(home), text)
    assert np.array_equal(frames(home, picture), moved)
    fresh = residency(folder("wan22-5b-t2v"))
    assert np.array_equal(frames(fresh, picture), moved)


CACHES = [(family.text, name) for family in families().values() for name in sorted(family.caches)]
TINY = {
    "WanPipeline": "wan-t2v",
    "LTXPipeline": "ltx-t2v",
    "LTX2Pipeline": "ltx2-t2v",
    "HunyuanVideoPipeline": "hunyuan-t2v",
    "HunyuanVideo15Pipeline": "hunyuan15-t2v",
    "CogVideoXPipeline": "cogvideox-t2v",
    "MochiPipeline": "mochi-t2v",
    "Kandinsky5T2VPipeline": "kandinsky5-t2v",
}


@pytest.mark.parametrize(("class_name", "cache"), sorted(set(CACHES)))
def test_a_step_cache_leaves_work_out_and_nothing_behind(
    class_name: str, cache: str, folder: Folder
) -> None:
    path = folder(TINY[class_name])
    steps: dict[str, Any] = {"num_inference_steps": 8}
    plain = residency(path)
    with counted(plain) as all_calls:
        frames(plain, **steps)
    own = {"mag_ratios": [1.0] * 8} if cache == "magcache" else {}
    cached = residency(path, cache=cache, cache_threshold=1.0, **own)
    with counted(cached) as fewer_calls:
        once = frames(cached, **steps)
    assert 0 < fewer_calls[0] < all_calls[0]
    assert np.array_equal(frames(cached, **steps), once)


def test_a_step_cache_that_does_nothing_is_refused(folder: Folder) -> None:
    with pytest.raises(SettingsError, match="leaves nothing out in WanPipeline; what does: first"):
        residency(folder("wan-t2v"), cache="taylorseer")
    with pytest.raises(SettingsError, match="what does: none"):
        residency(folder("sana-t2v"), cache="first_block")


def test_magcache_needs_what_its_weights_were_measured_to_do(folder: Folder) -> None:
    with pytest.raises(SettingsError, match="needs mag_ratios"):
        residency(folder("wan-t2v"), cache="magcache")
    with pytest.raises(SettingsError, match="counts steps of one expert"):
        residency(folder("wan22-t2v"), cache="magcache", mag_ratios=[1.0])


def test_magcache_fits_any_number_of_steps(folder: Folder) -> None:
    """The ratios are of twelve; a run of eight, and one of five after it, leave work out."""
    home = residency(
        folder("wan-t2v"), cache="magcache", cache_threshold=1.0, mag_ratios=[1.0] * 12
    )
    counts = []
    for steps in (8, 5):
        with counted(home) as calls:
            frames(home, num_inference_steps=steps)
        counts.append(calls[0] / steps)
    with counted(plain := residency(folder("wan-t2v"))) as whole:
        frames(plain, num_inference_steps=8)
    assert all(count < whole[0] / 8 for count in counts)


def test_what_is_not_installed_is_named(folder: Folder) -> None:
    with pytest.raises(MissingPart, match="needs torchao: pip install torchao"):
        residency(folder("wan-t2v"), quantisation="torchao-int8").load("m")
    with pytest.raises(MissingPart, match="attention is 'sage'"):
        residency(folder("wan-t2v"), attention="sage").load("m")
    with pytest.raises(SettingsError, match="attention is 'nonsense'"):
        residency(folder("wan-t2v"), attention="nonsense").load("m")


def test_an_attention_backend_leaves_with_its_model(folder: Folder) -> None:
    from diffusers.models import attention_dispatch

    def active() -> str:
        return str(attention_dispatch._AttentionBackendRegistry._active_backend.value)

    before = active()
    home = residency(folder("wan-t2v"), attention="_native_math")
    home.load("m")
    home.unload()
    assert active() == before


def test_storage_in_eight_bits_makes_nearly_the_same(folder: Folder) -> None:
    exact = frames(residency(folder("wan-t2v"))).astype(int)
    small = frames(residency(folder("wan-t2v"), quantisation="layerwise-fp8")).astype(int)
    assert 0 < np.abs(exact - small).mean() < 20


def test_tiles_are_decoded(folder: Folder) -> None:
    home = residency(folder("wan-t2v"), tiling="on")
    assert home.load("m").pipe.vae.use_tiling is True
    assert frames(home).shape == (9, 64, 96, 3)


def lora(name: str, folder: Path) -> dict[str, Any]:
    """A LoRA of random weights, as the settings name it."""
    path = tiny.save_lora(name, folder)
    return {"kite.v1": {"path": str(path), "weight": 1.0}}


@pytest.mark.filterwarnings("ignore:Already found a `peft_config`")
@pytest.mark.parametrize("name", ["wan-t2v", "wan22-t2v", "ltx2-t2v", "cogvideox-t2v"])
def test_a_lora_counts_while_it_is_asked_for(name: str, folder: Folder, tmp_path: Path) -> None:
    home = residency(folder(name), loras=lora(name, tmp_path))
    base = frames(home)
    with_lora = frames(home, loras=["kite.v1"])
    assert not np.array_equal(with_lora, base)
    assert np.array_equal(frames(home), base)
    assert np.array_equal(frames(home, loras={"kite.v1": 1}), with_lora)
    weaker = frames(home, loras={"kite.v1": 0.3})
    assert not np.array_equal(weaker, with_lora)
    if name == "wan22-t2v":
        second = home.load("m").pipe.transformer_2
        assert "kite_v1" in second.peft_config


def test_a_lora_with_blocks_that_come_and_go(folder: Folder, tmp_path: Path) -> None:
    loras = lora("wan-t2v", tmp_path)
    there = frames(residency(folder("wan-t2v"), loras=loras), loras=["kite.v1"])
    home = residency(folder("wan-t2v"), loras=loras, offload="group")
    assert np.array_equal(frames(home, loras=["kite.v1"]), there)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["other"], "no LoRA 'other' for this model; there are: kite.v1"),
        ({"kite.v1": "much"}, "must be a number"),
        (7, "list of names"),
    ],
)
def test_loras_that_cannot_be_are_refused(
    asked: Any, words: str, folder: Folder, tmp_path: Path
) -> None:
    home = residency(folder("wan-t2v"), loras=lora("wan-t2v", tmp_path))
    with pytest.raises(GenerationFailed, match=words):
        frames(home, loras=asked)


def test_a_family_without_loras_says_so(folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="takes no LoRAs"):
        residency(folder("hunyuan15-t2v"), loras={"a": {"path": str(tmp_path)}})


async def fails_for_memory(engine: Diffusers, scratch: Path) -> None:
    with pytest.raises(GenerationFailed, match="ran out of memory: ask for a smaller") as caught:
        await engine.generate(engines.video("m", engines.shape(16, 9)), scratch, Listening())
    assert caught.value.failure == Failure.OUT_OF_MEMORY


async def test_out_of_memory_ends_one_video_and_no_other(folder: Folder, tmp_path: Path) -> None:
    import torch

    def refuse(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 7.70 GiB")

    async with engines.opened({"m": {"source": str(folder("wan-t2v"))}}) as engine:
        claimed = engines.video("m", engines.shape(16, 9))
        before = (await engine.generate(claimed, tmp_path, Listening())).films[0].read_bytes()
        transformer = engine.residency.load("m").pipe.transformer
        handle = transformer.register_forward_pre_hook(refuse)
        (tmp_path / "failed").mkdir()
        await fails_for_memory(engine, tmp_path / "failed")
        assert list((tmp_path / "failed").iterdir()) == []
        handle.remove()
        after = (await engine.generate(claimed, tmp_path, Listening())).films[0].read_bytes()
    assert after == before


async def test_decoding_that_runs_out_is_done_in_tiles(folder: Folder, tmp_path: Path) -> None:
    import torch

    asked: list[bool] = []
    async with engines.opened({"m": {"source": str(folder("wan-t2v"))}}) as engine:
        vae = engine.residency.load("m").pipe.vae

        def refuse(*_: object) -> None:
            asked.append(vae.use_tiling)
            if not vae.use_tiling:
                raise torch.OutOfMemoryError("CUDA out of memory")

        handle = vae.decoder.register_forward_pre_hook(refuse)
        claimed = engines.video("m", engines.shape(16, 9))
        (film,) = (await engine.generate(claimed, tmp_path, Listening())).films
        handle.remove()
        assert vae.use_tiling is False
    prove(film, claimed.request.shape)
    assert asked[:3] == [False, False, True]


async def test_models_take_turns_on_the_device(folder: Folder, tmp_path: Path) -> None:
    table = {name: {"source": str(folder(name))} for name in ("wan-t2v", "ltx-t2v")}
    async with engines.opened(table) as engine:
        assert engine.residency.resident is None
        made: dict[str, bytes] = {}
        for turn, name in enumerate(("wan-t2v", "ltx-t2v", "wan-t2v")):
            scratch = tmp_path / str(turn)
            scratch.mkdir()
            claimed = engines.video(name, engines.shape(16, 9))
            (film,) = (await engine.generate(claimed, scratch, Listening())).films
            assert engine.residency.resident == name
            assert made.setdefault(name, film.read_bytes()) == film.read_bytes()


async def test_an_idle_model_leaves_the_device(folder: Folder, tmp_path: Path) -> None:
    table = {"m": {"source": str(folder("wan-t2v"))}}
    async with engines.opened(table, idle_unload_s=3600) as engine:
        assert engine.residency.resident == "m"
        claimed = engines.video("m", engines.shape(16, 9))
        await engine.generate(claimed, tmp_path, Listening())
        assert engine.waiting is not None
        await engine.unload()
        assert engine.residency.resident is None
        again = replace(claimed, request=replace(claimed.request, seed=8))
        await engine.generate(again, tmp_path, Listening())
        assert engine.residency.resident == "m"


async def test_a_model_warms_up_before_its_first_request(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "WARM_FRAMES", 1)  # of the real size, which is slow on a processor
    for name in ("wan-t2v", "wan-i2v"):
        table = {"m": {"source": str(folder(name))}}
        async with engines.opened(table, warm_up=True) as engine:
            loaded = engine.residency.load("m")
            assert loaded.pipes
