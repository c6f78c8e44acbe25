"""A café."""

from collections.abc import Iterator

from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    together,
)
from animatic.scenery.rooms import (
    beside_window,
    floor_tiles,
    hang,
    inside,
    pendant_lamp,
    place_window,
    potted_plant,
    skirting_board,
    sunbeam,
    view_outside,
    wall_around,
    window_panes,
)
from animatic.stage import Layer, Part, Stage


def cafe(stage: Stage) -> Iterator[Part]:
    """A café: a great window on the street of the hour, round tables, lamps, a counter."""
    wall = stage.dice("cafe").pick((0xD9A98A, 0x8AA69A, 0xC9B48A, 0xB58FA0))
    window = place_window(stage, wide=0.74)
    yield from view_outside(stage)
    yield Layer(0.42, wall_around(stage, wall, [window]), z=0.43)
    lamps = [
        pendant_lamp(stage, stage.width * u, stage.y(0.2), 0.05 * stage.tall, 0xB5533C)
        for u in (0.16, 0.5, 0.84)
    ]
    yield Layer(
        0.42,
        hang(
            stage,
            skirting_board(stage, 0x6E4A3C),
            window_panes(stage, window, 0x5A3E34, columns=3, rows=1),
            *lamps,
        ),
        z=0.431,
    )
    yield Layer(
        0.6, together(floor_tiles(stage, 0xE6D2B4, 0x8A6450), sunbeam(stage, window)), z=0.44
    )
    yield Layer(
        0.5,
        together(
            _tables(stage),
            potted_plant(stage, beside_window(stage, window), stage.y(0.74), 0.3 * stage.tall),
        ),
        z=0.45,
    )


def _tables(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        count = max(2, round(stage.period / (0.7 * stage.tall)))
        for k in range(count):
            x, y, h = (k + 0.2) / count * stage.period, stage.y(0.755), 0.15 * stage.tall
            pen.soft(x, y, h * 1.0, h * 0.12, 0x1B1436, 0.4)
            for d in (-1, 1):
                cx = x + d * h * 1.05
                pen.box(
                    cx - h * 0.3,
                    y - h * 0.62,
                    h * 0.6,
                    h * 0.1,
                    0x9A6244,
                    corner=h * 0.03,
                    shade=0.1,
                )
                pen.box(cx + d * h * 0.24, y - h * 1.3, h * 0.07, h * 1.3, 0x7A4A34, shade=0.1)
                pen.box(
                    cx - d * h * 0.26 - h * 0.03,
                    y - h * 0.56,
                    h * 0.06,
                    h * 0.56,
                    0x7A4A34,
                    shade=0,
                )
            pen.box(x - h * 0.05, y - h * 0.95, h * 0.1, h * 0.95, 0x4A3E3C, shade=0.1)
            pen.oval(x, y - h * 0.97, h * 0.72, h * 0.1, 0xE9D2AC, shade=0.1)
            pen.box(
                x - h * 0.3, y - h * 1.17, h * 0.2, h * 0.18, 0xFBF8F0, corner=h * 0.04, shade=0.15
            )
            pen.box(
                x + h * 0.2, y - h * 1.2, h * 0.1, h * 0.22, 0x8AB4C0, corner=h * 0.04, shade=0.2
            )
            pen.specks([(x + h * 0.25, y - h * 1.3)], h * 0.16, 0xF2708A)

    return paint


SETTINGS = {
    "cafe": inside(cafe),
}
