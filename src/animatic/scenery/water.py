"""The sea's surface."""

import math

from animatic.colour import darker, lighter, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.pen import Pen
from animatic.scenery.land import Paint, skyline
from animatic.stage import Live, Moment, Stage

LAST = 4
"""The nearest of the sea's waves."""

DEEP, MIDDLE, SHALLOW = 0x1F6FA8, 0x2F93BE, 0x6CC7C8


def water(stage: Stage, band: tuple[float, float], near: int, deep: int) -> Paint:
    """Open water between two shares of the height, one colour far away and another near."""
    y, floor = stage.y(band[0]), stage.y(band[1])

    def paint(pen: Pen) -> None:
        w = stage.period + 0.1
        pen.fade([(-0.05, y), (w, y), (w, floor), (-0.05, floor)], near, deep)

    return paint


def swell(stage: Stage, top: float, height: float, k: int) -> Paint:
    """A row of waves with a bright crest; `k` counts from the far one."""
    dice = stage.dice("swell", k)
    n = round(stage.period / (0.16 + 0.05 * k))
    phase = dice.between(0, 1)
    base = stage.y(top)
    share = k / LAST

    def y(x: float) -> float:
        u = TAU * (n * x / stage.period + phase)
        return base - height * (
            0.6 * math.sin(u) + 0.28 * math.sin(2 * u + 0.8) + 0.3 * math.sin(u / n * 3)
        )

    line = skyline(stage, y, 0.01, None if k == LAST else base + 0.16 * stage.height)
    crest = line[:-2]

    def paint(pen: Pen) -> None:
        colour = mix(mix(MIDDLE, DEEP, share), stage.light.sky[2], 0.3 * (1 - 0.75 * share))
        pen.fade(line, lighter(mix(colour, SHALLOW, 0.45), 0.05), darker(colour, 0.25))
        pen.line(crest, 0.004 + 0.0012 * k, 0xF2FFFF, alpha=0.55, smooth=False)
        lower = [(x, v + height * 0.7 + 0.006 * math.sin(9 * x)) for x, v in crest]
        pen.line(lower, 0.002, 0xE8FFFF, alpha=0.22, smooth=False)

    return paint


def glints(stage: Stage, top: float, bottom: float, *, z: float = 0.11) -> Live:
    """The path of light under the sun or the moon, between two shares of the height."""
    table = stage.scatter(f"glints {z}", 70)
    light = stage.light
    centre = stage.width * light.place[0]
    low = 1 - min(1.0, light.place[1])
    alpha = min(1.0, 0.3 + light.glow) * 0.75 * (1 - 0.7 * light.cover)

    def draw(pen: Pen, moment: Moment) -> None:
        bright: list[tuple[Point, Point]] = []
        for x, y, speed, phase, size, _ in table:
            on = wave(moment.t * (0.2 + 0.5 * speed) + phase)
            if on < 0:
                continue
            share = top + (bottom - top) * y
            near = max(0.0, (share - 0.45) / 0.55)
            spread = (0.1 + 0.5 * near) * (0.7 + low)
            px = centre + (x - 0.5) * spread + 0.01 * wave(moment.t * 0.3 + phase)
            py = stage.y(share)
            half = (0.008 + 0.04 * size * (0.25 + near)) * on
            bright.append(((px - half, py), (px + half, py)))
        pen.hairs(bright, 0.0042, lighter(light.sun, 0.3), alpha=alpha, lit=False)

    return Live(0.0, draw, z=z)
