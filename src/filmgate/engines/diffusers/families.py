"""What each family of pipelines natively makes and how it is called: `families.toml`, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import ceil
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Cache = Literal["first_block", "taylorseer", "magcache", "fastercache"]


class Data(BaseModel):
    """A frozen table; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rate(Data):
    """The argument that takes a frame rate, and the rates that the weights were trained for."""

    argument: str
    min: int
    max: int


class Window(Data):
    """An argument that a run needs once it has more than `beyond` frames.

    It then goes on in windows of so many, each over the last `value` frames of the one before.
    """

    argument: str
    beyond: int
    value: int


class Block(Data):
    """An argument that takes a list of one transformer block: this, or the last of fewer."""

    argument: str
    index: int


class Edit(Data):
    """The class that changes a film, and how much of it is made anew, 0…1."""

    pipeline: str
    strength: float


class Family(Data):
    """One family. Sizes are `"WxH"` in pixels, `frames` and `longest` are lengths of one run."""

    text: str
    picture: str | None = None
    edit: Edit | None = None
    when: Mapping[str, Any] = {}
    shared: bool = False
    fps: int
    size: str
    frames: int
    longest: int | None = None
    least: int = 1
    chunk: int | None = None
    fixed: bool = False
    max_pixels: int | None = None
    least_multiple: int = 1
    rate: Rate | None = None
    window: Window | None = None
    block: Block | None = None
    negative: bool = True
    steps: int
    guidance: float
    guidance_by: Literal["guidance_scale", "guider"] = "guidance_scale"
    frames_by: str = "num_frames"
    picture_takes_size: bool = True
    sound: bool = False
    arguments: Mapping[str, Any] = {}
    config_arguments: Mapping[str, tuple[str, str]] = {}
    prompt_end: str = ""
    sigmas: tuple[float, ...] = ()
    parts: Mapping[str, str] = {}
    caches: frozenset[Cache] = frozenset()
    latents: Literal["BCFHW", "BFCHW"] = "BCFHW"
    distilled: bool = False
    lora: bool = True
    single_file: bool = False

    def bars(self, frames: int) -> int:
        """How many progress bars a run of so many frames opens, one after another."""
        if self.chunk:
            return frames // self.chunk
        if self.window is None or frames <= self.window.beyond:
            return 1
        fresh = self.window.beyond - self.window.value
        return 1 + ceil((frames - self.window.beyond) / fresh)


class Preset(Data):
    """A model by a short name: its repository, and what differs from its family."""

    repo: str
    revision: str | None = None
    description: str
    weights_gib: float | None = None
    size: str | None = None
    frames: int | None = None
    max_pixels: int | None = None
    steps: int | None = None
    guidance: float | None = None
    sigmas: tuple[float, ...] | None = None
    arguments: Mapping[str, Any] = {}
    parts: Mapping[str, str] = {}

    def over(self, family: Family) -> Family:
        """The family with this preset's own words laid over it."""
        names = ("size", "frames", "max_pixels", "steps", "guidance", "sigmas")
        given = {name: getattr(self, name) for name in names}
        tables = {
            "arguments": {**family.arguments, **self.arguments},
            "parts": {**family.parts, **self.parts},
        }
        return family.model_copy(
            update=tables | {name: value for name, value in given.items() if value is not None}
        )


class Signature(Data):
    """What tells families apart: the pipeline's class, its index, its transformer's config."""

    pipeline: str
    index: Mapping[str, Any] = Field(default_factory=dict)
    transformer: Mapping[str, Any] = Field(default_factory=dict)

    def fits(self, family: Family) -> bool:
        """Whether a folder with this signature belongs to `family`."""
        index = {key: value for key, value in family.when.items() if key != "transformer"}
        return (
            self.pipeline in (family.text, family.picture)
            and all(self.index.get(key) == value for key, value in index.items())
            and all(
                self.transformer.get(key) == value
                for key, value in family.when.get("transformer", {}).items()
            )
        )


@cache
def families() -> Mapping[str, Family]:
    """Every family by name, in the order in which they are tried."""
    return {name: Family.model_validate(table) for name, table in _tables("families.toml").items()}


@cache
def presets() -> Mapping[str, Preset]:
    """Every preset by its name."""
    return {name: Preset.model_validate(table) for name, table in _tables("presets.toml").items()}


def family_of(signature: Signature) -> tuple[str, Family] | None:
    """The family of a folder, by name; None when the table has none."""
    found = ((name, family) for name, family in families().items() if signature.fits(family))
    return next(found, None)


def _tables(file: str) -> dict[str, Any]:
    text = resources.files("filmgate.engines.diffusers").joinpath(file).read_text("utf-8")
    return tomllib.loads(text)
