"""A picture is the first frame, and comes to life."""

from dataclasses import replace

import numpy as np
import pytest
from tests.animatic.shots import LARGE, SMALL, Pixels, Size, difference, frames, psnr, scene

from animatic.camera import MOVES
from animatic.frames import frames_of
from animatic.picture import Living, cover


def photo(size: Size = LARGE) -> Pixels:
    y, x = np.mgrid[0:300, 0:500]
    picture = np.dstack([x % 256, y % 256, (x // 3 + y // 2) % 256]).astype(np.uint8)
    return cover(picture, *size)


@pytest.mark.parametrize("prompt", ["snow, zoom in", "noir, pan left", "at night, pixel art"])
def test_a_picture_comes_alive_without_a_jump(prompt: str) -> None:
    picture = photo()
    living = Living(scene(prompt, LARGE), picture)
    first, second, third, late = frames(living, 0.0, 1 / 30, 2 / 30, 4.0)
    assert psnr(first, picture) > 45
    assert min(psnr(first, second), psnr(second, third)) > 25
    assert psnr(first, late) < 22


def test_a_static_camera_leaves_a_picture_where_it_is() -> None:
    picture = photo()
    calm = replace(scene("static camera, day", LARGE), weather={}, hour="day")
    late = frames(Living(calm, picture), 5.0)[0]
    assert psnr(late[60:200, 100:380], picture[60:200, 100:380]) > 28


def test_no_edge_of_a_picture_shows() -> None:
    white = np.full((270, 480, 4), 255, np.uint8)
    for camera in sorted(MOVES):
        what = replace(scene("day", LARGE), camera=camera, weather={}, hour="day")
        living = Living(replace(what, style="documentary"), white)
        assert all(out[..., :3].min() > 120 for out in frames(living, 1.0, 3.0, 8.0)), camera


def test_picture_is_the_first_frame_and_comes_alive() -> None:
    y, x = np.mgrid[0:300, 0:400]
    picture = np.dstack([x % 256, y % 256, (x + y) % 256]).astype(np.uint8)
    frames = frames_of(scene("snow, zoom in", SMALL), *SMALL, picture)
    first, later = np.zeros((180, 320, 4), np.uint8), np.zeros((180, 320, 4), np.uint8)
    frames.frame(first, 0.0)
    frames.frame(later, 1.5)
    given = cover(picture, *SMALL)
    assert np.abs(first[:, :, :3].astype(int) - given[:, :, :3]).max() <= 2
    assert difference(first, later) > 2
