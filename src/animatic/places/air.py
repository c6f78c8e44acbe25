"""The open sky."""

from collections.abc import Iterator

from animatic.colour import mix
from animatic.rig.pen import Pen
from animatic.scenery.land import Paint
from animatic.scenery.sky import cloud
from animatic.stage import Layer, Part, Setting, Stage


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
}
