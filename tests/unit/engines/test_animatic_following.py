"""The animatic goes on from what it has made: remix, edit, extension, and films of others."""

import asyncio
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.unit.engines.test_animatic import Recorder, video

from filmgate.domain.shape import Shape
from filmgate.domain.source import Source, Verb
from filmgate.engines.animatic import Animatic, read_stories
from filmgate.engines.base import SOURCE, SOURCE_KEEPSAKE, Made
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import prove

SHAPE = Shape(width=320, height=180, fps=12, duration_ms=2000)
WORDS = "a red fox running on the beach"


def frames(path: Path) -> list[NDArray[np.int16]]:
    with av.open(str(path)) as container:
        return [
            frame.to_ndarray(format="rgb24", src_colorspace="ITU709").astype(np.int16)
            for frame in container.decode(video=0)
        ]


def far(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    return float(np.abs(one - other).mean())


def alike(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    """How far light and dark are in the same places, -1…1."""
    return float(np.corrcoef(one.mean(axis=2).ravel(), other.mean(axis=2).ravel())[0, 1])


def make(folder: Path, **fields: Any) -> Made:
    folder.mkdir(exist_ok=True)
    report = Recorder()
    asked = video(**{"prompt": WORDS, "shape": SHAPE, **fields})
    made = asyncio.run(Animatic().generate(asked, folder, report))
    assert report.fractions == sorted(report.fractions)
    return made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A film and the scene that it keeps."""
    return make(tmp_path_factory.mktemp("first"))


def follow(folder: Path, first: Made, verb: Verb, *, kept: bool = True, **fields: Any) -> Made:
    folder.mkdir()
    (folder / SOURCE).write_bytes(first.films[0].read_bytes())
    if kept and first.keepsake is not None:
        (folder / SOURCE_KEEPSAKE).write_bytes(first.keepsake)
    source = Source(
        verb=verb,
        film="k",
        width=SHAPE.width,
        height=SHAPE.height,
        fps=SHAPE.fps,
        duration_ms=SHAPE.duration_ms,
        prompt=WORDS,
        seed=3,
    )
    return make(folder, source=source, **fields)


@pytest.mark.parametrize("verb", [Verb.REMIX, Verb.EDIT])
def test_the_same_words_are_the_same_film(tmp_path: Path, first: Made, verb: Verb) -> None:
    again = follow(tmp_path / "a", first, verb)
    assert again.films[0].read_bytes() == first.films[0].read_bytes()
    assert again.keepsake == first.keepsake


def test_a_remix_changes_what_its_words_name_and_nothing_else(tmp_path: Path, first: Made) -> None:
    snow = follow(tmp_path / "a", first, Verb.REMIX, prompt="it is snowing")
    (before,), (after,) = _scenes(first), _scenes(snow)
    assert after["weather"].keys() - before["weather"].keys() == {"snow"}
    kept = ("setting", "actors", "palette", "seed", "sun")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert far(frames(snow.films[0])[6], frames(first.films[0])[6]) > 2


def test_each_output_of_a_remix_has_its_own_scene(tmp_path: Path) -> None:
    two = make(tmp_path / "two", n=2)
    again = follow(tmp_path / "a", two, Verb.REMIX, n=3)
    same = [
        one.read_bytes() == other.read_bytes()
        for one, other in zip(two.films, again.films, strict=False)
    ]
    assert same == [True, True]
    assert len({path.read_bytes() for path in again.films}) == 3


def test_a_remix_of_another_engine_imagines_its_scene(tmp_path: Path, first: Made) -> None:
    night = follow(tmp_path / "a", first, Verb.REMIX, kept=False, prompt="at night")
    (scene,) = _scenes(night)
    assert [actor["subject"] for actor in scene["actors"]] == ["fox"]
    assert scene["hour"] == "night"


@pytest.mark.parametrize("prompt", [WORDS, "a stormy night by the sea, a whale"])
def test_an_extension_goes_on_without_a_jump(tmp_path: Path, first: Made, prompt: str) -> None:
    whole = replace(SHAPE, duration_ms=4000)
    made = follow(tmp_path / "a", first, Verb.EXTEND, prompt=prompt, shape=whole)
    prove(made.films[0], whole)
    shown = frames(made.films[0])
    assert all(far(a, b) == 0 for a, b in zip(shown[:24], frames(first.films[0]), strict=True))
    steps = [far(a, b) for a, b in pairwise(shown[12:])]
    assert steps[11] <= 1.5 * max(steps[:11]), "the seam is a step like any other"
    assert (far(shown[-1], shown[23]) > 25) is (prompt != WORDS)


def test_an_extension_is_extended_from_where_it_ended(tmp_path: Path, first: Made) -> None:
    once, twice = replace(SHAPE, duration_ms=3000), replace(SHAPE, duration_ms=4000)
    longer = follow(tmp_path / "a", first, Verb.EXTEND, shape=once)
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / SOURCE).write_bytes(longer.films[0].read_bytes())
    (folder / SOURCE_KEEPSAKE).write_bytes(longer.keepsake or b"")
    source = Source(
        verb=Verb.EXTEND, film="k", width=320, height=180, fps=12, duration_ms=3000, seed=3
    )
    longest = make(folder, source=source, shape=twice)
    at_once = follow(tmp_path / "c", first, Verb.EXTEND, shape=twice)
    one, other = frames(longest.films[0]), frames(at_once.films[0])
    assert max(far(a, b) for a, b in zip(one, other, strict=True)) < 3


def test_an_edit_keeps_the_scenes_and_the_pace_of_an_extended_film(
    tmp_path: Path, first: Made
) -> None:
    """The same words are the same film: both scenes, the turn between them, the camera's pace."""
    whole = replace(SHAPE, duration_ms=4000)
    longer = follow(tmp_path / "a", first, Verb.EXTEND, prompt="a whale at night", shape=whole)
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / SOURCE).write_bytes(longer.films[0].read_bytes())
    (folder / SOURCE_KEEPSAKE).write_bytes(longer.keepsake or b"")
    source = Source(
        verb=Verb.EDIT, film="k", width=320, height=180, fps=12, duration_ms=4000, seed=3
    )
    edited = make(folder, source=source, shape=whole, prompt="it is raining")
    before, after = frames(longer.films[0]), frames(edited.films[0])
    stories = [json.loads(made.keepsake or b"") for made in (longer, edited)]
    for (start, old), (same_start, new) in zip(stories[0][0], stories[1][0], strict=True):
        assert start == same_start
        kept = ("setting", "actors", "camera", "span", "start", "palette")
        assert [new[name] for name in kept] == [old[name] for name in kept]
    assert alike(before[3], after[3]) > 0.4
    assert alike(before[-1], after[-1]) > alike(before[-1], after[3])


def test_an_edit_adds_to_what_is_there(tmp_path: Path, first: Made) -> None:
    made = follow(tmp_path / "a", first, Verb.EDIT, prompt="a seagull in the sky")
    (before,), (after,) = _scenes(first), _scenes(made)
    assert after["actors"][: len(before["actors"])] == before["actors"]
    assert len(after["actors"]) > len(before["actors"])
    assert (after["camera"], after["span"]) == (before["camera"], before["span"])


def test_a_film_of_others_goes_on_from_its_last_frame(tmp_path: Path) -> None:
    foreign = Made(films=[_checks(tmp_path / "foreign.mp4")])
    whole = replace(SHAPE, duration_ms=4000)
    made = follow(tmp_path / "a", foreign, Verb.EXTEND, shape=whole, prompt="rain")
    prove(made.films[0], whole)
    shown = frames(made.films[0])
    assert far(shown[24], shown[23]) < 4
    assert made.keepsake is None


def test_an_edit_of_a_film_of_others_changes_its_light(tmp_path: Path) -> None:
    foreign = Made(films=[_checks(tmp_path / "foreign.mp4")])
    made = follow(tmp_path / "a", foreign, Verb.EDIT, prompt="at night, in the rain")
    prove(made.films[0], SHAPE)
    before, after = frames(foreign.films[0]), frames(made.films[0])
    assert after[12].mean() < 0.8 * before[12].mean()
    assert alike(before[12], after[12]) > 0.8, "what it shows is still there"


def test_a_keepsake_of_another_release_is_imagined_anew(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    for text in (b"", b"{}", b'[{"setting": "sea"}]', b"[1]"):
        path.write_bytes(text)
        assert not read_stories(path)


def _scenes(made: Made) -> list[dict[str, Any]]:
    """The first scene of each film."""
    found: list[list[tuple[float, dict[str, Any]]]] = json.loads(made.keepsake or b"[]")
    return [story[0][1] for story in found]


def _checks(path: Path) -> Path:
    """A film of some other maker: bands of light that step on."""

    with FilmWriter(path, SHAPE) as writer:
        for number in range(SHAPE.frames):
            x = np.arange(320)[None, :] + 4 * number
            y = np.arange(180)[:, None]
            light = np.where((x // 40 + y // 40) % 2, 220, 90).astype(np.uint8)
            writer.write(np.dstack([light, light, light, np.full_like(light, 255)]))
    return path
