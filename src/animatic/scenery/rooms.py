"""What rooms are made of: window and wall, floor, lamps, shelves."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.ease import Point
from animatic.light import Light
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    great_leaf,
    hills,
    outline,
    scatter_trees,
)
from animatic.stage import Layer, Part, Setting, Stage

FLOOR = 0.7
"""Where walls meet the floor, as a share of the height."""

Box = tuple[float, float, float, float]
"""Left, top, width, height."""


def _indoors(light: Light) -> Light:
    """The window by day, lamps by night."""
    night = light.lamps
    day = mix(light.tint, 0xFFF6E8, 0.6)
    return replace(
        light,
        tint=mix(day, 0xF2C08A, 0.8 * night),
        haze=mix(0xE9DCC8, 0x6A4A44, night),
        rim=mix(light.rim, 0xFFDCA0, 0.8 * night),
        shade=0.24,
        reach=min(0.9, light.reach),
        mist=0.0,
    )


def place_window(stage: Stage, *, wide: float = 0.5) -> Box:
    """The window of a room: on the side that the light comes from."""
    w = wide * min(1.0, stage.width * 0.9)
    middle = stage.width * (0.5 + 0.2 * stage.light.side)
    top = stage.y(0.14)
    return middle - w / 2, top, w, stage.y(0.53) - top


def beside_window(stage: Stage, window: Box) -> float:
    """A place by the window, on its outer side."""
    return window[0] + window[2] / 2 + stage.light.side * (window[2] / 2 + 0.16)


def _corners(box: Box) -> list[Point]:
    x, y, w, h = box
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def view_outside(stage: Stage) -> Iterator[Part]:
    """What is seen through windows: hills and trees under the sky of the hour."""
    y = outline(stage, stage.y(0.49), 0.06, 0.4, "view near")
    yield Layer(
        0.1, hills(stage, stage.y(0.47), 0.12, 0x86B09A, 0xA6C8A0, name="view"), z=0.1, far=0.4
    )
    yield Layer(
        0.1,
        hills(stage, stage.y(0.49), 0.06, 0x86BA5C, 0x6FA850, name="view near"),
        z=0.11,
        far=0.15,
    )
    yield Layer(
        0.1, scatter_trees(stage, y, 7, (0.1, 0.16), (0x5E9B52, 0x78AC55), "view"), z=0.12, far=0.15
    )


def wall_around(stage: Stage, colour: Colour, holes: list[Box]) -> Paint:
    """A wall with a skirting board and holes for its windows."""

    def paint(pen: Pen) -> None:
        def fill() -> None:
            w, floor = stage.period + 0.004, stage.y(FLOOR + 0.01)
            pen.fade(
                [(0, -0.3), (w, -0.3), (w, floor), (0, floor)],
                lighter(colour, 0.06),
                darker(colour, 0.08),
            )

        _around(pen, holes, fill)

    return paint


def _around(pen: Pen, holes: list[Box], fill: Callable[[], None]) -> None:
    if not holes:
        fill()
        return
    with pen.outside(_corners(holes[0])):
        _around(pen, holes[1:], fill)


def hang(stage: Stage, *paints: Paint) -> Paint:
    """What hangs on the wall: also where it crosses into the wall's next turn."""

    def paint(pen: Pen) -> None:
        for turn in (-1, 1, 0):
            with pen.at(turn * stage.period):
                for one in paints:
                    one(pen)

    return paint


def skirting_board(stage: Stage, colour: Colour) -> Paint:
    """The board along the foot of the wall."""

    def paint(pen: Pen) -> None:
        pen.box(0, stage.y(FLOOR) - 0.028, stage.period + 0.002, 0.034, colour, shade=0.1)

    return paint


def window_panes(
    stage: Stage, box: Box, colour: Colour, *, columns: int = 2, rows: int = 2
) -> Paint:
    """The frame of a window, its bars, its sill and the sheen of its glass."""
    x, y, w, h = box

    def paint(pen: Pen) -> None:
        sheen = [
            (x + w * 0.1, y),
            (x + w * 0.34, y),
            (x + w * 0.08, y + h),
            (x, y + h),
            (x, y + h * 0.4),
        ]
        pen.fade(sheen, 0xFFFFFF, 0xFFFFFF, alphas=(0.16, 0.05), lit=False)
        t = 0.02
        for bx, by, bw, bh in (
            (x - t, y - t, w + 2 * t, t),
            (x - t, y + h, w + 2 * t, t),
            (x - t, y, t, h),
            (x + w, y, t, h),
        ):
            pen.box(bx, by, bw, bh, colour, shade=0.06)
        for k in range(1, columns):
            pen.box(x + w * k / columns - t * 0.3, y, t * 0.6, h, colour, shade=0)
        for k in range(1, rows):
            pen.box(x, y + h * k / rows - t * 0.3, w, t * 0.6, colour, shade=0)
        pen.box(x - 0.045, y + h + t, w + 0.09, 0.022, lighter(colour, 0.2), shade=0.1)
        pen.soft(x + w / 2, y + h + 0.05, w * 0.55, 0.02, 0x1B1436, 0.18)

    return paint


