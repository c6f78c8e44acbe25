"""Sun, moon, stars, clouds, and wisps below a camera that flies."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.ease import TAU
from animatic.rig.pen import Pen
from animatic.scenery.land import Paint
from animatic.stage import Layer, Live, Moment, Stage


def sky(stage: Stage, horizon: float) -> Paint:
    """The sky of the hour: gradient, stars, the sun or the moon with its glow."""
    light = stage.light

    def paint(pen: Pen) -> None:
        _gradient(pen, stage, horizon)
        _stars(pen, stage, horizon)
        x = stage.width * light.place[0]
        y = stage.y(horizon) * light.place[1]
        _sun(pen, stage, x, y)

    return paint


def _gradient(pen: Pen, stage: Stage, horizon: float) -> None:
    """Two fades, each over the edge of the one below, so that no seam shows."""
    top, middle, low = stage.light.sky
    y, w, floor = stage.y(horizon), stage.width + 0.1, stage.height + 0.1
    _band(pen, w, -0.1, floor, low, low)
    _band(pen, w, y * 0.55, y, middle, low)
    _band(pen, w, -0.1, y * 0.55 + 0.002, top, middle)


def _band(pen: Pen, wide: float, y0: float, y1: float, top: Colour, bottom: Colour) -> None:
    pen.fade([(-0.1, y0), (wide, y0), (wide, y1), (-0.1, y1)], top, bottom, lit=False)


def _stars(pen: Pen, stage: Stage, horizon: float) -> None:
    if stage.light.stars <= 0:
        return
    for k, (x, y, size, *_) in enumerate(stage.scatter("stars", 220)):
        spot = [(x * stage.width, y * stage.y(horizon))]
        alpha = stage.light.stars * (0.3 + 0.7 * size) * (1 - 0.6 * y)
        pen.specks(spot, 0.0022 + 0.0035 * size * (k % 5 == 0), 0xF4F2FF, alpha=alpha, lit=False)


def _sun(pen: Pen, stage: Stage, x: float, y: float) -> None:
    light = stage.light
    if light.glow < 0.25 or light.cover > 0.55:
        return
    share = min(1.0, light.glow)
    pen.glow(x, y, 0.95, light.sun, 0.42 * share)
    pen.glow(x, y, 0.32, light.sun, 0.6 * share)
    pen.oval(x, y, 0.062, 0.062, 0xFFFFFF, shade=0, alpha=0.0)
    _disc(pen, x, y, 0.058, light.sun)
    if light.moon:
        _craters(pen, x, y)


def _disc(pen: Pen, x: float, y: float, r: float, colour: Colour) -> None:
    edge = [(x + r * math.cos(TAU * k / 24), y + r * math.sin(TAU * k / 24)) for k in range(24)]
    pen.fade(edge, lighter(colour, 0.5), colour, smooth=True, lit=False)


def _craters(pen: Pen, x: float, y: float) -> None:
    for dx, dy, r in ((-0.02, -0.012, 0.013), (0.016, 0.012, 0.017), (0.008, -0.026, 0.007)):
        _disc(pen, x + dx, y + dy, r, 0xD9DAC9)


def clouds(stage: Stage, horizon: float, count: int) -> Layer:
    """Heaped clouds that drift with the wind."""
    dice = stage.dice("clouds")
    light = stage.light
    count = round((count + 5 * light.cover) * (0.5 if light.stars > 0.9 else 1))
    grow = stage.tall * (1 + 0.5 * light.cover)
    spots = []
    for k in range(count):
        x = (k + dice.between(0.2, 0.8)) / count * stage.period
        y = stage.y(horizon) * dice.between(0.12, 0.68)
        spots.append((x, y, grow * dice.between(0.09, 0.2) * (1.15 - 0.6 * y / stage.height), k))
    white = mix(0xFFFFFF, light.sky[2], 0.25 if not light.moon else 0.8)
    below = mix(light.sky[1], light.haze, 0.5)
    top = mix(mix(white, light.sun, 0.2), mix(light.sky[1], light.haze, 0.5), 0.45 * light.cover)
    below = darker(mix(white, below, 0.55), 0.28 * light.cover)

    def paint(pen: Pen) -> None:
        for x, y, size, k in spots:
            cloud(pen, x, y, size, top, below, stage.dice("cloud", k))

    return Layer(0.08, paint, z=0.05, drift=0.006 + 0.02 * stage.wind)


def cloud(
    pen: Pen, x: float, y: float, size: float, top: Colour, below: Colour, dice: Dice
) -> None:
    """One cloud: puffs on a flat foot, bright above, shaded below."""
    heaps = [(-1.2, 0.26), (-0.72, 0.42), (-0.15, 0.56), (0.42, 0.46), (0.9, 0.34), (1.3, 0.2)]
    spots = []
    for px, r in heaps:
        r *= dice.between(0.85, 1.15) * size
        spots.append((x + px * size, y - r * 0.55, r))
    with pen.inside(
        [
            (x - 2 * size, y - 2 * size),
            (x + 2 * size, y - 2 * size),
            (x + 2 * size, y),
            (x - 2 * size, y),
        ],
        smooth=False,
    ):
        pen.puffs(spots, top, below, alphas=(0.97, 0.75), lit=False)


WISPS = 3


def wisps(stage: Stage) -> Live:
    """Soft clouds that pass close under the lens, and the shadows that they drag over the land."""
    table = stage.scatter("wisps", WISPS)
    span = stage.width + 2.4

    def draw(pen: Pen, moment: Moment) -> None:
        for k, (x, y, size, speed, *_) in enumerate(table):
            go = moment.t * (0.10 + 0.06 * speed) + moment.pose.x * 1.6
            left = (x * span + k * span / WISPS - go) % span - 1.2
            low = stage.y(0.62 + 0.36 * y)
            wide = 0.34 + 0.3 * size
            pen.soft(left + 0.2, low + 0.1, wide, 0.09, 0x14203A, 0.16)
            for dx, r in ((-0.5, 0.6), (0.0, 1.0), (0.45, 0.7)):
                at = low - 0.12 * (1 + pen.far)
                pen.soft(left + dx * wide, at, wide * r, 0.12 * r, pen.shine(0xFFFFFF), 0.5)

    return Live(0.0, draw, z=1.6)
