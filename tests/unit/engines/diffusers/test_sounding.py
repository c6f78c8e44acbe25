"""A model's sound becomes the film's."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from filmgate.engines.diffusers.sounding import lay, to_samples


def tone(rate: int, seconds: float, channels: int) -> np.ndarray[Any, Any]:
    moments = np.arange(round(rate * seconds)) / rate
    return np.repeat(np.sin(2 * np.pi * 440 * moments)[None], channels, axis=0).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_tone_stays_a_tone(rate: int, channels: int) -> None:
    made = to_samples(tone(rate, 0.5, channels), rate)
    assert made.shape[1] == 2
    assert abs(len(made) - 24_000) <= 32
    assert np.array_equal(made[:, 0], made[:, 1])
    spectrum = np.abs(np.fft.rfft(made[:24_000, 0], 24_000))
    assert int(spectrum.argmax()) == 220  # bins of 2 Hz


def test_what_is_too_loud_is_clipped() -> None:
    made = to_samples(np.full((2, 4800), 3.0, np.float32), 48_000)
    assert made.max() == 1.0


def test_each_run_is_heard_where_its_frames_are() -> None:
    track = np.zeros((48_000, 2), np.float32)
    lay(track, np.full((40_000, 2), 0.1, np.float32), Fraction(0), Fraction(1, 2))
    lay(track, np.full((10_000, 2), 0.2, np.float32), Fraction(1, 2), Fraction(1, 2))
    lay(track, np.full((10_000, 2), 0.3, np.float32), Fraction(11, 12), Fraction(1, 2))
    levels = [round(float(track[at, 0]), 1) for at in (0, 23_999, 24_000, 33_999, 34_000, 47_999)]
    assert levels == [0.1, 0.1, 0.2, 0.2, 0.0, 0.3]
