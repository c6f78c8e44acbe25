"""One run of a pipeline: called, watched, and cleaned up after whatever happens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from filmgate.engines.diffusers.watching import Seam

PIECE = 8
"""How many frames leave the device at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What a run gave. `frames` is a tensor F × 3 × H × W in 0…1, still on the device.

    `sound` is channels × samples in -1…1 at `rate` a second, or None.
    """

    frames: Any
    sound: NDArray[np.float32] | None
    rate: int

    @property
    def count(self) -> int:
        """How many frames it has."""
        return int(self.frames.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return int(self.frames.shape[3]), int(self.frames.shape[2])

    def pictures(self) -> Iterator[NDArray[np.uint8]]:
        """Its frames as height × width × 3 bytes, brought over in pieces."""
        for start in range(0, self.count, PIECE):
            piece = self.frames[start : start + PIECE].float() * 255
            yield from piece.round().byte().permute(0, 2, 3, 1).cpu().numpy()


def call(pipe: Any, words: Mapping[str, Any], seed: int, seam: Seam, *, hooks: bool = True) -> Take:
    """Run the pipeline once.

    Its hooks are freed whatever happens: they offload, and a step cache that is left as it is
    would leak into the next film.
    """
    import torch

    generator = torch.Generator("cpu").manual_seed(seed)
    try:
        with seam.on(pipe, hooks=hooks):
            result = pipe(**words, generator=generator)
    finally:
        pipe.maybe_free_model_hooks()
    frames = result.frames if "frames" in result else result.video
    sound, rate = _sound_of(pipe, result)
    return Take(frames=frames[0], sound=sound, rate=rate)


def _sound_of(pipe: Any, result: Any) -> tuple[NDArray[np.float32] | None, int]:
    """The waves, one a channel, and their rate: of the vocoder, or of the pipeline."""
    sound = result.get("audio")
    if sound is None:
        return None, 0
    wave: NDArray[np.float32] = sound[0].float().cpu().numpy()
    config = getattr(getattr(pipe, "vocoder", None), "config", None)
    rate: int = getattr(config, "output_sampling_rate", 0) or getattr(pipe, "audio_sample_rate", 0)
    return wave if wave.ndim == 2 else wave[None], rate
