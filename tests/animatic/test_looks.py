"""What one sees: styles by their marks, camera moves by where things go, the picture's life."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from animatic import backdrop
from animatic.camera import MOVES, Pose
from animatic.film import Film
from animatic.light import HOURS
from animatic.picture import Living, cover
from animatic.reading import parse
from animatic.scene import Scene, compose
from animatic.styles import STYLES

Pixels = NDArray[np.uint8]
SIZE = (480, 270)


def scene(prompt: str, size: tuple[int, int] = SIZE, seed: int = 5) -> Scene:
    return compose(parse(prompt), seed, aspect=size[0] / size[1])


def frames(film: Film | Living, *times: float, size: tuple[int, int] = SIZE) -> list[Pixels]:
    drawn = [np.zeros((size[1], size[0], 4), np.uint8) for _ in times]
    for out, t in zip(drawn, times, strict=True):
        film.frame(out, t)
    return drawn


def styled(style: str, prompt: str = "a red boat on the sea, day", t: float = 1.0) -> Pixels:
    what = replace(scene(prompt), style=style)
    return frames(Film(what, *SIZE), t)[0]


def psnr(one: Pixels, two: Pixels) -> float:
    error = float(np.mean((one[..., :3].astype(float) - two[..., :3]) ** 2))
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


def chroma(pixels: Pixels) -> float:
    rgb = pixels[..., :3].astype(int)
    return float((rgb.max(axis=2) - rgb.min(axis=2)).mean())


# Styles


def test_cinematic_has_bars() -> None:
    out = styled("cinematic")
    assert out[:20, :, :3].max() == 0
    assert out[-20:, :, :3].max() == 0
    assert out[60:200, :, :3].mean() > 60


def test_noir_is_black_and_white() -> None:
    out = styled("noir")
    assert chroma(out) < 4
    assert out[..., 0].std() > 40


def test_vintage_is_sepia_in_a_gate_and_never_holds_still() -> None:
    film = Film(replace(scene("mountains, static camera"), style="vintage"), *SIZE)
    one, two = frames(film, 1.0, 1.2)
    b, g, r = (one[60:200, 60:400, k].mean() for k in range(3))
    assert r > g > b
    assert one[0, 0, :3].max() < 20
    assert psnr(one, two) < 40


def test_watercolour_leaves_paper_bare_at_its_edges() -> None:
    out = styled("watercolour")
    assert out[0, :, :3].mean() > 220


def test_pixel_art_has_large_pixels_of_few_colours() -> None:
    out = styled("pixel")
    k = Film(replace(scene("a cat"), style="pixel"), *SIZE).enlarged
    assert k >= 2
    blocks = out[: 270 // k * k, : 480 // k * k].reshape(270 // k, k, 480 // k, k, 4)
    assert np.array_equal(blocks.min(axis=(1, 3)), blocks.max(axis=(1, 3)))
    assert len(np.unique(out.reshape(-1, 4), axis=0)) < 200


def test_neon_glows_in_the_dark() -> None:
    out = styled("neon")
    assert out[..., :3].mean() < 70
    assert (out[..., :3].max(axis=2) > 200).mean() > 0.003
    assert chroma(out) > 25


def test_line_drawing_is_ink_on_paper() -> None:
    out = styled("line")
    light = out[..., :3].min(axis=2)
    assert np.median(light) > 200
    assert (light < 110).mean() > 0.003
    assert chroma(out) < 15


def test_anime_is_flat_within_its_lines() -> None:
    def flat(style: str) -> float:
        what = replace(scene("a cat, close-up, static camera"), style=style)
        cat = frames(Film(what, *SIZE), 1.0)[0][60:200, 180:300].astype(int)
        return float((np.abs(np.diff(cat, axis=0)).max(axis=2) == 0).mean())

    assert flat("anime") > flat("plain") + 0.15


@pytest.mark.parametrize("one", sorted(STYLES))
def test_no_two_styles_look_alike(one: str) -> None:
    mine = styled(one)
    for two in sorted(STYLES):
        assert two <= one or np.abs(mine.astype(int) - styled(two)).mean() > 3, two


# Camera


def hero(prompt: str, camera: str, t: float) -> tuple[float, float, float]:
    """Where the middle of what the actor covers is, and how large that is."""
    with_it = replace(scene(prompt), camera=camera, weather={}, amount=1.0)
    bare = Scene.from_json({**with_it.to_json(), "actors": []})
    film, empty = Film(with_it, *SIZE), Film(bare, *SIZE)
    empty._aim = film._aim
    one, two = frames(film, t)[0], frames(empty, t)[0]
    spots = np.argwhere(np.abs(one.astype(int) - two).sum(axis=2) > 60)
    y, x = spots.mean(axis=0)
    return float(x), float(y), float(len(spots))


CAT = "a cat sitting in the meadow"


@pytest.mark.parametrize(("camera", "sign"), [("pan_left", 1), ("pan_right", -1)])
def test_a_pan_moves_the_figure_the_other_way(camera: str, sign: int) -> None:
    start, end = hero(CAT, camera, 0)[0], hero(CAT, camera, 8)[0]
    assert (end - start) * sign > 0.2 * SIZE[0]


@pytest.mark.parametrize(("camera", "sign"), [("tilt_up", 1), ("tilt_down", -1)])
def test_a_tilt_moves_the_figure_up_or_down(camera: str, sign: int) -> None:
    start, end = hero(CAT, camera, 0)[1], hero(CAT, camera, 8)[1]
    assert (end - start) * sign > 0.1 * SIZE[1]


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
    aerial, level = (
        frames(Film(scene(f"forest, day, {c}"), *SIZE), 1.0)[0] for c in ("aerial", "static camera")
    )
    top = slice(0, 120)
    assert psnr(aerial[top], level[top]) < 25


@pytest.mark.parametrize(
    "prompt", ["a car in the city", "a dog in the forest", "a cat in the mountains"]
)
def test_a_static_camera_keeps_every_backdrop_where_it_is(prompt: str) -> None:
    film = Film(scene(f"{prompt}, static camera"), *SIZE)
    frames(film, 0.0)
    poses = {(p.x, p.y, p.zoom) for p in (film.moment(t).pose for t in (0.0, 1.0, 7.7))}
    assert poses == {(0.0, 0.0, 1.0)}
    one, two = frames(film, 1.0, 3.0)
    still = np.abs(one.astype(int) - two).max(axis=2) < 12
    assert still[int(0.55 * SIZE[1]) :, :].mean() > 0.5


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_move_never_jumps_however_long_it_goes_on(name: str) -> None:
    poses = [MOVES[name](t / 30 / 4, t / 30, 1.15) for t in range(900)]
    for one, two in pairwise(poses):
        assert abs(one.x - two.x) + abs(one.y - two.y) + abs(one.orbit - two.orbit) < 0.035
        assert abs(one.zoom - two.zoom) + abs(one.push - two.push) < 0.02
    assert min(pose.zoom for pose in poses) >= 1


# What is hidden


@pytest.mark.parametrize(
    "prompt", ["a dog running in the forest", "mountains, pan right", "a red boat on the sea"]
)
def test_what_is_not_drawn_is_what_is_hidden(prompt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    film = Film(scene(prompt), *SIZE)
    sparing = frames(film, 0.5, 3.3)

    def everything(placed: list[backdrop.Placed], w: int, h: int) -> list[object]:
        regions = [skia.Region() for _ in placed]
        for region in regions:
            region.setRect(skia.IRect.MakeWH(w, h))
        return regions

    monkeypatch.setattr(backdrop, "in_sight", everything)
    for one, two in zip(sparing, frames(film, 0.5, 3.3), strict=True):
        assert np.abs(one.astype(int) - two).mean() < 0.02
        assert psnr(one, two) > 50


# Composition


def test_upright_frames_show_their_hero_large() -> None:
    upright, wide = scene("a cat", (720, 1280)), scene("a cat", (1280, 720))
    assert upright.actors[0].height > wide.actors[0].height


def test_a_close_up_fills_the_frame_before_soft_land() -> None:
    near, far = scene("a cat, close-up"), scene("a cat")
    assert near.actors[0].height > 1.5 * far.actors[0].height
    assert near.blur > 0 == far.blur


def test_what_flies_is_counted_apart_from_what_stands() -> None:
    actors = scene("a girl and five birds flying").actors
    girl = next(a for a in actors if a.subject == "person")
    assert girl.height > 0.25


# A picture


def photo(size: tuple[int, int] = SIZE) -> Pixels:
    y, x = np.mgrid[0:300, 0:500]
    picture = np.dstack([x % 256, y % 256, (x // 3 + y // 2) % 256]).astype(np.uint8)
    return cover(picture, *size)


@pytest.mark.parametrize("prompt", ["snow, zoom in", "noir, pan left", "at night, pixel art"])
def test_a_picture_comes_alive_without_a_jump(prompt: str) -> None:
    picture = photo()
    living = Living(scene(prompt), picture)
    first, second, third, late = frames(living, 0.0, 1 / 30, 2 / 30, 4.0)
    assert psnr(first, picture) > 45
    assert min(psnr(first, second), psnr(second, third)) > 25
    assert psnr(first, late) < 22


def test_a_static_camera_leaves_a_picture_where_it_is() -> None:
    picture = photo()
    calm = replace(scene("static camera, day"), weather={}, hour="day")
    late = frames(Living(calm, picture), 5.0)[0]
    assert psnr(late[60:200, 100:380], picture[60:200, 100:380]) > 28


def test_no_edge_of_a_picture_shows() -> None:
    white = np.full((270, 480, 4), 255, np.uint8)
    for camera in sorted(MOVES):
        what = replace(scene("day"), camera=camera, weather={}, hour="day", style="documentary")
        living = Living(what, white)
        assert all(out[..., :3].min() > 120 for out in frames(living, 1.0, 3.0, 8.0)), camera


# Going on


@pytest.mark.parametrize(
    "prompt", ["a dog running on the beach in the wind", "a cat asleep, rain, zoom in", "qwerty"]
)
def test_a_continuation_goes_on_as_if_it_had_not_stopped(prompt: str) -> None:
    first = scene(prompt)
    before, last, after = frames(Film(first, *SIZE), 4 - 2 / 30, 4 - 1 / 30, 4.0)
    going = frames(Film(Scene.from_json(first.continued(4.0).to_json()), *SIZE), 0.0)[0]
    assert np.array_equal(going, after)
    assert psnr(last, going) > psnr(before, last) - 1


def test_hours_and_poses_are_plain() -> None:
    assert Pose() == MOVES["static"](0.3, 1.0, 1.0)
    assert set(HOURS) >= {"day", "night"}


# Memory


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
