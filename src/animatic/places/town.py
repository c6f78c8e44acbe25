"""The city, a street, a bridge."""

from collections.abc import Iterator

from animatic.colour import darker, lighter, mix
from animatic.dice import Dice
from animatic.rig.pen import Pen
from animatic.scenery.buildings import street_lamp
from animatic.scenery.land import Paint, broadleaf
from animatic.scenery.water import glints, swell, water
from animatic.stage import Layer, Part, Setting, Stage

WALLS = (0xE8D3B8, 0xD98E73, 0xC7B8D6, 0x9DB4C8, 0xE9B872, 0xB5C4A8, 0xD7A6A0)
TOWERS = (0x8FA6C4, 0x7E93B8, 0xA3B2CC, 0x94A0C0)


def city(stage: Stage) -> Iterator[Part]:
    """Towers in three depths, low shops before them, an avenue with trees and lamps."""
    grow = stage.tall**1.4
    yield Layer(0.08, _towers(stage, "far", 18, (0.24 * grow, 0.5 * grow), 0.62), far=0.6)
    yield Layer(0.18, _towers(stage, "mid", 12, (0.22 * grow, 0.46 * grow), 0.64), far=0.34)
    yield Layer(0.32, _blocks(stage), far=0.1)
    yield Layer(0.45, _houses(stage, (0.15, 0.24)), far=0.02)
    yield from _kerb(stage)


def street(stage: Stage) -> Iterator[Part]:
    """A row of old houses with shops, close by; towers only above their roofs."""
    yield Layer(
        0.1, _towers(stage, "far", 16, (0.2 * stage.tall, 0.42 * stage.tall), 0.62), far=0.6
    )
    yield Layer(0.45, _houses(stage, (0.34, 0.5)), far=0.03)
    yield from _kerb(stage)


def _kerb(stage: Stage) -> Iterator[Part]:
    """The pavement with what stands on it, and the street."""
    yield Layer(0.5, _pavement(stage), z=0.46)
    yield Layer(0.6, _street(stage), z=0.47)
    yield Layer(0.5, _street_trees(stage), z=0.48)
    if stage.light.lamps > 0.2:
        yield Layer(0.6, _lights_below(stage), z=0.485)


def _blocks(stage: Stage) -> Paint:
    """Office towers: glass in bands, a crown each, many lit windows at night."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("blocks")
        count = max(4, round(stage.period / 0.34))
        foot = stage.y(0.69)
        for k in range(count):
            w = stage.period / count * dice.between(0.55, 0.82)
            x = (k + dice.between(0.05, 0.2)) / count * stage.period
            h = dice.between(0.3, 0.52) * stage.tall**1.4
            wall = dice.pick((0x6F8CB4, 0x8798B8, 0x5E84A8, 0xA08FB4, 0x7FA0B0, 0xB09C94))
            pen.box(x, foot - h, w, h, wall, shade=0.16)
            lit = x if pen.light.side < 0 else x + w * 0.86
            pen.box(lit, foot - h, w * 0.14, h, lighter(wall, 0.2), shade=0)
            _crown(pen, stage, dice, x, foot - h, w, wall)
            _windows(
                pen, stage, dice, x + w * 0.16, foot - h + 0.025, w * 0.7, h - 0.16, 0.02, 0.032
            )

    return paint


def _crown(pen: Pen, stage: Stage, dice: Dice, x: float, y: float, w: float, wall: int) -> None:
    kind = dice.pick((0, 1, 2, 3))
    if kind == 0:
        pen.box(x + w * 0.2, y - 0.035, w * 0.6, 0.036, darker(wall, 0.1), shade=0.1)
    elif kind == 1:
        pen.poly(
            [(x, y + 0.001), (x + w / 2, y - 0.09), (x + w, y + 0.001)],
            darker(wall, 0.12),
            shade=0.15,
        )
    elif kind == 2:
        pen.box(x + w * 0.47, y - 0.1, w * 0.06, 0.1, 0x5E6A80, shade=0)
        if stage.light.lamps > 0.2:
            pen.glow(x + w / 2, y - 0.1, 0.03, 0xFF6A5A, 0.9)
    else:
        pen.box(x + w * 0.12, y - 0.025, w * 0.76, 0.026, lighter(wall, 0.15), shade=0)
        pen.box(x + w * 0.3, y - 0.055, w * 0.4, 0.031, darker(wall, 0.08), shade=0)


def _lights_below(stage: Stage) -> Paint:
    """Warm light from the shops, on pavement and street."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("lights below")
        count = max(3, round(stage.period / 0.36))
        glow = pen.shine(0xFFC870)
        for k in range(count):
            x = (k + dice.between(0.3, 0.7)) / count * stage.period
            pen.soft(x, stage.y(0.75), 0.2, 0.035 * stage.tall, glow, 0.3 * stage.light.lamps)
            pen.soft(x, stage.y(0.83), 0.1, 0.09 * stage.tall, glow, 0.14 * stage.light.lamps)

    return paint


