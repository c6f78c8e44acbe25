"""Under a roof: room, kitchen, classroom, library, café, stage."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.draw.pen import Pen
from animatic.ease import Point, wave
from animatic.light import Light
from animatic.places.parts import (
    Paint,
    great_leaf,
    hills,
    outline,
    scatter_trees,
    together,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

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


def _window(stage: Stage, *, wide: float = 0.5) -> Box:
    """The window of a room: on the side that the light comes from."""
    w = wide * min(1.0, stage.width * 0.9)
    middle = stage.width * (0.5 + 0.2 * stage.light.side)
    top = stage.y(0.14)
    return middle - w / 2, top, w, stage.y(0.53) - top


def _beside(stage: Stage, window: Box) -> float:
    """A place by the window, on its outer side."""
    return window[0] + window[2] / 2 + stage.light.side * (window[2] / 2 + 0.16)


def _corners(box: Box) -> list[Point]:
    x, y, w, h = box
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def _view(stage: Stage) -> Iterator[Part]:
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


def _wall(stage: Stage, colour: Colour, holes: list[Box]) -> Paint:
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


def _hung(stage: Stage, *paints: Paint) -> Paint:
    """What hangs on the wall: also where it crosses into the wall's next turn."""

    def paint(pen: Pen) -> None:
        for turn in (-1, 1, 0):
            with pen.at(turn * stage.period):
                for one in paints:
                    one(pen)

    return paint


def _skirting(stage: Stage, colour: Colour) -> Paint:
    def paint(pen: Pen) -> None:
        pen.box(0, stage.y(FLOOR) - 0.028, stage.period + 0.002, 0.034, colour, shade=0.1)

    return paint


def _panes(stage: Stage, box: Box, colour: Colour, *, columns: int = 2, rows: int = 2) -> Paint:
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


def _curtains(stage: Stage, box: Box, colour: Colour) -> Paint:
    x, y, w, h = box

    def paint(pen: Pen) -> None:
        top, foot = y - 0.06, min(stage.y(FLOOR - 0.03), y + h * 1.28)
        for side in (-1, 1):
            edge = x + w / 2 + side * (w / 2 + 0.09)
            inner = x + w / 2 + side * (w / 2 - 0.05)
            pen.fade(
                [(edge, top), (inner, top), (inner + side * 0.035, foot), (edge, foot)],
                lighter(colour, 0.1),
                darker(colour, 0.12),
            )
            folds = [
                ((edge + (inner - edge) * u, top), (edge + (inner + side * 0.035 - edge) * u, foot))
                for u in (0.2, 0.42, 0.64, 0.84)
            ]
            pen.hairs(folds, 0.006, darker(colour, 0.22), alpha=0.55)
        pen.box(x - 0.12, top - 0.012, w + 0.24, 0.014, 0x8A6A4A, corner=0.007, shade=0.1)

    return paint


def _boards(stage: Stage, colour: Colour) -> Paint:
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


def _tiles(stage: Stage, one: Colour, two: Colour) -> Paint:
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


def _sunbeam(stage: Stage, box: Box) -> Paint:
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


def _lamp(stage: Stage, x: float, y: float, h: float, colour: Colour) -> Paint:
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


def _pendant(stage: Stage, x: float, y: float, size: float, colour: Colour) -> Paint:
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


def _picture(stage: Stage, box: Box, name: str) -> Paint:
    """A framed picture: hills and a sun in colours of the seed's own."""
    x, y, w, h = box

    def paint(pen: Pen) -> None:
        dice = stage.dice("picture", name)
        pen.soft(x + w / 2, y + h * 1.02, w * 0.6, h * 0.08, 0x1B1436, 0.25)
        pen.box(
            x - 0.012,
            y - 0.012,
            w + 0.024,
            h + 0.024,
            dice.pick((0x7A5640, 0x3F3A44, 0xB58A4A)),
            shade=0.15,
        )
        a, b, c = dice.pick(
            (
                (0xF6E2C4, 0xE08A5A, 0x5A7A8A),
                (0xD9E8EE, 0x5E8FA0, 0xF2B53A),
                (0xF2DCE2, 0xB86A8A, 0x4F6A7A),
            )
        )
        pen.box(x, y, w, h, a, shade=0)
        pen.oval(x + w * 0.66, y + h * 0.34, min(w, h) * 0.15, min(w, h) * 0.15, b, shade=0)
        pen.poly(
            [
                (x, y + h),
                (x, y + h * 0.6),
                (x + w * 0.35, y + h * 0.42),
                (x + w * 0.7, y + h * 0.72),
                (x + w, y + h * 0.55),
                (x + w, y + h),
            ],
            c,
            shade=0.1,
        )

    return paint


