"""Jungle and bamboo."""

import math
from collections.abc import Iterator

from animatic.colour import Colour, darker, mix
from animatic.ease import gust, wave
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    bushes,
    canopy,
    flowers,
    foreground_grass,
    great_leaf,
    hills,
    own,
    palm,
    trail,
    tufts,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

# Jungle


def jungle(stage: Stage) -> Iterator[Part]:
    """Walls of leaves into the mist, palms, lianas from above, great leaves in the corners."""
    for k, (depth, base, far) in enumerate(((0.12, 0.5, 0.6), (0.26, 0.58, 0.32))):
        yield Layer(depth, _thicket(stage, k, base, 0x4F9A5C), far=far)
    yield Layer(0.42, _palms(stage), far=0.08)
    floor = hills(stage, stage.y(0.68), 0.03, 0x7DB04E, 0x386B3A, name="jungle", deep=True)
    yield Layer(0.7, floor, z=0.44)
    yield Layer(
        0.7, bushes(stage, (0.68, 0.72), 8, (0.05, 0.1), (0x3F8A4A, 0x5BA04C), "jungle"), z=0.445
    )
    yield Layer(0.7, tufts(stage, (0.7, 1.02), 150, JUNGLE, "jungle", 0.045), z=0.45)
    yield Layer(
        0.7, flowers(stage, (0.72, 0.98), 22, (0xF2557E, 0xFF8A3C, 0xE86BD8), "jungle"), z=0.46
    )
    yield Layer(1.3, _great_leaves(stage), z=1.3)
    yield _lianas(stage)


JUNGLE = (0x3F8A46, 0x64A84A, 0x2F7440, 0x8CC257)


def _thicket(stage: Stage, k: int, base: float, colour: Colour) -> Paint:
    colour = own(stage, colour)

    def paint(pen: Pen) -> None:
        dice = stage.dice("thicket", k)
        count = round(stage.period * 8)
        y = stage.y(base)
        for j in range(count):
            x = (j + dice.between(0, 1)) / count * stage.period
            r = dice.between(0.08, 0.17) * stage.tall
            tone = mix(colour, dice.pick((0x2E6E50, 0x8CBF5A, 0x3F8A70)), dice.between(0, 0.4))
            pen.oval(x, y - dice.between(-0.05, 0.3) * stage.tall, r, r * 0.85, tone, shade=0.2)
        for j in range(count):
            x, r = (j + 0.5) / count * stage.period, 0.1 * stage.tall
            pen.oval(x, y + 0.04, r, r * 0.75, darker(colour, 0.06 * (j % 3)), shade=0.16)
        w, floor, y = stage.period + 0.1, stage.y(0.74), y + 0.05
        pen.fade([(-0.05, y), (w, y), (w, floor), (-0.05, floor)], colour, darker(colour, 0.2))

    return paint


def _palms(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("palms")
        count = max(3, round(stage.period / 0.5))
        for k in range(count):
            x = (k + dice.between(0.15, 0.85)) / count * stage.period
            tall = dice.between(0.42, 0.62) * stage.tall
            palm(pen, x, stage.y(0.7), tall, own(stage, 0x5BA64A), dice)

    return paint


def _great_leaves(stage: Stage) -> Paint:
    """Fans of broad leaves in the lower corners."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("great leaves")
        for x, side in ((0.0, 1), (stage.width * 1.02, -1)):
            for k in range(5):
                angle = math.radians(18 + 17 * k + dice.around(0, 5))
                long = (0.4 - 0.03 * k) * stage.tall * dice.between(0.9, 1.1)
                root = (x - 0.06 * side, stage.height + 0.06)
                tone = mix(0x1F5238, 0x3F8A4C, (k * 2 % 5) / 4)
                great_leaf(pen, root, long, angle if side > 0 else math.pi - angle, tone)

    return paint


def _lianas(stage: Stage) -> Live:
    table = stage.scatter("lianas", 7)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, long, phase, *_ in table:
            px = (x * stage.period - moment.pose.x * 1.1) % stage.period - 0.15
            if px > stage.width + 0.15:
                continue
            length = stage.y(0.18 + 0.24 * long)
            sway = 0.02 * wave(moment.t * 0.16 + phase) + 0.04 * stage.wind * gust(moment.t, px)
            line = [(px, -0.02), (px + sway * 0.3, length * 0.5), (px + sway, length)]
            pen.line(line, 0.009, 0x2E5E38)
            leaves = [
                (px + sway * u * u + 0.016 * (-1) ** k, length * u)
                for k, u in enumerate((0.25, 0.4, 0.55, 0.7, 0.85, 1.0))
            ]
            pen.specks(leaves, 0.026, 0x3F8246)

    return Live(0.0, draw, z=1.2)


def bamboo(stage: Stage) -> Iterator[Part]:
    """Stems of bamboo in three depths, light between them, a path of stone."""
    for k, (depth, far, wide) in enumerate(
        ((0.12, 0.6, 0.018), (0.26, 0.3, 0.026), (0.42, 0.06, 0.036))
    ):
        yield Layer(depth, _stems(stage, k, wide), far=far)
    floor = hills(stage, stage.y(0.68), 0.02, 0x93B457, 0x4A7440, name="bamboo", deep=True)
    yield Layer(0.7, floor, z=0.44)
    yield Layer(0.7, trail(stage, stage.width * 0.5, 0.69, 0xC9C2B0), z=0.445)
    yield Layer(0.7, tufts(stage, (0.69, 1.02), 130, JUNGLE, "bamboo"), z=0.45)
    yield from canopy(stage, 0x6FAE4C, always=True)
    yield foreground_grass(stage, 0x4A8040, height=0.12)


def _stems(stage: Stage, k: int, wide: float) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("stems", k)
        count = round(stage.period * (9 - 2 * k))
        for j in range(count):
            x = (j + dice.between(0.1, 0.9)) / count * stage.period
            lean, colour = (
                dice.around(0, 0.05),
                own(stage, dice.pick((0x7FB04E, 0x9AC25E, 0x6A9E48))),
            )
            foot, top = stage.y(0.7), -0.1
            pen.limb([(x, foot), (x + lean, top)], [wide, wide * 0.85], colour, shade=0.22)
            joints = []
            for n in range(12):
                y = foot + (top - foot) * (n + 0.5) / 12
                px = x + lean * (n + 0.5) / 12
                joints.append(((px - wide * 0.5, y), (px + wide * 0.5, y)))
                if n > 4 and dice.coin(0.4):
                    _sprig(pen, px, y, dice.pick((-1, 1)) * wide * 4, darker(colour, 0.15))
            pen.hairs(joints, wide * 0.12, darker(colour, 0.3))

    return paint


def _sprig(pen: Pen, x: float, y: float, size: float, colour: Colour) -> None:
    for rise in (-0.35, 0.1, 0.5):
        pen.poly(
            [
                (x, y),
                (x + size * 0.5, y + abs(size) * (rise - 0.12)),
                (x + size, y + abs(size) * rise),
            ],
            colour,
            shade=0,
        )


SETTINGS = {
    "jungle": Setting(parts=jungle, horizon=0.55, ground=(0.73, 0.88), clouds=2),
    "bamboo": Setting(parts=bamboo, horizon=0.6, ground=(0.72, 0.88), clouds=1),
}
