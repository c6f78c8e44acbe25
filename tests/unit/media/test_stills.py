from pathlib import Path

import pytest
from PIL import Image
from tests.unit.media.films import Draw, film

from filmgate.errors import GenerationFailed
from filmgate.media.stills import spritesheet, thumbnail

Colour = tuple[int, int, int]

RED, BLACK = (220, 30, 30), (0, 0, 0)


def still(image: Image.Image, x: int, y: int) -> Colour:
    pixel = image.convert("RGB").getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def near(a: Colour, b: Colour, by: int = 6) -> bool:
    return all(abs(x - y) <= by for x, y in zip(a, b, strict=True))


def when(part: int, whole: int, then: Colour, otherwise: Colour) -> Draw:
    return lambda k: then if k * 8 // whole == part else otherwise


def thumbnail_of(path: Path) -> Image.Image:
    thumbnail(path, target := path.with_suffix(".webp"))
    return Image.open(target)


def sheet_of(path: Path) -> Image.Image:
    spritesheet(path, target := path.with_suffix(".jpg"))
    return Image.open(target)


def test_a_thumbnail_is_a_small_webp_in_the_films_own_colours(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", width=1280, height=720, frames=3, draw=lambda _: RED)
    with thumbnail_of(path) as image:
        assert (image.format, image.size) == ("WEBP", (640, 360))
        assert near(still(image, 320, 180), RED)


@pytest.mark.parametrize("size", [(160, 90), (90, 160), (128, 128)])
def test_a_small_film_is_not_blown_up(tmp_path: Path, size: tuple[int, int]) -> None:
    with thumbnail_of(film(tmp_path / "a.mp4", width=size[0], height=size[1])) as image:
        assert image.size == size


def test_a_tall_film_gives_a_tall_thumbnail(tmp_path: Path) -> None:
    with thumbnail_of(film(tmp_path / "a.mp4", width=720, height=1280, frames=2)) as image:
        assert image.size == (360, 640)


@pytest.mark.parametrize("keyint", [1, 12, 250])
def test_a_thumbnail_is_of_the_middle(tmp_path: Path, keyint: int) -> None:
    path = film(tmp_path / "a.mp4", frames=96, keyint=keyint, draw=lambda k: (k * 2,) * 3)
    with thumbnail_of(path) as image:
        assert 96 * 3 / 8 * 2 - 6 <= still(image, 80, 45)[0] <= 96 / 2 * 2 + 6


@pytest.mark.parametrize("part", [1, 2, 6, 7])
def test_a_dark_middle_gives_way_to_a_brighter_moment(tmp_path: Path, part: int) -> None:
    path = film(tmp_path / "a.mp4", frames=48, keyint=1, draw=when(part, 48, RED, BLACK))
    with thumbnail_of(path) as image:
        assert near(still(image, 80, 45), RED)


def test_a_film_that_is_all_black_has_a_thumbnail_too(tmp_path: Path) -> None:
    with thumbnail_of(film(tmp_path / "a.mp4", draw=lambda _: BLACK)) as image:
        assert near(still(image, 80, 45), BLACK)


@pytest.mark.parametrize("keyint", [1, 4, 250])
def test_a_sheet_shows_the_film_evenly_row_by_row(tmp_path: Path, keyint: int) -> None:
    path = film(tmp_path / "a.mp4", frames=100, keyint=keyint, draw=lambda k: (k * 2,) * 3)
    with sheet_of(path) as image:
        assert (image.format, image.size) == ("JPEG", (800, 450))
        for k in range(25):
            grey = still(image, k % 5 * 160 + 80, k // 5 * 90 + 45)[0]
            assert k * 8 - 6 <= grey <= (k + 1) * 8 + 6


@pytest.mark.parametrize(("frames", "side"), [(1, 1), (3, 1), (4, 2), (24, 4), (25, 5), (60, 5)])
def test_a_short_film_has_a_smaller_sheet(tmp_path: Path, frames: int, side: int) -> None:
    with sheet_of(film(tmp_path / "a.mp4", frames=frames, keyint=250)) as image:
        assert image.size == (side * 160, side * 90)


@pytest.mark.parametrize(("size", "tile"), [((1280, 720), (240, 135)), ((720, 1280), (135, 240))])
def test_tiles_are_at_most_240_a_side(
    tmp_path: Path, size: tuple[int, int], tile: tuple[int, int]
) -> None:
    path = film(tmp_path / "a.mp4", width=size[0], height=size[1], frames=4, draw=lambda _: RED)
    with sheet_of(path) as image:
        assert image.size == (2 * tile[0], 2 * tile[1])
        assert near(still(image, 10, 10), RED)


@pytest.mark.parametrize("make", [thumbnail, spritesheet])
def test_the_same_film_gives_the_same_bytes(tmp_path: Path, make: object) -> None:
    path = film(tmp_path / "a.mp4", width=320, height=180, frames=60, keyint=250)
    for name in ("1", "2"):
        make(path, tmp_path / name)  # type: ignore[operator]
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("make", [thumbnail, spritesheet])
def test_what_is_no_film_has_no_stills(tmp_path: Path, make: object) -> None:
    (tmp_path / "a.mp4").write_bytes(b"not a film")
    with pytest.raises(GenerationFailed):
        make(tmp_path / "a.mp4", tmp_path / "a.jpg")  # type: ignore[operator]
    assert not (tmp_path / "a.jpg").exists()
