from fractions import Fraction
from pathlib import Path

import pytest
from tests.unit.media.films import film

from filmgate.domain.shape import Shape
from filmgate.errors import FilmMismatch, GenerationFailed
from filmgate.media.probe import BT709, Probe, probe, prove

ASKED = Shape(width=160, height=90, fps=24, duration_ms=1000)


def test_a_probe_says_what_the_film_is(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    assert probe(path) == Probe(
        width=160,
        height=90,
        fps=Fraction(24),
        frames=24,
        duration=Fraction(1),
        codec="h264",
        profile="High",
        pixel_format="yuv420p",
        colour=BT709,
        faststart=True,
        constant_rate=True,
        upright=True,
        size=path.stat().st_size,
    )


def test_the_film_asked_for_is_proved(tmp_path: Path) -> None:
    assert prove(film(tmp_path / "a.mp4"), ASKED).frames == 24


@pytest.mark.parametrize("frames", [1, 2, 25])
@pytest.mark.parametrize("fps", [24, 25, 30, 60])
def test_frames_and_rate_are_exact(tmp_path: Path, fps: int, frames: int) -> None:
    found = probe(film(tmp_path / "a.mp4", fps=fps, frames=frames))
    assert found.fps == fps
    assert found.frames == frames
    assert found.constant_rate
    assert found.duration == Fraction(frames, fps)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"width": 162}, "its size is 162x90, not 160x90"),
        ({"fps": 30}, "its rate is 30, not 24"),
        ({"frames": 23}, "its number of frames is 23, not 24"),
        ({"codec": "mpeg4"}, "its codec is mpeg4, not h264"),
        ({"pixel_format": "yuv444p"}, "its pixel format is yuv444p, not yuv420p"),
        ({"tagged": False}, "its colour is 2/2/2 unspecified, not 1/1/1 limited"),
        ({"time_of": lambda k: k + (k > 5)}, "its rate is not constant"),
        ({"faststart": False}, "its index is not at the front"),
        ({"sample_aspect_ratio": Fraction(4, 3)}, "its pixels are not square"),
    ],
)
def test_each_difference_is_named(tmp_path: Path, wrong: dict[str, object], words: str) -> None:
    path = film(tmp_path / "a.mp4", **wrong)  # type: ignore[arg-type]
    with pytest.raises(FilmMismatch, match=words):
        prove(path, ASKED)


def test_all_differences_are_named_at_once(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", width=80, frames=3, faststart=False)
    with pytest.raises(FilmMismatch) as caught:
        prove(path, ASKED)
    assert caught.value.message == (
        "The film is not the one asked for: its size is 80x90, not 160x90; "
        "its number of frames is 3, not 24; its index is not at the front"
    )


@pytest.mark.parametrize("data", [b"", b"not a film", b"#EXTM3U\n/etc/passwd\n", bytes(4096)])
def test_what_is_no_film_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(GenerationFailed, match="cannot be read"):
        probe(path)


def test_a_missing_film_is_refused_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(GenerationFailed) as caught:
        probe(tmp_path / "none.mp4")
    assert str(tmp_path) not in caught.value.message
    assert caught.value.__cause__ is not None


def test_another_container_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GenerationFailed):
        probe(film(tmp_path / "a.mkv", container="matroska"))


@pytest.mark.parametrize("faststart", [True, False])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_film_cut_short_is_seen(tmp_path: Path, part: float, faststart: bool) -> None:
    path = film(tmp_path / "a.mp4", faststart=faststart)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(GenerationFailed):
        prove(path, ASKED)


@pytest.mark.parametrize("box", [b"mdat", b"moov"])
def test_a_film_overwritten_is_seen(tmp_path: Path, box: bytes) -> None:
    path = film(tmp_path / "a.mp4")
    data = bytearray(path.read_bytes())
    start = data.index(box) + 8
    data[start : start + 2000] = bytes(2000)
    path.write_bytes(data)
    with pytest.raises(GenerationFailed):
        probe(path)