def bridge(stage: Stage) -> Iterator[Part]:
    """A great bridge: pylons and cables over the water, the city beyond, its deck before us."""
    yield Layer(
        0.06, _towers(stage, "far", 18, (0.14 * stage.tall, 0.34 * stage.tall), 0.6), far=0.6
    )
    yield Layer(
        0.1, water(stage, (0.595, 0.85), mix(0x3F8FB4, stage.light.sky[2], 0.4), 0x1F5F92), z=0.1
    )
    yield glints(stage, 0.6, 0.72, z=0.11)
    yield Layer(0.4, swell(stage, 0.66, 0.008, 1), drift=0.012, bob=(0.003, 0.2), z=0.2)
    yield Layer(0.5, _span(stage), z=0.4)
    yield Layer(0.6, _deck(stage), z=0.41)
    yield Layer(0.6, _railing(stage), z=0.42)
    yield Layer(1.25, _near_railing(stage), z=1.3)


def _span(stage: Stage) -> Paint:
    """Pylons with hangers: one pylon a period, so the cables close with it."""

    def paint(pen: Pen) -> None:
        red = stage.dice("bridge").pick((0xC2503C, 0x8FA2B4, 0x4F7F9C))
        deck, top = stage.y(0.735), stage.y(0.73) - 0.62 * stage.tall**1.4
        count = max(1, round(stage.period / 1.6))
        step = stage.period / count
        for k in range(count):
            x = (k + 0.33) * step
            low = deck - 0.06
            for side in (-1, 1):
                cable = [
                    (x + side * step / 2 * u, low + (top - low) * (1 - u) ** 2)
                    for u in (0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1)
                ]
                pen.line(cable, 0.011, red, smooth=False)
                hangers = [((px, py), (px, deck)) for px, py in cable[1:]]
                pen.hairs(hangers, 0.003, lighter(red, 0.2), alpha=0.9)
            w = 0.032 * stage.tall
            for d in (-1.5, 1.5):
                pen.box(
                    x + d * w - w * 0.4, top - 0.01, w * 0.8, deck - top + 0.05, red, shade=0.16
                )
            for level in (0.06, 0.3, 0.56):
                pen.box(
                    x - w * 1.6,
                    top + (deck - top) * level,
                    w * 3.2,
                    w * 0.7,
                    darker(red, 0.1),
                    shade=0.1,
                )
            if stage.light.lamps > 0.2:
                pen.glow(x, top, 0.07, 0xFF7A5A, 0.8)

    return paint


