"""Real architectures at real size with random weights, on a GPU: nothing is downloaded.

    python bench/gpu.py [NAME …] [--folder DIR] [--steps 10] [--variants plain,first_block,…]

For each model and variant: seconds a step, seconds a film of its own steps (computed from those
measured, decoding included), and the peak of the device's memory. The weights are random, so the
pictures are noise; the work is the same. The text encoder is one layer of the real width: it runs
once a film and is left out of the figures. Beside them, as published: SGLang Diffusion, one H100,
Wan 2.1 1.3B, 25 frames at 832×480, 50 steps: 8.1 s; 4.7 s with a step cache.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import diffusers as d
import torch
from tests.models import tiny

from filmgate.domain.shape import Shape
from filmgate.domain.video import Request
from filmgate.engines.diffusers import device
from filmgate.engines.diffusers.films import Film, RenderJob, Silence
from filmgate.engines.diffusers.models import find
from filmgate.engines.diffusers.options import ModelOptions, Options
from filmgate.engines.diffusers.residency import Residency

VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {"offload": "none"},
    "tiled": {"offload": "none", "tiling": "on"},
    "model offload": {"offload": "model"},
    "group offload": {"offload": "group"},
    "compiled": {"offload": "none", "compile": True},
    "first_block": {"offload": "none", "cache": "first_block"},
    "taylorseer": {"offload": "none", "cache": "taylorseer"},
    "fp8 storage": {"offload": "none", "quantisation": "layerwise-fp8"},
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A model to build, and the frames to make of it."""

    build: Callable[[], Any]
    size: tuple[int, int]
    frames: tuple[int, ...]


def umt5() -> dict[str, Any]:
    """UMT5 XXL, but for its layers: one."""
    return tiny.umt5(d_model=4096, d_kv=64, d_ff=10240, num_heads=64)


def wan_1_3b() -> Any:
    """Wan 2.1 T2V 1.3B."""
    transformer = d.WanTransformer3DModel(num_attention_heads=12, num_layers=30, ffn_dim=8960)
    vae = d.AutoencoderKLWan()
    return d.WanPipeline(**umt5(), vae=vae, scheduler=tiny.unipc(), transformer=transformer)


def wan_5b() -> Any:
    """Wan 2.2 TI2V 5B."""
    transformer = d.WanTransformer3DModel(
        num_attention_heads=24, num_layers=30, ffn_dim=14336, in_channels=48, out_channels=48
    )
    widths = {"base_dim": 160, "decoder_base_dim": 256, "dim_mult": [1, 2, 4, 4]}
    return d.WanPipeline(
        **umt5(),
        vae=tiny.wan_vae_48(**widths, num_res_blocks=2),
        scheduler=tiny.unipc(),
        transformer=transformer,
        expand_timesteps=True,
    )


def ltx_2() -> Any:
    """LTX-2, 19B, with its sound; Gemma 3 is one layer of the real width."""
    width = 3840
    connectors = d.pipelines.ltx2.LTX2TextConnectors(
        caption_channels=width,
        text_proj_in_factor=2,  # hidden layers of the text encoder + 1
        video_connector_num_attention_heads=30,
        video_connector_attention_head_dim=128,
        video_connector_num_layers=2,
        video_connector_num_learnable_registers=128,
        audio_connector_num_attention_heads=30,
        audio_connector_attention_head_dim=128,
        audio_connector_num_layers=2,
        audio_connector_num_learnable_registers=128,
        connector_rope_base_seq_len=4096,
        rope_theta=10000.0,
        rope_double_precision=True,
        causal_temporal_positioning=False,
    )
    own = {
        **tiny.gemma3(
            hidden_size=width,
            intermediate_size=15360,
            head_dim=256,
            num_attention_heads=16,
            num_key_value_heads=8,
            num_hidden_layers=1,
        ),
        "transformer": d.LTX2VideoTransformer3DModel(),
        "connectors": connectors,
        "vae": d.AutoencoderKLLTX2Video(),
        "audio_vae": d.AutoencoderKLLTX2Audio(),
        "vocoder": d.pipelines.ltx2.LTX2Vocoder(),
    }
    return d.LTX2Pipeline(**tiny.ltx2_parts() | own)


