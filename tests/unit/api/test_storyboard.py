"""Cues that players read: hours, a cue a tile, the part of the sheet."""

from filmgate.api.storyboard import storyboard
from filmgate.domain.grid import grid_of
from filmgate.domain.shape import Shape


def test_a_cue_a_tile() -> None:
    shape = Shape(width=320, height=180, fps=5, duration_ms=1000)
    assert storyboard(grid_of(shape), "https://host/sheet.jpg?a=1") == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:00.250\nhttps://host/sheet.jpg?a=1#xywh=0,0,240,135\n\n"
        "00:00:00.250 --> 00:00:00.500\nhttps://host/sheet.jpg?a=1#xywh=240,0,240,135\n\n"
        "00:00:00.500 --> 00:00:00.750\nhttps://host/sheet.jpg?a=1#xywh=0,135,240,135\n\n"
        "00:00:00.750 --> 00:00:01.000\nhttps://host/sheet.jpg?a=1#xywh=240,135,240,135\n"
    )


def test_an_hour_is_an_hour() -> None:
    shape = Shape(width=128, height=128, fps=1, duration_ms=3_600_000)
    last = storyboard(grid_of(shape), "s").strip().splitlines()[-2]
    assert last == "00:57:36.000 --> 01:00:00.000"
