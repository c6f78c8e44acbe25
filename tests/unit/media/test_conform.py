from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest

from filmgate.domain.shape import Shape, Sound
from filmgate.errors import FilmMismatch, GenerationFailed
from filmgate.media.conform import conform
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import prove

SHAPE = Shape(width=128, height=96, fps=10, duration_ms=2000)
MUTE = replace(SHAPE, sound=Sound.NONE)


def pictures_in(path: Path) -> list[bytes]:
    with av.open(str(path)) as film:
        return [bytes(packet) for packet in film.demux(film.streams.video[0])]


def make(path: Path, shape: Shape) -> Path:
    """A film whose frames grow brighter."""
    with FilmWriter(path, shape) as film:
        for number in range(shape.frames):
            grey = 40 + number * 160 // shape.frames
            film.write(np.full((shape.height, shape.width, 4), grey, np.uint8))
    return path


def make_foreign(path: Path, codec: str, *, seconds: float = 2, sound: bool = False) -> Path:
    """A film as other servers make them: their own size, rate, codec and container."""
    kind = "matroska" if path.suffix == ".webm" else "mp4"
    with av.open(str(path), "w", format=kind) as film:
        stream = cast("av.VideoStream", film.add_stream(codec, rate=16))
        stream.width, stream.height, stream.pix_fmt = 200, 120, "yuv420p"
        tone = film.add_stream("aac", rate=44100, layout="mono") if sound else None
        for number in range(int(seconds * 16)):
            grey = np.full((120, 200, 3), 100 + number % 50, np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        film.mux(stream.encode(None))
        if tone is not None:
            _hum(film, tone, seconds)
    return path


def _hum(film: av.container.OutputContainer, tone: av.audio.AudioStream, seconds: float) -> None:
    for start in range(0, int(seconds * 44100), 1024):
        times = np.arange(start, start + 1024) / 44100
        wave = (np.sin(times * 2 * np.pi * 440) * 0.3).astype(np.float32)[None]
        frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 44100, start, Fraction(1, 44100)
        film.mux(tone.encode(frame))
    film.mux(tone.encode(None))


def test_a_film_that_fits_is_moved_as_it_is(tmp_path: Path) -> None:
    source = make(tmp_path / "source.mp4", SHAPE)
    before = source.read_bytes()
    assert conform(source, tmp_path / "film.mp4", SHAPE, lambda _: None) is None
    assert (tmp_path / "film.mp4").read_bytes() == before
    assert not source.exists()


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "libx264"), ("b.webm", "libvpx-vp9"), ("c.mp4", "mpeg4")]
)
def test_size_rate_codec_and_container_become_those_asked_for(
    tmp_path: Path, name: str, codec: str
) -> None:
    source = make_foreign(tmp_path / name, codec)
    told: list[float] = []
    native = conform(source, tmp_path / "film.mp4", SHAPE, told.append)
    prove(tmp_path / "film.mp4", SHAPE)
    assert native == "200x120 at 16 frames a second"
    assert told[-1] == 1


def test_sound_is_kept_and_no_longer_than_the_film(tmp_path: Path) -> None:
    source = make_foreign(tmp_path / "long.mp4", "libx264", seconds=3, sound=True)
    conform(source, tmp_path / "film.mp4", SHAPE, lambda _: None)
    prove(tmp_path / "film.mp4", SHAPE)
    with av.open(str(tmp_path / "film.mp4")) as film:
        (sound,) = film.streams.audio
        frames = list(film.decode(sound))
    length = sum(frame.samples for frame in frames) / 48_000
    loudness = np.abs(np.concatenate([frame.to_ndarray()[0] for frame in frames])).max()
    assert 2 <= length <= 2.05
    assert loudness > 0.1


def test_pictures_that_fit_are_copied_where_the_sound_does_not(tmp_path: Path) -> None:
    source = make(tmp_path / "source.mp4", SHAPE)
    wanted = replace(SHAPE, sound=Sound.TRACK)
    assert conform(source, tmp_path / "film.mp4", wanted, lambda _: None) is not None
    prove(tmp_path / "film.mp4", wanted)
    assert pictures_in(tmp_path / "film.mp4") == pictures_in(source)
    conform(tmp_path / "film.mp4", tmp_path / "mute.mp4", MUTE, lambda _: None)
    assert prove(tmp_path / "mute.mp4", MUTE).sound is None


def test_a_card_without_sound_gets_none_of_the_upstreams(tmp_path: Path) -> None:
    source = make_foreign(tmp_path / "long.mp4", "libx264", seconds=3, sound=True)
    conform(source, tmp_path / "film.mp4", MUTE, lambda _: None)
    assert prove(tmp_path / "film.mp4", MUTE).sound is None


def test_a_film_a_little_short_holds_its_last_frame(tmp_path: Path) -> None:
    source = make_foreign(tmp_path / "short.mp4", "libx264", seconds=1.8125)
    conform(source, tmp_path / "film.mp4", SHAPE, lambda _: None)
    assert prove(tmp_path / "film.mp4", SHAPE).frames == 20


def test_a_film_much_too_short_is_refused(tmp_path: Path) -> None:
    source = make_foreign(tmp_path / "short.mp4", "libx264", seconds=1)
    with pytest.raises(FilmMismatch, match=r"too short: 1 s of 2"):
        conform(source, tmp_path / "film.mp4", SHAPE, lambda _: None)


@pytest.mark.parametrize("data", [b"", b"<html>no</html>", b"#EXTM3U\nhttp://10.0.0.1/x.ts\n"])
def test_what_is_no_film_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "page").write_bytes(data)
    with pytest.raises(GenerationFailed, match="is no film"):
        conform(tmp_path / "page", tmp_path / "film.mp4", SHAPE, lambda _: None)


def test_a_broken_film_is_refused(tmp_path: Path) -> None:
    whole = make_foreign(tmp_path / "whole.mp4", "libx264").read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GenerationFailed):
        conform(tmp_path / "half.mp4", tmp_path / "film.mp4", SHAPE, lambda _: None)
