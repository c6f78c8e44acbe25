"""Wild country: jungle, desert, savanna, autumn woods, snowfield, polar ice, volcano, bamboo."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from animatic.colour import Colour, darker, mix
from animatic.dice import Dice
from animatic.draw.pen import Pen
from animatic.ease import Point, gust, wave
from animatic.light import Light
from animatic.places.parts import (
    Paint,
    boulders,
    bushes,
    canopy,
    conifers,
    flat,
    flowers,
    foreground_grass,
    great_leaf,
    hills,
    ledge,
    outline,
    own,
    palm,
    scatter_trees,
    skyline,
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
        flat(stage, (0.7, 1.3), stage.snowed(0xEFC07C, 0.8), stage.snowed(0xE0A45E, 0.8)),
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
                stage.snowed(bright, 0.8),
                stage.snowed(mix(bright, dark, 0.35), 0.8),
            )
            lee = right if side < 0 else left
            foot = (x + (lee[0] - x) * 0.3, y + 0.02)
            edge = [top, _bow(lee, top, 0.75), _bow(lee, top, 0.5), _bow(lee, top, 0.25), lee]
            pen.fade(
                [*edge, foot, (x + (lee[0] - x) * 0.1, y - h * 0.45)],
                stage.snowed(dark, 0.55),
                stage.snowed(mix(bright, dark, 0.6), 0.7),
            )
        w, floor = stage.period + 0.1, y + 0.1 * stage.height
        pen.fade(
            [(-0.05, y), (w, y), (w, floor), (-0.05, floor)],
            stage.snowed(mix(bright, dark, 0.35), 0.8),
            stage.snowed(bright, 0.8),
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
            pen.line(line, 0.002 + 0.0035 * u, stage.snowed(colour, 0.7), alpha=0.4, smooth=False)

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


# Woods in autumn

FALL = (0xE08A3A, 0xD9632F, 0xE9B23C, 0xC44A34, 0xF0C84F)


def autumn(stage: Stage) -> Iterator[Part]:
    """Trees in red and gold in three depths, a path under fallen leaves."""
    for k, (depth, base, size, far) in enumerate(
        (
            (0.12, 0.57, (0.2, 0.28), 0.6),
            (0.26, 0.62, (0.28, 0.38), 0.3),
            (0.42, 0.67, (0.4, 0.52), 0.06),
        )
    ):
        y = outline(stage, stage.y(base), 0.03, 0.4, f"autumn {k}")
        yield Layer(
            depth,
            hills(stage, stage.y(base), 0.03, 0xC9924A, 0xB9803F, name=f"autumn {k}"),
            far=far,
        )
        yield Layer(
            depth,
            scatter_trees(stage, y, 11 - 3 * k, size, FALL, f"autumn {k}"),
            far=far,
            z=depth + 0.001,
        )
    yield Layer(
        0.7,
        hills(stage, stage.y(0.685), 0.02, 0xD9A24E, 0x9A6A38, name="litter", deep=True),
        z=0.43,
    )
    yield Layer(
        0.7,
        trail(stage, stage.width * stage.dice("way").between(0.3, 0.7), 0.695, 0xE2C69A),
        z=0.435,
    )
    yield Layer(0.7, _litter(stage), z=0.44)
    yield from canopy(stage, 0xDE7A34)
    yield foreground_grass(stage, 0xA8823A, height=0.1)
    yield _shedding(stage)


def _litter(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        rows = stage.scatter("litter", 240 if stage.cover is None else 40).tolist()
        for x, y, c, a, *_ in sorted(rows, key=lambda row: row[1]):
            r = 0.014 * stage.tall * (0.3 + y)
            place = (x * stage.period, stage.y(0.7 + 0.32 * y))
            pen.oval(*place, r, r * 0.4, FALL[int(c * 5)], angle=180 * a, shade=0)

    return paint


def _shedding(stage: Stage) -> Live:
    """A few leaves always fall."""
    table = stage.scatter("shedding", 9)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, y, s, phase, c, _ in table:
            fall = (y + moment.t * 0.055 * (0.7 + s)) % 1.1 - 0.05
            px = (
                x * stage.width + 0.06 * wave(moment.t * 0.25 + phase) - moment.pose.x
            ) % stage.width
            r = 0.012 + 0.008 * s
            flip = 0.35 + 0.65 * abs(wave(moment.t * 0.4 + phase))
            pen.oval(
                px,
                stage.y(fall),
                r,
                r * 0.5 * flip,
                FALL[int(c * 5)],
                angle=360 * (moment.t * 0.2 + phase),
                shade=0,
            )

    return Live(0.0, draw, z=1.1)


# Cold country


def snowfield(stage: Stage) -> Iterator[Part]:
    """Snowy hills and firs, blue shadows, tracks of the wind."""
    yield Layer(
        0.1,
        hills(stage, stage.y(0.56), 0.16, 0xC3D4EA, 0xDCE7F4, name="white far", rough=0.55),
        far=0.35,
    )
    y = outline(stage, stage.y(0.62), 0.05, 0.4, "white mid")
    yield Layer(
        0.28, hills(stage, stage.y(0.62), 0.05, 0xE6EEF8, 0xD2E0F0, name="white mid"), far=0.12
    )
    yield Layer(
        0.28, conifers(stage, y, 13, (0.1, 0.22), (0xDDE9F2, 0x5E8A8C), "white"), far=0.12, z=0.281
    )
    yield Layer(
        0.7, hills(stage, stage.y(0.67), 0.03, 0xFBFDFF, 0xC6D8EE, name="white", deep=True), z=0.35
    )
    yield Layer(0.7, _drifts(stage), z=0.36)
    yield Layer(
        0.7, boulders(stage, (0.71, 1.0), 5, (0xCBD8E8, 0xB4C4DA), "white", size=0.04), z=0.37
    )
    yield _glitter(stage, (0.68, 1.0))
    yield Layer(1.25, _near_firs(stage), z=1.3)


def _drifts(stage: Stage) -> Paint:
    """Soft blue hollows in the snow."""

    def paint(pen: Pen) -> None:
        for x, y, w, *_ in stage.scatter("drifts", 18):
            px, py = x * stage.period, stage.y(0.7 + 0.3 * y)
            half = (0.08 + 0.16 * w) * (0.4 + y)
            curve = [(px - half, py), (px, py - 0.012 - 0.02 * y), (px + half, py)]
            pen.fade(
                [*curve, (px, py + 0.02 * (0.4 + y))],
                0xFFFFFF,
                0xA9C2E4,
                alphas=(0.7, 0.5),
                smooth=True,
            )

    return paint


def _glitter(stage: Stage, band: tuple[float, float]) -> Live:
    """Crystals that catch the light."""
    table = stage.scatter("glitter", 60)

    def draw(pen: Pen, moment: Moment) -> None:
        for group in range(3):
            on = wave(moment.t * 0.4 + group / 3)
            if on > 0:
                spots = []
                for x, y, *_ in table[group::3]:
                    px = (x * stage.period - moment.pose.x * 0.7) % stage.period
                    spots.append((px, stage.y(band[0] + (band[1] - band[0]) * y)))
                pen.specks(spots, 0.004, 0xFFFFFF, alpha=0.85 * on, lit=False)

    return Live(0.0, draw, z=0.38)


def _near_firs(stage: Stage) -> Paint:
    """Snow-laden boughs in the corners."""

    def paint(pen: Pen) -> None:
        grow = stage.tall
        for x, side in ((-0.02, 1), (stage.width + 0.04, -1)):
            for k in range(3):
                y = stage.height * (0.02 + 0.1 * k) - 0.06
                long = (0.26 - 0.05 * k) * grow
                tip = (x + side * long, y + 0.12 * grow)
                pen.poly([(x, y), tip, (x, y + 0.15 * grow)], 0x3A6468, shade=0.1)
                snow = [
                    (x, y - 0.012),
                    (x + side * long * 0.5, y + 0.035 * grow),
                    tip,
                    (x + side * long * 0.45, y + 0.075 * grow),
                    (x, y + 0.045 * grow),
                ]
                pen.blob(snow, 0xF4F8FF, shade=0.08, tension=0.6)

    return paint


def polar(stage: Stage) -> Iterator[Part]:
    """Icebergs in a cold sea, a shelf of ice with blue cracks."""
    yield Layer(
        0.06,
        hills(stage, stage.y(0.53), 0.12, 0xB8CCE4, 0xD6E4F2, name="ice far", rough=0.75),
        far=0.4,
    )
    yield Layer(
        0.1, flat(stage, (0.53, 0.74), mix(0x5EA6C8, stage.light.sky[2], 0.35), 0x2E7AA6), z=0.1
    )
    yield Layer(0.16, _bergs(stage, 4, 0.565, (0.1, 0.18)), bob=(0.003, 0.11), far=0.2)
    yield Layer(0.3, _bergs(stage, 2, 0.625, (0.2, 0.3)), bob=(0.004, 0.14), far=0.06)
    yield Layer(0.42, _floes(stage), bob=(0.003, 0.16))
    yield Layer(0.7, _shelf(stage), z=0.425)
    yield Layer(0.7, _drifts(stage), z=0.43)
    yield Layer(
        0.7, boulders(stage, (0.74, 1.0), 6, (0xD4E6F6, 0xB4D2EC), "ice", size=0.05), z=0.44
    )
    yield _glitter(stage, (0.71, 1.0))


def _bergs(stage: Stage, count: int, foot: float, size: tuple[float, float]) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("bergs", count)
        y = stage.y(foot)
        for k in range(count):
            x = (k + dice.between(0.2, 0.8)) / count * stage.period
            h = dice.between(*size) * stage.tall
            berg(pen, x, y, h, dice)

    return paint


def berg(pen: Pen, x: float, y: float, h: float, dice: Dice) -> None:
    """An iceberg: facets, a turquoise foot, its reflection."""
    w = h * dice.between(0.75, 1.15)
    peak, shoulder = dice.around(-0.1, 0.2), dice.between(0.4, 0.62)
    body = [
        (-1, 0),
        (-0.72, -0.5),
        (peak - 0.12, -0.92),
        (peak, -1),
        (0.36, -shoulder),
        (0.7, -shoulder * 0.85),
        (1, 0),
    ]
    pen.fade(
        [(x + u * w, y - v * h * 0.35) for u, v in body], 0xD8EEF8, 0x7AB8D4, alphas=(0.6, 0.05)
    )
    pen.poly([(x + u * w, y + v * h) for u, v in body], 0xE8F3FB, shade=0.06)
    dark = [
        (peak, -1),
        (0.36, -shoulder),
        (0.7, -shoulder * 0.85),
        (1, 0),
        (0.2, 0),
        (peak + 0.16, -0.5),
    ]
    flip = -1 if pen.light.side > 0 else 1
    if flip > 0:
        pen.poly([(x + u * w, y + v * h) for u, v in dark], 0xA9CBE6, shade=0.08)
    else:
        dark = [
            (-1, 0),
            (-0.72, -0.5),
            (peak - 0.12, -0.92),
            (peak, -1),
            (peak - 0.1, -0.5),
            (-0.25, 0),
        ]
        pen.poly([(x + u * w, y + v * h) for u, v in dark], 0xA9CBE6, shade=0.08)
    pen.fade(
        [(x - w, y), (x + w, y), (x + w * 0.92, y - h * 0.09), (x - w * 0.95, y - h * 0.09)],
        0x8FE0E4,
        0x54B8CC,
        alphas=(0.0, 0.75),
    )


def _floes(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        for x, y, w, a, *_ in stage.scatter("floes", 14):
            px, py = x * stage.period, stage.y(0.6 + 0.085 * y)
            half = (0.03 + 0.06 * w) * (0.5 + y)
            plate = [
                (-1, 0),
                (-0.6, -0.24),
                (0.3 + 0.3 * a, -0.28),
                (1, -0.02),
                (0.5, 0.2),
                (-0.5, 0.22),
            ]
            pen.poly([(px + u * half, py + v * half + 0.01) for u, v in plate], 0x7FB4D0, shade=0)
            pen.poly([(px + u * half, py + v * half) for u, v in plate], 0xF2F8FD, shade=0.05)

    return paint


def _shelf(stage: Stage) -> Paint:
    y = outline(stage, stage.y(0.71), 0.02, 0.75, "shelf")
    line = skyline(stage, y)

    def paint(pen: Pen) -> None:
        ledge(pen, stage, line)
        pen.fade([(x, v + 0.035) for x, v in line], 0x6FB6D6, 0x9CCBE4)
        pen.fade(line, 0xF6FBFF, 0xBFD8EE)
        dice = stage.dice("cracks")
        for _ in range(7):
            x, v = dice.between(0, stage.period), stage.y(dice.between(0.76, 0.96))
            crack = [(x, v)]
            for _ in range(5):
                x, v = x + dice.between(0.02, 0.09), v + dice.around(0, 0.02)
                crack.append((x, v))
            pen.line(crack, 0.004, 0x8FBFE0, alpha=0.8, smooth=False)

    return paint


# Fire


def _fiery(light: Light) -> Light:
    """Smoke takes the sky's colours; the fire lights from below."""
    sky = (
        mix(light.sky[0], 0x2A1630, 0.6),
        mix(light.sky[1], 0x7A3038, 0.6),
        mix(light.sky[2], 0xE8743A, 0.65),
    )
    return replace(
        light,
        sky=sky,
        tint=mix(light.tint, 0xE8A48C, 0.45),
        haze=mix(light.haze, 0x8A4444, 0.7),
        rim=0xFF9A50,
        glow=max(0.3, light.glow * 0.5),
    )