def floorboards(stage: Stage, colour: Colour) -> Paint:
    """A floor of boards that run towards the camera."""

    def paint(pen: Pen) -> None:
        w, y0, y1 = stage.period + 0.1, stage.y(FLOOR), stage.height * 1.3
        pen.fade(
            [(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)],
            darker(colour, 0.14),
            lighter(colour, 0.06),
        )
        rows = 6
        for k in range(1, rows + 1):
            y = y0 + (stage.height * 1.02 - y0) * (k / rows) ** 1.5
            above = y0 + (stage.height * 1.02 - y0) * ((k - 1) / rows) ** 1.5
            pen.hairs([((-0.05, y), (w, y))], 0.002 + 0.0006 * k, darker(colour, 0.3), alpha=0.55)
            count = max(2, round(stage.period / (0.25 + 0.14 * k)))
            joints = [
                ((x, above), (x, y))
                for x in (((j + 0.37 * (k % 3)) / count) * stage.period for j in range(count))
            ]
            pen.hairs(joints, 0.002 + 0.0004 * k, darker(colour, 0.3), alpha=0.45)

    return paint


def floor_tiles(stage: Stage, one: Colour, two: Colour) -> Paint:
    """A chequered floor in perspective, straight across so that it may repeat."""

    def paint(pen: Pen) -> None:
        w, y0, y1 = stage.period + 0.1, stage.y(FLOOR), stage.height * 1.3
        pen.fade([(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)], darker(one, 0.1), one)
        rows, step = 7, stage.period / (2 * max(3, round(stage.period / 0.3)))
        shapes = []
        for k in range(rows):
            a, b = (y0 + (stage.height * 1.04 - y0) * (j / rows) ** 1.4 for j in (k, k + 1))
            for j in range(round(stage.period / step)):
                if (j + k) % 2 == 0:
                    x = j * step
                    shapes.append([(x, a), (x + step, a), (x + step, b), (x, b)])
        pen.shapes(shapes, two)

    return paint


def sunbeam(stage: Stage, box: Box) -> Paint:
    """Light that falls through a window onto the floor."""
    x, y, w, _ = box

    def paint(pen: Pen) -> None:
        light = stage.light
        if light.cover > 0.5 or light.glow < 0.3:
            return
        alpha = 0.34 * min(1.0, light.glow) * (0.35 if light.moon else 1.0)
        shift = light.slope * 0.3
        y0, y1 = stage.y(FLOOR + 0.03), stage.y(FLOOR + 0.22)
        for u, v in ((0.02, 0.47), (0.53, 0.98)):
            patch = [
                (x + w * u + shift, y0),
                (x + w * v + shift, y0),
                (x + w * v * 1.15 + 1.7 * shift, y1),
                (x + w * u * 1.15 + 1.7 * shift, y1),
            ]
            pen.fade(patch, light.sun, light.sun, alphas=(alpha, alpha * 0.4), lit=False)
        beam = [(x, y), (x + w, y), (x + w * 1.15 + 1.7 * shift, y1), (x + 1.7 * shift, y1)]
        pen.fade(beam, light.sun, light.sun, alphas=(alpha * 0.3, 0.0), lit=False)

    return paint


def floor_lamp(stage: Stage, x: float, y: float, h: float, colour: Colour) -> Paint:
    """A lamp that stands on the floor; its foot is at y."""

    def paint(pen: Pen) -> None:
        pen.soft(x, y, h * 0.16, h * 0.025, 0x1B1436, 0.35)
        pen.oval(x, y - h * 0.01, h * 0.1, h * 0.02, 0x5A4A44, shade=0.1)
        pen.hairs([((x, y), (x, y - h * 0.8))], h * 0.022, 0x6A564C)
        shade = [
            (x - h * 0.09, y - h),
            (x + h * 0.09, y - h),
            (x + h * 0.17, y - h * 0.74),
            (x - h * 0.17, y - h * 0.74),
        ]
        if stage.light.lamps > 0.2:
            pen.fade(shade, 0xFFE6A8, 0xFFF6DC, lit=False)
            pen.glow(x, y - h * 0.82, h * 1.1, 0xFFCB70, 0.5 * stage.light.lamps)
            pen.soft(
                x, y + h * 0.05, h * 0.7, h * 0.12, pen.shine(0xFFDE9A), 0.3 * stage.light.lamps
            )
        else:
            pen.poly(shade, colour, shade=0.12)

    return paint


