"""A model's sound → the film's: 48 kHz, stereo, each run's where its frames are."""

from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

from filmgate.media.sound import CHANNELS, RATE, Samples


def to_samples(wave: NDArray[np.float32], rate: int) -> Samples:
    """Turn channels × samples at `rate` into the film's kind; one channel sounds on both sides."""
    stereo = np.repeat(wave[:1], CHANNELS, axis=0) if len(wave) == 1 else wave[:CHANNELS]
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(stereo.clip(-1, 1), np.float32), format="fltp", layout="stereo"
    )
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    pieces = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([piece.to_ndarray() for piece in pieces], axis=1).T


def lay(track: Samples, samples: Samples, start: Fraction, length: Fraction) -> None:
    """Lay a run's sound over the film's from `start` on, for at most `length` seconds."""
    first, last = round(start * RATE), round((start + length) * RATE)
    room = track[first:last]
    piece = samples[: len(room)]
    room[: len(piece)] = piece
