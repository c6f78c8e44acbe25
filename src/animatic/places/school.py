"""Classroom and library."""

import math
from collections.abc import Iterator

from animatic.dice import Dice
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    together,
)
from animatic.scenery.rooms import (
    FLOOR,
    Box,
    bookshelf,
    floor_lamp,
    floorboards,
    hang,
    inside,
    oval_rug,
    place_window,
    skirting_board,
    sunbeam,
    view_outside,
    wall_around,
    window_panes,
)
from animatic.stage import Layer, Part, Stage


def classroom(stage: Stage) -> Iterator[Part]:
    """A classroom: a blackboard, windows, desks in a row, a globe and a clock."""
    wall = stage.dice("class").pick((0xE9E2C8, 0xD6E4DC, 0xEBD9C4))
    x, y, w, h = place_window(stage, wide=0.34)
    side = stage.light.side
    window = (
        min(max(x + 0.24 * side * min(1.0, stage.width - 0.6), 0.02), stage.width - w - 0.02),
        y,
        w,
        h,
    )
    board_wide = min(0.86, stage.width * 0.56)
    board = (
        stage.width * 0.5 - side * (0.1 if stage.width > 1 else 0.2) * stage.width - board_wide / 2,
        stage.y(0.2),
        board_wide,
        stage.y(0.29),
    )
    yield from view_outside(stage)
    yield Layer(0.42, wall_around(stage, wall, [window]), z=0.43)
    yield Layer(
        0.42,
        hang(
            stage,
            skirting_board(stage, 0x9A6E4C),
            window_panes(stage, window, 0xFBF6EC, rows=3),
            _blackboard(stage, board),
            _clock(stage, board[0] + board[2] / 2, stage.y(0.12)),
        ),
        z=0.431,
    )
    yield Layer(0.6, together(floorboards(stage, 0xC99A68), sunbeam(stage, window)), z=0.44)
    yield Layer(0.5, _desks(stage), z=0.45)
    yield Layer(1.25, _near_desk(stage), z=1.3)


def _blackboard(stage: Stage, box: Box) -> Paint:
    x, y, w, h = box

    def paint(pen: Pen) -> None:
        pen.box(x - 0.022, y - 0.022, w + 0.044, h + 0.044, 0x9A6E4C, shade=0.12)
        pen.box(x, y, w, h, 0x2F5A4C, shade=0.12)
        chalk = 0xEFF3EA
        sun = (x + w * 0.16, y + h * 0.34)
        pen.oval_line(*sun, h * 0.11, h * 0.11, 0.006, chalk, alpha=0.85)
        rays = [
            (
                (sun[0] + h * 0.15 * math.cos(a), sun[1] + h * 0.15 * math.sin(a)),
                (sun[0] + h * 0.21 * math.cos(a), sun[1] + h * 0.21 * math.sin(a)),
            )
            for a in (0, 0.79, 1.57, 2.36, 3.14, 3.93, 4.71, 5.5)
        ]
        pen.hairs(rays, 0.005, chalk, alpha=0.85)
        for k, long in enumerate((0.5, 0.42, 0.46, 0.3)):
            py = y + h * (0.22 + 0.17 * k)
            line = [
                (x + w * (0.38 + long * j / 24), py + h * 0.02 * math.sin(2.3 * j + k))
                for j in range(25)
            ]
            pen.line(line, 0.005, chalk, alpha=0.7)
        pen.box(x, y + h + 0.012, w, 0.016, 0x7A5238, shade=0)
        pen.hairs([((x + w * 0.7, y + h + 0.008), (x + w * 0.74, y + h + 0.008))], 0.009, 0xFFFFFF)

    return paint


def _clock(stage: Stage, x: float, y: float) -> Paint:
    def paint(pen: Pen) -> None:
        r = 0.045 * stage.tall
        pen.oval(x, y, r, r, 0x5A4A44, shade=0.1)
        pen.oval(x, y, r * 0.86, r * 0.86, 0xFBF8F0, shade=0.05)
        pen.hairs(
            [((x, y), (x, y - r * 0.6)), ((x, y), (x + r * 0.4, y + r * 0.2))], r * 0.09, 0x3A3238
        )

    return paint


