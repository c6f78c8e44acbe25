"""A model's folder of diffusers' layout, read as JSON: nothing in it is imported or run."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filmgate.engines.diffusers.families import Family, Signature, family_of
from filmgate.engines.diffusers.law import Law, law_of
from filmgate.errors import SettingsError

INDEX = "model_index.json"

_LIBRARIES = frozenset({"diffusers", "transformers"})
_WEIGHTLESS = ("Scheduler", "Tokenizer", "TokenizerFast", "Processor", "Extractor", "Guidance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a folder says of itself: its pipeline's class, and each part's library and class."""

    path: Path
    index: Mapping[str, Any]
    parts: Mapping[str, tuple[str, str]]
    configs: Mapping[str, Mapping[str, Any]]

    @property
    def pipeline(self) -> str:
        """The class of its pipeline."""
        return str(self.index.get("_class_name"))

    @property
    def sound(self) -> bool:
        """Whether it makes sound."""
        return "vocoder" in self.parts or "sound_tokenizer" in self.parts

    def config(self, part: str) -> Mapping[str, Any]:
        """The configuration of a part; empty when it has none."""
        return self.configs.get(part, {})

    def family(self) -> tuple[str, Family]:
        """The family that it belongs to, by name.

        Raises:
            SettingsError: the table has none.
        """
        signature = Signature(
            pipeline=self.pipeline, index=self.index, transformer=self.config("transformer")
        )
        found = family_of(signature)
        if found is None:
            raise SettingsError(
                f"{self.path} is a {self.pipeline}, which Filmgate does not know how to call"
            )
        return found

    def law(self, family: Family) -> Law:
        """Which lengths and sizes it can make."""
        return law_of(
            self.config("vae"),
            self.config("transformer"),
            chunk=family.chunk,
            least_multiple=family.least_multiple,
        )


def read(path: Path, beside: Container[str] = ()) -> Layout:
    """Read a folder, and refuse one that is not what we load.

    The weights of the parts `beside` come from elsewhere.

    Raises:
        SettingsError: it is no folder of diffusers' layout, it brings code of its own, or its
            weights are not safetensors.
    """
    index = _json(path / INDEX, f"{path} has no {INDEX}: it is no folder of diffusers' layout")
    parts = {
        name: (str(value[0]), str(value[1]))
        for name, value in index.items()
        if name.isidentifier() and isinstance(value, list) and len(value) == 2 and value[0]
    }
    _refuse_code(path, parts)
    for name, (_, class_name) in parts.items():
        if not (path / name).is_dir():
            raise SettingsError(f"{path} has no part '{name}', which its {INDEX} names")
        if has_weights(class_name) and name not in beside:
            _refuse_other_weights(path / name)
    files = {name: path / name / "config.json" for name in parts}
    configs = {
        name: _json(file, f"{file} cannot be read") for name, file in files.items() if file.exists()
    }
    return Layout(path=path, index=index, parts=parts, configs=configs)


def has_weights(class_name: str) -> bool:
    """Whether a part of that class has weights, as far as its name tells."""
    return not class_name.endswith(_WEIGHTLESS) and "ImageProcessor" not in class_name


def _json(file: Path, otherwise: str) -> Mapping[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(otherwise) from error
    if not isinstance(found, dict):
        raise SettingsError(f"{file} is not a JSON object")
    return found


def _refuse_code(path: Path, parts: Mapping[str, tuple[str, str]]) -> None:
    """A library is one of the two, or the name of a pipeline's module within diffusers."""
    for name, (library, class_name) in parts.items():
        own = [*path.glob(f"{library}.py"), *path.glob(f"{name}/*.py")]
        if own or (library not in _LIBRARIES and not library.isidentifier()):
            raise SettingsError(
                f"{path} wants code of its own for {name} ({library}.{class_name}); "
                "Filmgate runs no code from a model's folder"
            )


def _refuse_other_weights(folder: Path) -> None:
    if not any(folder.glob("*.safetensors")):
        kinds = sorted({f.suffix for f in folder.iterdir() if f.suffix in (".bin", ".pt", ".ckpt")})
        found = f"only {', '.join(kinds)} weights" if kinds else "no weights"
        raise SettingsError(
            f"{folder} has {found}; Filmgate loads safetensors only, for other kinds can run code"
        )