def hunyuan_15() -> Any:
    """HunyuanVideo 1.5 T2V, 8.3B; its text parts are tiny, and what they enter by."""
    transformer = d.HunyuanVideo15Transformer3DModel(
        task_type="t2v", text_embed_dim=16, text_embed_2_dim=tiny.WIDTH
    )
    parts = tiny.hunyuan15_parts("t2v")
    own = {"transformer": transformer, "vae": d.AutoencoderKLHunyuanVideo15()}
    return d.HunyuanVideo15Pipeline(**parts | own)


SUBJECTS = {
    "wan2.1-t2v-1.3b": Subject(wan_1_3b, (832, 480), (25, 81)),
    "wan2.2-ti2v-5b": Subject(wan_5b, (1280, 704), (121,)),
    "hunyuanvideo-1.5": Subject(hunyuan_15, (848, 480), (121,)),
    "ltx-2": Subject(ltx_2, (768, 512), (121,)),
    "tiny": Subject(lambda: tiny.build("wan-t2v"), (96, 64), (9,)),
}


def save(name: str, folder: Path) -> Path:
    """Build a model in half precision and save it, unless it lies there."""
    target = folder / name
    if not (target / "model_index.json").exists():
        torch.manual_seed(0)
        before = torch.get_default_dtype()
        torch.set_default_dtype(torch.bfloat16)
        try:
            SUBJECTS[name].build().save_pretrained(target, safe_serialization=True)
        finally:
            torch.set_default_dtype(before)
    return target


def seconds(home: Residency, subject: Subject, frames: int, steps: int) -> float:
    """How long one run takes, decoded and brought over."""
    loaded = home.load("m")
    fps = loaded.model.family.fps
    width, height = subject.size
    shape = Shape(width=width, height=height, fps=fps, duration_ms=round(frames * 1000 / fps))
    words = {"num_inference_steps": steps}
    job = RenderJob(
        request=Request(model="m", prompt="a kite", shape=shape, seed=1, extras=words),
        shape=shape,
        loaded=loaded,
        plan=loaded.model.plan(shape),
        scratch=Path(),
        place=home.place,
        retime="hold",
        report=Silence(),
    )
    began = time.perf_counter()
    for _ in Film(job, 0).native():
        pass
    return time.perf_counter() - began


def rows(name: str, folder: Path, variants: list[str], steps: int) -> Iterator[str]:
    """Measure a model in each variant that it takes."""
    subject, place = SUBJECTS[name], device.find("auto")
    for variant in variants:
        own = ModelOptions.model_validate(VARIANTS[variant] | {"source": str(save(name, folder))})
        if own.cache and own.cache not in find_family(folder / name).caches:
            continue
        home = Residency({"m": find("m", own, Options())}, Options(), place)
        for frames in subject.frames:
            seconds(home, subject, frames, 2)
            device.watch_peak(place)
            few, many = (seconds(home, subject, frames, count) for count in (2, 2 + steps))
            step = (many - few) / steps
            whole = few + step * (home.load("m").model.family.steps - 2)
            size = "x".join(map(str, subject.size))
            yield (
                f"| {name} | {size}, {frames} | {variant} | {step:.3f} | {whole:.1f} | "
                f"{device.peak_mib(place) / 1024:.1f} |"
            )
        home.unload()


def find_family(path: Path) -> Any:
    """The family of a saved folder."""
    return find("m", ModelOptions(source=str(path)), Options()).family


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", default=[n for n in SUBJECTS if n != "tiny"])
    parser.add_argument("--folder", type=Path, help="where the random weights are kept")
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--variants", default=",".join(VARIANTS))
    given = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        place = device.find("auto")
        shown = torch.cuda.get_device_name() if place.startswith("cuda") else place
        print(f"{shown}, torch {torch.__version__}, diffusers {d.__version__}\n")
        print("| model | size, frames | variant | s a step | s a film | GiB at the peak |")
        print("| --- | --- | --- | --- | --- | --- |")
        for name in given.names:
            for row in rows(name, folder, given.variants.split(","), given.steps):
                print(row, flush=True)


if __name__ == "__main__":
    main()
