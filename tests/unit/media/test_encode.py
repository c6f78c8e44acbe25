"""A film holds the frames written, as players want them, and depends on nothing else."""

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from filmgate.domain.shape import Shape
from filmgate.media.encode import FilmWriter

SHAPE = Shape(width=320, height=192, fps=25, duration_ms=4000)


def frame(index: int, shape: Shape = SHAPE) -> NDArray[np.uint8]:
    picture = np.full((shape.height, shape.width, 4), 255, np.uint8)
    picture[:, :, 0] = np.linspace(0, 255, shape.width, dtype=np.uint8)
    picture[:, :, 1] = (index * 3) % 256
    return picture


def write(path: Path, frames: int, shape: Shape = SHAPE) -> Path:
    with FilmWriter(path, shape) as film:
        for index in range(frames):
            film.write(frame(index, shape))
    return path


def test_exactly_the_frames_written_at_a_constant_rate(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", 100)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        times = [f.time for f in container.decode(stream)]
        assert stream.average_rate == 25
        assert stream.frames == 100
    assert times == [pytest.approx(k / 25) for k in range(100)]


def test_plays_everywhere(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", 60)
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert context.color_range == 1
    data = path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert b"creation_time" not in data


def test_keyframes_come_every_two_seconds_at_most(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", 100)
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.size]
    keys = [k for k, p in enumerate(packets) if p.is_keyframe]
    assert keys[0] == 0
    assert keys[1] <= 50


def test_colours_come_back(tmp_path: Path) -> None:
    shape = Shape(width=128, height=128, fps=10, duration_ms=100)
    picture = np.zeros((128, 128, 4), np.uint8)
    picture[:] = (40, 120, 220, 255)
    with FilmWriter(tmp_path / "a.mp4", shape) as film:
        film.write(picture)
    with av.open(str(tmp_path / "a.mp4")) as container:
        back = next(container.decode(video=0)).to_ndarray(format="bgra", src_colorspace="ITU709")
    assert np.abs(back[64, 64, :3].astype(int) - (40, 120, 220)).max() <= 4


def busy(index: int, shape: Shape) -> NDArray[np.uint8]:
    """Texture that moves, so that every decision of the encoder has something to decide."""
    y, x = np.mgrid[0 : shape.height, 0 : shape.width]
    waves = 120 + 80 * np.sin((x + 3 * index) / 9) + 50 * np.cos((y - index) / 5 + x / 31)
    picture = np.full((shape.height, shape.width, 4), 255, np.uint8)
    picture[:, :, :3] = np.clip(waves, 0, 255)[:, :, None]
    return picture


@pytest.mark.parametrize("size", [(320, 180), (322, 178), (640, 368)])
def test_same_frames_same_bytes(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "deep").mkdir()
    shape = Shape(width=size[0], height=size[1], fps=24, duration_ms=1500)
    films = set()
    for name in ("a.mp4", "deep/other-name.mp4", *(f"{k}.mp4" for k in range(10))):
        with FilmWriter(tmp_path / name, shape) as film:
            for index in range(36):
                film.write(busy(index, shape))
        films.add((tmp_path / name).read_bytes())
    assert len(films) == 1


def test_the_array_is_free_after_write(tmp_path: Path) -> None:
    reused = frame(0)
    with FilmWriter(tmp_path / "a.mp4", SHAPE) as film:
        for index in range(50):
            reused[:] = frame(index)
            film.write(reused)
    assert (tmp_path / "a.mp4").read_bytes() == write(tmp_path / "b.mp4", 50).read_bytes()


def write_then_stop(path: Path) -> None:
    with FilmWriter(path, SHAPE) as film:
        for index in range(20):
            film.write(frame(index))
        raise RuntimeError("stop")


def test_an_exception_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="stop"):
        write_then_stop(tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_failing_encoder_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r".+"), FilmWriter(tmp_path / "a.mp4", SHAPE) as film:
        film.write(np.zeros((10, 10, 3), np.uint8))
    assert list(tmp_path.iterdir()) == []
