"""The options of a diffusers engine: what stands in `[engines.NAME.options]`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from filmgate.engines.diffusers.families import Cache, Data

Dtype = Literal["auto", "bfloat16", "float16", "float32"]
Quantisation = Literal["bitsandbytes-8bit", "bitsandbytes-4bit", "torchao-int8", "layerwise-fp8"]


class Lora(Data):
    """A LoRA that requests may name in `metadata.loras`."""

    path: Path = Field(description="its file, or its folder")
    weight: float = Field(default=1.0, description="how strongly it counts unless a request says")


class ModelOptions(Data):
    """One model: where it is, and how it is fitted into the machine."""

    source: str | None = Field(
        default=None, description="preset, hub id or folder; default: the model's own name"
    )
    revision: str | None = Field(
        default=None, description="commit, tag or branch of a hub id; default: as it was pulled"
    )
    transformer: Path | None = Field(
        default=None,
        description="one file, .safetensors or .gguf, that the transformer comes from; its other "
        "parts come from the source",
    )
    transformer_2: Path | None = Field(
        default=None, description="the same of the second expert, where the model has two"
    )
    dtype: Dtype = Field(
        default="auto", description="of the weights; auto: as the family wants, float32 without GPU"
    )
    offload: Literal["auto", "none", "model", "group"] = Field(
        default="auto",
        description="what waits in memory while it is not used: nothing, whole parts, or blocks",
    )
    low_ram: bool = Field(
        default=False, description="group offload without a pinned copy: slower, less memory"
    )
    tiling: Literal["auto", "on", "off"] = Field(
        default="auto", description="whether pictures are decoded in tiles: less memory"
    )
    attention: str | None = Field(
        default=None, description="attention backend of diffusers, such as flash or sage"
    )
    compile: bool = Field(default=False, description="compile the transformer's repeated blocks")
    cache: Cache | None = Field(
        default=None, description="step cache: faster, a little different; families differ"
    )
    cache_threshold: float = Field(
        default=0.05, gt=0, le=1, description="how much first_block and magcache leave out, 0…1"
    )
    mag_ratios: tuple[float, ...] = Field(
        default=(),
        description="what magcache needs: how the residual of these weights changes from step to "
        "step, as diffusers' MagCacheConfig(calibrate=True) prints it",
    )
    quantisation: Quantisation | None = Field(
        default=None, description="of the transformer, as it is loaded"
    )
    loras: dict[str, Lora] = Field(default={}, description="LoRAs by name")

    @property
    def files(self) -> Mapping[str, Path]:
        """The single files by the part that each is."""
        given = {"transformer": self.transformer, "transformer_2": self.transformer_2}
        return {part: file.expanduser() for part, file in given.items() if file}


class Options(Data):
    """All options of the engine."""

    models: dict[str, ModelOptions] = Field(
        default={}, description="models by name; a list of names will do"
    )
    device: str = Field(
        default="auto",
        pattern=r"^(auto|cpu|mps|xpu|cuda)(:\d+)?$",
        description="cuda, cuda:1, mps, xpu, cpu; auto takes the first that is there",
    )
    threads: int | None = Field(
        default=None, ge=1, description="CPU threads of torch; default: torch's own choice"
    )
    retime: Literal["flow", "hold"] = Field(
        default="flow", description="how a film gets a rate that the model has not"
    )
    idle_unload_s: float | None = Field(
        default=None, gt=0, description="an idle model leaves the device after so many seconds"
    )
    stay_s: float = Field(
        default=300,
        ge=0,
        description="how long queued videos of the loaded model go before those of others, seconds",
    )
    warm_up: bool = Field(
        default=False, description="run a few frames at the start, before the first request"
    )
    hub_folder: Path | None = Field(
        default=None, description="where pulled models are; default: the hub's own cache"
    )

    @field_validator("models", mode="before")
    @classmethod
    def _names_will_do(cls, value: Any) -> Any:
        return {name: {} for name in value} if isinstance(value, list) else value
