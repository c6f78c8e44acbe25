"""LoRAs by the names of the settings: loaded once, switched by weights, never leaking."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filmgate.engines.diffusers.embeddings import forget
from filmgate.engines.diffusers.options import Lora
from filmgate.errors import GenerationFailed, SettingsError


def read_weights(asked: Any, known: Mapping[str, Lora]) -> dict[str, float]:
    """The LoRAs of a request and their weights: names, or a table of weights by name.

    Raises:
        GenerationFailed: one is unknown, or its weight is no number.
    """
    weights: Mapping[str, Any] = (
        asked if isinstance(asked, Mapping) else dict.fromkeys(_names(asked), None)
    )
    for name, weight in weights.items():
        if name not in known:
            there = ", ".join(known) or "none"
            raise GenerationFailed(f"There is no LoRA {name!r} for this model; there are: {there}")
        if isinstance(weight, bool) or not isinstance(weight, int | float | None):
            raise GenerationFailed(f"The weight of the LoRA {name!r} must be a number")
    return {name: known[name].weight if w is None else float(w) for name, w in weights.items()}


def switch(pipe: Any, weights: Mapping[str, float], known: Mapping[str, Lora]) -> None:
    """Make exactly these LoRAs count in the pipeline.

    Raises:
        SettingsError: a file cannot be loaded into this model.
    """
    loaded = {name for names in pipe.get_list_adapters().values() for name in names}
    for name in weights:
        if adapter(name) not in loaded:
            _load(pipe, name, known[name].path)
    if weights:
        pipe.enable_lora()
        pipe.set_adapters([adapter(name) for name in weights], list(weights.values()))
    elif loaded:
        pipe.disable_lora()
    else:
        return
    forget(pipe)


def adapter(name: str) -> str:
    """A name that torch takes for a module."""
    return re.sub(r"\W", "_", name)


def _names(asked: Any) -> list[str]:
    if isinstance(asked, str):
        return [asked]
    if isinstance(asked, list) and all(isinstance(name, str) for name in asked):
        return asked
    if asked is None:
        return []
    raise GenerationFailed("loras must be a list of names, or a table of weights by name")


def _load(pipe: Any, name: str, path: Path) -> None:
    """Load one; a model of two experts needs it in both."""
    path = path.expanduser()
    folder, file = (path.parent, path.name) if path.is_file() else (path, None)
    own: dict[str, Any] = {"adapter_name": adapter(name), "local_files_only": True}
    own |= {"weight_name": file} if file else {}
    try:
        pipe.load_lora_weights(str(folder), **own)
        if pipe.components.get("transformer_2") is not None:
            pipe.load_lora_weights(str(folder), **own, load_into_transformer_2=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise SettingsError(f"the LoRA {name!r} at {path} cannot be loaded: {error}") from error
