"""The tended country: farm, village, park, garden, sunflowers, rice terraces, road, castle."""

import math
from collections.abc import Iterator

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.draw.pen import Pen
from animatic.ease import TAU, Point, wave
from animatic.places.parts import (
    Paint,
    broadleaf,
    bushes,
    canopy,
    conifers,
    flat,
    flowers,
    foreground_grass,
    hills,
    outline,
    own,
    scatter_trees,
    trail,
    tufts,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

GREENS = (0x6FAE4E, 0x86BF58, 0x5B9C4A, 0x9CCB62)
BLOOMS = (0xFFF7E0, 0xF6C945, 0xF29BB0, 0xB79BE8, 0xF2706A)
LEAF = (0x5E9B52, 0x4E8C50, 0x78AC55)


def _backdrop(stage: Stage, name: str) -> Iterator[Part]:
    """Hills and trees that lie behind all tended land."""
    y = outline(stage, stage.y(0.585), 0.08, 0.4, f"{name} mid")
    yield Layer(
        0.1, hills(stage, stage.y(0.56), 0.14, 0x7FB2A8, 0x9CC7A0, name=f"{name} far"), far=0.45
    )
    yield Layer(
        0.22, hills(stage, stage.y(0.585), 0.08, 0x86BA6C, 0x9CC874, name=f"{name} mid"), far=0.2
    )
    yield Layer(0.22, scatter_trees(stage, y, 8, (0.06, 0.11), LEAF, name), far=0.24, z=0.221)


def lit_window(pen: Pen, stage: Stage, x: float, y: float, w: float, h: float) -> None:
    """A window with its frame and cross, about (x, y); warm when lamps are on."""
    pen.box(x - w * 0.62, y - h * 0.6, w * 1.24, h * 1.2, 0xF6EEDF, shade=0)
    if stage.light.lamps > 0.2:
        box = [
            (x - w / 2, y - h / 2),
            (x + w / 2, y - h / 2),
            (x + w / 2, y + h / 2),
            (x - w / 2, y + h / 2),
        ]
        pen.fade(box, 0xFFEDB0, 0xFFC765, lit=False)
        pen.glow(x, y, w * 2.2, 0xFFC765, 0.22 * stage.light.lamps)
    else:
        pen.box(x - w / 2, y - h / 2, w, h, 0x6E93AE, shade=0.25)
    bars = [((x, y - h / 2), (x, y + h / 2)), ((x - w / 2, y), (x + w / 2, y))]
    pen.hairs(bars, w * 0.1, 0xF6EEDF)


def cottage(pen: Pen, stage: Stage, x: float, y: float, h: float, dice: Dice) -> None:
    """A house with a gabled roof, a door, windows that are lit at night, a chimney."""
    wall = dice.pick((0xF4E6CC, 0xEBD3B4, 0xF0DCD0, 0xDCE3DA, 0xE9C9A0))
    roof = stage.snowed(dice.pick((0xB5533C, 0xA8442F, 0x7A5A50, 0x4F6A86, 0xC77A3C)), 0.85)
    w = h * dice.between(1.05, 1.4)
    pen.soft(x, y, w * 0.75, h * 0.08, 0x1B1436, 0.35)
    pen.box(x + w * 0.22, y - h * 1.02, w * 0.1, h * 0.3, 0x8A6256, shade=0.1)
    pen.box(x - w / 2, y - h * 0.56, w, h * 0.56, wall, shade=0.1)
    pen.poly(
        [
            (x - w * 0.6, y - h * 0.52),
            (x - w * 0.36, y - h),
            (x + w * 0.36, y - h),
            (x + w * 0.6, y - h * 0.52),
        ],
        roof,
        shade=0.16,
    )
    tiles = [
        (
            (x - w * (0.38 + 0.06 * k), y - h * (0.92 - 0.12 * k)),
            (x + w * (0.38 + 0.06 * k), y - h * (0.92 - 0.12 * k)),
        )
        for k in range(4)
    ]
    pen.hairs(tiles, h * 0.012, darker(roof, 0.2), alpha=0.5)
    door = dice.pick((0x8A4B34, 0x3F6E6A, 0x6A4A7A, 0x345A84))
    pen.box(x - w * 0.09, y - h * 0.34, w * 0.18, h * 0.34, door, corner=h * 0.02, shade=0.15)
    pen.specks([(x + w * 0.05, y - h * 0.16)], h * 0.03, 0xF0C85A)
    for d in (-0.31, 0.31):
        lit_window(pen, stage, x + d * w, y - h * 0.31, h * 0.19, h * 0.2)


def fence(stage: Stage, y: float, colour: Colour, *, size: float = 0.075) -> Paint:
    """A picket fence along the height y (a share)."""
    colour = stage.snowed(colour, 0.3)

    def paint(pen: Pen) -> None:
        h, foot = size * stage.tall, stage.y(y)
        count = round(stage.period / (h * 0.42))
        for level in (0.35, 0.75):
            pen.box(
                -0.02, foot - h * level, stage.period + 0.04, h * 0.1, darker(colour, 0.1), shade=0
            )
        step = stage.period / count
        posts = []
        for k in range(count):
            x, w = k * step, step * 0.5
            posts.append(
                [
                    (x, foot),
                    (x, foot - h * 0.9),
                    (x + w / 2, foot - h),
                    (x + w, foot - h * 0.9),
                    (x + w, foot),
                ]
            )
        pen.shapes(posts, colour)

    return paint


def farm(stage: Stage) -> Iterator[Part]:
    """A red barn with its silo, ploughed fields, a fence, bales of hay."""
    yield from _backdrop(stage, "farm")
    yield Layer(0.35, _fields(stage), far=0.1)
    yield Layer(0.45, _barns(stage), z=0.36, far=0.03)
    yield Layer(
        0.7,
        hills(stage, stage.y(0.685), 0.015, 0xA6CC62, 0x6AA048, name="farm near", deep=True),
        z=0.38,
    )
    yield Layer(0.7, _bales(stage), z=0.385)
    yield Layer(0.7, fence(stage, 0.705, 0xF4EEE2), z=0.384)
    yield Layer(
        0.7,
        trail(stage, stage.width * stage.dice("farm way").between(0.3, 0.7), 0.7, 0xD9B98A),
        z=0.383,
    )
    yield Layer(0.7, tufts(stage, (0.72, 1.02), 150, GREENS, "farm"), z=0.39)
    yield Layer(0.7, flowers(stage, (0.74, 0.99), 36, BLOOMS, "farm"), z=0.395)
    yield from canopy(stage, 0x6FA84C)
    yield foreground_grass(stage, 0x5C9A43, height=0.11)


def _fields(stage: Stage) -> Paint:
    """Strips of crops that run together in the distance."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("fields")
        y0, y1, count = stage.y(0.6), stage.y(0.72), round(stage.period * 7)
        for k in range(count):
            x, w = k / count * stage.period, stage.period / count
            colour = stage.snowed(
                own(stage, dice.pick((0xC9B04E, 0x8FBF58, 0xB58A52, 0xE0C862, 0x74AA50))), 0.85
            )
            pen.fade(
                [(x + 0.06, y0), (x + w + 0.06, y0), (x + w, y1), (x, y1)],
                lighter(colour, 0.12),
                colour,
            )
            rows = [((x + w * u + 0.06, y0), (x + w * u, y1)) for u in (0.25, 0.5, 0.75)]
            pen.hairs(rows, 0.002, darker(colour, 0.18), alpha=0.6)

    return paint


def _barns(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("barn")
        x = stage.width * dice.pick((0.2, 0.78))
        barn(pen, stage, x, stage.y(0.69), 0.3 * stage.tall)
        broadleaf(
            pen,
            x - 0.3 * stage.tall,
            stage.y(0.69),
            0.2 * stage.tall,
            stage.snowed(0x6CA65A, 0.5),
            dice,
        )

    return paint


def barn(pen: Pen, stage: Stage, x: float, y: float, h: float) -> None:
    """A barn with a hipped gable and white boards, and a silo beside it."""
    red, white = 0xC2483A, 0xF6EFE2
    sx = x + h * 0.78
    pen.box(sx - h * 0.16, y - h * 0.98, h * 0.32, h * 0.98, 0xC9CDD2, shade=0.2)
    pen.oval(sx, y - h * 0.98, h * 0.16, h * 0.13, stage.snowed(0x9AA4AE, 0.9), shade=0.2)
    pen.soft(x, y, h * 0.9, h * 0.06, 0x1B1436, 0.35)
    front = [(-0.5, 0), (-0.5, -0.55), (-0.3, -0.85), (0, -1), (0.3, -0.85), (0.5, -0.55), (0.5, 0)]
    pen.poly([(x + u * h, y + v * h) for u, v in front], red, shade=0.12)
    boards = [((x + u * h, y), (x + u * h, y - h * 0.62)) for u in (-0.4, -0.3, 0.3, 0.4)]
    pen.hairs(boards, h * 0.008, darker(red, 0.25), alpha=0.6)
    roof = stage.snowed(0x6A5A60, 0.9)
    for side in (-1, 1):
        edge = [
            (0, -1.04),
            (side * 0.33, -0.89),
            (side * 0.57, -0.53),
            (side * 0.5, -0.5),
            (side * 0.29, -0.82),
            (0, -0.96),
        ]
        pen.poly([(x + u * h, y + v * h) for u, v in edge], roof, shade=0.1)
    pen.box(x - h * 0.22, y - h * 0.42, h * 0.44, h * 0.42, white, shade=0.05)
    pen.box(x - h * 0.19, y - h * 0.39, h * 0.38, h * 0.39, darker(red, 0.15), shade=0.1)
    cross = [
        ((x - h * 0.19, y), (x + h * 0.19, y - h * 0.39)),
        ((x + h * 0.19, y), (x - h * 0.19, y - h * 0.39)),
    ]
    pen.hairs(cross, h * 0.022, white)
    lit_window(pen, stage, x, y - h * 0.66, h * 0.16, h * 0.15)


def _bales(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("bales")
        for k in range(max(2, round(stage.period / 0.6))):
            x = (k + dice.between(0.1, 0.9)) / max(2, round(stage.period / 0.6)) * stage.period
            y = stage.y(dice.between(0.73, 0.77))
            r = 0.045 * stage.tall
            pen.soft(x, y, r * 1.6, r * 0.25, 0x1B1436, 0.35)
            pen.box(
                x - r * 1.15,
                y - r * 1.9,
                r * 2.1,
                r * 1.9,
                stage.snowed(0xD9B252, 0.4),
                corner=r * 0.9,
                shade=0.2,
            )
            pen.oval(
                x - r * 0.2,
                y - r * 0.95,
                r * 0.95,
                r * 0.95,
                stage.snowed(0xEBCB72, 0.4),
                shade=0.12,
            )
            for ring in (0.65, 0.35):
                pen.oval_line(x - r * 0.2, y - r * 0.95, r * ring, r * ring, r * 0.08, 0xB58A38)

    return paint


def village(stage: Stage) -> Iterator[Part]:
    """Cottages about a church, a lane, fences, gardens; lit windows at night."""
    yield from _backdrop(stage, "village")
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
        roof = stage.snowed(0x4F6378, 0.7)
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
        colour = stage.snowed(0xE6D3AE, 0.7)
        pen.fade([*edge, *reversed(low)], darker(colour, 0.04), lighter(colour, 0.15))
        pen.line(edge, 0.006, stage.snowed(0xB7A27C, 0.5), smooth=False)
        pen.line(low, 0.009, stage.snowed(0xB7A27C, 0.5), smooth=False)

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


def bench(pen: Pen, x: float, y: float, h: float) -> None:
    """A park bench; its feet are at y."""
    pen.soft(x, y, h * 1.4, h * 0.16, 0x1B1436, 0.35)
    for d in (-0.85, 0.85):
        pen.box(x + d * h - h * 0.06, y - h * 0.5, h * 0.12, h * 0.5, 0x3E4450, shade=0)
    for level in (1.0, 0.78, 0.5):
        pen.box(
            x - h * 1.1, y - h * level, h * 2.2, h * 0.15, 0xB0764A, corner=h * 0.04, shade=0.15
        )


def street_lamp(pen: Pen, stage: Stage, x: float, y: float, h: float) -> None:
    """A lamp on its post, shining when the hour asks for it."""
    pen.soft(x, y, h * 0.14, h * 0.03, 0x1B1436, 0.4)
    pen.limb(
        [(x, y), (x, y - h * 0.5), (x, y - h * 0.86)],
        [h * 0.045, h * 0.03, h * 0.025],
        0x3C4654,
        shade=0.2,
    )
    if stage.light.lamps > 0.2:
        pen.glow(x, y - h * 0.92, h * 0.6, 0xFFD88A, 0.55 * stage.light.lamps)
        pen.soft(x, y + h * 0.02, h * 0.5, h * 0.09, pen.shine(0xFFE0A0), 0.35 * stage.light.lamps)
        pen.oval(x, y - h * 0.92, h * 0.06, h * 0.07, 0xFFFFFF, shade=0)
        pen.fade(
            [
                (x - h * 0.055, y - h * 0.98),
                (x + h * 0.055, y - h * 0.98),
                (x + h * 0.05, y - h * 0.86),
                (x - h * 0.05, y - h * 0.86),
            ],
            0xFFF6D0,
            0xFFD98A,
            lit=False,
            smooth=True,
        )
    else:
        pen.oval(x, y - h * 0.92, h * 0.06, h * 0.07, 0xF2EEDF, shade=0.15)
    pen.poly(
        [(x - h * 0.07, y - h * 0.97), (x, y - h * 1.03), (x + h * 0.07, y - h * 0.97)],
        0x3C4654,
        shade=0.1,
    )


def garden(stage: Stage) -> Iterator[Part]:
    """Hedges and beds of flowers about a lawn, a rose arch, a path of stone."""
    yield from _backdrop(stage, "garden")
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
                stage.snowed(0x7A5840, 0.6),
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
                    stage.snowed(0x5C9A4C, 0.5),
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


def sunflowers(stage: Stage) -> Iterator[Part]:
    """A field of sunflowers to the horizon, great heads close by."""
    yield from _backdrop(stage, "sunflowers")
    yield Layer(0.36, _heads(stage, 0, (0.615, 0.66), 220, 0.02), far=0.12)
    yield Layer(
        0.7,
        flat(stage, (0.655, 1.3), stage.snowed(0x6E9A40, 0.7), stage.snowed(0x4A7434, 0.7)),
        z=0.37,
    )
    yield Layer(0.7, _heads(stage, 1, (0.665, 0.72), 130, 0.036), z=0.38)
    yield Layer(0.7, _heads(stage, 2, (0.725, 0.79), 70, 0.055), z=0.3805)
    yield Layer(0.7, trail(stage, stage.width * 0.5, 0.7, 0xCFA870, wide=0.5, swing=0.05), z=0.381)
    yield Layer(0.7, tufts(stage, (0.76, 1.02), 90, GREENS, "sunflowers"), z=0.382)
    yield Layer(1.25, _great_heads(stage), z=1.3)


def _heads(stage: Stage, k: int, band: tuple[float, float], count: int, size: float) -> Paint:
    def paint(pen: Pen) -> None:
        floor = stage.y(band[1]) + 0.02
        w = stage.period + 0.1
        top = stage.y(band[0])
        pen.fade(
            [(-0.05, top), (w, top), (w, floor), (-0.05, floor)],
            stage.snowed(0xB5A93C, 0.6),
            stage.snowed(0x5E8A38, 0.5),
        )
        many = round(count * stage.period / 2.5)
        for x, y, a, b, *_ in sorted(
            stage.scatter(f"heads {k}", many).tolist(), key=lambda row: row[1]
        ):
            s = size * stage.tall * (0.6 + 0.6 * y) * (0.8 + 0.4 * a)
            px, py = x * stage.period, stage.y(band[0] + (band[1] - band[0]) * y)
            pen.oval(px, py + s * 0.9, s * 0.7, s * 0.3, 0x5E9440, shade=0)
            pen.oval(px, py, s, s * 0.9, stage.snowed(mix(0xF6B92A, 0xFFD84A, b), 0.3), shade=0.1)
            pen.oval(px, py, s * 0.45, s * 0.4, 0x6B4326, shade=0)

    return paint


def _great_heads(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("great heads")
        for x in (0.05, 0.2, 0.83, 0.96):
            r = dice.between(0.055, 0.075) * stage.tall
            px = x * stage.width + dice.around(0, 0.02)
            py = stage.height - dice.between(0.1, 0.24) * stage.tall * (
                1 if x in (0.05, 0.96) else 0.55
            )
            sunflower(pen, px, py, r, stage.height + 0.05)

    return paint


def sunflower(pen: Pen, x: float, y: float, r: float, foot: float) -> None:
    """A sunflower's head about (x, y) on its stem."""
    pen.limb(
        [(x, foot), (x + r * 0.1, (y + foot) / 2), (x, y)],
        [r * 0.28, r * 0.24, r * 0.2],
        0x4F8A3C,
        shade=0.1,
    )
    for side in (-1, 1):
        ly = y + (foot - y) * 0.6
        pen.blob(
            [
                (x, ly),
                (x + side * r * 0.8, ly - r * 0.7),
                (x + side * r * 1.5, ly - r * 0.3),
                (x + side * r * 0.7, ly + r * 0.1),
            ],
            0x5E9A44,
            shade=0.2,
        )
    for ring, tone in ((1.0, 0xEFA31E), (0.9, 0xFFCB3A)):
        for k in range(15):
            a = TAU * (k + (0.5 if ring < 1 else 0)) / 15
            pen.oval(
                x + 0.72 * r * ring * math.cos(a),
                y + 0.72 * r * ring * math.sin(a),
                0.4 * r,
                0.16 * r,
                tone,
                angle=math.degrees(a),
                shade=0.1,
            )
    pen.oval(x, y, r * 0.5, r * 0.5, 0x5A3820, shade=0.25)
    dots = [
        (x + 0.11 * r * k**0.5 * math.cos(2.4 * k), y + 0.11 * r * k**0.5 * math.sin(2.4 * k))
        for k in range(1, 16)
    ]
    pen.specks(dots, r * 0.06, 0x8E5F34)


def rice(stage: Stage) -> Iterator[Part]:
    """Terraces of rice: steps of still water that hold the sky, rows of green, far hills."""
    yield Layer(
        0.08,
        hills(stage, stage.y(0.52), 0.2, 0x6FA090, 0x8FBF9A, name="rice far", rough=0.5),
        far=0.5,
    )
    yield Layer(
        0.18, hills(stage, stage.y(0.56), 0.12, 0x6CA868, 0x8CBF6A, name="rice mid"), far=0.25
    )
    for k, (depth, top) in enumerate(((0.26, 0.565), (0.34, 0.605), (0.42, 0.65))):
        yield Layer(depth, _terrace(stage, k, top), far=0.14 - 0.05 * k)
    yield Layer(0.7, _paddy(stage), z=0.43)
    yield Layer(0.7, _seedlings(stage), z=0.435)
    yield from canopy(stage, 0x74B050)
    yield foreground_grass(stage, 0x6AAE48, height=0.13)


def _terrace(stage: Stage, k: int, top: float) -> Paint:
    y = outline(stage, stage.y(top), 0.035, 0.3, f"terrace {k}")

    def paint(pen: Pen) -> None:
        step = 0.021 * stage.tall * (1 + 0.35 * k)
        sky = mix(stage.light.sky[2], stage.light.sky[1], 0.3)
        for n in range(4):
            line = [(x := stage.period * j / 60, y(x) + n * step * 1.05) for j in range(61)]
            bank = [(px, py + step * 0.62) for px, py in line]
            low = [(px, py + step * 1.5) for px, py in line]
            colour = stage.snowed(own(stage, (0x8CC65A, 0x74B04E, 0xA4CE62)[(n + k) % 3]), 0.8)
            pen.fade([*line, *reversed(low)], colour, darker(colour, 0.2))
            if (n + k) % 2 == 0:
                pen.fade([*bank, *reversed(low)], lighter(sky, 0.15), sky, lit=False)
            pen.line(line, 0.004, lighter(colour, 0.25), smooth=False)

    return paint


def _paddy(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w, y0, y1 = stage.period + 0.1, stage.y(0.7), stage.height * 1.3
        sky = stage.light.sky
        pen.fade(
            [(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)],
            mix(sky[2], 0x9CC27A, 0.25),
            mix(sky[0], 0x4E7A4A, 0.45),
            lit=False,
        )
        for top, tall in ((0.695, 0.02), (0.855, 0.034)):
            y, h = stage.y(top), tall * stage.tall
            pen.fade(
                [(-0.05, y), (w, y), (w, y + h), (-0.05, y + h)],
                stage.snowed(0x9CCB60, 0.8),
                stage.snowed(0x6E5A38, 0.4),
            )

    return paint


def _seedlings(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        for row in range(11):
            u = (row + 0.5) / 11
            y = stage.y(0.725 + 0.29 * u)
            if 0.845 < y / stage.height < 0.9:
                continue
            h = 0.048 * stage.tall * (0.4 + u)
            step = h * 1.5
            blades = []
            for k in range(int(stage.period / step)):
                x = k * step + (row % 2) * step / 2
                blades += [
                    ((x, y), (x + d * h * 0.45, y - h * (1 - 0.25 * abs(d)))) for d in (-1, 0, 1)
                ]
            pen.hairs(blades, h * 0.1, stage.snowed((0x6DB548, 0x86C456)[row % 2], 0.6))

    return paint


def road(stage: Stage) -> Iterator[Part]:
    """A highway through open country, with posts and a guard rail."""
    yield from _backdrop(stage, "road")
    yield Layer(0.4, hills(stage, stage.y(0.66), 0.02, 0xA6C86A, 0x8AB85A, name="verge"), far=0.08)
    yield Layer(
        0.4,
        bushes(stage, (0.665, 0.685), 8, (0.03, 0.06), (0x5E9B52, 0x7CAA54), "verge"),
        z=0.401,
        far=0.05,
    )
    yield Layer(0.6, _rail(stage), z=0.42)
    yield Layer(0.7, _asphalt(stage), z=0.41)
    yield Layer(0.7, tufts(stage, (0.95, 1.03), 80, GREENS, "road"), z=0.415)
    yield from canopy(stage, 0x6FA84C)
    yield foreground_grass(stage, 0x5C9A43, height=0.12)


def _asphalt(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w = stage.period + 0.1

        def band(y0: float, y1: float, top: Colour, low: Colour) -> None:
            a, b = stage.y(y0), stage.y(y1)
            pen.fade(
                [(-0.05, a), (w, a), (w, b), (-0.05, b)],
                stage.snowed(top, 0.5),
                stage.snowed(low, 0.5),
            )

        band(0.7, 1.3, 0xA6CC62, 0x5E9E48)
        band(0.725, 0.95, 0x757682, 0x565762)
        band(0.738, 0.744, 0xF3EBDC, 0xF3EBDC)
        band(0.926, 0.935, 0xF3EBDC, 0xF3EBDC)
        step = stage.period / round(stage.period / 0.36)
        y, h = stage.y(0.826), 0.014 * stage.tall
        dashes = [
            [
                (k * step, y),
                (k * step + 0.17, y),
                (k * step + 0.164, y + h),
                (k * step - 0.008, y + h),
            ]
            for k in range(round(stage.period / step))
        ]
        pen.shapes(dashes, 0xF6C94A)

    return paint


def _rail(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        y, h = stage.y(0.72), 0.045 * stage.tall
        step = stage.period / round(stage.period / 0.2)
        for k in range(round(stage.period / step)):
            pen.box(k * step, y - h, 0.012, h, 0x8A929C, shade=0)
        pen.box(
            -0.02, y - h * 1.05, stage.period + 0.04, h * 0.42, 0xC6CED6, corner=0.006, shade=0.25
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
            stage.snowed(0x8FB86A, 0.8),
            stage.snowed(0x6A9A54, 0.7),
            smooth=True,
        )
        stone, roof = (
            0xE4D8C8,
            stage.snowed(stage.dice("roofs").pick((0x4F6FA8, 0xB5533C, 0x6A5A9A, 0x3F8A84)), 0.6),
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
    "farm": Setting(parts=farm, horizon=0.57, ground=(0.73, 0.88)),
    "village": Setting(parts=village, horizon=0.57, ground=(0.73, 0.88)),
    "park": Setting(parts=park, horizon=0.58, ground=(0.745, 0.87)),
    "garden": Setting(parts=garden, horizon=0.57, ground=(0.75, 0.88)),
    "sunflowers": Setting(parts=sunflowers, horizon=0.57, ground=(0.74, 0.88)),
    "rice": Setting(parts=rice, horizon=0.54, ground=(0.705, 0.87), clouds=4),
    "road": Setting(parts=road, horizon=0.57, ground=(0.765, 0.885)),
    "castle": Setting(parts=castle, horizon=0.56, ground=(0.72, 0.88)),
}
