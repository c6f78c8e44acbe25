"""Retiming by optical flow: on motion that is known, and across a cut."""

from collections.abc import Iterator

import numpy as np
import pytest

from filmgate.media.retime import Frame, retime

RNG = np.random.default_rng(7)
SCENE = np.repeat(np.repeat(RNG.integers(40, 215, (40, 60, 3), np.uint8), 8, 0), 8, 1)


def pan(count: int, step: float) -> Iterator[Frame]:
    """A window that moves over a scene by `step` pixels a frame."""
    for k in range(count):
        yield np.ascontiguousarray(SCENE[40:168, round(20 + k * step) : round(20 + k * step) + 192])


def test_a_moment_between_two_frames_shows_the_motion_half_done() -> None:
    truth = list(pan(9, 4))
    flow = list(retime(iter(truth[::2]), 8, 16, 9, "flow"))
    blend = list(retime(iter(truth[::2]), 8, 16, 9, "blend"))
    assert all(np.array_equal(flow[k], truth[k]) for k in (0, 2, 4, 6, 8))

    def error(made: list[Frame]) -> float:
        inner = np.s_[16:-16, 16:-16]
        pairs = ((made[k][inner], truth[k][inner]) for k in (1, 3, 5, 7))
        return float(np.mean([np.abs(a.astype(int) - b).mean() for a, b in pairs]))

    assert error(flow) < error(blend) / 3


def test_the_number_of_frames_is_what_is_asked() -> None:
    assert len(list(retime(pan(81, 1), 16, 30, 150, "flow"))) == 150


def test_across_a_cut_the_nearer_frame_is_shown() -> None:
    one, other = np.full((64, 96, 3), 20, np.uint8), np.full((64, 96, 3), 230, np.uint8)
    made = list(retime(iter([one, other]), 1, 4, 5, "flow"))
    assert [int(frame.mean()) for frame in made] == [20, 20, 20, 230, 230]


@pytest.mark.parametrize("threads", [1, 2])
def test_it_is_the_same_for_any_number_of_threads(threads: int) -> None:
    import cv2

    before = cv2.getNumThreads()
    try:
        cv2.setNumThreads(threads)
        made = list(retime(pan(3, 4), 8, 24, 7, "flow"))
        cv2.setNumThreads(1)
        again = list(retime(pan(3, 4), 8, 24, 7, "flow"))
    finally:
        cv2.setNumThreads(before)
    assert all(np.array_equal(a, b) for a, b in zip(made, again, strict=True))
