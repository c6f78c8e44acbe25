"""Scene → frames: every entry draws, motion moves, stillness stays, nothing jumps or fails."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.animatic.shots import (
    LARGE,
    SMALL,
    changed,
    difference,
    frame,
    frames,
    psnr,
    scene,
    without_actors,
)

from animatic.camera import MOVES
from animatic.composition import compose
from animatic.film import Film, places, subjects, weathers
from animatic.lexicon import lexicon
from animatic.light import HOURS
from animatic.motions import MOTIONS
from animatic.reading import parse
from animatic.scene import Scene
from animatic.styles import STYLES


def test_the_lexicon_and_the_drawings_know_the_same_names() -> None:
    lex = lexicon()
    assert set(lex.names("subject")) == set(subjects())
    assert set(lex.names("setting")) <= set(places())
    assert set(lex.names("weather")) == set(weathers())
    assert set(lex.names("hour")) <= set(HOURS)
    assert set(lex.names("camera")) <= set(MOVES)
    assert set(lex.names("style")) <= set(STYLES)
    assert {lex.action(a).motion for a in lex.names("action")} <= set(MOTIONS)


@pytest.mark.parametrize("name", sorted(subjects()))
def test_every_subject_shows(name: str) -> None:
    [teapot] = scene("a teapot").to_json()["actors"]
    there = changed(scene("a teapot"), actors=[{**teapot, "subject": name}])
    assert difference(frame(there), frame(without_actors(there))) > 0.5


@pytest.mark.parametrize("name", sorted(places()))
def test_every_setting_shows(name: str) -> None:
    plain = Scene.from_json({**scene("a meadow").to_json(), "setting": "abstract"})
    other = Scene.from_json({**plain.to_json(), "setting": name})
    assert name == "abstract" or difference(frame(plain), frame(other)) > 5


@pytest.mark.parametrize("name", sorted(weathers()))
def test_all_weather_shows(name: str) -> None:
    plain = scene("a cat in the meadow, day")
    other = Scene.from_json({**plain.to_json(), "weather": {name: 1.0}})
    assert difference(frame(plain), frame(other)) > 0.1


@pytest.mark.parametrize("name", [s for s in STYLES if s != "plain"])
def test_every_style_shows(name: str) -> None:
    plain = scene("a cat in the meadow, day")
    other = Scene.from_json({**plain.to_json(), "style": name})
    assert difference(frame(plain), frame(other)) > 1


@pytest.mark.parametrize("name", sorted(lexicon().names("action")))
def test_every_action_moves(name: str) -> None:
    subject = {"bloom": "flower", "sail": "boat", "drive": "car"}.get(name, "person")
    still = scene(subject).to_json()
    actor = {**still["actors"][0], "action": name, "tempo": 1.0}
    acting = Scene.from_json({**still, "camera": "static", "actors": [actor]})
    assert difference(frame(acting, 0.5), frame(acting, 0.8)) > 0.02


@pytest.mark.parametrize("name", sorted(MOVES))
def test_every_camera_move_but_static_moves(name: str) -> None:
    base = {**scene("mountains").to_json(), "camera": name, "travel": 0.5, "weather": {}}
    one, two = (frame(Scene.from_json(base), t) for t in (0.5, 3.5))
    far = difference(one[60:150], two[60:150])
    assert far < 1.0 if name == "static" else far > 0.05


def test_same_request_same_pixels() -> None:
    first = frame("a cat in the rain, forest", 2.0)
    assert np.array_equal(first, frame("a cat in the rain, forest", 2.0))


def test_frames_do_not_depend_on_their_order() -> None:
    film = Film(scene("two dogs running"), *SMALL)
    late, again = np.zeros((*SMALL[::-1], 4), np.uint8), np.zeros((*SMALL[::-1], 4), np.uint8)
    film.frame(late, 3.0)
    film.frame(np.zeros_like(late), 0.5)
    film.frame(again, 3.0)
    assert np.array_equal(late, again)


def test_motion_is_never_zero() -> None:
    film = Film(scene("a golden retriever running on the beach"), *SMALL)
    frames = [np.zeros((*SMALL[::-1], 4), np.uint8) for _ in range(30)]
    for k, out in enumerate(frames):
        film.frame(out, k / 30)
    assert all(difference(a, b) > 0 for a, b in pairwise(frames))


def test_static_camera_keeps_the_background_still() -> None:
    film = Film(scene("a car driving in the city, static camera"), *SMALL)
    one, two = np.zeros((*SMALL[::-1], 4), np.uint8), np.zeros((*SMALL[::-1], 4), np.uint8)
    film.frame(one, 0.0)
    film.frame(two, 0.1)
    assert np.array_equal(one[100:120, :40], two[100:120, :40])
    assert difference(one, two) > 0


def test_continuation_follows_without_a_jump() -> None:
    first = scene("a dog running on the beach in the wind")
    last = frame(first, 4.0 - 1 / 30)
    following = frame(first.continue_after(4.0), 0.0)
    assert np.array_equal(following, frame(first, 4.0))
    assert difference(last, following) < 12


@pytest.mark.parametrize("size", [(128, 128), (720, 1280), (1920, 128), (128, 1920), (1080, 1080)])
def test_any_size_is_composed(size: tuple[int, int]) -> None:
    picture = frame("a boat on the sea", 1.0, size)
    assert picture[:, :, 3].min() > 250
    film = scene("a boat on the sea", size)
    bare = frame(Scene.from_json({**film.to_json(), "actors": []}), 1.0, size)
    shown = np.argwhere(np.abs(picture.astype(int) - bare).sum(axis=2) > 30)
    assert shown[:, 0].max() < size[1] - 1
    assert shown[:, 0].min() > 0


KNOWN = [name.replace("_", " ") for _, name in sorted(lexicon().entries)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=24), st.sampled_from(KNOWN)), max_size=5),
    st.integers(0, 2**31),
    st.sampled_from([(64, 64), (96, 54), (54, 96)]),
)
def test_any_words_make_a_film(words: list[str], seed: int, size: tuple[int, int]) -> None:
    what = compose(parse(" ".join(words)), seed, aspect=size[0] / size[1])
    film = Film(Scene.from_json(what.to_json()), *size)
    out = np.zeros((size[1], size[0], 4), np.uint8)
    for t in (0.0, 3.1):
        film.frame(out, t)
        assert out[:, :, :3].max() > 40
        assert out[:, :, 3].min() > 250


@pytest.mark.parametrize(
    "prompt", ["a dog running on the beach in the wind", "a cat asleep, rain, zoom in", "qwerty"]
)
def test_a_continuation_goes_on_as_if_it_had_not_stopped(prompt: str) -> None:
    first = scene(prompt, LARGE)
    before, last, after = frames(Film(first, *LARGE), 4 - 2 / 30, 4 - 1 / 30, 4.0)
    going = frames(Film(Scene.from_json(first.continue_after(4.0).to_json()), *LARGE), 0.0)[0]
    assert np.array_equal(going, after)
    assert psnr(last, going) > psnr(before, last) - 1


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_memory_does_not_grow_with_length() -> None:
    size = (1920, 1080)
    film = Film(scene("a girl walking in the rain in the city", size), *size)
    out = np.zeros((1080, 1920, 4), np.uint8)
    for k in range(6):
        film.frame(out, k)
    start = resident()
    for k in range(24):
        film.frame(out, 7 + k * 1.7)
    assert resident() - start < 24_000_000


@pytest.mark.parametrize("seconds", [0.0, 4.0, 8.0])
@pytest.mark.parametrize("prompt", ["an astronaut flying in space", "a superhero flying"])
def test_who_flies_keeps_the_head_in_the_frame(prompt: str, seconds: float) -> None:
    there = scene(prompt)
    one, two = frame(there, seconds), frame(without_actors(there), seconds)
    changes = np.abs(one.astype(int) - two).sum(axis=2) > 60
    assert changes.any()
    assert not changes[0].any()