def _plant(stage: Stage, x: float, y: float, h: float) -> Paint:
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


def _sofa(stage: Stage, x: float, y: float, h: float, colour: Colour) -> Paint:
    """A sofa with cushions; its feet are at y."""

    def paint(pen: Pen) -> None:
        w = h * 2.3
        pen.soft(x, y, w * 0.58, h * 0.1, 0x1B1436, 0.4)
        for d in (-0.44, 0.44):
            pen.box(x + d * w - h * 0.03, y - h * 0.12, h * 0.06, h * 0.12, 0x5A4036, shade=0)
        pen.box(x - w * 0.46, y - h, w * 0.92, h * 0.75, colour, corner=h * 0.16, shade=0.14)
        for d in (-0.41, 0.01):
            pen.box(
                x + d * w,
                y - h * 0.48,
                w * 0.4,
                h * 0.3,
                lighter(colour, 0.08),
                corner=h * 0.08,
                shade=0.12,
            )
        pen.box(
            x - w * 0.42,
            y - h * 0.26,
            w * 0.84,
            h * 0.17,
            darker(colour, 0.1),
            corner=h * 0.05,
            shade=0.1,
        )
        for d in (-0.5, 0.38):
            pen.box(
                x + d * w,
                y - h * 0.66,
                w * 0.12,
                h * 0.58,
                lighter(colour, 0.04),
                corner=h * 0.1,
                shade=0.16,
            )
        for d, tone in ((-0.27, 0xF2C45A), (0.25, 0xF6EEE0)):
            pen.blob(
                [
                    (x + d * w - h * 0.2, y - h * 0.5),
                    (x + d * w, y - h * 0.86),
                    (x + d * w + h * 0.2, y - h * 0.54),
                    (x + d * w, y - h * 0.4),
                ],
                tone,
                shade=0.15,
            )

    return paint


def _rug(stage: Stage, x: float, colour: Colour) -> Paint:
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


def _shelf(stage: Stage, box: Box, rows: int, name: str) -> Paint:
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


WALLS = (0xE9D6BC, 0xC9D6CE, 0xE6C4B4, 0xBFCBDC, 0xDDD2E0, 0xEBDDA8)


def room(stage: Stage) -> Iterator[Part]:
    """A living room: a window with curtains, a sofa, a lamp, pictures, a rug, a plant."""
    dice = stage.dice("room")
    wall, soft = dice.pick(WALLS), dice.pick((0x5E8A8C, 0xB8654E, 0x6A7EA8, 0x8A9A5E, 0xA8708A))
    window, side = _window(stage), -stage.light.side
    x = stage.width * (0.5 + 0.26 * side)
    far = window[0] + window[2] / 2 + stage.period / 2
    grow = stage.tall
    yield from _view(stage)
    yield Layer(0.42, _wall(stage, wall, [window]), z=0.43)
    yield Layer(
        0.42,
        _hung(
            stage,
            _skirting(stage, lighter(wall, 0.4)),
            _panes(stage, window, 0xFBF6EC),
            _curtains(stage, window, dice.pick((0xD98A6A, 0x8AA6A0, 0xC9A05A, 0x9A86B0))),
            _picture(stage, (x - 0.13, stage.y(0.2), 0.15, 0.19 * grow), "a"),
            _picture(stage, (x + 0.06, stage.y(0.23), 0.12, 0.12 * grow), "b"),
            _shelf(stage, (far - 0.2, stage.y(0.3), 0.4, stage.y(FLOOR - 0.3)), 5, "room"),
        ),
        z=0.431,
    )
    yield Layer(
        0.6,
        together(
            _boards(stage, 0xC08E5E), _rug(stage, stage.width * 0.5, soft), _sunbeam(stage, window)
        ),
        z=0.44,
    )
    yield Layer(
        0.5,
        together(
            _sofa(stage, x, stage.y(0.735), 0.2 * grow, soft),
            _lamp(stage, x + side * 0.33 * grow, stage.y(0.73), 0.46 * grow, 0xF2E2C0),
            _plant(stage, _beside(stage, window), stage.y(0.735), 0.3 * grow),
        ),
        z=0.45,
    )


