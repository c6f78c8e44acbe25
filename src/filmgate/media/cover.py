"""Frames of one size from frames of another: scaled to cover it and cropped, never stretched."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Box = tuple[float, float, float, float]


def cover(frame: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The middle of `frame` (height × width × 3), of the wanted proportions, at the wanted size."""
    rows, columns = frame.shape[:2]
    if rows >= height and columns >= width and is_near((columns, rows), (width, height)):
        top, left = (rows - height) // 2, (columns - width) // 2
        return frame[top : top + height, left : left + width]
    return np.asarray(cover_image(Image.fromarray(frame), width, height))


def cover_image(image: Image.Image, width: int, height: int) -> Image.Image:
    """The same for a picture."""
    box = middle(image.size, (width, height))
    return image.resize((width, height), Image.Resampling.LANCZOS, box=box)


def is_near(size: tuple[int, int], wanted: tuple[int, int]) -> bool:
    """Whether cropping alone loses little: less than a 16th of either side, or 64 pixels."""
    return all(
        0 <= have - want < max(64, want // 16) for have, want in zip(size, wanted, strict=True)
    )


def middle(size: tuple[int, int], wanted: tuple[int, int]) -> Box:
    """The largest middle part of `size` that has the proportions of `wanted`: left, top, …"""
    scale = min(size[0] / wanted[0], size[1] / wanted[1])
    width, height = wanted[0] * scale, wanted[1] * scale
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    return left, top, left + width, top + height
