"""Step caches: what leaves work out between steps, in diffusers' own words."""

from typing import Any

from filmgate.engines.diffusers.families import Family
from filmgate.engines.diffusers.libraries import libraries
from filmgate.engines.diffusers.options import ModelOptions


def switch_on(transformer: Any, options: ModelOptions) -> None:
    """Let a transformer leave work out from now on, if its cache can do so without the run."""
    _, diffusers = libraries()
    match options.cache:
        case "first_block":
            config = diffusers.FirstBlockCacheConfig(threshold=options.cache_threshold)
        case "taylorseer":
            config = diffusers.TaylorSeerCacheConfig(taylor_factors_dtype=transformer.dtype)
        case _:
            return
    transformer.enable_cache(config)


def renew(pipe: Any, options: ModelOptions, family: Family, steps: int) -> None:
    """Get the caches ready that must know the run: its steps, or the pipeline's own moment."""
    if options.cache not in ("magcache", "fastercache"):
        return
    torch, diffusers = libraries()
    transformer = pipe.components["transformer"]
    if transformer.is_cache_enabled:
        transformer.disable_cache()
    if options.cache == "magcache":
        config = diffusers.MagCacheConfig(
            threshold=options.cache_threshold,
            num_inference_steps=steps,
            mag_ratios=torch.tensor(options.mag_ratios),
        )
    else:
        config = diffusers.FasterCacheConfig(
            tensor_format=family.latents,
            is_guidance_distilled=family.distilled,
            current_timestep_callback=lambda: pipe.current_timestep,
        )
    transformer.enable_cache(config)
