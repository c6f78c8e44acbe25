"""A film → the few colours that are its subject's own, rather than what stands about it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from filmgate.media.decode import pixels_of
from filmgate.media.probe import reading

MOST = 3
_SIDE = 64
_RIM = 8
"""How much of each edge is taken for what stands about."""
_STEP = 32
"""How wide a bin of one part of a colour is, of 256."""
_APART = 72.0
"""How far two colours are from each other to be two."""


def colours_of(path: Path) -> tuple[str, ...]:
    """`#rrggbb` of what is in the middle and not at the edges, the most of it first.

    Raises:
        GenerationFailed: it is no film.
    """
    with reading(path) as (film, stream):
        stream.codec_context.skip_frame = "NONKEY"
        shown = [pixels_of(frame, "rgb24") for frame in film.decode(stream)]
    small = [Image.fromarray(frame).resize((_SIDE, _SIDE)) for frame in shown]
    return own_colours(np.stack([np.asarray(image, np.int32) for image in small]))


def own_colours(frames: NDArray[np.int32]) -> tuple[str, ...]:
    """Those of frames × height × width × RGB: the middle counts most, the rim for what is about."""
    bins = (frames // _STEP) @ np.array([64, 8, 1])
    across = np.sin(np.linspace(0, np.pi, _SIDE))
    across[:_RIM] = across[-_RIM:] = 0
    middle = np.outer(across, across)
    weights = np.broadcast_to(middle, bins.shape)
    inside = np.bincount(bins.ravel(), weights.ravel(), minlength=512) / weights.sum()
    rim = np.broadcast_to(middle == 0, bins.shape)
    about = np.bincount(bins[rim], minlength=512) / rim.sum()
    own = inside - np.minimum(inside, about)
    found: list[NDArray[np.float64]] = []
    for best in np.argsort(own)[::-1]:
        colour = frames[bins == best].mean(axis=0) if own[best] > 0.01 else None
        if colour is None or len(found) == MOST:
            break
        if all(np.linalg.norm(colour - other) > _APART for other in found):
            found.append(colour)
    return tuple("#" + "".join(f"{round(part):02x}" for part in colour) for colour in found)
