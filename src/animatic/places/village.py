"""Where people live in the country: village, park, garden, castle."""

import math
from collections.abc import Iterator

from animatic.colour import Colour, darker, lighter
from animatic.ease import TAU, Point, wave
from animatic.rig.pen import Pen
from animatic.scenery.buildings import bench, cottage, fence, lit_window, street_lamp
from animatic.scenery.land import (
    BLOOMS,
    GREENS,
    Paint,
    bushes,
    canopy,
    conifers,
    far_hills,
    flowers,
    foreground_grass,
    hills,
    outline,
    scatter_trees,
    trail,
    tufts,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage


def village(stage: Stage) -> Iterator[Part]:
    """Cottages about a church, a lane, fences, gardens; lit windows at night."""
    yield from far_hills(stage, "village")
    yield Layer(0.34, _cottages(stage, "back", 0.655, 6, (0.11, 0.15)), far=0.12)
    yield Layer(0.45, _church(stage), z=0.36, far=0.04)
    yield Layer(
        0.7, hills(stage, stage.y(0.69), 0.012, 0xA4CA64, 0x6AA24A, name="green", deep=True), z=0.38
    )
    yield Layer(0.7, trail(stage, stage.width * 0.5, 0.7, 0xE0C79C, wide=0.2), z=0.382)
    yield Layer(0.7, fence(stage, 0.71, 0xF2EADC, size=0.06), z=0.383)
    yield Layer(
        0.7, bushes(stage, (0.715, 0.73), 7, (0.03, 0.05), (0x5E9B52, 0x7EB054), "village"), z=0.384
    )
    yield Layer(0.7, tufts(stage, (0.72, 1.02), 120, GREENS, "village"), z=0.39)
    yield Layer(0.7, flowers(stage, (0.73, 0.99), 60, BLOOMS, "village"), z=0.395)
    yield from canopy(stage, 0x74A850)
    yield foreground_grass(stage, 0x5C9A43, height=0.1)


def _cottages(stage: Stage, name: str, foot: float, count: int, size: tuple[float, float]) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("cottages", name)
        for k in range(count):
            x = (k + dice.between(0.25, 0.75)) / count * stage.period
            cottage(
                pen,
                stage,
                x,
                stage.y(foot) + dice.around(0, 0.01),
                dice.between(*size) * stage.tall,
                dice,
            )

    return paint


def _church(stage: Stage) -> Paint:
    """The near row of cottages, with a steeple among them."""
    near = _cottages(stage, "near", 0.7, max(3, round(stage.period / 0.5)), (0.2, 0.26))

    def paint(pen: Pen) -> None:
        h = 0.44 * stage.tall
        x, y = stage.width * stage.dice("church").between(0.35, 0.65), stage.y(0.68)
        w = h * 0.13
        pen.box(x - w, y - h * 0.62, 2 * w, h * 0.62, 0xEFE4D0, shade=0.12)
        roof = stage.snowy(0x4F6378, 0.7)
        pen.poly(
            [(x - w * 1.2, y - h * 0.6), (x, y - h * 1.05), (x + w * 1.2, y - h * 0.6)],
            roof,
            shade=0.18,
        )
        pen.oval(x, y - h * 0.5, w * 0.5, w * 0.5, 0xFBF6E8, shade=0)
        pen.hairs(
            [
                ((x, y - h * 0.5), (x, y - h * 0.535)),
                ((x, y - h * 0.5), (x + w * 0.25, y - h * 0.5)),
            ],
            0.004,
            0x4A3A34,
        )
        lit_window(pen, stage, x, y - h * 0.3, w * 0.6, w * 0.9)
        near(pen)

    return paint


def park(stage: Stage) -> Iterator[Part]:
    """Lawns and round trees before the city's towers, a way with lamps and benches."""
    yield Layer(0.08, _towers(stage), far=0.6)
    yield Layer(
        0.2, bushes(stage, (0.6, 0.63), 16, (0.06, 0.12), (0x6FAA62, 0x5E9B58), "park far"), far=0.3
    )
    lawn = outline(stage, stage.y(0.635), 0.02, 0.4, "lawn far")
    yield Layer(
        0.34, hills(stage, stage.y(0.635), 0.02, 0x98CB6A, 0x84BC5A, name="lawn far"), far=0.12
    )
    yield Layer(
        0.34,
        scatter_trees(stage, lawn, 5, (0.2, 0.3), (0x6FB055, 0x5CA04F, 0x8CBE58), "park"),
        far=0.08,
        z=0.341,
    )
    yield Layer(
        0.7, hills(stage, stage.y(0.68), 0.01, 0xA9D36C, 0x67A84C, name="park", deep=True), z=0.36
    )
    yield Layer(0.7, _promenade(stage), z=0.365)
    yield Layer(0.6, _benches(stage), z=0.37)
    yield Layer(0.7, tufts(stage, (0.83, 1.02), 110, GREENS, "park"), z=0.38)
    yield Layer(0.7, flowers(stage, (0.84, 0.99), 60, BLOOMS, "park"), z=0.385)
    yield from canopy(stage, 0x72AE50)
    yield foreground_grass(stage, 0x5C9A43, height=0.1)


def _towers(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("park towers")
        count = round(stage.period * 8)
        for k in range(count):
            w = stage.period / count
            h = dice.between(0.1, 0.32) * stage.tall
            pen.box(
                k * w,
                stage.y(0.62) - h,
                w * dice.between(0.7, 1.05),
                h,
                dice.pick((0x8FA6C4, 0x7E93B8, 0xA3B2CC)),
                shade=0.1,
            )
            if stage.light.lamps > 0.2:
                spots = [
                    (k * w + w * u, stage.y(0.62) - h * v)
                    for u in (0.25, 0.55)
                    for v in (0.3, 0.5, 0.7, 0.9)
                    if dice.coin()
                ]
                pen.specks(spots, 0.011, 0xFFD98A, lit=False)

    return paint


def _promenade(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        edge, low = [], []
        for k in range(41):
            x = stage.period * k / 40
            bend = 0.012 * math.sin(TAU * k / 40 + 1)
            edge.append((x, stage.y(0.735 + bend)))
            low.append((x, stage.y(0.815 + bend)))
        colour = stage.snowy(0xE6D3AE, 0.7)
        pen.fade([*edge, *reversed(low)], darker(colour, 0.04), lighter(colour, 0.15))
        pen.line(edge, 0.006, stage.snowy(0xB7A27C, 0.5), smooth=False)
        pen.line(low, 0.009, stage.snowy(0xB7A27C, 0.5), smooth=False)

    return paint


def _benches(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("benches")
        count = max(2, round(stage.period / 0.85))
        for k in range(count):
            x = (k + 0.3 + dice.around(0, 0.08)) / count * stage.period
            street_lamp(pen, stage, x + 0.2 * stage.tall, stage.y(0.735), 0.34 * stage.tall)
            bench(pen, x, stage.y(0.735), 0.085 * stage.tall)

    return paint


def garden(stage: Stage) -> Iterator[Part]:
    """Hedges and beds of flowers about a lawn, a rose arch, a path of stone."""
    yield from far_hills(stage, "garden")
    yield Layer(
        0.34, bushes(stage, (0.64, 0.66), 14, (0.07, 0.1), (0x5C9A52, 0x6CAA58), "hedge"), far=0.1
    )
    yield Layer(
        0.7,
        hills(stage, stage.y(0.675), 0.01, 0xA4D068, 0x66A64A, name="garden", deep=True),
        z=0.36,
    )
    yield Layer(0.7, _beds(stage), z=0.364)
    yield Layer(0.7, trail(stage, stage.width * 0.5, 0.69, 0xE4D8C0, swing=0.1), z=0.365)
    yield Layer(0.6, _arch(stage), z=0.367)
    yield Layer(0.7, tufts(stage, (0.74, 1.02), 110, GREENS, "garden"), z=0.37)
    yield Layer(0.7, flowers(stage, (0.86, 1.0), 70, BLOOMS, "garden", size=0.028), z=0.375)
    yield from canopy(stage, 0x7CB24E)
    yield foreground_grass(stage, 0x5C9A43, height=0.1)


def _beds(stage: Stage) -> Paint:
    """Two long beds, each of one kind of flower at a time."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("beds")
        for top, size in ((0.685, 0.016), (0.72, 0.021)):
            y = stage.y(top)
            pen.box(
                -0.02,
                y - 0.004,
                stage.period + 0.04,
                0.024 * stage.tall,
                stage.snowy(0x7A5840, 0.6),
                shade=0,
            )
            count = round(stage.period / (size * 0.9))
            for k in range(count if stage.cover is None else 0):
                if k % 12 == 0:
                    colour = dice.pick((*BLOOMS, 0xE85A7A, 0xFF9A4A))
                x, s = k * size * 0.9, size * stage.tall
                lift = dice.between(0.6, 1.3) * s
                pen.hairs([((x, y + 0.01), (x, y - lift))], s * 0.3, 0x4E8A40)
                pen.oval(x, y - lift, s * 0.55, s * 0.5, colour, shade=0.2)

    return paint


def _arch(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        x, y, h = stage.width * 0.5, stage.y(0.695), 0.3 * stage.tall
        ring = [
            (
                x - h * 0.34 * math.cos(math.pi * k / 16),
                y - h * 0.6 - h * 0.36 * math.sin(math.pi * k / 16),
            )
            for k in range(17)
        ]
        posts = [(x - h * 0.34, y), *ring, (x + h * 0.34, y)]
        pen.line(posts, h * 0.05, 0xF4EEE2, smooth=False)
        dice = stage.dice("arch")
        for px, py in [
            *ring,
            *[(x + d * h * 0.34, y - h * u) for d in (-1, 1) for u in (0.1, 0.25, 0.4, 0.55)],
        ]:
            for _ in range(2):
                r = h * dice.between(0.035, 0.06)
                pen.oval(
                    px + dice.around(0, 0.03) * h,
                    py + dice.around(0, 0.03) * h,
                    r,
                    r,
                    stage.snowy(0x5C9A4C, 0.5),
                    shade=0.2,
                )
            pen.oval(
                px + dice.around(0, 0.03) * h,
                py + dice.around(0, 0.03) * h,
                h * 0.03,
                h * 0.03,
                dice.pick((0xE8507A, 0xF7A6BE, 0xFFE3EA)),
                shade=0.2,
            )

    return paint


def castle(stage: Stage) -> Iterator[Part]:
    """A castle with pointed towers on its hill, a winding way, woods about it."""
    yield Layer(
        0.08,
        hills(stage, stage.y(0.55), 0.2, 0x7E98B8, 0x9CB8C0, name="castle far", rough=0.6),
        far=0.5,
    )
    yield Layer(0.2, _mount(stage), far=0.1)
    y = outline(stage, stage.y(0.65), 0.04, 0.4, "castle wood")
    yield Layer(
        0.34, hills(stage, stage.y(0.65), 0.04, 0x7FB45C, 0x94C468, name="castle wood"), far=0.08
    )
    yield Layer(
        0.34, conifers(stage, y, 20, (0.08, 0.15), (0x5E9A5C, 0x3C7350), "castle"), far=0.1, z=0.341
    )
    yield Layer(
        0.7,
        hills(stage, stage.y(0.69), 0.02, 0xA6CF66, 0x5E9E48, name="castle near", deep=True),
        z=0.36,
    )
    yield Layer(0.7, trail(stage, stage.width * 0.5, 0.69, 0xE2CDA0, wide=0.2), z=0.365)
    yield Layer(0.7, tufts(stage, (0.7, 1.02), 150, GREENS, "castle"), z=0.37)
    yield Layer(0.7, flowers(stage, (0.72, 0.99), 60, BLOOMS, "castle"), z=0.375)
    yield from canopy(stage, 0x6FA84C)
    yield _pennants(stage)
    yield foreground_grass(stage, 0x5C9A43, height=0.11)


TOWERS = (
    (-0.42, 0.5, 0.1),
    (-0.2, 0.72, 0.12),
    (0.06, 1.0, 0.13),
    (0.27, 0.66, 0.11),
    (0.46, 0.46, 0.09),
)


def _keep(stage: Stage) -> tuple[float, float, float]:
    """Where the castle stands (x, foot) and how tall it is."""
    return stage.width * stage.dice("keep").between(0.38, 0.62), stage.y(0.53), 0.4 * stage.tall


def _mount(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        x, y, h = _keep(stage)
        w, foot = 0.62 * stage.tall, stage.y(0.72)
        pen.fade(
            [
                (x - w * 1.2, foot),
                (x - w * 0.7, y + 0.1),
                (x - h * 0.55, y),
                (x + h * 0.55, y),
                (x + w * 0.7, y + 0.1),
                (x + w * 1.2, foot),
            ],
            stage.snowy(0x8FB86A, 0.8),
            stage.snowy(0x6A9A54, 0.7),
            smooth=True,
        )
        stone, roof = (
            0xE4D8C8,
            stage.snowy(stage.dice("roofs").pick((0x4F6FA8, 0xB5533C, 0x6A5A9A, 0x3F8A84)), 0.6),
        )
        for u, tall, wide in TOWERS:
            _tower(pen, stage, (x + u * h, y), (wide * h, tall * h), stone, roof)
        pen.box(x - h * 0.48, y - h * 0.3, h * 0.96, h * 0.32, stone, shade=0.12)
        teeth = [
            [
                (x + h * (-0.48 + 0.08 * k), y - h * 0.3),
                (x + h * (-0.48 + 0.08 * k), y - h * 0.34),
                (x + h * (-0.44 + 0.08 * k), y - h * 0.34),
                (x + h * (-0.44 + 0.08 * k), y - h * 0.3),
            ]
            for k in range(12)
        ]
        pen.shapes(teeth, stone)
        pen.box(
            x - h * 0.07, y - h * 0.16, h * 0.14, h * 0.18, 0x6A4636, corner=h * 0.06, shade=0.1
        )
        for u in (-0.32, -0.2, 0.2, 0.32):
            lit_window(pen, stage, x + u * h, y - h * 0.16, h * 0.035, h * 0.06)

    return paint


def _tower(
    pen: Pen, stage: Stage, place: Point, size: tuple[float, float], stone: Colour, roof: Colour
) -> None:
    (x, y), (w, h) = place, size
    pen.box(x - w / 2, y - h * 0.7, w, h * 0.72, stone, shade=0.16)
    pen.box(x - w * 0.58, y - h * 0.72, w * 1.16, h * 0.05, lighter(stone, 0.15), shade=0)
    pen.poly(
        [(x - w * 0.68, y - h * 0.71), (x, y - h), (x + w * 0.68, y - h * 0.71)], roof, shade=0.2
    )
    lit_window(pen, stage, x, y - h * 0.56, w * 0.2, w * 0.34)


def _pennants(stage: Stage) -> Live:
    x, y, h = _keep(stage)

    def draw(pen: Pen, moment: Moment) -> None:
        for k, (u, tall, _) in enumerate(TOWERS[1:4]):
            px, py = x + u * h, y - tall * h
            long, lift = h * 0.12, h * 0.028
            pen.hairs([((px, py + 0.005), (px, py - h * 0.1))], 0.004, 0x6A5A50)
            flutter = [
                wave(moment.t * 0.9 + 0.2 * k - 0.35 * j) * lift * j / 3 * (0.4 + stage.wind)
                for j in range(4)
            ]
            top = [
                (px + long * j / 3, py - h * 0.1 + flutter[j] + lift * 0.35 * j / 3)
                for j in range(4)
            ]
            low = [
                (px + long * j / 3, py - h * 0.055 + flutter[j] - lift * 0.5 * j / 3)
                for j in range(4)
            ]
            pen.poly([*top, *reversed(low)], 0xD8453E, shade=0.1)

    return Live(0.2, draw, z=0.21)


SETTINGS = {
    "village": Setting(parts=village, horizon=0.57, ground=(0.73, 0.88)),
    "park": Setting(parts=park, horizon=0.58, ground=(0.745, 0.87)),
    "garden": Setting(parts=garden, horizon=0.57, ground=(0.75, 0.88)),
    "castle": Setting(parts=castle, horizon=0.56, ground=(0.72, 0.88)),
}
