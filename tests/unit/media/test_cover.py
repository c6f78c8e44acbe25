"""Scaled to cover, cropped, never stretched."""

import numpy as np
import pytest
from PIL import Image

from filmgate.media.cover import cover, cover_image, middle


def test_a_little_too_much_is_cut_off_evenly() -> None:
    frame = np.arange(10 * 8 * 3, dtype=np.uint8).reshape(8, 10, 3)
    assert np.array_equal(cover(frame, 8, 8), frame[:, 1:9])
    assert cover(frame, 10, 8).base is frame.base


@pytest.mark.parametrize(
    ("size", "wanted", "box"),
    [
        ((100, 100), (50, 50), (0, 0, 100, 100)),
        ((200, 100), (50, 50), (50, 0, 150, 100)),
        ((100, 200), (100, 50), (0, 75, 100, 125)),
    ],
)
def test_the_middle_keeps_the_proportions(
    size: tuple[int, int], wanted: tuple[int, int], box: tuple[float, ...]
) -> None:
    assert middle(size, wanted) == box


@pytest.mark.parametrize("size", [(64, 64), (200, 90), (30, 300)])
def test_a_circle_stays_a_circle(size: tuple[int, int]) -> None:
    """A disc in the middle has equal width and height after it was covered."""
    rows, columns = np.mgrid[: size[1], : size[0]]
    radius = min(size) / 3
    disc = (columns - size[0] / 2 + 0.5) ** 2 + (rows - size[1] / 2 + 0.5) ** 2 < radius**2
    frame = np.repeat((disc * 255).astype(np.uint8)[..., None], 3, axis=2)
    made = cover(frame, 160, 160)
    assert made.shape == (160, 160, 3)
    lit = made[..., 0] > 127
    assert abs(int(lit.any(axis=0).sum()) - int(lit.any(axis=1).sum())) <= 2


def test_a_picture_is_covered_likewise() -> None:
    assert cover_image(Image.new("RGB", (50, 80)), 64, 32).size == (64, 32)
