"""A film's sound is exactly as long as its pictures, whatever was given."""

from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest

from filmgate.domain.shape import Shape, Sound
from filmgate.errors import FilmMismatch
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import prove
from filmgate.media.sound import RATE, Samples, read_samples, samples_in

SHAPE = Shape(width=128, height=96, fps=30, duration_ms=2000, sound=Sound.TRACK)


def shape(sound: Sound, fps: int = 30, duration_ms: int = 2000) -> Shape:
    return Shape(width=128, height=96, fps=fps, duration_ms=duration_ms, sound=sound)


def tone(seconds: float, hertz: float = 440) -> Samples:
    wave = np.sin(np.arange(round(seconds * RATE)) / RATE * 2 * np.pi * hertz) * 0.5
    return np.stack([wave, wave], axis=1).astype(np.float32)


def write(path: Path, shape: Shape, sound: Samples | None = None) -> Path:
    with FilmWriter(path, shape, sound=sound) as film:
        for number in range(shape.frames):
            film.write(np.full((shape.height, shape.width, 4), number % 200, np.uint8))
    return path


def heard(path: Path, most: int = 10 * RATE) -> Samples | None:
    with av.open(str(path)) as film:
        return read_samples(film, most)


@pytest.mark.parametrize(
    ("fps", "duration_ms"), [(30, 2000), (24, 1500), (7, 3000), (30, 33), (1, 1000), (60, 20_000)]
)
def test_silence_lasts_exactly_as_long_as_the_pictures(
    tmp_path: Path, fps: int, duration_ms: int
) -> None:
    wanted = shape(Sound.TRACK, fps, duration_ms)
    found = prove(write(tmp_path / "a.mp4", wanted), wanted)
    assert found.sound is not None
    assert str(found.sound) == "aac LC, 48000 Hz, 2 channels"
    assert found.sound.end == Fraction(samples_in(wanted.frames, fps), RATE)
    assert np.abs(heard(tmp_path / "a.mp4")).max() == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [None, tone(2)], ids=["silence", "tone"])
def test_the_same_sound_is_the_same_bytes(tmp_path: Path, given: Samples | None) -> None:
    one, other = (write(tmp_path / name, SHAPE, given) for name in ("a.mp4", "b.mp4"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("seconds", [0.5, 2, 5])
def test_given_sound_is_cut_or_followed_by_silence(tmp_path: Path, seconds: float) -> None:
    path = write(tmp_path / "a.mp4", SHAPE, tone(seconds))
    prove(path, SHAPE)
    sound = cast("Samples", heard(path, 2 * RATE))
    ends = round(min(seconds, 2) * RATE)
    assert np.abs(sound[1000 : ends - 1000]).max() > 0.4
    assert ends == 2 * RATE or np.abs(sound[ends + 2000 :]).max() < 0.01


def test_sound_stays_beside_its_pictures(tmp_path: Path) -> None:
    click = np.zeros((2 * RATE, 2), np.float32)
    click[RATE : RATE + 480] = 0.9
    sound = cast("Samples", heard(write(tmp_path / "a.mp4", SHAPE, click), 2 * RATE))
    loudest = int(np.abs(sound[:, 0]).argmax())
    assert abs(loudest - RATE) < 1000, "an encoder's delay is told in the file"


def test_a_card_without_sound_has_no_track(tmp_path: Path) -> None:
    none, native = shape(Sound.NONE), shape(Sound.NATIVE)
    assert prove(write(tmp_path / "a.mp4", none, tone(2)), none).sound is None
    assert prove(write(tmp_path / "b.mp4", native), native).sound is None
    assert prove(write(tmp_path / "c.mp4", native, tone(2)), native).sound is not None


def test_without_sound_the_bytes_are_those_of_before(tmp_path: Path) -> None:
    one = write(tmp_path / "a.mp4", shape(Sound.NONE))
    other = write(tmp_path / "b.mp4", shape(Sound.NATIVE))
    assert one.read_bytes() == other.read_bytes()


def test_the_proof_names_what_is_wrong_with_the_sound(tmp_path: Path) -> None:
    silent = write(tmp_path / "a.mp4", shape(Sound.NONE))
    with pytest.raises(FilmMismatch, match="it has no sound track"):
        prove(silent, shape(Sound.TRACK))
    with pytest.raises(FilmMismatch, match="it has a sound track"):
        prove(write(tmp_path / "b.mp4", SHAPE), shape(Sound.NONE))


def test_the_proof_measures_the_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as film:
        pictures = film.add_stream("libx264", rate=30)
        pictures.width, pictures.height, pictures.pix_fmt = 128, 96, "yuv420p"
        sound = film.add_stream("aac", rate=44_100, layout="mono")
        for _ in range(60):
            grey = np.zeros((96, 128, 3), np.uint8)
            film.mux(pictures.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        film.mux(pictures.encode(None))
        for number in range(40):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts, frame.time_base = (
                44_100,
                number * 1024,
                Fraction(1, 44_100),
            )
            film.mux(sound.encode(frame))
        film.mux(sound.encode(None))
    with pytest.raises(FilmMismatch) as caught:
        prove(path, shape(Sound.TRACK))
    assert "its sound is aac LC, 44100 Hz, 1 channels, not aac LC" in caught.value.message
    assert "its sound lasts until 0.928798 s, not 2 s" in caught.value.message
