"""The open sky, and the abstract stage for words that name nothing drawn here."""

import math
from collections.abc import Callable, Iterator

from filmgate.engines.animatic.colour import darker, lighter, mix
from filmgate.engines.animatic.draw.pen import Pen
from filmgate.engines.animatic.ease import TAU, wave
from filmgate.engines.animatic.settings.parts import Paint, cloud
from filmgate.engines.animatic.stage import Layer, Live, Moment, Part, Setting, Stage


def sky(stage: Stage) -> Iterator[Part]:
    """Above the weather: banks of cloud at three depths."""
    for k, (depth, low, size, far) in enumerate(
        ((0.15, 0.72, 0.13, 0.5), (0.35, 0.86, 0.2, 0.2), (0.9, 1.02, 0.3, 0.0))
    ):
        yield Layer(depth, _bank(stage, k, low, size), drift=0.01 + 0.02 * k, far=far)


def _bank(stage: Stage, k: int, low: float, size: float) -> Paint:
    light = stage.light
    top = mix(0xFFFFFF, light.sun, 0.15)
    below = mix(light.sky[1], 0xFFFFFF, 0.35)

    def paint(pen: Pen) -> None:
        dice = stage.dice("bank", k)
        count = max(4, round(stage.period / (size * 1.5)))
        for j in range(count):
            x = (j + dice.between(0, 0.8)) / count * stage.period
            y = stage.y(low) + dice.around(0, 0.05)
            cloud(
                pen,
                x,
                y,
                stage.tall * size * dice.between(0.8, 1.25),
                pen.tone(top),
                pen.tone(below),
                dice,
            )
        floor = stage.height * 1.3
        y = stage.y(low) - size * 0.05
        w = stage.period + 0.1
        shade = mix(pen.tone(below), pen.tone(top), 0.3)
        pen.fade(
            [(-0.05, y), (w, y), (w, floor), (-0.05, floor)],
            shade,
            shade,
            lit=False,
            alphas=(0.0, 1.0),
        )

    return paint


def abstract(stage: Stage) -> Iterator[Part]:
    """Ribbons and orbs in the palette that the words gave."""
    yield Layer(0.0, _wash(stage), z=0.0)
    for k in range(5):
        yield Live(0.2 + 0.2 * k, _ribbon(stage, k), z=0.2 + 0.15 * k)
    yield Live(0.9, _orbs(stage), z=0.95)


def _wash(stage: Stage) -> Paint:
    a, b, c = (*stage.palette, 0x3A4A8C, 0xE08A6A, 0xF4D58A)[:3]

    def paint(pen: Pen) -> None:
        w, h = stage.period + 0.1, stage.height * 1.3
        pen.fade(
            [(-0.05, -0.2), (w, -0.2), (w, h), (-0.05, h)],
            darker(a, 0.45),
            mix(b, c, 0.5),
            lit=False,
        )
        for k, colour in enumerate((b, c, a)):
            x, y = stage.width * (0.2 + 0.33 * k), stage.y(0.3 + 0.2 * (k % 2))
            pen.glow(x, y, 0.7, lighter(colour, 0.2), 0.5)

    return paint


def _ribbon(stage: Stage, k: int) -> Callable[[Pen, Moment], None]:
    dice = stage.dice("ribbon", k)
    colour = stage.palette[k % len(stage.palette)] if stage.palette else 0x88AADD
    base, speed, turns, phase = (
        0.3 + 0.14 * k,
        dice.between(0.04, 0.1),
        dice.between(0.5, 1.1),
        dice.between(0, 1),
    )
    deep, bright = darker(colour, 0.2), lighter(colour, 0.25)

    def draw(pen: Pen, moment: Moment) -> None:
        top, low = [], []
        x0 = moment.pose.x * 0.2 * (k + 1) - 0.3
        for j in range(25):
            x = x0 + (stage.width + 0.6) * j / 24
            y = stage.y(base) + 0.13 * math.sin(TAU * (turns * x + speed * moment.t * 3 + phase))
            y += 0.05 * math.sin(TAU * (2.3 * turns * x - speed * moment.t * 2))
            thick = 0.12 + 0.07 * wave(0.6 * x + speed * moment.t * 2 + phase)
            top.append((x, y))
            low.append((x, y + thick))
        pen.fade([*top, *reversed(low)], bright, deep, alphas=(0.9, 0.35), lit=False, smooth=True)

    return draw


def _orbs(stage: Stage) -> Callable[[Pen, Moment], None]:
    table = stage.scatter("orbs", 26)
    colours = [lighter(c, 0.45) for c in (stage.palette or (0xFFE0A0,))]

    def draw(pen: Pen, moment: Moment) -> None:
        for k, (x, y, size, speed, phase, _) in enumerate(table):
            px = (
                x * stage.width
                + 0.08 * wave(moment.t * 0.07 * (0.5 + speed) + phase)
                + moment.pose.x * 0.9
            )
            py = stage.height * ((y - moment.t * 0.03 * (0.4 + speed)) % 1.1)
            pen.soft(
                px, py, 0.012 + 0.03 * size, 0.012 + 0.03 * size, colours[k % len(colours)], 0.75
            )

    return draw


def clouds_above(stage: Stage) -> Iterator[Part]:
    """A floor of cloud that bears what stands on it, islands of cloud before the sun."""
    yield Layer(0.12, _bank(stage, 0, 0.62, 0.12), drift=0.01, far=0.5)
    yield Layer(0.3, _bank(stage, 1, 0.72, 0.17), drift=0.018, far=0.2)
    yield Layer(0.6, _bank(stage, 2, 0.82, 0.22), drift=0.0)
    yield Layer(1.2, _bank(stage, 3, 1.06, 0.26), drift=0.05, z=1.2)


SETTINGS = {
    "sky": Setting(
        parts=sky, horizon=0.95, ground=(0.84, 0.9), air=(0.25, 0.6), shadows=False, clouds=4
    ),
    "clouds": Setting(
        parts=clouds_above, horizon=0.8, ground=(0.8, 0.88), air=(0.2, 0.5), clouds=3
    ),
    "abstract": Setting(parts=abstract, ground=(0.7, 0.85), sky=False, clouds=0, shadows=False),
}
