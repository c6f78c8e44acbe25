"""Every style has its marks, and no two look alike."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.animatic.shots import LARGE, Pixels, chroma, frames, psnr, scene

from animatic.film import Film
from animatic.styles import STYLES


@cache
def styled(style: str, prompt: str = "a red boat on the sea, day", t: float = 1.0) -> Pixels:
    what = replace(scene(prompt, LARGE), style=style)
    return frames(Film(what, *LARGE), t)[0]


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
    film = Film(replace(scene("mountains, static camera", LARGE), style="vintage"), *LARGE)
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
    k = Film(replace(scene("a cat", LARGE), style="pixel"), *LARGE).enlarged
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
        what = replace(scene("a cat, close-up, static camera", LARGE), style=style)
        cat = frames(Film(what, *LARGE), 1.0)[0][60:200, 180:300].astype(int)
        return float((np.abs(np.diff(cat, axis=0)).max(axis=2) == 0).mean())

    assert flat("anime") > flat("plain") + 0.15


@pytest.mark.parametrize("one", sorted(STYLES))
def test_no_two_styles_look_alike(one: str) -> None:
    mine = styled(one)
    for two in sorted(STYLES):
        assert two <= one or np.abs(mine.astype(int) - styled(two)).mean() > 3, two
