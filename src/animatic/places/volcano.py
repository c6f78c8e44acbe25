"""A volcano."""

from collections.abc import Iterator
from dataclasses import replace

from animatic.colour import mix
from animatic.ease import Point, wave
from animatic.light import Light
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    boulders,
    hills,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

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
    "volcano": Setting(parts=volcano, horizon=0.62, ground=(0.76, 0.89), clouds=2, light=_fiery),
}