def volcano(stage: Stage) -> Iterator[Part]:
    """A cone with a burning crater, streams of lava, smoke, glowing cracks in black rock."""
    x = stage.width * stage.dice("cone").between(0.42, 0.58)
    top = (x, stage.y(0.66) - 0.48 * stage.tall)
    yield _smoke(stage, top)
    yield Layer(
        0.06, hills(stage, stage.y(0.62), 0.12, 0x5A4450, 0x6A4A50, name="ash", rough=0.7), far=0.35
    )
    yield Layer(0.1, _cone(stage, top), z=0.11, far=0.05)
    yield _eruption(stage, top)
    yield Layer(
        0.3, hills(stage, stage.y(0.68), 0.05, 0x4A3844, 0x33262F, name="slag", rough=0.7), far=0.04
    )
    yield Layer(
        0.7,
        hills(stage, stage.y(0.71), 0.02, 0x54424A, 0x241A24, name="basalt", deep=True, rough=0.6),
        z=0.35,
    )
    yield Layer(0.7, _lava_cracks(stage), z=0.36)
    yield Layer(
        0.7, boulders(stage, (0.73, 1.0), 14, (0x4A3A44, 0x5C464C), "basalt", size=0.05), z=0.37
    )
    yield _simmer(stage)


def _cone(stage: Stage, top: Point) -> Paint:
    """Painted once a period: the mountain must not repeat, so it is alone in it."""

    def paint(pen: Pen) -> None:
        x, y = top
        foot, w = stage.y(0.72), 0.62 * stage.tall
        body = [
            (x - w, foot),
            (x - w * 0.45, foot - (foot - y) * 0.42),
            (x - 0.095, y),
            (x + 0.095, y),
            (x + w * 0.45, foot - (foot - y) * 0.42),
            (x + w, foot),
        ]
        pen.fade(body, 0x6A4A50, 0x3A2A34)
        side = pen.light.side
        lit = [
            (x + side * 0.095, y),
            (x + side * w * 0.45, foot - (foot - y) * 0.42),
            (x + side * w, foot),
            (x + side * w * 0.4, foot),
            (x + side * 0.12, foot - (foot - y) * 0.5),
        ]
        pen.fade(lit, 0x9A6858, 0x5A4044, alphas=(0.7, 0.2))
        for path in _streams(stage, top, foot):
            for width, colour in ((0.034, 0xC8321E), (0.02, 0xFF7A26), (0.008, 0xFFE07A)):
                pen.line(path, width * stage.tall, colour, lit=False)
        pen.glow(x, y, 0.3 * stage.tall, 0xFF8A30, 0.7)
        pen.oval(x, y, 0.096, 0.02, 0xFFB84A, shade=0)

    return paint


