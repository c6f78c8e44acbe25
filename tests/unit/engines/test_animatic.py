"""The engine at its socket: films as asked, the same bytes each time, ended at once when told."""

import asyncio
import contextlib
import importlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from animatic.frames import WordsError
from filmgate.domain.shape import Shape, Sound
from filmgate.domain.states import State
from filmgate.domain.video import Request, Video
from filmgate.engines import animatic
from filmgate.engines.animatic import Animatic
from filmgate.engines.base import PICTURE
from filmgate.errors import Cancelled, MissingPart, SettingsError
from filmgate.media.sound import RATE, read_samples

SHAPE = Shape(width=320, height=180, fps=24, duration_ms=1500)


class Recorder:
    """A report that remembers, and stops at a fraction if told to."""

    def __init__(self, stop_at: float = 2.0) -> None:
        self.fractions: list[float] = []
        self.stop_at = stop_at
        self.stopped_at = 0.0

    def progress(self, fraction: float) -> None:
        self.fractions.append(fraction)
        if fraction >= self.stop_at:
            self.stopped_at = time.perf_counter()
            raise Cancelled("stop")

    async def drained_upstreams(self) -> frozenset[str]:
        return frozenset()

    async def callback_path(self, tag: str) -> str:
        return tag

    def listen(self, ring: Callable[[], None]) -> None:
        pass

    async def resume(self, token: str) -> None:
        raise AssertionError("nothing to resume")


def video(prompt: str = "a dog running on the beach", **fields: Any) -> Video:
    request = Request(
        **{"model": "animatic", "prompt": prompt, "shape": SHAPE, "seed": 3, **fields}
    )
    return Video(
        id="video_1", account_id="a", dialect="sora", engine="animatic", request=request,
        state=State.RUNNING, progress=0, price=0, created_at=0.0,
    )  # fmt: skip


def make(folder: Path, report: Recorder | None = None, **fields: Any) -> list[Path]:
    folder.mkdir(exist_ok=True)
    made = asyncio.run(Animatic().generate(video(**fields), folder, report or Recorder()))
    return list(made.films)


def test_films_are_what_was_asked(tmp_path: Path) -> None:
    report = Recorder()
    paths = make(tmp_path, report, n=2)
    assert paths == [tmp_path / "0.mp4", tmp_path / "1.mp4"]
    for path in paths:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            assert (stream.width, stream.height) == (320, 180)
            assert stream.average_rate == 24
            assert sum(1 for _ in container.decode(stream)) == SHAPE.frames == 36
    assert report.fractions == sorted(report.fractions)
    assert report.fractions[-1] == 1.0
    assert len(report.fractions) >= 2 * SHAPE.frames


def test_same_request_same_bytes_and_seed_follows_seed(tmp_path: Path) -> None:
    one, two = make(tmp_path / "a", n=2)
    (again,) = make(tmp_path / "b")
    (next_seed,) = make(tmp_path / "c", seed=4)
    assert again.read_bytes() == one.read_bytes()
    assert next_seed.read_bytes() == two.read_bytes()
    assert one.read_bytes() != two.read_bytes()


def test_stops_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    shape = Shape(width=1280, height=720, fps=30, duration_ms=10_000)
    report = Recorder(stop_at=0.05)
    with pytest.raises(Cancelled):
        make(tmp_path, report, shape=shape)
    assert time.perf_counter() - report.stopped_at < 0.1
    assert list(tmp_path.iterdir()) == []


def test_stops_at_once_at_full_size_and_while_it_prepares(tmp_path: Path) -> None:
    shape = Shape(width=1920, height=1080, fps=30, duration_ms=60_000)
    for stop_at in (0.01, 0.05):
        report = Recorder(stop_at=stop_at)
        with pytest.raises(Cancelled):
            make(tmp_path, report, prompt="a dog on the beach, watercolour", shape=shape)
        assert time.perf_counter() - report.stopped_at < 0.1
    assert list(tmp_path.iterdir()) == []


