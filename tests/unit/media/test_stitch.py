"""Parts become a whole to the frame and to the sample."""

from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from tests.unit.media.films import film

from filmgate.domain.shape import Shape, Sound
from filmgate.errors import FilmMismatch
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import prove
from filmgate.media.sound import RATE, Samples, read_samples
from filmgate.media.stitch import ease_seam, stitch


def shape(duration_ms: int, sound: Sound = Sound.NATIVE) -> Shape:
    return Shape(width=128, height=96, fps=10, duration_ms=duration_ms, sound=sound)


def part(path: Path, grey: int, loud: float | None) -> Path:
    sound = None
    if loud is not None:
        wave = loud * np.sin(np.arange(RATE) / RATE * 2 * np.pi * 440)
        sound = np.stack([wave, wave], axis=1).astype(np.float32)
    with FilmWriter(path, shape(1000), sound=sound) as film:
        for _ in range(10):
            film.write(np.full((96, 128, 4), grey, np.uint8))
    return path


def greys(path: Path) -> list[int]:
    with av.open(str(path)) as film:
        return [int(frame.to_ndarray(format="rgb24").mean()) for frame in film.decode(video=0)]


def test_pictures_and_sound_follow_each_other(tmp_path: Path) -> None:
    parts = [part(tmp_path / "a.mp4", 60, 0.2), part(tmp_path / "b.mp4", 180, 0.8)]
    whole, told = tmp_path / "whole.mp4", list[float]()
    stitch(parts, whole, shape(2000), told.append)
    found = prove(whole, shape(2000))
    assert (found.frames, told[-1]) == (20, 1.0)
    assert found.sound is not None
    seen = greys(whole)
    assert max(abs(grey - 60) for grey in seen[:10]) < 4
    assert max(abs(grey - 180) for grey in seen[10:]) < 4
    with av.open(str(whole)) as film:
        sound = cast("Samples", read_samples(film, 2 * RATE))
    assert 0.1 < np.abs(sound[2000 : RATE - 2000]).max() < 0.3
    assert np.abs(sound[RATE + 2000 :]).max() > 0.7


def test_a_silent_part_is_silent_in_a_whole_that_sounds(tmp_path: Path) -> None:
    parts = [part(tmp_path / "a.mp4", 60, None), part(tmp_path / "b.mp4", 180, 0.8)]
    stitch(parts, tmp_path / "whole.mp4", shape(2000), lambda _: None)
    with av.open(str(tmp_path / "whole.mp4")) as film:
        sound = cast("Samples", read_samples(film, 2 * RATE))
    assert np.abs(sound[: RATE - 2000]).max() < 0.01
    assert np.abs(sound[RATE + 2000 :]).max() > 0.7


@pytest.mark.parametrize("sound", [Sound.NONE, Sound.NATIVE, Sound.TRACK])
def test_the_card_has_the_word_about_sound(tmp_path: Path, sound: Sound) -> None:
    parts = [part(tmp_path / "a.mp4", 60, None), part(tmp_path / "b.mp4", 180, None)]
    stitch(parts, tmp_path / "whole.mp4", shape(2000, sound), lambda _: None)
    found = prove(tmp_path / "whole.mp4", shape(2000, sound))
    assert (found.sound is not None) is (sound is Sound.TRACK)


def test_parts_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    parts = [part(tmp_path / "a.mp4", 60, None)]
    with pytest.raises(FilmMismatch, match="10 frames together, not 20"):
        stitch(parts, tmp_path / "whole.mp4", shape(2000), lambda _: None)
    assert not (tmp_path / "whole.mp4").exists()


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as film:
        return [bytes(packet) for packet in film.demux(video=0) if packet.size]


def test_pictures_that_are_coded_alike_are_copied(tmp_path: Path) -> None:
    parts = [part(tmp_path / "a.mp4", 60, 0.2), part(tmp_path / "b.mp4", 180, None)]
    stitch(parts, tmp_path / "whole.mp4", shape(2000), lambda _: None)
    assert packets(tmp_path / "whole.mp4") == packets(parts[0]) + packets(parts[1])


def test_pictures_that_are_coded_otherwise_are_encoded_anew(tmp_path: Path) -> None:
    other = film(tmp_path / "a.mp4", width=128, height=96, fps=10, frames=10)
    parts = [other, part(tmp_path / "b.mp4", 180, None)]
    stitch(parts, tmp_path / "whole.mp4", shape(2000), lambda _: None)
    prove(tmp_path / "whole.mp4", shape(2000))
    assert packets(tmp_path / "whole.mp4")[:10] != packets(parts[0])


def test_a_seam_does_not_click() -> None:
    """Loud up to the seam, silent from there on: no step is left, and no sound is lost before."""
    sound = np.zeros((RATE, 2), np.float32)
    sound[: RATE // 2] = 0.8
    before = sound[: RATE // 2].copy()
    ease_seam(sound, RATE // 2)
    assert np.abs(np.diff(sound, axis=0)).max() < 0.002
    assert np.array_equal(sound[: RATE // 2], before)
    assert np.abs(sound[RATE // 2 + RATE // 40 :]).max() < 1e-6


def test_sound_that_goes_on_is_left_alone() -> None:
    wave = np.sin(np.arange(RATE) / RATE * 2 * np.pi * 440)
    sound = np.stack([wave, wave], axis=1).astype(np.float32)
    before = sound.copy()
    ease_seam(sound, RATE // 2)
    step = np.abs(before[RATE // 2] - before[RATE // 2 - 1]).max()
    assert np.abs(sound - before).max() <= step + 1e-6