def _deck(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w = stage.period + 0.1
        for y0, y1, top, low in (
            (0.725, 0.76, 0xC9CCD2, 0xB0B4BC),
            (0.758, 1.3, 0x767985, 0x50525E),
            (0.772, 0.779, 0xF3EBDC, 0xF3EBDC),
            (0.955, 0.966, 0xF3EBDC, 0xF3EBDC),
        ):
            a, b = stage.y(y0), stage.y(y1)
            pen.fade(
                [(-0.05, a), (w, a), (w, b), (-0.05, b)],
                stage.snowy(top, 0.6),
                stage.snowy(low, 0.6),
            )
        step = stage.period / round(stage.period / 0.36)
        y = stage.y(0.865)
        dashes = [
            [
                (k * step, y),
                (k * step + 0.16, y),
                (k * step + 0.153, y + 0.018),
                (k * step - 0.009, y + 0.018),
            ]
            for k in range(round(stage.period / step))
        ]
        pen.shapes(dashes, 0xF3EBDC, alpha=0.9)

    return paint


def _railing(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        y, h = stage.y(0.745), 0.07 * stage.tall
        step = stage.period / round(stage.period / 0.05)
        bars = [((k * step, y), (k * step, y - h)) for k in range(round(stage.period / step) + 1)]
        pen.hairs(bars, 0.005, 0x8E98A8)
        for level in (1.0, 0.15):
            pen.box(-0.02, y - h * level, stage.period + 0.04, 0.011, 0xA9B4C2, shade=0)
        count = max(2, round(stage.period / 0.8))
        for k in range(count):
            street_lamp(pen, stage, (k + 0.5) / count * stage.period, y, 0.34 * stage.tall)

    return paint


def _near_railing(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        y, h = stage.height + 0.02, 0.075 * stage.tall
        step = stage.period / round(stage.period / 0.16)
        bars = [((k * step, y), (k * step, y - h)) for k in range(round(stage.period / step) + 1)]
        pen.hairs(bars, 0.016, 0x3F4856)
        pen.box(-0.02, y - h - 0.012, stage.period + 0.04, 0.026, 0x4C5666, corner=0.01, shade=0.2)

    return paint


def _towers(stage: Stage, name: str, count: int, size: tuple[float, float], foot: float) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("towers", name)
        for k in range(count):
            w = stage.period / count * dice.between(0.7, 1.15)
            x, h = k / count * stage.period, dice.between(*size)
            y = stage.y(foot)
            pen.box(x, y - h, w, h + 0.1, dice.pick(TOWERS), shade=0.1)
            if dice.coin(0.3):
                pen.box(x + w * 0.45, y - h - 0.05, w * 0.05, 0.06, 0x7E8AA8, shade=0)
            _windows(pen, stage, dice, x + w * 0.12, y - h + 0.02, w * 0.76, h, 0.014, 0.024)

    return paint


def _windows(
    pen: Pen,
    stage: Stage,
    dice: Dice,
    x: float,
    y: float,
    w: float,
    h: float,
    size: float,
    step: float,
) -> None:
    lamps = stage.light.lamps
    for row in range(int(h / (step * 1.25))):
        for column in range(int(w / step)):
            on = dice.coin(0.12 + 0.5 * lamps) and lamps > 0.2
            place = (x + column * step, y + row * step * 1.25, size * 0.8, size)
            if on:
                _lamp(pen, place)
            else:
                pen.box(*place, 0x5E7394, shade=0, alpha=0.55)


def _lamp(pen: Pen, place: tuple[float, float, float, float]) -> None:
    x, y, w, h = place
    pen.fade(
        [(x, y), (x + w, y), (x + w, y + h), (x, y + h)],
        0xFFE9A8,
        0xFFCB6B,
        lit=False,
        alphas=(0.95, 0.95),
    )


def _houses(stage: Stage, size: tuple[float, float]) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("houses")
        count = max(4, round(stage.period / (0.36 * stage.tall**0.5)))
        w = stage.period / count
        for k in range(count):
            _house(pen, stage, dice, k * w, w, dice.between(*size) * stage.tall, dice.pick(WALLS))

    return paint


def _house(pen: Pen, stage: Stage, dice: Dice, x: float, w: float, h: float, wall: int) -> None:
    foot = stage.y(0.69)
    pen.box(x, foot - h, w + 0.002, h, wall, shade=0.1)
    pen.box(
        x - 0.006,
        foot - h - 0.014,
        w + 0.012,
        0.022,
        stage.snowy(darker(wall, 0.25), 0.95),
        shade=0.1,
    )
    lamps = stage.light.lamps
    columns = 3
    for row in range(int((h - 0.13) / 0.085)):
        for column in range(columns):
            wx = x + w * (0.12 + 0.28 * column)
            wy = foot - h + 0.035 + row * 0.085
            pen.box(wx - 0.006, wy - 0.006, w * 0.2 + 0.012, 0.066, lighter(wall, 0.35), shade=0)
            if lamps > 0.2 and dice.coin(0.3 + 0.4 * lamps):
                _lamp(pen, (wx, wy, w * 0.2, 0.054))
            else:
                pen.box(wx, wy, w * 0.2, 0.054, 0x5C7C9C, shade=0.25)
    _shop(pen, stage, dice, x, foot, w)


def _shop(pen: Pen, stage: Stage, dice: Dice, x: float, foot: float, w: float) -> None:
    colour = dice.pick((0xC8473F, 0x2F7F7A, 0x3C5A99, 0xD99A2B, 0x7A4E8C))
    glass = (x + w * 0.1, foot - 0.085, w * 0.52, 0.075)
    if stage.light.lamps > 0.2:
        _lamp(pen, glass)
    else:
        pen.box(*glass, 0x49677F, shade=0.3)
    pen.box(x + w * 0.7, foot - 0.09, w * 0.2, 0.09, mix(colour, 0x2A1E2E, 0.4), shade=0.1)
    for k in range(6):
        stripe = colour if k % 2 == 0 else 0xF7F0E2
        sx, sw = x + w * (0.07 + 0.1 * k), w * 0.1
        pen.poly(
            [
                (sx, foot - 0.118),
                (sx + sw, foot - 0.118),
                (sx + sw * 1.05, foot - 0.083),
                (sx - sw * 0.05, foot - 0.083),
            ],
            stripe,
            shade=0.1,
        )


def _pavement(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        y0, y1 = stage.y(0.69), stage.y(0.745)
        w = stage.period + 0.1
        pen.fade(
            [(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)],
            stage.snowy(0xB9B2AE, 0.8),
            stage.snowy(0xD3CCC4, 0.9),
        )
        step = stage.period / round(stage.period / 0.11)
        for k in range(int(w / step) + 1):
            pen.hairs([((k * step, y0), (k * step - 0.02, y1))], 0.0022, 0x8F8A8C, alpha=0.5)
        pen.box(-0.05, y1 - 0.003, w + 0.05, 0.016, 0x9A9594, shade=0)

    return paint


def _street(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        y0, y1 = stage.y(0.745) + 0.01, stage.height * 1.3
        w = stage.period + 0.1
        pen.fade(
            [(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)],
            stage.snowy(0x6C6D7A, 0.45),
            stage.snowy(0x53545F, 0.6),
        )
        step = stage.period / round(stage.period / 0.3)
        for k in range(round(stage.period / step)):
            x, y = k * step, stage.y(0.935)
            pen.poly(
                [(x, y), (x + 0.14, y), (x + 0.135, y + 0.02), (x - 0.008, y + 0.02)],
                0xF3EBDC,
                shade=0,
                alpha=0.9,
            )

    return paint


def _street_trees(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("street trees")
        count = max(2, round(stage.period / 0.75))
        for k in range(count):
            x = (k + 0.5 + dice.around(0, 0.1)) / count * stage.period
            pen.soft(x, stage.y(0.735), 0.08, 0.012, 0x1B1436, 0.35)
            broadleaf(
                pen,
                x,
                stage.y(0.735),
                dice.between(0.24, 0.3) * stage.tall,
                stage.snowy(dice.pick((0x6CA65A, 0x83B562, 0xD9A24A)), 0.5),
                dice,
            )
            street_lamp(
                pen, stage, x + 0.36 / count * stage.period, stage.y(0.735), 0.34 * stage.tall
            )

    return paint


SETTINGS = {
    "city": Setting(parts=city, horizon=0.62, ground=(0.755, 0.9), air=(0.14, 0.42), clouds=4),
    "street": Setting(parts=street, horizon=0.62, ground=(0.755, 0.9), air=(0.14, 0.42), clouds=4),
    "bridge": Setting(
        parts=bridge, horizon=0.59, ground=(0.785, 0.9), water=(0.64, 0.69), air=(0.14, 0.45)
    ),
}
