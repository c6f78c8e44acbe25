"""The city."""

from collections.abc import Iterator

from filmgate.engines.animatic.colour import darker, lighter, mix
from filmgate.engines.animatic.dice import Dice
from filmgate.engines.animatic.draw.pen import Pen
from filmgate.engines.animatic.settings.parts import Paint, broadleaf
from filmgate.engines.animatic.stage import Layer, Part, Setting, Stage

WALLS = (0xE8D3B8, 0xD98E73, 0xC7B8D6, 0x9DB4C8, 0xE9B872, 0xB5C4A8, 0xD7A6A0)
TOWERS = (0x8FA6C4, 0x7E93B8, 0xA3B2CC, 0x94A0C0)


def city(stage: Stage) -> Iterator[Part]:
    """Towers in the haze, a row of houses with shops, pavement, a street with markings."""
    yield Layer(0.1, _towers(stage, "far", 16, (0.2, 0.42), 0.62), far=0.55)
    yield Layer(0.22, _towers(stage, "mid", 11, (0.22, 0.36), 0.64), far=0.28)
    yield Layer(0.45, _houses(stage), far=0.04)
    yield Layer(0.5, _pavement(stage), z=0.46)
    yield Layer(0.6, _street(stage), z=0.47)
    yield Layer(0.5, _street_trees(stage), z=0.48)


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


def _houses(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("houses")
        count = max(5, round(stage.period / 0.36))
        w = stage.period / count
        for k in range(count):
            _house(pen, stage, dice, k * w, w, dice.between(0.3, 0.46), dice.pick(WALLS))

    return paint


def _house(pen: Pen, stage: Stage, dice: Dice, x: float, w: float, h: float, wall: int) -> None:
    foot = stage.y(0.69)
    pen.box(x, foot - h, w + 0.002, h, wall, shade=0.1)
    pen.box(
        x - 0.006,
        foot - h - 0.014,
        w + 0.012,
        0.022,
        stage.snowed(darker(wall, 0.25), 0.95),
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
            stage.snowed(0xB9B2AE, 0.8),
            stage.snowed(0xD3CCC4, 0.9),
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
            stage.snowed(0x6C6D7A, 0.45),
            stage.snowed(0x53545F, 0.6),
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
                dice.between(0.24, 0.3),
                dice.pick((0x6CA65A, 0x83B562)),
                dice,
            )

    return paint


SETTINGS = {
    "city": Setting(parts=city, horizon=0.62, ground=(0.755, 0.9), air=(0.14, 0.42), clouds=4)
}
