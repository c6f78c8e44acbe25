"""A transformer from one file, GGUF or safetensors; the pipeline's other parts are a folder's."""

import importlib
from pathlib import Path
from typing import Any

from filmgate.engines.diffusers.families import Family
from filmgate.engines.diffusers.folder import Layout
from filmgate.engines.diffusers.libraries import libraries
from filmgate.engines.diffusers.memory import GGUF
from filmgate.engines.diffusers.options import ModelOptions
from filmgate.errors import MissingPart, SettingsError

KINDS = (".safetensors", GGUF)


def refuse_absent_files(layout: Layout, own: ModelOptions) -> None:
    """Raise SettingsError for a file that is not there, or that no part of the folder is."""
    for part, file in own.files.items():
        if part not in layout.parts:
            raise SettingsError(f"{layout.path} has no part '{part}' that {file} could be")
        if not file.is_file():
            raise SettingsError(f"{file} is no file")


def refuse_unfit_files(family: Family, own: ModelOptions) -> None:
    """Raise SettingsError for files that this family, or that we, do not read."""
    for file in own.files.values():
        if file.suffix not in KINDS:
            raise SettingsError(f"{file} is of no kind that we read: {' or '.join(KINDS)}")
        if not family.single_file:
            raise SettingsError(f"{family.text} takes no transformer from a single file")
        if is_gguf(file) and own.quantisation:
            raise SettingsError(f"{file} is quantised already: leave out quantisation")


def load_files(layout: Layout, own: ModelOptions, compute: str) -> dict[str, Any]:
    """The transformers that come from single files, by their part.

    Raises:
        MissingPart: the package that reads GGUF is not installed.
        SettingsError: a file is not this transformer.
    """
    torch, diffusers = libraries()
    dtype, parts = getattr(torch, compute), {}
    for part, file in own.files.items():
        given = {"quantization_config": _unpack(diffusers, file, dtype)} if is_gguf(file) else {}
        try:
            parts[part] = getattr(diffusers, layout.parts[part][1]).from_single_file(
                str(file),
                config=str(layout.path),
                subfolder=part,
                torch_dtype=dtype,
                local_files_only=True,
                **given,
            )
        except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
            raise SettingsError(f"{file} is not this transformer: {error}") from error
    return parts


def is_gguf(file: Path) -> bool:
    """Whether a file is of that kind, by its name."""
    return file.suffix == GGUF


def _unpack(diffusers: Any, file: Path, dtype: Any) -> Any:
    """How diffusers unpacks GGUF; without its package it would say that the file is bad."""
    try:
        importlib.import_module("gguf")
    except ImportError as error:
        raise MissingPart(f"{file.name} needs gguf: pip install gguf") from error
    return diffusers.GGUFQuantizationConfig(compute_dtype=dtype)
