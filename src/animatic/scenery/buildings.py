"""Cottages, barns, fences, benches and lamps."""

from animatic.colour import Colour, darker
from animatic.dice import Dice
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
)
from animatic.stage import Stage


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
    roof = stage.snowy(dice.pick((0xB5533C, 0xA8442F, 0x7A5A50, 0x4F6A86, 0xC77A3C)), 0.85)
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
    colour = stage.snowy(colour, 0.3)

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


def barn(pen: Pen, stage: Stage, x: float, y: float, h: float) -> None:
    """A barn with a hipped gable and white boards, and a silo beside it."""
    red, white = 0xC2483A, 0xF6EFE2
    sx = x + h * 0.78
    pen.box(sx - h * 0.16, y - h * 0.98, h * 0.32, h * 0.98, 0xC9CDD2, shade=0.2)
    pen.oval(sx, y - h * 0.98, h * 0.16, h * 0.13, stage.snowy(0x9AA4AE, 0.9), shade=0.2)
    pen.soft(x, y, h * 0.9, h * 0.06, 0x1B1436, 0.35)
    front = [(-0.5, 0), (-0.5, -0.55), (-0.3, -0.85), (0, -1), (0.3, -0.85), (0.5, -0.55), (0.5, 0)]
    pen.poly([(x + u * h, y + v * h) for u, v in front], red, shade=0.12)
    boards = [((x + u * h, y), (x + u * h, y - h * 0.62)) for u in (-0.4, -0.3, 0.3, 0.4)]
    pen.hairs(boards, h * 0.008, darker(red, 0.25), alpha=0.6)
    roof = stage.snowy(0x6A5A60, 0.9)
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
