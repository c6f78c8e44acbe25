"""Films of others: the good ones are measured as they are shown, the bad ones are told why not."""

import io
import struct
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.unit.media.films import film

from filmgate.domain.footage import Footage
from filmgate.domain.shape import Shape, Sound
from filmgate.errors import InvalidVideo
from filmgate.media import foreign
from filmgate.media.decode import read_frames
from filmgate.media.probe import prove

MOST_MS = 120_000
QUARTER = (0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
HALF = (-(1 << 16), 0, 0, 0, -(1 << 16), 0, 0, 0, 1 << 30)


def turned(path: Path, matrix: tuple[int, ...]) -> Path:
    """The film with this display matrix, as a telephone that is held upright writes one."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 44
    data[at : at + 36] = struct.pack(">9i", *matrix)
    path.write_bytes(data)
    return path


def sounding(path: Path, *, pictures: bool) -> Path:
    """A second of a tone, beside pictures or alone."""
    with av.open(path, "w", format="mp4") as output:
        voice = output.add_stream("aac", rate=48_000, layout="stereo")
        video = output.add_stream("libx264", rate=12) if pictures else None
        if video is not None:
            video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
            for k in range(12):
                frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 99, np.uint8), "rgb24")
                frame.pts, frame.time_base = k, Fraction(1, 12)
                output.mux(video.encode(frame))
            output.mux(video.encode())
        tone = np.sin(np.arange(48_000) * 440 / 48_000 * 2 * np.pi).astype(np.float32) / 2
        block = av.AudioFrame.from_ndarray(np.stack([tone, tone]), "fltp", "stereo")
        block.sample_rate = 48_000
        output.mux(voice.encode(block))
        output.mux(voice.encode())
    return path


def measured(path: Path, most_ms: int = MOST_MS) -> Footage:
    with path.open("rb") as file:
        return foreign.look_at(file, most_ms).footage


def rewritten(path: Path, target: Path, shape: Shape) -> list[NDArray[np.int16]]:
    with path.open("rb") as file:
        foreign.rewrite(file, target, shape)
    prove(target, shape)
    return [frame.astype(np.int16) for frame in read_frames(target, "rgb24")]


def test_a_film_is_measured(tmp_path: Path) -> None:
    found = measured(film(tmp_path / "a.mp4", fps=24, frames=36))
    assert found == Footage(width=160, height=90, fps=24, duration_ms=1500)


@pytest.mark.parametrize(
    ("suffix", "codec", "container"),
    [("mov", "libx264", "mov"), ("webm", "libvpx-vp9", "webm"), ("mkv", "libx264", "matroska")],
)
def test_kinds_that_are_taken(tmp_path: Path, suffix: str, codec: str, container: str) -> None:
    path = film(tmp_path / f"a.{suffix}", codec=codec, container=container, faststart=False)
    assert measured(path) == Footage(width=160, height=90, fps=24, duration_ms=1000)


@pytest.mark.parametrize(("matrix", "bright"), [(QUARTER, "right"), (HALF, "bottom")])
def test_a_turned_film_is_seen_upright(
    tmp_path: Path, matrix: tuple[int, ...], bright: str
) -> None:
    """A quarter clockwise takes what is stored at the top to the right."""
    path = tmp_path / "a.mp4"
    picture = np.zeros((90, 160, 3), np.uint8)
    picture[:30] = 250
    with av.open(path, "w", format="mp4") as output:
        stream = output.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for k in range(12):
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = k, Fraction(1, 12)
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    found = measured(turned(path, matrix))
    assert (found.width, found.height) == ((90, 160) if matrix is QUARTER else (160, 90))
    shape = Shape(width=found.width, height=found.height, fps=12, duration_ms=1000)
    shown = rewritten(path, tmp_path / "b.mp4", shape)[6].mean(axis=2)
    high, wide = shown.shape
    part = shown[:, 2 * wide // 3 + 4 :] if bright == "right" else shown[2 * high // 3 + 4 :]
    rest = shown[:, : 2 * wide // 3 - 4] if bright == "right" else shown[: 2 * high // 3 - 4]
    assert part.mean() > 230
    assert rest.mean() < 20


def test_ten_bits_become_eight(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", pixel_format="yuv420p10le", draw=lambda k: (200, 100, 50))
    shape = Shape(width=160, height=90, fps=24, duration_ms=1000)
    shown = rewritten(path, tmp_path / "b.mp4", shape)
    assert np.abs(shown[5].mean(axis=(0, 1)) - (200, 100, 50)).max() < 6


def test_a_variable_rate_becomes_its_mean_and_keeps_its_time(tmp_path: Path) -> None:
    """Frame k is shown from (k // 2) / 12 + (k % 2) / 48 s on: two close ones, then a gap."""
    path = film(
        tmp_path / "a.mp4",
        fps=48,
        frames=24,
        draw=lambda k: (240, 240, 240) if k >= 12 else (10, 10, 10),
        time_of=lambda k: k // 2 * 4 + k % 2,
    )
    found = measured(path)
    assert found.fps in (24, 25)
    assert 940 <= found.duration_ms <= 1000
    shape = Shape(width=160, height=90, fps=found.fps, duration_ms=found.duration_ms)
    light = [frame.mean() for frame in rewritten(path, tmp_path / "b.mp4", shape)]
    (change,) = [k for k, (a, b) in enumerate(pairwise(light), 1) if b - a > 100]
    assert abs(change / found.fps - 0.5) < 0.05


def test_another_size_is_covered_and_cropped(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", width=320, height=90, draw=lambda k: (90, 160, 40))
    shape = Shape(width=128, height=128, fps=12, duration_ms=1000, sound=Sound.TRACK)
    shown = rewritten(path, tmp_path / "b.mp4", shape)
    assert np.abs(shown[5] - (90, 160, 40)).max() < 8, "no bars"


def test_sound_stays_beside_its_pictures(tmp_path: Path) -> None:
    shape = Shape(width=64, height=64, fps=12, duration_ms=1000, sound=Sound.TRACK)
    rewritten(sounding(tmp_path / "a.mp4", pictures=True), tmp_path / "b.mp4", shape)
    with av.open(tmp_path / "b.mp4") as made:
        heard = [frame.to_ndarray() for frame in made.decode(audio=0)]
    assert np.abs(np.concatenate(heard, axis=1)).max() > 0.4


def truncated(folder: Path, *, faststart: bool) -> bytes:
    path = film(folder / "a.mp4", frames=48, faststart=faststart)
    return path.read_bytes()[: path.stat().st_size * 2 // 3]


def without_frames(folder: Path) -> bytes:
    """A film that announces fragments, of which there are none."""
    out = io.BytesIO()
    flags = {"movflags": "empty_moov+frag_keyframe+default_base_moof"}
    with av.open(out, "w", format="mp4", options=flags) as output:
        stream = output.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")
        output.mux(stream.encode(frame))
        output.mux(stream.encode())
    data = out.getvalue()
    return data[: data.index(b"moof") - 4]


def picture(folder: Path) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 120, 40)).save(out, "PNG")
    return out.getvalue()


BAD: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "cut, index in front": (lambda f: truncated(f, faststart=True), "cut short"),
    "cut, index behind": (lambda f: truncated(f, faststart=False), "cut short"),
    "no frames": (without_frames, "no pictures"),
    "8K": (
        lambda f: film(f / "a.mp4", width=7680, height=4320, frames=1, codec="mpeg4").read_bytes(),
        "7680x4320 pixels; at most 4096 a side",
    ),
    "two hours": (
        lambda f: film(f / "a.mp4", frames=3, time_of=lambda k: 86_400 * k).read_bytes(),
        "lasts",
    ),
    "sound alone": (
        lambda f: sounding(f / "a.mp4", pictures=False).read_bytes(),
        "sound alone, and no pictures",
    ),
    "executable": (lambda f: Path(sys.executable).read_bytes()[:200_000], "no MP4, MOV or WebM"),
    "playlist": (
        lambda f: b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n",
        "no MP4, MOV or WebM",
    ),
    "list of files": (
        lambda f: b"ffconcat version 1.0\nfile /etc/passwd\n",
        "no MP4, MOV or WebM",
    ),
    "picture": (picture, "no MP4, MOV or WebM"),
    "nothing": (lambda f: b"", "no MP4, MOV or WebM"),
    "head alone": (lambda f: b"\0\0\0\x18ftypmp42" + bytes(100), "broken or cut short"),
    "another codec": (
        lambda f: film(
            f / "a.mkv", codec="ffv1", container="matroska", faststart=False
        ).read_bytes(),
        "coded as ffv1",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_film_is_told_what_is_wrong(tmp_path: Path, kind: str) -> None:
    make, why = BAD[kind]
    with pytest.raises(InvalidVideo) as caught:
        foreign.look_at(io.BytesIO(make(tmp_path)), MOST_MS)
    assert why in caught.value.message


def test_a_playlist_in_the_coat_of_a_film_opens_nothing(tmp_path: Path) -> None:
    """The box of a film, then a list: what is told to be an MP4 is never read as a playlist."""
    data = b"\0\0\0\x18ftypmp42" + bytes(12) + b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"
    with pytest.raises(InvalidVideo):
        foreign.look_at(io.BytesIO(data), MOST_MS)


def test_a_film_that_goes_wrong_in_its_midst_leaves_nothing(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", frames=48, codec="mpeg4")
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    data[start + 200 :] = b"\xff" * (len(data) - start - 200)
    shape = Shape(width=160, height=90, fps=24, duration_ms=2000)
    try:
        foreign.rewrite(io.BytesIO(bytes(data)), tmp_path / "b.mp4", shape)
    except InvalidVideo:
        assert not (tmp_path / "b.mp4").exists()
    else:
        prove(tmp_path / "b.mp4", shape)
