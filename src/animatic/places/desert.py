"""Dry country: desert and savanna."""

import math
from collections.abc import Callable, Iterator

from animatic.colour import Colour, darker, mix
from animatic.dice import Dice
from animatic.ease import Point
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    boulders,
    canopy,
    flat,
    foreground_grass,
    hills,
    outline,
    own,
    tufts,
)
from animatic.stage import Layer, Part, Setting, Stage

# Dry country


def desert(stage: Stage) -> Iterator[Part]:
    """Mesas in the heat, dunes with a lit and a shaded flank, cacti, ripples in the sand."""
    yield Layer(0.08, _mesas(stage), far=0.42)
    for k, (depth, base, height, far) in enumerate(
        ((0.16, 0.6, 0.09, 0.3), (0.28, 0.645, 0.08, 0.14), (0.42, 0.69, 0.07, 0.04))
    ):
        yield Layer(depth, _dunes(stage, k, base, height), far=far)
    yield Layer(0.42, _cacti(stage), z=0.425, far=0.04)
    yield Layer(
        0.7,
        flat(stage, (0.7, 1.3), stage.snowy(0xEFC07C, 0.8), stage.snowy(0xE0A45E, 0.8)),
        z=0.43,
    )
    yield Layer(0.7, _ripples(stage, 0.71, 0xC68A4A), z=0.435)
    yield Layer(
        0.7, boulders(stage, (0.72, 1.0), 10, (0xB98256, 0xA26C4A), "desert", size=0.032), z=0.44
    )
    yield Layer(0.7, tufts(stage, (0.73, 1.0), 16, (0xA9A05A, 0x8E9450), "desert", 0.05), z=0.45)
    yield Layer(1.3, _near_cactus(stage), z=1.3)


