"""Room and kitchen."""

from collections.abc import Iterator

from animatic.colour import Colour, darker, lighter
from animatic.dice import Dice
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    together,
)
from animatic.scenery.rooms import (
    FLOOR,
    Box,
    _around,
    beside_window,
    bookshelf,
    floor_lamp,
    floor_tiles,
    floorboards,
    hang,
    inside,
    oval_rug,
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


WALLS = (0xE9D6BC, 0xC9D6CE, 0xE6C4B4, 0xBFCBDC, 0xDDD2E0, 0xEBDDA8)


def room(stage: Stage) -> Iterator[Part]:
    """A living room: a window with curtains, a sofa, a lamp, pictures, a rug, a plant."""
    dice = stage.dice("room")
    wall, soft = dice.pick(WALLS), dice.pick((0x5E8A8C, 0xB8654E, 0x6A7EA8, 0x8A9A5E, 0xA8708A))
    window, side = place_window(stage), -stage.light.side
    x = stage.width * (0.5 + 0.26 * side)
    far = window[0] + window[2] / 2 + stage.period / 2
    grow = stage.tall
    yield from view_outside(stage)
    yield Layer(0.42, wall_around(stage, wall, [window]), z=0.43)
    yield Layer(
        0.42,
        hang(
            stage,
            skirting_board(stage, lighter(wall, 0.4)),
            window_panes(stage, window, 0xFBF6EC),
            _curtains(stage, window, dice.pick((0xD98A6A, 0x8AA6A0, 0xC9A05A, 0x9A86B0))),
            _picture(stage, (x - 0.13, stage.y(0.2), 0.15, 0.19 * grow), "a"),
            _picture(stage, (x + 0.06, stage.y(0.23), 0.12, 0.12 * grow), "b"),
            bookshelf(stage, (far - 0.2, stage.y(0.3), 0.4, stage.y(FLOOR - 0.3)), 5, "room"),
        ),
        z=0.431,
    )
    yield Layer(
        0.6,
        together(
            floorboards(stage, 0xC08E5E),
            oval_rug(stage, stage.width * 0.5, soft),
            sunbeam(stage, window),
        ),
        z=0.44,
    )
    yield Layer(
        0.5,
        together(
            _sofa(stage, x, stage.y(0.735), 0.2 * grow, soft),
            floor_lamp(stage, x + side * 0.33 * grow, stage.y(0.73), 0.46 * grow, 0xF2E2C0),
            potted_plant(stage, beside_window(stage, window), stage.y(0.735), 0.3 * grow),
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
    x, y, w, _ = place_window(stage, wide=0.42)
    window = (x, y + 0.02, w, (stage.y(0.46) - y) * 1.0)
    yield from view_outside(stage)
    yield Layer(0.42, wall_around(stage, wall, [window]), z=0.43)
    lamp = stage.width * (0.5 - 0.16 * stage.light.side)
    yield Layer(
        0.42,
        hang(
            stage,
            _splash(stage, (window,), lighter(wall, 0.4)),
            window_panes(stage, window, 0xFBF6EC),
            _cupboards(stage, window, front),
            _counter(stage, front),
            pendant_lamp(stage, lamp, stage.y(0.24), 0.05 * stage.tall, darker(front, 0.2)),
            pendant_lamp(stage, lamp - 0.3, stage.y(0.24), 0.05 * stage.tall, darker(front, 0.2)),
        ),
        z=0.431,
    )
    yield Layer(
        0.6, together(floor_tiles(stage, 0xE9DCC6, 0xC9A988), sunbeam(stage, window)), z=0.44
    )


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


SETTINGS = {
    "room": inside(room),
    "kitchen": inside(kitchen),
}