def pendant_lamp(stage: Stage, x: float, y: float, size: float, colour: Colour) -> Paint:
    """A lamp that hangs from the ceiling; its rim is at y."""

    def paint(pen: Pen) -> None:
        pen.hairs([((x, -0.3), (x, y - size))], 0.005, 0x4A4048)
        if stage.light.lamps > 0.2:
            pen.glow(x, y, size * 4.2, 0xFFD080, 0.5 * stage.light.lamps)
            cone = [
                (x - size, y),
                (x + size, y),
                (x + size * 5, stage.y(FLOOR + 0.1)),
                (x - size * 5, stage.y(FLOOR + 0.1)),
            ]
            pen.fade(cone, 0xFFE2A0, 0xFFE2A0, alphas=(0.16 * stage.light.lamps, 0.0), lit=False)
        pen.oval(x, y, size * 0.4, size * 0.4, 0xFFF3D0, shade=0)
        pen.poly(
            [(x - size * 0.3, y - size), (x + size * 0.3, y - size), (x + size, y), (x - size, y)],
            colour,
            shade=0.2,
        )

    return paint


def potted_plant(stage: Stage, x: float, y: float, h: float) -> Paint:
    """A plant in its pot."""

    def paint(pen: Pen) -> None:
        pen.soft(x, y, h * 0.26, h * 0.05, 0x1B1436, 0.35)
        for k in range(7):
            angle = math.radians(30 + 20 * k)
            great_leaf(
                pen,
                (x, y - h * 0.3),
                h * (0.5 + 0.16 * math.sin(math.radians(20 * k + 30) * 1.3)),
                angle,
                mix(0x3F7E4A, 0x6FAE56, (k * 3 % 7) / 6),
            )
        pen.poly(
            [
                (x - h * 0.17, y - h * 0.32),
                (x + h * 0.17, y - h * 0.32),
                (x + h * 0.12, y),
                (x - h * 0.12, y),
            ],
            0xC9744C,
            shade=0.16,
        )

    return paint


def oval_rug(stage: Stage, x: float, colour: Colour) -> Paint:
    """A rug with a border."""

    def paint(pen: Pen) -> None:
        y, rx, ry = stage.y(0.85), 0.52, 0.085 * stage.tall
        for share, tone in (
            (1.0, colour),
            (0.88, lighter(colour, 0.4)),
            (0.8, colour),
            (0.5, lighter(colour, 0.25)),
        ):
            pen.oval(x, y, rx * share, ry * share, tone, shade=0.06)

    return paint


def bookshelf(stage: Stage, box: Box, rows: int, name: str) -> Paint:
    """A case of books."""
    x, y, w, h = box

    def paint(pen: Pen) -> None:
        dice = stage.dice("books", name)
        wood = 0x8E6040
        pen.soft(x + w / 2, y + h, w * 0.58, 0.02, 0x1B1436, 0.35)
        pen.box(x, y, w, h, wood, shade=0.1)
        t, tall = 0.014, (h - 0.014) / rows
        for row in range(rows):
            top = y + t + row * tall
            pen.box(x + t, top, w - 2 * t, tall - t, darker(wood, 0.5), shade=0)
            _books(pen, dice, (x + t, top, w - 2 * t, tall - t))

    return paint


SPINES = (0xB5483C, 0x3F6A8A, 0xD9A23C, 0x5E8A5A, 0x7A4E7E, 0xE8D8B8, 0x2F4A5E, 0xC77A4A)


def _books(pen: Pen, dice: Dice, box: Box) -> None:
    x, y, w, h = box
    px = x + 0.004
    while px < x + w - 0.03:
        wide, tall = dice.between(0.012, 0.026), h * dice.between(0.66, 0.92)
        if dice.coin(0.07):
            px += dice.between(0.03, 0.07)
            continue
        colour = dice.pick(SPINES)
        pen.box(px, y + h - tall, wide, tall, colour, shade=0.1)
        pen.box(
            px + wide * 0.2,
            y + h - tall * 0.85,
            wide * 0.6,
            tall * 0.06,
            lighter(colour, 0.45),
            shade=0,
        )
        px += wide + 0.0015


def inside(parts: Callable[[Stage], Iterable[Part]]) -> Setting:
    """A place with a window: by lamplight at night, the weather outside."""
    return Setting(
        parts=parts,
        horizon=0.5,
        ground=(0.775, 0.89),
        air=(0.2, 0.45),
        light=_indoors,
        sheltered=True,
        clouds=3,
    )