def kitchen(stage: Stage) -> Iterator[Part]:
    """A kitchen: cupboards, a stove, a window over the sink, tiles, lamps over the counter."""
    dice = stage.dice("kitchen")
    wall, front = (
        dice.pick((0xF2E6CC, 0xDCE8E4, 0xF2DCCB)),
        dice.pick((0x6FA092, 0x7E96B4, 0xD9A36A, 0xB4756A)),
    )
    x, y, w, _ = _window(stage, wide=0.42)
    window = (x, y + 0.02, w, (stage.y(0.46) - y) * 1.0)
    yield from _view(stage)
    yield Layer(0.42, _wall(stage, wall, [window]), z=0.43)
    lamp = stage.width * (0.5 - 0.16 * stage.light.side)
    yield Layer(
        0.42,
        _hung(
            stage,
            _splash(stage, (window,), lighter(wall, 0.4)),
            _panes(stage, window, 0xFBF6EC),
            _cupboards(stage, window, front),
            _counter(stage, front),
            _pendant(stage, lamp, stage.y(0.24), 0.05 * stage.tall, darker(front, 0.2)),
            _pendant(stage, lamp - 0.3, stage.y(0.24), 0.05 * stage.tall, darker(front, 0.2)),
        ),
        z=0.431,
    )
    yield Layer(0.6, together(_tiles(stage, 0xE9DCC6, 0xC9A988), _sunbeam(stage, window)), z=0.44)


def _splash(stage: Stage, holes: tuple[Box, ...], colour: Colour) -> Paint:
    """Rows of tiles behind the counter."""

    def paint(pen: Pen) -> None:
        def fill() -> None:
            y0, y1 = stage.y(0.4), stage.y(0.53)
            pen.box(0, y0, stage.period + 0.002, y1 - y0, colour, shade=0)
            lines = [
                ((0.0, y0 + (y1 - y0) * k / 4), (stage.period, y0 + (y1 - y0) * k / 4))
                for k in range(4)
            ]
            count = round(stage.period / 0.06)
            lines += [
                ((stage.period * k / count, y0), (stage.period * k / count, y1))
                for k in range(count)
            ]
            pen.hairs(lines, 0.002, darker(colour, 0.12))

        _around(pen, list(holes), fill)

    return paint


def _cupboards(stage: Stage, window: Box, colour: Colour) -> Paint:
    """Hanging cupboards, except before the window."""

    def paint(pen: Pen) -> None:
        count = max(5, round(stage.period / 0.28))
        w, y0, y1 = stage.period / count, stage.y(0.12), stage.y(0.36)
        for k in range(count):
            x = k * w
            if x + w > window[0] - 0.06 and x < window[0] + window[2] + 0.06:
                continue
            pen.box(x, y0, w, y1 - y0, darker(colour, 0.12), shade=0.05)
            pen.box(x + 0.008, y0 + 0.01, w - 0.016, y1 - y0 - 0.02, colour, corner=0.01, shade=0.1)
            pen.box(x + w * 0.78, y1 - 0.06, 0.012, 0.035, 0xF2E2B8, shade=0)
        pen.box(0, y1, 0.001, 0.001, colour, shade=0)

    return paint