def _streams(stage: Stage, top: Point, foot: float) -> Iterator[list[Point]]:
    dice = stage.dice("streams")
    for lean in (-0.32, 0.06, 0.4):
        x, y = top[0] + lean * 0.12, top[1] + 0.005
        path = [(x, y)]
        for k in range(1, 6):
            u = k / 5
            path.append(
                (x + lean * u * 0.62 * stage.tall + dice.around(0, 0.03), y + (foot - y) * u * 0.92)
            )
        yield path


def _smoke(stage: Stage, top: Point) -> Live:
    table = stage.scatter("smoke", 13)

    def draw(pen: Pen, moment: Moment) -> None:
        for k, (a, b, *_) in enumerate(table):
            life = (moment.t * 0.06 + k / 13) % 1
            side = pen.light.slope or 1
            x = top[0] + (life**1.3) * 0.5 * (0.4 + stage.wind) * side + 0.08 * (a - 0.5) * life * 3
            y = top[1] - life * (top[1] + 0.25) - 0.02
            r = (0.05 + 0.2 * life) * stage.tall * (0.8 + 0.4 * b)
            tone = mix(0xE0643A, 0x4A3444, min(1.0, life * 3.2))
            pen.soft(x, y, r, r * 0.85, pen.shine(tone), 0.72 * (1 - life) ** 0.7)

    return Live(0.1, draw, z=0.09)


