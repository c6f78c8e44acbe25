"""The sound of a film: AAC-LC, 48 kHz, stereo, exactly as long as its pictures."""

from fractions import Fraction
from typing import TypeAlias

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from numpy.typing import NDArray

RATE = 48_000
CHANNELS = 2

Samples: TypeAlias = NDArray[np.float32]
"""Samples × channels, -1…1, at `RATE`."""

_BLOCK = 1024
_BIT_RATE = 160_000


def samples_in(frames: int, fps: int) -> int:
    """How many samples last as long as so many frames."""
    return round(Fraction(frames * RATE, fps))


class SoundWriter:
    """Writes the sound beside the pictures of one film. What is not given is silence.

    The bytes depend on the samples alone.
    """

    def __init__(self, container: OutputContainer, samples: Samples | None = None) -> None:
        self._container = container
        self._samples = np.zeros((0, CHANNELS), np.float32) if samples is None else samples
        self._stream = container.add_stream("aac", rate=RATE, layout="stereo")
        self._stream.bit_rate = _BIT_RATE
        self._at = 0

    def write_to(self, end: int) -> None:
        """Encode whole blocks, up to that sample at most."""
        while end - self._at >= _BLOCK:
            self._encode(_BLOCK)

    def close_at(self, end: int) -> None:
        """Encode the rest: the sound ends with that sample."""
        self.write_to(end)
        if end > self._at:
            self._encode(end - self._at)
        self._container.mux(self._stream.encode(None))

    def _encode(self, count: int) -> None:
        block = np.zeros((CHANNELS, count), np.float32)
        given = self._samples[self._at : self._at + count]
        block[:, : len(given)] = given.T
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._at, Fraction(1, RATE)
        self._at += count
        self._container.mux(self._stream.encode(frame))


def read_samples(film: InputContainer, most: int) -> Samples | None:
    """The sound of a film, whatever its kind: `most` samples at most; None where it has none.

    Sound that starts late starts with silence, so that it stays beside its pictures.
    """
    if not film.streams.audio:
        return None
    sound = np.zeros((most, CHANNELS), np.float32)
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    at: int | None = None
    for frame in film.decode(film.streams.audio[0]):
        at = round((frame.time or 0) * RATE) if at is None else at
        for piece in resampler.resample(frame):
            at = _lay(sound, piece.to_ndarray().T, at)
        if at >= most:
            return sound
    if at is not None:
        for piece in resampler.resample(None):
            at = _lay(sound, piece.to_ndarray().T, at)
    return sound


def _lay(sound: Samples, piece: NDArray[np.generic], at: int) -> int:
    """Put a piece where it belongs, as far as there is room; return where the next one goes."""
    start, end = max(0, at), max(0, min(len(sound), at + len(piece)))
    if end > start:
        sound[start:end] = piece[start - at : end - at]
    return at + len(piece)