def _desks(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("desks")
        count = max(3, round(stage.period / (0.5 * stage.tall)))
        for k in range(count):
            desk(pen, (k + 0.5) / count * stage.period, stage.y(0.75), 0.13 * stage.tall, dice)

    return paint


def desk(pen: Pen, x: float, y: float, h: float, dice: Dice) -> None:
    """A school desk with books or an apple on it."""
    pen.soft(x, y, h * 1.2, h * 0.12, 0x1B1436, 0.35)
    for d in (-0.85, 0.85):
        pen.box(x + d * h - h * 0.04, y - h * 0.9, h * 0.08, h * 0.9, 0x6A727E, shade=0.1)
    pen.box(x - h * 0.9, y - h * 0.86, h * 1.8, h * 0.24, 0xB8834F, shade=0.1)
    pen.box(x - h, y - h * 0.98, h * 2, h * 0.13, 0xDDAA70, corner=h * 0.04, shade=0.12)
    if dice.coin():
        for k, colour in enumerate((0xC8503F, 0x3F7FA8, 0xE8B84A)):
            pen.box(
                x - h * 0.6 + 0.04 * h * k,
                y - h * (1.1 + 0.12 * k),
                h * 0.6,
                h * 0.12,
                colour,
                shade=0.1,
            )
    else:
        pen.oval(x + h * 0.4, y - h * 1.1, h * 0.13, h * 0.13, 0xD8453E, shade=0.2)
        pen.oval(x + h * 0.45, y - h * 1.25, h * 0.06, h * 0.03, 0x6FAE56, angle=-30, shade=0)


def _near_desk(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        y, x = stage.height - 0.02, stage.width * (0.5 - 0.4 * stage.light.side)
        s = 0.2 * stage.tall
        pen.box(x - s, y, 2 * s, 0.2, 0xB07A48, corner=0.02, shade=0.2)
        for k, colour in enumerate((0x3F6A8A, 0xC8503F)):
            pen.box(
                x - s * 0.6 + 0.02 * k,
                y - 0.028 * (k + 1) * stage.tall,
                s * 0.9,
                0.028 * stage.tall,
                colour,
                corner=0.004,
                shade=0.15,
            )

    return paint


def library(stage: Stage) -> Iterator[Part]:
    """Cases of books to the ceiling, a tall window, a reading lamp, a ladder."""
    window = place_window(stage, wide=0.36)
    yield from view_outside(stage)
    yield Layer(0.42, wall_around(stage, 0x9A7458, [window]), z=0.43)
    cases = []
    edge = window[0] + window[2] + 0.07
    room_left = stage.period - window[2] - 0.14
    count = max(2, round(room_left / 0.46))
    for k in range(count):
        wide = room_left / count
        box = (edge + k * wide, stage.y(0.05), wide - 0.02, stage.y(FLOOR - 0.05))
        cases.append(bookshelf(stage, box, 6 if stage.height < 1.3 else 8, f"case {k}"))
    yield Layer(
        0.42,
        hang(
            stage,
            *cases,
            window_panes(stage, window, 0x6E4A34, rows=3),
            skirting_board(stage, 0x5E3E2C),
        ),
        z=0.431,
    )
    yield Layer(
        0.6,
        together(
            floorboards(stage, 0xA8744A),
            oval_rug(stage, stage.width * 0.5, 0x9A3F3C),
            sunbeam(stage, window),
        ),
        z=0.44,
    )
    x = stage.width * (0.5 - 0.36 * stage.light.side)
    yield Layer(
        0.5,
        together(
            _ladder(stage, x),
            floor_lamp(
                stage,
                stage.width * (0.5 + 0.42 * stage.light.side),
                stage.y(0.73),
                0.4 * stage.tall,
                0x5E8A6A,
            ),
        ),
        z=0.45,
    )


def _ladder(stage: Stage, x: float) -> Paint:
    def paint(pen: Pen) -> None:
        foot, top, w = stage.y(0.735), stage.y(0.12), 0.055 * stage.tall
        lean = 0.06
        rungs = []
        for k in range(1, 11):
            u = k / 11
            px, y = x + lean * u, foot + (top - foot) * u
            rungs.append(((px - w, y), (px + w, y)))
        pen.hairs(rungs, 0.009, 0xC99A5E)
        pen.hairs([((x + d * w, foot), (x + d * w + lean, top)) for d in (-1, 1)], 0.014, 0xDDB070)

    return paint


SETTINGS = {
    "classroom": inside(classroom),
    "library": inside(library),
}
