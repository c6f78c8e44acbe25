"""Loads a model's folder: by path, locally, from safetensors, each part in its own precision."""

import logging
from collections.abc import Mapping
from typing import Any

from filmgate.engines.diffusers.families import Family
from filmgate.engines.diffusers.folder import Layout
from filmgate.engines.diffusers.memory import Fit
from filmgate.engines.diffusers.options import ModelOptions
from filmgate.errors import MissingPart, SettingsError

ADVICE = "Real models need the extra 'diffusers': pip install 'filmgate[diffusers]' ({error})"

log = logging.getLogger(__name__)


def libraries() -> tuple[Any, Any]:
    """Return torch and diffusers.

    Raises:
        MissingPart: the extra is not installed.
    """
    try:
        import diffusers
        import torch
        import transformers
    except ImportError as error:
        raise MissingPart(ADVICE.format(error=error)) from error
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.disable_progress_bar()
    return torch, diffusers


def load(layout: Layout, family: Family, options: ModelOptions, fit: Fit, device: str) -> Any:
    """The pipeline of a folder, on its device, ready to be called.

    Raises:
        MissingPart: a setting needs a package that is not installed.
        SettingsError: the folder cannot be loaded, or a setting does not suit it.
    """
    torch, diffusers = libraries()
    given: dict[str, Any] = {}
    try:
        pipe = diffusers.DiffusionPipeline.from_pretrained(
            str(layout.path),
            local_files_only=True,
            use_safetensors=True,
            low_cpu_mem_usage=True,
            dtype=_dtypes(torch, family, options, device),
            **given,
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SettingsError(f"{layout.path} cannot be loaded: {error}") from error
    _place(torch, pipe, options, fit, device)
    return pipe


def sibling(pipe: Any, class_name: str) -> Any:
    """The same weights in the other class of their family."""
    _, diffusers = libraries()
    if type(pipe).__name__ == class_name:
        return pipe
    return getattr(diffusers, class_name)(**pipe.components)


def _dtypes(torch: Any, family: Family, options: ModelOptions, device: str) -> Any:
    names = precisions(family, options, device)
    return {part: getattr(torch, name) for part, name in names.items()}


def precisions(family: Family, options: ModelOptions, device: str) -> Mapping[str, str]:
    """The precision of each part by name, `default` for the others."""
    if options.dtype != "auto":
        return {"default": options.dtype}
    if device == "cpu":
        return {"default": "float32"}
    return {"default": "bfloat16", **family.parts}


def _place(torch: Any, pipe: Any, options: ModelOptions, fit: Fit, device: str) -> None:
    match fit.offload:
        case "model":
            pipe.enable_model_cpu_offload(device=device)
        case "group":
            pipe.enable_group_offload(
                onload_device=torch.device(device),
                offload_device=torch.device("cpu"),
                offload_type="leaf_level",
                use_stream=device.startswith("cuda"),
                low_cpu_mem_usage=options.low_ram,
            )
        case _:
            pipe.to(device)
    if fit.tiling:
        pipe.vae.enable_tiling()
