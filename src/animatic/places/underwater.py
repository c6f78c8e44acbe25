"""Under the sea."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.ease import wave
from animatic.light import Light
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    boulders,
    hills,
    rock,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

# Under water


def _drowned(light: Light) -> Light:
    """Blue takes all colours; light falls from the surface."""
    dark = max(light.lamps, 0.0)
    return replace(
        light,
        tint=mix(mix(light.tint, 0xA8E4F2, 0.6), 0x4A74B8, 0.35 * dark),
        haze=mix(mix(0x2F9CC4, light.haze, 0.12), 0x143A6E, 0.65 * dark),
        rim=mix(0xC8F6FF, light.rim, 0.2),
        place=(light.place[0], 0.1),
        glow=max(0.5, light.glow * 0.8),
        shade=0.16,
        mist=0.0,
    )


def underwater(stage: Stage) -> Iterator[Part]:
    """Blue depth, shafts of light, reefs with corals and swaying weed, bubbles."""
    yield Layer(0.0, _depths(stage), z=0.0)
    yield _shafts(stage)
    yield Layer(
        0.1,
        hills(stage, stage.y(0.74), 0.3, 0x4F86A8, 0x5E98B0, name="reef far", rough=0.7),
        far=0.72,
    )
    yield Layer(0.25, _reef(stage, "mid", 0.8, 9, (0.1, 0.2)), far=0.42)
    yield Layer(
        0.7,
        hills(stage, stage.y(0.83), 0.04, 0xE6D6A8, 0xA9A68E, name="seabed", deep=True),
        z=0.3,
        far=0.12,
    )
    yield Layer(0.7, _reef(stage, "near", 0.86, 6, (0.1, 0.18)), z=0.31, far=0.06)
    yield Layer(
        0.7, boulders(stage, (0.86, 1.0), 8, (0x7E8CA0, 0x9AA0A8), "seabed", size=0.05), z=0.32
    )
    yield Live(0.7, _weed(stage, "weed", 10, (0.85, 0.93), (0.16, 0.34)), z=0.33, far=0.08)
    yield _caustics(stage)
    yield _breath(stage)
    yield Live(1.2, _weed(stage, "near weed", 5, (1.02, 1.05), (0.3, 0.46)), z=1.3)


def _depths(stage: Stage) -> Paint:
    dark = stage.light.lamps
    top, middle, low = (
        mix(a, b, 0.75 * dark)
        for a, b in ((0x8EE4F0, 0x2A6AA8), (0x2FA4D0, 0x143A78), (0x0F4C86, 0x07183E))
    )

    def paint(pen: Pen) -> None:
        w, h = stage.period + 0.1, stage.height * 1.3
        y = stage.y(0.5) - 0.002
        pen.fade([(-0.05, y), (w, y), (w, h), (-0.05, h)], middle, low, lit=False)
        pen.fade(
            [(-0.05, -0.3), (w, -0.3), (w, stage.y(0.5)), (-0.05, stage.y(0.5))],
            top,
            middle,
            lit=False,
        )
        x = stage.width * stage.light.place[0]
        pen.glow(x, -0.05, 0.9 * stage.tall, 0xF2FFFF, 0.6 * (1 - 0.5 * dark))

    return paint


def _shafts(stage: Stage) -> Live:
    """Light that falls in beams from a moving surface."""
    x = stage.width * stage.light.place[0]

    def draw(pen: Pen, moment: Moment) -> None:
        for k in range(5):
            sway = 0.05 * wave(moment.t * 0.07 + k * 0.21)
            top = x + (k - 2) * 0.15 + sway
            foot = x + (k - 2) * 0.46 + sway * 3 + stage.light.slope * 0.3
            half = 0.03 + 0.02 * (k % 3)
            alpha = (0.15 + 0.07 * wave(moment.t * 0.13 + k * 0.37)) * (1 - 0.5 * stage.light.lamps)
            shape = [
                (top - half, -0.1),
                (top + half, -0.1),
                (foot + 4 * half, stage.y(0.86)),
                (foot - 3 * half, stage.y(0.86)),
            ]
            pen.fade(shape, 0xF0FFFF, 0x9CE8F4, alphas=(max(0.0, alpha) * 1.6, 0.0), lit=False)

    return Live(0.0, draw, z=0.05)


CORALS = (0xF2708A, 0xF79A5A, 0xC86AD0, 0xF6C85A, 0xE8505A, 0x5AC8B4)


def _reef(stage: Stage, name: str, foot: float, count: int, size: tuple[float, float]) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("reef", name)
        many = round(count * stage.period / 2)
        for k in range(many):
            x = (k + dice.between(0.1, 0.9)) / many * stage.period
            y, h = stage.y(foot) + dice.around(0.0, 0.015), dice.between(*size) * stage.tall
            kind = dice.pick((_fan, _brain, _tubes, _staghorn))
            rock(pen, x, y + h * 0.1, h * 0.45, 0x6E7C94, dice.between(0, 1))
            kind(pen, x, y, h, dice.pick(CORALS), dice)

    return paint


def _staghorn(pen: Pen, x: float, y: float, h: float, colour: Colour, dice: Dice) -> None:
    for k in range(5):
        a = math.radians(-56 + 28 * k + dice.around(0, 6))
        long = h * dice.between(0.7, 1)
        tip = (x + long * math.sin(a), y - long * math.cos(a))
        bend = (x + 0.5 * long * math.sin(a * 0.6), y - 0.5 * long * math.cos(a * 0.6))
        pen.limb([(x, y), bend, tip], [h * 0.13, h * 0.1, h * 0.07], colour, shade=0.2)
        twig = (bend[0] + h * 0.2 * math.sin(a + 0.8), bend[1] - h * 0.22)
        pen.limb(
            [bend, ((bend[0] + twig[0]) / 2 + h * 0.02, (bend[1] + twig[1]) / 2), twig],
            [h * 0.08, h * 0.07, h * 0.05],
            colour,
            shade=0.2,
        )


def _fan(pen: Pen, x: float, y: float, h: float, colour: Colour, dice: Dice) -> None:
    edge = [(x, y)]
    for k in range(9):
        a = math.radians(-75 + 150 * k / 8)
        r = h * (0.92 + 0.1 * (-1) ** k)
        edge.append((x + r * 0.8 * math.sin(a), y - r * math.cos(a)))
    pen.blob(edge, colour, shade=0.22, tension=0.8)
    ribs = [((x, y), (px + (x - px) * 0.1, py + (y - py) * 0.1)) for px, py in edge[1:]]
    pen.hairs(ribs, h * 0.016, lighter(colour, 0.35), alpha=0.7)


def _brain(pen: Pen, x: float, y: float, h: float, colour: Colour, dice: Dice) -> None:
    r = h * 0.5
    pen.oval(x, y - r * 0.5, r, r * 0.75, colour, shade=0.25)
    for k in range(4):
        u = -0.6 + 0.4 * k
        line = [(x + r * (u + 0.08 * (-1) ** j), y - r * (0.1 + 0.24 * j)) for j in range(5)]
        pen.line(line, r * 0.06, darker(colour, 0.25), alpha=0.6)


def _tubes(pen: Pen, x: float, y: float, h: float, colour: Colour, dice: Dice) -> None:
    for d in (-0.3, 0.3, 0.0):
        tall = h * dice.between(0.6, 0.95)
        top = (x + d * h * 1.2, y - tall)
        pen.limb(
            [(x + d * h * 0.5, y), (x + d * h, y - tall * 0.5), top],
            [h * 0.16, h * 0.2, h * 0.24],
            colour,
            shade=0.2,
        )
        pen.oval(*top, h * 0.13, h * 0.06, lighter(colour, 0.3), shade=0)
        pen.oval(*top, h * 0.08, h * 0.035, darker(colour, 0.5), shade=0)


def _weed(
    stage: Stage, name: str, count: int, band: tuple[float, float], size: tuple[float, float]
) -> Callable[[Pen, Moment], None]:
    """Ribbons of weed that sway from their roots, in groups."""
    table = stage.scatter(name, count)

    def draw(pen: Pen, moment: Moment) -> None:
        for k, (x, y, a, b, c, _) in enumerate(table):
            px, py = (
                ((k + 0.15 + 0.7 * x) / count * stage.period - 0.1),
                stage.y(band[0] + (band[1] - band[0]) * y),
            )
            colour = (0x3F9A5A, 0x2F8A6A, 0x7FB04A, 0x9A6A4A)[int(c * 4)]
            for n, d in enumerate((-0.025, 0.012)):
                h = (size[0] + (size[1] - size[0]) * a) * stage.tall * (0.78 + 0.22 * n)
                line = []
                for j in range(6):
                    u = j / 5
                    sway = 0.05 * u * wave(moment.t * 0.2 - 0.3 * u + b + 0.11 * n)
                    line.append((px + d + sway + 0.012 * math.sin(9 * u + 7 * b), py - h * u))
                pen.limb(
                    line,
                    [0.022, 0.03, 0.006],
                    colour if n == 1 else darker(colour, 0.15),
                    shade=0.2,
                )

    return draw


def _caustics(stage: Stage) -> Live:
    """The net of light on the sand."""
    table = stage.scatter("caustics", 26)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, y, phase, speed, size, _ in table:
            px = (
                x * stage.period + 0.03 * wave(moment.t * 0.1 + phase) - moment.pose.x * 0.7
            ) % stage.period
            py = stage.y(0.85 + 0.15 * y)
            on = 0.5 + 0.5 * wave(moment.t * (0.15 + 0.15 * speed) + phase)
            half = (0.03 + 0.05 * size) * (0.5 + y)
            curve = [(px - half, py), (px, py - 0.012 * (0.5 + on)), (px + half, py + 0.004)]
            pen.line(curve, 0.005, 0xF8FFE8, alpha=0.4 * on * (1 - 0.5 * stage.light.lamps))

    return Live(0.0, draw, z=0.34)


def _breath(stage: Stage) -> Live:
    """Chains of bubbles from the seabed."""
    table = stage.scatter("breath", 5)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, _, phase, speed, *_ in table:
            for k in range(7):
                life = (moment.t * (0.08 + 0.05 * speed) + k / 7 + phase) % 1
                r = 0.005 + 0.009 * life
                px = (
                    x * stage.width
                    + 0.02 * wave(moment.t * 0.4 + 2 * life + k * 0.3)
                    - moment.pose.x * 0.6
                ) % stage.width
                py = stage.y(0.86 - 0.9 * life)
                pen.oval_line(px, py, r, r, r * 0.2, 0xF2FDFF, alpha=0.7)
                pen.specks(
                    [(px - r * 0.35, py - r * 0.35)], r * 0.45, 0xFFFFFF, alpha=0.8, lit=False
                )

    return Live(0.0, draw, z=1.05)


SETTINGS = {
    "underwater": Setting(
        parts=underwater,
        horizon=0.0,
        ground=(0.87, 0.94),
        water=(0.35, 0.72),
        air=(0.22, 0.6),
        sky=False,
        clouds=0,
        shadows=False,
        light=_drowned,
        sheltered=True,
    ),
}
