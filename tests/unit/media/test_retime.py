"""Other rates without flow; what needs OpenCV is tested with the models."""

from collections.abc import Iterator

import numpy as np
import pytest

from filmgate.media.retime import Frame, retime


def frames(count: int) -> Iterator[Frame]:
    """Frame k is of the grey k * 10."""
    return (np.full((2, 2, 3), k * 10, np.uint8) for k in range(count))


def greys(made: Iterator[Frame]) -> list[int]:
    return [int(frame[0, 0, 0]) for frame in made]


@pytest.mark.parametrize(
    ("source", "target", "count", "seen"),
    [
        (10, 10, 4, [0, 10, 20, 30]),
        (10, 20, 5, [0, 0, 10, 10, 20]),
        (20, 10, 3, [0, 20, 40]),
        (16, 30, 5, [0, 10, 10, 20, 20]),
        (10, 10, 7, [0, 10, 20, 30, 40, 40, 40]),
    ],
)
def test_held_frames(source: int, target: int, count: int, seen: list[int]) -> None:
    assert greys(retime(frames(5), source, target, count, "hold")) == seen


def test_blended_frames() -> None:
    assert greys(retime(frames(3), 10, 20, 5, "blend")) == [0, 5, 10, 15, 20]


def test_one_frame_is_enough() -> None:
    assert greys(retime(frames(1), 16, 30, 3, "blend")) == [0, 0, 0]


def test_no_more_frames_are_taken_than_needed() -> None:
    taken: list[int] = []

    def endless() -> Iterator[Frame]:
        while True:
            taken.append(1)
            yield np.zeros((2, 2, 3), np.uint8)

    assert len(list(retime(endless(), 16, 16, 10, "hold"))) == 10
    assert len(taken) == 11