def _mesas(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("mesas")
        for k in range(4):
            x = (k + dice.between(0.2, 0.8)) / 4 * stage.period
            w, h = dice.between(0.1, 0.24), dice.between(0.1, 0.2) * stage.tall
            y = stage.y(0.62)
            colour = own(stage, 0xC9764A)
            top = y - h
            shape = [
                (x - w * 1.25, y),
                (x - w, top + h * 0.35),
                (x - w * 0.92, top),
                (x + w * 0.9, top),
            ]
            shape += [(x + w, top + h * 0.3), (x + w * 1.3, y)]
            pen.poly(shape, colour, shade=0.14)
            for j in range(3):
                level = top + h * (0.16 + 0.16 * j)
                pen.hairs(
                    [((x - w * 0.9, level), (x + w * 0.9, level))],
                    0.005,
                    darker(colour, 0.2),
                    alpha=0.5,
                )

    return paint


def _dunes(stage: Stage, k: int, base: float, height: float) -> Paint:
    """A ridge of dunes: sharp crests, each with a shaded lee."""
    dice = stage.dice("dunes", k)
    count = max(2, round(stage.period * (1.1 + 0.4 * k)))
    spots = [dice.around(0, 0.2) for _ in range(count)]
    sizes = [dice.between(0.6, 1.15) for _ in range(count)]
    bright, dark = own(stage, 0xF4CB84), own(stage, 0xC78A54)

    def paint(pen: Pen) -> None:
        y = stage.y(base)
        side = pen.light.side
        for j in range(count):
            x = (j + 0.5 + spots[j]) / count * stage.period
            w, h = stage.period / count * 0.95, height * sizes[j] * stage.tall
            top = (x, y - h)
            left, right = (x - w, y + 0.02), (x + w, y + 0.02)
            curve = [
                _bow(left, top, 0.25),
                _bow(left, top, 0.5),
                _bow(left, top, 0.75),
                top,
                _bow(right, top, 0.75),
                _bow(right, top, 0.5),
                _bow(right, top, 0.25),
                right,
            ]
            pen.fade(
                [left, *curve],
                stage.snowy(bright, 0.8),
                stage.snowy(mix(bright, dark, 0.35), 0.8),
            )
            lee = right if side < 0 else left
            foot = (x + (lee[0] - x) * 0.3, y + 0.02)
            edge = [top, _bow(lee, top, 0.75), _bow(lee, top, 0.5), _bow(lee, top, 0.25), lee]
            pen.fade(
                [*edge, foot, (x + (lee[0] - x) * 0.1, y - h * 0.45)],
                stage.snowy(dark, 0.55),
                stage.snowy(mix(bright, dark, 0.6), 0.7),
            )
        w, floor = stage.period + 0.1, y + 0.1 * stage.height
        pen.fade(
            [(-0.05, y), (w, y), (w, floor), (-0.05, floor)],
            stage.snowy(mix(bright, dark, 0.35), 0.8),
            stage.snowy(bright, 0.8),
        )

    return paint


def _bow(foot: Point, top: Point, u: float) -> Point:
    """On the hollow flank from a foot to the top."""
    return foot[0] + (top[0] - foot[0]) * u, foot[1] + (top[1] - foot[1]) * u**1.7


def _ripples(stage: Stage, top: float, colour: Colour) -> Paint:
    def paint(pen: Pen) -> None:
        for k in range(9):
            u = (k + 0.6) / 9
            y = stage.y(top + (1.02 - top) * u**1.5)
            line = []
            for j in range(61):
                x = stage.period * j / 60
                line.append(
                    (x, y + 0.008 * (0.4 + u) * math.sin(2 * math.pi * (3 + k % 3) * j / 60 + k))
                )
            pen.line(line, 0.002 + 0.0035 * u, stage.snowy(colour, 0.7), alpha=0.4, smooth=False)

    return paint


def _cacti(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("cacti")
        count = max(2, round(stage.period / 0.55))
        for k in range(count):
            x = (k + dice.between(0.2, 0.8)) / count * stage.period
            cactus(pen, x, stage.y(0.7), dice.between(0.1, 0.19) * stage.tall, dice)

    return paint


def cactus(pen: Pen, x: float, y: float, h: float, dice: Dice) -> None:
    """A saguaro with two arms."""
    colour = dice.pick((0x5E9A5A, 0x4F8A58))
    pen.soft(x, y, h * 0.4, h * 0.06, 0x1B1436, 0.3)
    w = h * 0.17
    for side, low, up in ((-1, 0.42, 0.78), (1, 0.55, 0.9)):
        arm = [
            (x, y - h * low),
            (x + side * h * 0.24, y - h * low),
            (x + side * h * 0.26, y - h * up),
        ]
        pen.limb(arm, [w * 0.7, w * 0.75, w * 0.6], colour, shade=0.2)
    pen.limb([(x, y), (x, y - h * 0.5), (x, y - h)], [w, w * 1.05, w * 0.8], colour, shade=0.2)
    lines = [((x + d * w, y - h * 0.05), (x + d * w, y - h * 0.95)) for d in (-0.25, 0.0, 0.25)]
    pen.hairs(lines, h * 0.009, darker(colour, 0.25))


def _near_cactus(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("near cactus")
        for x in (stage.width * 0.03, stage.width * 0.95):
            for k in range(4):
                r = (0.045 + 0.02 * (k % 2)) * stage.tall
                px, py = x + dice.around(0, 0.09), stage.height - 0.01 - r * 0.55
                pen.oval(px, py, r * 0.62, r, 0x4A7E4C, angle=dice.around(0, 25), shade=0.2)
                pen.specks([(px, py - r * 0.95)], r * 0.4, 0xF0688A)

    return paint


def savanna(stage: Stage) -> Iterator[Part]:
    """Golden grass to far hills, acacias with flat crowns."""
    yield Layer(
        0.1, hills(stage, stage.y(0.575), 0.1, 0x9AA58A, 0xC4B88A, name="savanna"), far=0.45
    )
    plain = outline(stage, stage.y(0.625), 0.02, 0.4, "plain")
    yield Layer(
        0.26, hills(stage, stage.y(0.625), 0.02, 0xCDB566, 0xD9BC68, name="plain"), far=0.15
    )
    yield Layer(0.26, _acacias(stage, plain, 5, (0.12, 0.2)), far=0.2, z=0.27)
    yield Layer(
        0.7,
        hills(stage, stage.y(0.67), 0.02, 0xE0C46A, 0xB98F42, name="savanna near", deep=True),
        z=0.3,
    )
    yield Layer(0.5, _acacias(stage, lambda x: stage.y(0.69), 2, (0.34, 0.42)), z=0.31)
    yield Layer(
        0.7,
        tufts(stage, (0.67, 1.02), 260, (0xEBD083, 0xC9A24C, 0xA9893E, 0xF2DC98), "savanna", 0.05),
        z=0.32,
    )
    yield from canopy(stage, 0x7A9A48)
    yield foreground_grass(stage, 0xC09A48, height=0.17)


def _acacias(
    stage: Stage, y: Callable[[float], float], count: int, size: tuple[float, float]
) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("acacia", count)
        for k in range(count):
            x = (k + dice.between(0.1, 0.9)) / count * stage.period
            acacia(pen, x, y(x), dice.between(*size) * stage.tall, own(stage, 0x7E9A48), dice)

    return paint


def acacia(pen: Pen, x: float, y: float, h: float, colour: Colour, dice: Dice) -> None:
    """A tree of the savanna: a forked trunk under flat tiers."""
    pen.soft(x, y, h * 0.5, h * 0.05, 0x1B1436, 0.3)
    for dx in (-0.3, 0.02, 0.32):
        stem = [(x, y), (x + dx * h * 0.2, y - h * 0.4), (x + dx * h, y - h * 0.76)]
        pen.limb(stem, [h * 0.06, h * 0.04, h * 0.02], 0x6B4C38, shade=0.1)
    for dx, dy, w in ((-0.3, 0.78, 0.36), (0.32, 0.8, 0.36), (0.0, 0.9, 0.44)):
        w *= dice.between(0.9, 1.1)
        base = y - dy * h
        cap = [
            (-1, 0.02),
            (-0.7, -0.3),
            (0, -0.42),
            (0.7, -0.3),
            (1, 0.02),
            (0.4, 0.09),
            (-0.4, 0.09),
        ]
        pen.blob([(x + dx * h + u * w * h, base + v * w * h) for u, v in cap], colour, shade=0.24)


SETTINGS = {
    "desert": Setting(parts=desert, horizon=0.6, ground=(0.72, 0.88), clouds=1),
    "savanna": Setting(parts=savanna, horizon=0.58, ground=(0.7, 0.88), clouds=3),
}