def _eruption(stage: Stage, top: Point) -> Live:
    """Lava thrown from the crater, and its breathing glow."""
    table = stage.scatter("eruption", 34)

    def draw(pen: Pen, moment: Moment) -> None:
        pulse = 0.75 + 0.25 * wave(moment.t * 0.55)
        pen.glow(top[0], top[1] - 0.03, 0.24 * stage.tall * pulse, 0xFF6A20, 0.75)
        hot: list[Point] = []
        warm: list[Point] = []
        for k, (a, b, c, *_) in enumerate(table):
            life = (moment.t * (0.5 + 0.25 * b) + c) % 1
            x = top[0] + (a - 0.5) * 0.5 * stage.tall * life
            y = top[1] - (0.5 + 0.5 * b) * 0.9 * stage.tall * life * (0.75 - life)
            (hot if k % 2 else warm).append((x, y))
        pen.specks(warm, 0.015, 0xFF7A26, lit=False)
        pen.specks(hot, 0.009, 0xFFE68A, lit=False)

    return Live(0.1, draw, z=0.12)


def _lava_cracks(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("lava cracks")
        for _ in range(8):
            x, y = dice.between(0, stage.period), stage.y(dice.between(0.76, 1.0))
            near = (y / stage.height - 0.7) / 0.3
            crack = [(x, y)]
            for k in range(6):
                x, y = (
                    x + dice.between(0.03, 0.1),
                    y + dice.around(0, 0.016) * (0.5 + near) * (-1) ** k,
                )
                crack.append((x, y))
            for width, colour in ((0.026, 0x7A2018), (0.013, 0xFF6A20), (0.005, 0xFFD86A)):
                pen.line(crack, width * (0.35 + near), colour, smooth=False, lit=False)

    return paint


def _simmer(stage: Stage) -> Live:
    """Sparks over the hot ground."""
    table = stage.scatter("simmer", 22)

    def draw(pen: Pen, moment: Moment) -> None:
        spots = []
        for x, y, s, phase, *_ in table:
            life = (y + moment.t * 0.12 * (0.5 + s)) % 1
            px = x * stage.width + 0.04 * wave(moment.t * 0.3 + phase) - moment.pose.x * 0.5
            spots.append((px % stage.width, stage.y(1.0 - 0.55 * life)))
        pen.specks(spots, 0.006, 0xFFB04A, alpha=0.8, lit=False)

    return Live(0.0, draw, z=1.1)


SETTINGS = {
    "jungle": Setting(parts=jungle, horizon=0.55, ground=(0.73, 0.88), clouds=2),
    "bamboo": Setting(parts=bamboo, horizon=0.6, ground=(0.72, 0.88), clouds=1),
    "desert": Setting(parts=desert, horizon=0.6, ground=(0.72, 0.88), clouds=1),
    "savanna": Setting(parts=savanna, horizon=0.58, ground=(0.7, 0.88), clouds=3),
    "autumn": Setting(parts=autumn, horizon=0.58, ground=(0.72, 0.88), clouds=3),
    "snowfield": Setting(parts=snowfield, horizon=0.57, ground=(0.71, 0.88), clouds=3),
    "polar": Setting(parts=polar, horizon=0.53, ground=(0.75, 0.89), water=(0.61, 0.68), clouds=3),
    "volcano": Setting(parts=volcano, horizon=0.62, ground=(0.76, 0.89), clouds=2, light=_fiery),
}
