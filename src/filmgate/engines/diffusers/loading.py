"""Loads a model's folder: by path, locally, from safetensors, each part in its own precision."""

import inspect
from collections.abc import Mapping
from typing import Any

from filmgate.engines.diffusers import files, levers
from filmgate.engines.diffusers.families import Family
from filmgate.engines.diffusers.folder import Layout
from filmgate.engines.diffusers.libraries import libraries
from filmgate.engines.diffusers.memory import Fit
from filmgate.engines.diffusers.options import ModelOptions
from filmgate.errors import MissingPart, SettingsError


def load(layout: Layout, family: Family, options: ModelOptions, fit: Fit, device: str) -> Any:
    """The pipeline of a folder, on its device, ready to be called.

    Raises:
        MissingPart: a setting, or a part of the folder, needs a package that is not installed.
        SettingsError: the folder cannot be loaded, or a setting does not suit it.
    """
    torch, diffusers = libraries()
    names = precisions(family, options, device)
    given = files.load_files(layout, options, names["default"])
    if quantised := levers.quantisation(options.quantisation, names["default"]):
        given["quantization_config"] = quantised
    try:
        # by its own class: the base class forgets a given part that the class can do without
        pipe = getattr(diffusers, layout.pipeline).from_pretrained(
            str(layout.path),
            local_files_only=True,
            use_safetensors=True,
            low_cpu_mem_usage=True,
            dtype={part: getattr(torch, name) for part, name in names.items()},
            **given,
        )
    except ImportError as error:
        raise MissingPart(
            f"{layout.pipeline} needs more: {' '.join(str(error).split())}"
        ) from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SettingsError(f"{layout.path} cannot be loaded: {error}") from error
    _place(torch, pipe, options, fit, device)
    levers.apply(pipe, options, fit)
    return pipe


def sibling(pipe: Any, class_name: str, fit: Fit, device: str) -> Any:
    """The same weights in the other class of their family."""
    if type(pipe).__name__ == class_name:
        return pipe
    _, diffusers = libraries()
    other_class = getattr(diffusers, class_name)
    has = {**pipe.config, **pipe.components}
    takes = inspect.signature(other_class).parameters
    other = other_class(**{name: has[name] for name in takes if name in has})
    if fit.offload == "model":
        other.enable_model_cpu_offload(device=device)
    return other


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
