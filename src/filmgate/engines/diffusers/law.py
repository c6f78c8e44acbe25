"""Which numbers of frames and which sizes a model can make: the law of its VAE and transformer.

Pipelines round what they are asked silently, and mostly down; so what they are asked for is legal
and never less than what is wanted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any, TypeAlias

from filmgate.domain.card import Size

Config: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A run has `step * i + first` frames; both sides are multiples of `multiple` pixels."""

    step: int
    first: int
    multiple: int

    def count(self, wanted: int) -> int:
        """The least legal number of frames that is not under `wanted`."""
        legal = self.step * ceil((wanted - self.first) / self.step) + self.first
        return max(legal, self.first or self.step)

    def at_most(self, limit: int) -> int:
        """The greatest legal number of frames that is not over `limit`, or the least there is."""
        legal = self.step * ((limit - self.first) // self.step) + self.first
        return max(legal, self.first or self.step)

    def cover(self, size: Size) -> Size:
        """The least legal size that covers `size`."""
        width, height = (ceil(side / self.multiple) * self.multiple for side in size)
        return width, height

    def within(self, size: Size, max_pixels: int) -> Size:
        """The least legal size that covers `size`; a smaller one, about alike, if it is too big."""
        if size[0] * size[1] <= max_pixels:
            return self.cover(size)
        scale = sqrt(max_pixels / (size[0] * size[1]))
        unit = self.multiple
        width, height = (max(unit, int(side * scale / unit) * unit) for side in size)
        return width, height


def law_of(vae: Config, transformer: Config, *, chunk: int | None, least_multiple: int) -> Law:
    """The law of a folder, from the configurations of its VAE and its transformer."""
    pixels, frames = _ratios(vae)
    step = frames * _patch(transformer.get("patch_size_t"), 0)
    if vae.get("_class_name") == "AutoencoderKLCogVideoX":
        step *= 2
    return Law(
        step=chunk or step,
        first=0 if chunk else 1,
        multiple=max(pixels * _patch(transformer.get("patch_size"), -1), least_multiple),
    )


def _ratios(vae: Config) -> tuple[int, int]:
    """How many pixels a side and how many frames one latent stands for."""
    match vae.get("_class_name"):
        case "AutoencoderKLWan":
            return vae.get("scale_factor_spatial") or 8, vae.get("scale_factor_temporal") or 4
        case "AutoencoderKLMochi":
            return 8, 6
        case "AutoencoderKLCogVideoX":
            blocks = len(vae.get("block_out_channels") or (1, 1, 1, 1))
            return 2 ** (blocks - 1), int(vae.get("temporal_compression_ratio") or 4)
        case "AutoencoderKLLTXVideo" | "AutoencoderKLLTX2Video":
            doublings = 2 ** sum(map(bool, vae.get("spatio_temporal_scaling") or ()))
            return (
                vae.get("spatial_compression_ratio") or (vae.get("patch_size") or 1) * doublings,
                vae.get("temporal_compression_ratio") or (vae.get("patch_size_t") or 1) * doublings,
            )
        case _:
            return (
                int(vae.get("spatial_compression_ratio") or 8),
                int(vae.get("temporal_compression_ratio") or 4),
            )


def _patch(value: Any, at: int) -> int:
    """One side of a patch, which is a number, a list of them, or not said."""
    return int(value[at] if isinstance(value, list) else value or 1)