def test_picture_becomes_the_first_frame(tmp_path: Path) -> None:
    y, x = np.mgrid[0:180, 0:320]
    picture = np.dstack([x * 255 // 320, y * 255 // 180, np.full_like(x, 90)]).astype(np.uint8)
    Image.fromarray(picture).save(tmp_path / PICTURE, "PNG")
    (path,) = make(tmp_path, prompt="rain", picture="key")
    with av.open(str(path)) as container:
        first = next(container.decode(video=0)).to_ndarray(format="rgb24", src_colorspace="ITU709")
    error = float(np.mean((first.astype(float) - picture) ** 2))
    assert 10 * np.log10(255**2 / error) > 32


def test_extras_reach_the_scene(tmp_path: Path) -> None:
    (plain,) = make(tmp_path / "a", prompt="a cat in the rain")
    (dry,) = make(tmp_path / "b", prompt="a cat in the rain", extras={"negative_prompt": "rain"})
    (noir,) = make(tmp_path / "c", prompt="a cat in the rain", extras={"style": "noir"})
    assert len({plain.read_bytes(), dry.read_bytes(), noir.read_bytes()}) == 3


@pytest.mark.parametrize(
    ("prompt", "not_drawn"),
    [
        ("a cat asleep", {}),
        ("a cat and a dog by a zeppelin hangar", {"not_drawn": ["zeppelin hangar"]}),
    ],
)
def test_it_says_what_it_did_not_draw(
    tmp_path: Path, prompt: str, not_drawn: dict[str, list[str]]
) -> None:
    made = asyncio.run(Animatic().generate(video(prompt), tmp_path, Recorder()))
    assert made.making.render == not_drawn


def test_a_missing_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr(importlib, "import_module", fail)
    with pytest.raises(MissingPart, match="apt-get install libgl1"):
        asyncio.run(Animatic().open())


def test_wrong_words_of_a_package_end_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(prompt: str, **rest: object) -> None:
        raise WordsError("slug.toml: subject.slug: hieght is unknown")

    monkeypatch.setattr(animatic, "imagine", refuse)
    with pytest.raises(SettingsError, match="hieght is unknown"):
        asyncio.run(Animatic().open())


@pytest.mark.parametrize(("sound", "tracks"), [(Sound.TRACK, 1), (Sound.NONE, 0)])
def test_a_film_sounds_where_it_has_a_track(tmp_path: Path, sound: Sound, tracks: int) -> None:
    shape = Shape(width=160, height=90, fps=24, duration_ms=2000, sound=sound)
    (path,) = make(tmp_path / "a", prompt="waves on a beach", shape=shape)
    (again,) = make(tmp_path / "b", prompt="waves on a beach", shape=shape)
    assert path.read_bytes() == again.read_bytes()
    with av.open(str(path)) as container:
        assert len(container.streams.audio) == tracks
        heard = read_samples(container, 2 * RATE)
    if heard is not None:
        assert np.sqrt(np.mean(heard**2)) > 0.01
        assert np.abs(heard[-RATE // 10 :]).max() > 0.003


def test_films_with_sound_are_joined_as_scripts_do(tmp_path: Path) -> None:
    """`concat` with `a=1`, which stops at a film without a track: one is silent, one is not."""
    shape = Shape(width=160, height=90, fps=24, duration_ms=1000, sound=Sound.TRACK)
    films = [
        make(tmp_path / name, prompt=prompt, shape=shape)[0]
        for name, prompt in (("a", "rain in the city"), ("b", "a cat asleep in a room"))
    ]
    graph = av.filter.Graph()
    concat = graph.add("concat", "n=2:v=0:a=1")
    containers = [av.open(str(film)) for film in films]
    sources = [graph.add_abuffer(template=one.streams.audio[0]) for one in containers]
    for k, source in enumerate(sources):
        source.link_to(concat, 0, k)
    sink = graph.add("abuffersink")
    concat.link_to(sink)
    graph.configure()
    for container, source in zip(containers, sources, strict=True):
        for sounding in container.decode(audio=0):
            source.push(sounding)
        source.push(None)
        container.close()
    joined = 0
    with contextlib.suppress(av.EOFError):
        while True:
            piece = sink.pull()
            assert isinstance(piece, av.AudioFrame)
            joined += piece.samples
    assert 2 * RATE <= joined <= 2 * RATE + 2048