def _counter(stage: Stage, colour: Colour) -> Paint:
    """Drawers and doors under a worktop, with a stove, pots, fruit and jars on it."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("counter")
        top, foot = stage.y(0.525), stage.y(FLOOR + 0.005)
        count = max(5, round(stage.period / 0.3))
        w = stage.period / count
        stove = round(count * 0.3)
        for k in range(count):
            x = k * w
            if k == stove:
                _stove(pen, stage, (x, top, w, foot - top))
                continue
            pen.box(x, top, w + 0.001, foot - top, darker(colour, 0.14), shade=0.05)
            pen.box(
                x + 0.008, top + 0.05, w - 0.016, foot - top - 0.07, colour, corner=0.01, shade=0.12
            )
            pen.box(x + w * 0.4, top + 0.07, w * 0.2, 0.012, 0xF2E2B8, corner=0.006, shade=0)
            _things(pen, dice, x + w * 0.5, top, 0.085 * stage.tall)
        pen.box(0, top - 0.012, stage.period + 0.002, 0.034, 0xE9D2AC, shade=0.1)
        pen.box(0, foot - 0.018, stage.period + 0.002, 0.022, 0x5A4A44, shade=0)

    return paint


def _stove(pen: Pen, stage: Stage, box: Box) -> None:
    x, y, w, h = box
    pen.box(x, y, w, h, 0xD6D8DC, shade=0.12)
    pen.box(x + w * 0.1, y + h * 0.32, w * 0.8, h * 0.55, 0x3A3E48, corner=0.012, shade=0.2)
    pen.box(x + w * 0.1, y + h * 0.24, w * 0.8, 0.012, 0x8E949E, shade=0)
    pen.specks([(x + w * u, y + h * 0.12) for u in (0.2, 0.4, 0.6, 0.8)], 0.02, 0x4A4E58)
    px, r = x + w * 0.5, w * 0.28
    pen.box(px - r, y - r * 1.3, 2 * r, r * 1.1, 0xC8503F, corner=r * 0.2, shade=0.2)
    pen.box(px - r * 1.1, y - r * 1.42, r * 2.2, r * 0.2, 0xE2705A, corner=r * 0.1, shade=0)
    pen.oval(px, y - r * 1.52, r * 0.15, r * 0.12, 0x3A3E48, shade=0)


def _things(pen: Pen, dice: Dice, x: float, y: float, h: float) -> None:
    """One thing on the worktop: a bowl of fruit, jars, a kettle, or nothing."""
    match dice.pick((0, 1, 2, 3)):
        case 0:
            for dx, colour in ((-0.35, 0xE2503C), (0.05, 0xF2B53A), (0.4, 0x8CBF4A)):
                pen.oval(x + dx * h, y - h * 0.5, h * 0.26, h * 0.26, colour, shade=0.2)
            pen.blob(
                [
                    (x - h * 0.75, y - h * 0.48),
                    (x + h * 0.75, y - h * 0.48),
                    (x + h * 0.4, y),
                    (x - h * 0.4, y),
                ],
                0xF6F0E4,
                shade=0.15,
                tension=0.5,
            )
        case 1:
            for k, colour in enumerate((0xC9744C, 0xE8D2A0, 0x7A9A6A)):
                px, tall = x + (k - 1) * h * 0.5, h * (0.9 - 0.15 * k)
                pen.box(px - h * 0.2, y - tall, h * 0.4, tall, colour, corner=h * 0.06, shade=0.2)
                pen.box(
                    px - h * 0.22,
                    y - tall - h * 0.12,
                    h * 0.44,
                    h * 0.14,
                    0x8A6244,
                    corner=h * 0.04,
                    shade=0,
                )
        case 2:
            pen.blob(
                [
                    (x - h * 0.4, y),
                    (x - h * 0.42, y - h * 0.4),
                    (x, y - h * 0.75),
                    (x + h * 0.42, y - h * 0.4),
                    (x + h * 0.4, y),
                ],
                0x6E96A8,
                shade=0.25,
                tension=0.7,
            )
            pen.limb(
                [
                    (x + h * 0.35, y - h * 0.3),
                    (x + h * 0.55, y - h * 0.45),
                    (x + h * 0.7, y - h * 0.7),
                ],
                [h * 0.16, h * 0.1, h * 0.08],
                0x6E96A8,
            )
        case _:
            return


def classroom(stage: Stage) -> Iterator[Part]:
    """A classroom: a blackboard, windows, desks in a row, a globe and a clock."""
    wall = stage.dice("class").pick((0xE9E2C8, 0xD6E4DC, 0xEBD9C4))
    x, y, w, h = _window(stage, wide=0.34)
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
    yield from _view(stage)
    yield Layer(0.42, _wall(stage, wall, [window]), z=0.43)
    yield Layer(
        0.42,
        _hung(
            stage,
            _skirting(stage, 0x9A6E4C),
            _panes(stage, window, 0xFBF6EC, rows=3),
            _blackboard(stage, board),
            _clock(stage, board[0] + board[2] / 2, stage.y(0.12)),
        ),
        z=0.431,
    )
    yield Layer(0.6, together(_boards(stage, 0xC99A68), _sunbeam(stage, window)), z=0.44)
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
    window = _window(stage, wide=0.36)
    yield from _view(stage)
    yield Layer(0.42, _wall(stage, 0x9A7458, [window]), z=0.43)
    cases = []
    edge = window[0] + window[2] + 0.07
    room_left = stage.period - window[2] - 0.14
    count = max(2, round(room_left / 0.46))
    for k in range(count):
        wide = room_left / count
        box = (edge + k * wide, stage.y(0.05), wide - 0.02, stage.y(FLOOR - 0.05))
        cases.append(_shelf(stage, box, 6 if stage.height < 1.3 else 8, f"case {k}"))
    yield Layer(
        0.42,
        _hung(stage, *cases, _panes(stage, window, 0x6E4A34, rows=3), _skirting(stage, 0x5E3E2C)),
        z=0.431,
    )
    yield Layer(
        0.6,
        together(
            _boards(stage, 0xA8744A),
            _rug(stage, stage.width * 0.5, 0x9A3F3C),
            _sunbeam(stage, window),
        ),
        z=0.44,
    )
    x = stage.width * (0.5 - 0.36 * stage.light.side)
    yield Layer(
        0.5,
        together(
            _ladder(stage, x),
            _lamp(
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


def cafe(stage: Stage) -> Iterator[Part]:
    """A café: a great window on the street of the hour, round tables, lamps, a counter."""
    wall = stage.dice("cafe").pick((0xD9A98A, 0x8AA69A, 0xC9B48A, 0xB58FA0))
    window = _window(stage, wide=0.74)
    yield from _view(stage)
    yield Layer(0.42, _wall(stage, wall, [window]), z=0.43)
    lamps = [
        _pendant(stage, stage.width * u, stage.y(0.2), 0.05 * stage.tall, 0xB5533C)
        for u in (0.16, 0.5, 0.84)
    ]
    yield Layer(
        0.42,
        _hung(
            stage,
            _skirting(stage, 0x6E4A3C),
            _panes(stage, window, 0x5A3E34, columns=3, rows=1),
            *lamps,
        ),
        z=0.431,
    )
    yield Layer(0.6, together(_tiles(stage, 0xE6D2B4, 0x8A6450), _sunbeam(stage, window)), z=0.44)
    yield Layer(
        0.5,
        together(
            _tables(stage), _plant(stage, _beside(stage, window), stage.y(0.74), 0.3 * stage.tall)
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


# The stage


def _footlights(light: Light) -> Light:
    """Spotlights, whatever the hour."""
    return replace(
        light,
        sky=(0x140A1E, 0x24102E, 0x3A1A3E),
        tint=0xFFF0DC,
        haze=0x4A2440,
        rim=0xFFE8B0,
        place=(0.3, 0.1),
        shade=0.4,
        reach=0.4,
        glow=0.8,
        mist=0.0,
        lamps=1.0,
        moon=False,
    )


def stage_of_theatre(stage: Stage) -> Iterator[Part]:
    """A theatre: red curtains, boards, swinging spotlights, heads of the audience."""
    yield Layer(0.0, _backcloth(stage), z=0.0)
    yield Layer(0.55, _boards(stage, 0xB07A4A), z=0.3)
    yield Layer(0.55, _pools(stage), z=0.31)
    yield _spotlights(stage)
    yield Live(0.0, _drapes(stage), z=1.2)
    yield Layer(1.2, _audience(stage), z=1.3)


def _backcloth(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w, floor = stage.period + 0.1, stage.y(FLOOR + 0.02)
        deep = stage.dice("cloth").pick((0x2A1A4E, 0x3E1438, 0x14304E))
        pen.fade(
            [(-0.1, -0.3), (w, -0.3), (w, floor), (-0.1, floor)],
            darker(deep, 0.3),
            lighter(deep, 0.14),
            lit=False,
        )
        folds = round(w / 0.09)
        for k in range(folds):
            x = k * w / folds
            pen.fade(
                [(x, -0.3), (x + 0.04, -0.3), (x + 0.04, floor), (x, floor)],
                deep,
                lighter(deep, 0.3),
                alphas=(0.0, 0.35),
                lit=False,
            )
        for k in range(9):
            pen.glow((k + 0.5) / 9 * w, stage.y(0.02), 0.05, 0xFFD890, 0.5)
        pen.glow(stage.width / 2, stage.y(0.55), 0.6 * stage.tall, lighter(deep, 0.5), 0.55)

    return paint


def _pools(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        pen.soft(stage.width * 0.5, stage.y(0.82), 0.55, 0.1 * stage.tall, 0xFFF3CC, 0.75)
        y = stage.y(0.965)
        pen.fade(
            [(-0.05, y), (stage.period + 0.1, y), (stage.period + 0.1, y + 0.2), (-0.05, y + 0.2)],
            0x4A2A20,
            0x1E1014,
        )

    return paint


def _spotlights(stage: Stage) -> Live:
    def draw(pen: Pen, moment: Moment) -> None:
        for k, (u, colour) in enumerate(
            ((0.1, 0xFFE9B0), (0.36, 0xFFC8E0), (0.64, 0xC8E4FF), (0.9, 0xFFE9B0))
        ):
            x = stage.width * u
            aim = stage.width * (0.5 + 0.22 * wave(moment.t * 0.07 + 0.29 * k) + 0.2 * (u - 0.5))
            floor, half = stage.y(0.84), 0.14 * stage.tall
            cone = [
                (x - 0.012, -0.02),
                (x + 0.012, -0.02),
                (aim + half, floor),
                (aim - half, floor),
            ]
            pen.fade(cone, colour, colour, alphas=(0.42, 0.04), lit=False)
            pen.soft(aim, floor, half, 0.032 * stage.tall, colour, 0.3)
            pen.glow(x, 0.0, 0.08, colour, 0.9)

    return Live(0.0, draw, z=0.32)


def _drapes(stage: Stage) -> Callable[[Pen, Moment], None]:
    """The curtains at both sides and above, stirring a little."""

    def draw(pen: Pen, moment: Moment) -> None:
        wide, h = 0.17 * min(1.3, stage.width), stage.height
        for side in (-1, 1):
            edge = 0.0 if side < 0 else stage.width
            for k in range(5):
                a, b = (edge - side * wide * u for u in (k / 5, (k + 1) / 5))
                sway = 0.006 * wave(moment.t * 0.12 + 0.2 * k)
                pull = 0.55 if k == 4 else 1.0
                shape = [
                    (a, -0.05),
                    (b, -0.05),
                    (edge + (b - edge) * 0.86 * pull**0.3 + sway, h * 0.62),
                    (b + sway, h + 0.05),
                    (a, h + 0.05),
                ]
                pen.poly(shape, 0xB3263A if k % 2 else 0x8C1A30, shade=0.14)
        count = max(3, round(stage.width / 0.3))
        for k in range(count):
            x, w = k / count * stage.width, stage.width / count
            drop = 0.1 * stage.tall
            pen.blob(
                [
                    (x - 0.01, -0.08),
                    (x + w + 0.01, -0.08),
                    (x + w * 0.96, drop * 0.6),
                    (x + w * 0.5, drop * 1.15),
                    (x + w * 0.04, drop * 0.6),
                ],
                0xA02036 if k % 2 else 0xB3263A,
                shade=0.2,
                tension=0.7,
            )
            pen.line(
                [
                    (x + w * 0.04, drop * 0.62),
                    (x + w * 0.5, drop * 1.13),
                    (x + w * 0.96, drop * 0.62),
                ],
                0.008,
                0xE8B84A,
            )

    return draw


def _audience(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("audience")
        for row, (lift, r) in enumerate(((0.035, 0.034), (0.0, 0.045))):
            r *= stage.tall
            count = round(stage.period / (r * 2.7))
            for k in range(count):
                x = (k + 0.5 * row + dice.around(0, 0.1)) / count * stage.period
                y = stage.height - lift - r * dice.between(0.3, 0.6)
                tone = 0x2A1626 if row else 0x3A2034
                pen.oval(x, y, r * 0.8, r, tone, shade=0.08)
                pen.oval(x, y + r * 1.7, r * 1.5, r, tone, shade=0.04)

    return paint


SETTINGS = {
    name: Setting(
        parts=parts,
        horizon=0.5,
        ground=(0.775, 0.89),
        air=(0.2, 0.45),
        light=_indoors,
        sheltered=True,
        clouds=3,
    )
    for name, parts in (
        ("room", room),
        ("kitchen", kitchen),
        ("classroom", classroom),
        ("library", library),
        ("cafe", cafe),
    )
} | {
    "stage": Setting(
        parts=stage_of_theatre,
        horizon=0.7,
        ground=(0.77, 0.86),
        air=(0.2, 0.45),
        sky=False,
        clouds=0,
        light=_footlights,
        sheltered=True,
    )
}
