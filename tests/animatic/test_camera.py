"""Camera moves, by where things go."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.animatic.shots import LARGE, frame, frames, psnr, scene, without_actors

from animatic.camera import MOVES
from animatic.film import Film


def hero(prompt: str, camera: str, t: float) -> tuple[float, float, float]:
    """Where the middle of what the actor covers is, and how large that is."""
    with_it = replace(scene(prompt, LARGE), camera=camera, weather={}, amount=1.0)
    bare = without_actors(with_it)
    film, empty = Film(with_it, *LARGE), Film(bare, *LARGE)
    empty.shot.aim = film.shot.aim
    one, two = frames(film, t)[0], frames(empty, t)[0]
    spots = np.argwhere(np.abs(one.astype(int) - two).sum(axis=2) > 60)
    y, x = spots.mean(axis=0)
    return float(x), float(y), float(len(spots))


CAT = "a cat sitting in the meadow"


@pytest.mark.parametrize(("camera", "sign"), [("pan_left", 1), ("pan_right", -1)])
def test_a_pan_moves_the_figure_the_other_way(camera: str, sign: int) -> None:
    start, end = hero(CAT, camera, 0)[0], hero(CAT, camera, 8)[0]
    assert (end - start) * sign > 0.2 * LARGE[0]


@pytest.mark.parametrize(("camera", "sign"), [("tilt_up", 1), ("tilt_down", -1)])
def test_a_tilt_moves_the_figure_up_or_down(camera: str, sign: int) -> None:
    start, end = hero(CAT, camera, 0)[1], hero(CAT, camera, 8)[1]
    assert (end - start) * sign > 0.1 * LARGE[1]


@pytest.mark.parametrize(
    ("camera", "times"), [("zoom_in", 1.8), ("dolly", 1.5), ("zoom_out", 1 / 1.5), ("crane", 0.95)]
)
def test_going_nearer_enlarges_the_figure(camera: str, times: float) -> None:
    ratio = hero(CAT, camera, 8)[2] / hero(CAT, camera, 0)[2]
    assert ratio > times if times > 1 else ratio < times


def test_a_zoom_enlarges_the_distance_and_a_dolly_does_not() -> None:
    zoom, dolly = (MOVES[m](1.0, 8.0, 1.0) for m in ("zoom_in", "dolly"))
    assert zoom.scale(0.1) > 1.25
    assert dolly.scale(0.1) < 1.08


def test_an_orbit_turns_the_land_about_the_figure() -> None:
    pose = MOVES["orbit"](1.0, 8.0, 1.0)
    assert abs(pose.shift(0.88)[0]) < 0.01
    assert pose.shift(0.1)[0] * pose.shift(1.4)[0] < 0


def test_from_the_air_there_is_more_land_than_sky() -> None:
    aerial, level = (frame(f"forest, day, {c}", size=LARGE) for c in ("aerial", "static camera"))
    top = slice(0, 120)
    assert psnr(aerial[top], level[top]) < 25


@pytest.mark.parametrize(
    "prompt", ["a car in the city", "a dog in the forest", "a cat in the mountains"]
)
def test_a_static_camera_keeps_every_backdrop_where_it_is(prompt: str) -> None:
    film = Film(scene(f"{prompt}, static camera", LARGE), *LARGE)
    frames(film, 0.0)
    poses = {(p.x, p.y, p.zoom) for p in (film.shot.moment(t).pose for t in (0.0, 1.0, 7.7))}
    assert poses == {(0.0, 0.0, 1.0)}
    one, two = frames(film, 1.0, 3.0)
    still = np.abs(one.astype(int) - two).max(axis=2) < 12
    assert still[int(0.55 * LARGE[1]) :, :].mean() > 0.5


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_move_never_jumps_however_long_it_goes_on(name: str) -> None:
    poses = [MOVES[name](t / 30 / 4, t / 30, 1.15) for t in range(900)]
    for one, two in pairwise(poses):
        assert abs(one.x - two.x) + abs(one.y - two.y) + abs(one.orbit - two.orbit) < 0.035
        assert abs(one.zoom - two.zoom) + abs(one.push - two.push) < 0.02
    assert min(pose.zoom for pose in poses) >= 1
