"""Inland and under water: lake, river, waterfall, underwater, harbour."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.draw.pen import Pen
from animatic.ease import Point, gust, wave
from animatic.light import Light
from animatic.places.country import cottage, street_lamp
from animatic.places.parts import (
    Paint,
    boulders,
    canopy,
    conifers,
    flat,
    flowers,
    foreground_grass,
    hills,
    outline,
    own,
    rock,
    scatter_trees,
    together,
    tufts,
)
from animatic.places.water import DEEP, glints, swell, water
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

GREENS = (0x6FAE4E, 0x86BF58, 0x5B9C4A, 0x9CCB62)


def _pool(stage: Stage, band: tuple[float, float]) -> Paint:
    """Still water in the colours of the sky, lighter far away."""
    sky = stage.light.sky
    far, near = mix(sky[2], 0x6FB4CC, 0.35), mix(sky[0], 0x1F5F86, 0.5)
    y0, y1 = stage.y(band[0]), stage.y(band[1])

    def paint(pen: Pen) -> None:
        w = stage.period + 0.1
        pen.fade([(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)], far, near, lit=False)

    return paint


def _shimmer(stage: Stage, band: tuple[float, float], name: str, *, z: float) -> Live:
    """Level lines of light that come and go on still water."""
    table = stage.scatter(f"shimmer {name}", 46)

    def draw(pen: Pen, moment: Moment) -> None:
        for group in range(2):
            lines: list[tuple[Point, Point]] = []
            for x, y, speed, phase, size, _ in table[group::2]:
                on = wave(moment.t * (0.08 + 0.12 * speed) + phase)
                if on < 0.05:
                    continue
                px = (
                    x * stage.period + 0.03 * wave(moment.t * 0.05 + phase) - moment.pose.x * 0.3
                ) % stage.period
                py = stage.y(band[0] + (band[1] - band[0]) * y)
                half = (0.02 + 0.07 * size) * (0.3 + y) * on
                lines.append(((px - half, py), (px + half, py)))
            pen.hairs(lines, 0.003 + 0.0015 * group, 0xF4FCFF, alpha=0.32 + 0.12 * group)

    return Live(0.0, draw, z=z)


def _reflected(stage: Stage, level: float, reach: float, colour: Colour, name: str) -> Paint:
    """The far shore's dark reflection, broken up by ripples."""
    y = outline(stage, 0.0, reach, 0.45, name)

    def paint(pen: Pen) -> None:
        top = stage.y(level)
        points = [(x := stage.period * k / 70, top + 0.55 * -y(x) + 0.02) for k in range(71)]
        pen.fade(
            [(-0.02, top), (stage.period + 0.02, top), *reversed(points)],
            colour,
            colour,
            alphas=(0.6, 0.12),
        )

    return paint


def lake(stage: Stage) -> Iterator[Part]:
    """Still water that holds mountains and firs upside down, reeds, a flowery bank."""
    shore = outline(stage, stage.y(0.565), 0.05, 0.4, "shore")
    yield Layer(
        0.06,
        hills(
            stage, stage.y(0.54), 0.26 * stage.tall, 0x7F93B4, 0xA6B8CC, name="lake far", rough=0.62
        ),
        far=0.4,
    )
    yield Layer(0.14, hills(stage, stage.y(0.56), 0.1, 0x5E9468, 0x7FB074, name="shore"), far=0.25)
    yield Layer(
        0.14,
        conifers(stage, shore, 26, (0.06, 0.13), (0x5E9A70, 0x3E7058), "shore"),
        far=0.28,
        z=0.141,
    )
    mirror = together(
        _pool(stage, (0.565, 0.9)),
        _reflected(stage, 0.565, 0.36 * stage.tall, 0x7F93B4, "lake far"),
        _reflected(stage, 0.565, 0.16 * stage.tall, 0x3F7060, "shore"),
    )
    yield Layer(0.14, mirror, z=0.142, far=0.1)
    yield glints(stage, 0.57, 0.74, z=0.143)
    yield _shimmer(stage, (0.575, 0.76), "lake", z=0.144)
    yield Layer(0.7, _bank(stage, 0.765, "lake"), z=0.97)
    yield Layer(0.7, tufts(stage, (0.79, 1.02), 130, GREENS, "lake"), z=0.971)
    yield Layer(
        0.7, boulders(stage, (0.775, 0.83), 9, (0x9EA2A4, 0x868C92), "lake", size=0.04), z=0.972
    )
    yield Layer(
        0.7, flowers(stage, (0.82, 0.99), 50, (0xFFF7E0, 0xB79BE8, 0xF6C945), "lake"), z=0.973
    )
    yield _reeds(stage)
    yield from canopy(stage, 0x6FA84C)


def _bank(stage: Stage, top: float, name: str) -> Paint:
    return hills(stage, stage.y(top), 0.02, 0x9CC862, 0x568F44, name=f"{name} bank", deep=True)


def _reeds(stage: Stage) -> Live:
    """Bulrushes at both sides that nod in the wind."""
    table = stage.scatter("reeds", 22)

    def draw(pen: Pen, moment: Moment) -> None:
        stems, heads = [], []
        for k, (a, b, c, *_) in enumerate(table):
            x = a * 0.22 if k % 2 else stage.width - a * 0.22
            x -= (moment.pose.x * 1.2) % 0.05
            h = (0.2 + 0.16 * b) * stage.tall
            sway = (0.02 + 0.05 * stage.wind) * (gust(moment.t, x) - 0.4) + 0.03 * (c - 0.5)
            foot, tip = stage.height + 0.02, (x + sway, stage.height - h)
            stems.append(((x, foot), tip))
            if k % 3 == 0:
                heads.append(((tip[0], tip[1] + 0.01), (tip[0] - sway * 0.1, tip[1] + 0.06)))
        pen.hairs(stems, 0.007, stage.snowed(0x4E7E3C, 0.3))
        pen.hairs(heads, 0.02, 0x6B4426)

    return Live(0.0, draw, z=1.4)


def river(stage: Stage) -> Iterator[Part]:
    """A stream across the land: a far bank with trees, running water, stones, a near bank."""
    y = outline(stage, stage.y(0.6), 0.05, 0.4, "river mid")
    yield Layer(
        0.08,
        hills(stage, stage.y(0.56), 0.2, 0x7F9FB0, 0x9CBFB0, name="river far", rough=0.5),
        far=0.45,
    )
    yield Layer(
        0.26, hills(stage, stage.y(0.6), 0.05, 0x86BA5C, 0x9CC86A, name="river mid"), far=0.18
    )
    yield Layer(
        0.26,
        scatter_trees(stage, y, 8, (0.12, 0.22), (0x5E9B52, 0x4E8C50, 0x78AC55), "river"),
        far=0.18,
        z=0.261,
    )
    yield Layer(
        0.4,
        flat(
            stage,
            (0.615, 0.66),
            stage.snowed(own(stage, 0x9CC862), 0.9),
            stage.snowed(own(stage, 0x7CAA52), 0.8),
        ),
        z=0.3,
        far=0.06,
    )
    yield Layer(0.4, _edge(stage, 0.648), z=0.305)
    yield Layer(0.4, _pool(stage, (0.655, 0.86)), z=0.302)
    yield _current(stage, (0.665, 0.8))
    yield glints(stage, 0.66, 0.78, z=0.32)
    yield Layer(
        0.6, boulders(stage, (0.675, 0.78), 7, (0x8E949C, 0xA6A8AA), "river", size=0.045), z=0.33
    )
    yield Layer(0.7, _bank(stage, 0.805, "river"), z=0.97)
    yield Layer(0.7, tufts(stage, (0.825, 1.02), 110, GREENS, "river"), z=0.971)
    yield Layer(
        0.7, flowers(stage, (0.84, 0.99), 46, (0xFFF7E0, 0xF29BB0, 0xF6C945), "river"), z=0.972
    )
    yield from canopy(stage, 0x6FA84C)
    yield foreground_grass(stage, 0x5C9A43, height=0.1)


def _edge(stage: Stage, top: float) -> Paint:
    """The earthy rim of a bank."""

    def paint(pen: Pen) -> None:
        y = outline(stage, stage.y(top), 0.006, 0.7, "edge")
        line = [(x := stage.period * k / 80, y(x)) for k in range(81)]
        low = [(x, v + 0.022 + 0.006 * math.sin(40 * x)) for x, v in line]
        pen.fade([*line, *reversed(low)], stage.snowed(0xB79A68, 0.6), 0x6A5638)

    return paint


def _current(stage: Stage, band: tuple[float, float]) -> Live:
    """Streaks that run with the stream."""
    table = stage.scatter("current", 52)

    def draw(pen: Pen, moment: Moment) -> None:
        wide = stage.width + 0.6
        for group, alpha in ((0, 0.5), (1, 0.28)):
            lines: list[tuple[Point, Point]] = []
            for x, y, speed, phase, size, _ in table[group::2]:
                px = (
                    x * wide + moment.t * (0.1 + 0.12 * speed) * (0.5 + y) - moment.pose.x * 0.5
                ) % wide - 0.3
                py = stage.y(band[0] + (band[1] - band[0]) * y) + 0.004 * wave(
                    moment.t * 0.3 + phase
                )
                lines.append(((px, py), (px + (0.03 + 0.1 * size) * (0.5 + y), py + 0.003)))
            pen.hairs(lines, 0.0045 - 0.001 * group, 0xF2FBFF, alpha=alpha)

    return Live(0.0, draw, z=0.31)


def waterfall(stage: Stage) -> Iterator[Part]:
    """A cliff with a fall of white water, its mist, a green pool, wet stones."""
    x = stage.width * stage.dice("fall").between(0.4, 0.6)
    wide = 0.13 * stage.tall
    yield Layer(
        0.06,
        hills(stage, stage.y(0.4), 0.3, 0x6F9C90, 0x8FBF9A, name="fall far", rough=0.5),
        far=0.5,
    )
    yield Layer(0.1, _cliff(stage, x, wide), far=0.06)
    yield Live(0.1, _falling(stage, x, wide), z=0.11)
    yield Layer(0.1, _crags(stage, x, wide), z=0.115, far=0.03)
    yield Layer(0.3, _pool(stage, (0.66, 0.9)), z=0.12)
    yield Live(0.1, _spray(stage, x, wide), z=0.2)
    yield _shimmer(stage, (0.69, 0.8), "fall", z=0.21)
    yield Layer(0.6, boulders(stage, (0.7, 0.8), 9, (0x7E8A8C, 0x98A09C), "fall", size=0.06), z=0.3)
    yield Layer(0.7, _bank(stage, 0.805, "fall"), z=0.97)
    yield Layer(
        0.7, tufts(stage, (0.82, 1.02), 130, (0x4F8F46, 0x6FAE4E, 0x86BF58), "fall", 0.04), z=0.971
    )
    yield Layer(
        0.7, flowers(stage, (0.84, 0.99), 30, (0xFFFFFF, 0xF29BD0, 0xF6C945), "fall"), z=0.972
    )
    yield from canopy(stage, 0x4F9A4C, always=True)
    yield foreground_grass(stage, 0x3F8040, height=0.13)


def _brink(stage: Stage) -> float:
    return stage.y(0.2)


def _cliff(stage: Stage, x: float, wide: float) -> Paint:
    """Two shoulders of rock with green tops; the gap between them is where the water falls."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("cliff")
        top, foot = _brink(stage), stage.y(0.72)
        reach = stage.period - 0.02
        body = [
            (x - reach / 2, foot),
            (x - reach / 2, stage.y(0.36)),
            (x - reach * 0.34, stage.y(0.31)),
            (x - wide * 2.4, top - 0.05),
            (x - wide * 0.9, top),
        ]
        body += [
            (x + wide * 0.9, top),
            (x + wide * 2.2, top - 0.07),
            (x + reach * 0.34, stage.y(0.3)),
            (x + reach / 2, stage.y(0.36)),
            (x + reach / 2, foot),
        ]
        stone = own(stage, 0x8C8478)
        pen.fade(body, stage.snowed(lighter(stone, 0.08), 0.3), darker(stone, 0.3))
        for _ in range(46):
            px, py = x + dice.around(0, reach * 0.48), dice.between(top + 0.14, foot)
            w, h = dice.between(0.03, 0.1), dice.between(0.03, 0.12) * stage.tall
            if abs(px - x) < wide + w * 0.5 or py < stage.y(0.36):
                continue
            tone = mix(stone, dice.pick((0x5E5A56, 0xB4AA98, 0x7E9468)), dice.between(0.2, 0.6))
            pen.poly(
                [(px - w, py), (px - w * 0.7, py - h), (px + w * 0.6, py - h * 0.85), (px + w, py)],
                tone,
                shade=0.12,
                alpha=0.85,
            )
        for px, py in body[1:-1]:
            if abs(px - x) > wide:
                for _ in range(9):
                    r = dice.between(0.035, 0.075) * stage.tall
                    colour = stage.snowed(
                        own(stage, dice.pick((0x5E9B4C, 0x4E8C50, 0x7CB054))), 0.7
                    )
                    pen.oval(
                        px + dice.around(0, 0.14),
                        py + dice.around(0.01, 0.025),
                        r * 1.2,
                        r * 0.7,
                        colour,
                        shade=0.22,
                    )

    return paint


def _crags(stage: Stage, x: float, wide: float) -> Paint:
    """Rocks that break the foot and frame the brink."""

    def paint(pen: Pen) -> None:
        for k, (u, y, r) in enumerate(
            (
                (-1.25, 0.7, 0.07),
                (1.2, 0.7, 0.08),
                (-1.7, 0.705, 0.05),
                (1.75, 0.705, 0.05),
                (-1.0, 0.215, 0.045),
                (1.05, 0.215, 0.04),
            )
        ):
            rock(pen, x + u * wide, stage.y(y), r * stage.tall, 0x7E7C76, (k * 0.37) % 1)

    return paint


def _falling(stage: Stage, x: float, wide: float) -> Callable[[Pen, Moment], None]:
    table = stage.scatter("falling", 46)
    top, foot = _brink(stage) - 0.005, stage.y(0.7)

    def draw(pen: Pen, moment: Moment) -> None:
        shape = [(x - wide * 0.8, top), (x + wide * 0.8, top), (x + wide, foot), (x - wide, foot)]
        pen.fade(shape, 0xBFE4F2, 0xE9F8FD)
        tall = foot - top
        for group, tone, width in (
            (0, 0xFFFFFF, 0.011),
            (1, 0x9CCFE6, 0.008),
            (2, 0xFFFFFF, 0.005),
        ):
            lines: list[tuple[Point, Point]] = []
            for a, b, c, *_ in table[group::3]:
                life = (b + moment.t * (0.55 + 0.3 * c)) % 1
                px = x + (2 * a - 1) * wide * (0.78 + 0.18 * life)
                y0 = top + tall * life * life
                y1 = min(foot, y0 + 0.05 + 0.16 * life * stage.tall)
                lines.append(((px, y0), (px + (px - x) * 0.02, y1)))
            pen.hairs(lines, width * stage.tall, tone, alpha=0.75)

    return draw


def _spray(stage: Stage, x: float, wide: float) -> Callable[[Pen, Moment], None]:
    table = stage.scatter("spray", 11)

    def draw(pen: Pen, moment: Moment) -> None:
        y = stage.y(0.7)
        for k, (a, b, c, *_) in enumerate(table):
            life = (moment.t * (0.16 + 0.1 * b) + k / 11) % 1
            px = x + (2 * a - 1) * wide * (1 + 0.6 * life)
            r = (0.05 + 0.09 * life) * stage.tall * (0.7 + 0.6 * c)
            pen.soft(
                px,
                y - 0.09 * life * stage.tall,
                r,
                r * 0.6,
                pen.tone(0xFFFFFF),
                0.4 * math.sin(math.pi * life),
            )
        for k in range(3):
            life = (moment.t * 0.3 + k / 3) % 1
            pen.oval_line(
                x,
                y + 0.03,
                wide * (0.9 + 1.1 * life),
                0.018 + 0.03 * life,
                0.004,
                0xF4FCFF,
                alpha=0.7 * (1 - life),
            )

    return draw


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


# Harbour


def harbour(stage: Stage) -> Iterator[Part]:
    """Coloured houses about the water, a lighthouse, masts, a quay of stone."""
    yield Layer(
        0.06, hills(stage, stage.y(0.53), 0.14, 0x7F9FB0, 0x9CBFB0, name="bay", rough=0.5), far=0.5
    )
    yield Layer(0.16, _waterfront(stage), far=0.14)
    yield Layer(0.16, _lighthouse(stage), z=0.165, far=0.08)
    yield Layer(
        0.16,
        together(water(stage, (0.575, 0.9), mix(0x3A93B4, stage.light.sky[2], 0.35), DEEP)),
        z=0.17,
    )
    yield glints(stage, 0.58, 0.72, z=0.18)
    yield _moored(stage)
    yield Layer(0.5, swell(stage, 0.66, 0.009, 1), drift=0.012, bob=(0.004, 0.2))
    yield Layer(0.7, _quay(stage), z=0.97)
    yield Layer(0.7, _bollards(stage), z=0.975)
    yield _lamps(stage)


def _waterfront(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("waterfront")
        count = round(stage.period / 0.17)
        foot = stage.y(0.575)
        for row, lift in ((0, 0.075), (1, 0.0)):
            for k in range(count):
                x = (k + 0.5 + 0.5 * row) / count * stage.period + dice.around(0, 0.015)
                cottage(
                    pen,
                    stage,
                    x,
                    foot - lift * stage.tall,
                    dice.between(0.12, 0.16) * stage.tall,
                    dice,
                )
        pen.box(-0.05, foot - 0.012, stage.period + 0.1, 0.03, 0x8E8478, shade=0)

    return paint


def _lighthouse(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        side = stage.dice("lighthouse").pick((0.14, 0.86))
        x, y, h = stage.width * side, stage.y(0.6), 0.44 * stage.tall
        rock(pen, x, y + 0.02, h * 0.32, 0x7E7C78, 0.3)
        bands = 5
        for k in range(bands):
            a, b = k / bands, (k + 1) / bands
            w0, w1 = h * (0.1 - 0.035 * a), h * (0.1 - 0.035 * b)
            y0, y1 = y - h * 0.06 - h * 0.74 * a, y - h * 0.06 - h * 0.74 * b
            pen.poly(
                [(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)],
                0xD8453E if k % 2 == 0 else 0xF8F2E8,
                shade=0.08,
            )
        top = y - h * 0.8
        pen.box(x - h * 0.09, top - h * 0.015, h * 0.18, h * 0.025, 0x3C4654, shade=0)
        pen.box(
            x - h * 0.045,
            top - h * 0.1,
            h * 0.09,
            h * 0.09,
            0xFFE9A8 if stage.light.lamps > 0.2 else 0xBFD8E6,
            shade=0,
        )
        pen.poly(
            [(x - h * 0.065, top - h * 0.1), (x, top - h * 0.18), (x + h * 0.065, top - h * 0.1)],
            0xB83A36,
            shade=0.1,
        )
        if stage.light.lamps > 0.2:
            pen.glow(x, top - h * 0.055, h * 0.5, 0xFFE6A0, 0.8)

    return paint


def _moored(stage: Stage) -> Live:
    """Small boats that rock at their moorings."""
    table = stage.scatter("moored", 4)

    def draw(pen: Pen, moment: Moment) -> None:
        for k, (x, y, c, phase, *_) in enumerate(table):
            px = ((k + 0.2 + 0.6 * x) / 4 * stage.period - moment.pose.x * 0.3) % stage.period - 0.1
            s = (0.1 + 0.05 * y) * stage.tall
            tilt = 2.2 * wave(moment.t * 0.16 + phase)
            with pen.at(
                px,
                stage.y(0.605 + 0.045 * y) + 0.004 * wave(moment.t * 0.2 + phase),
                angle=tilt,
                scale=s,
            ):
                pen.fade(
                    [(-0.6, 0.02), (0.62, 0.02), (0.5, 0.3), (-0.5, 0.3)],
                    0x1F5878,
                    0x1F5878,
                    alphas=(0.35, 0.0),
                )
                pen.box(-0.015, -1.0, 0.03, 0.85, 0x8A6A4A, shade=0)
                pen.poly([(0.03, -0.95), (0.03, -0.3), (0.4, -0.3)], 0xF8F2E6, shade=0.1)
                pen.blob(
                    [(-0.62, -0.2), (0.66, -0.22), (0.46, 0.04), (-0.46, 0.04)],
                    (0xD8453E, 0x3F7FD0, 0xF2B53A, 0x3F9A7A)[int(c * 4)],
                    shade=0.2,
                    tension=0.4,
                )
                pen.hairs([((-0.58, -0.18), (0.62, -0.2))], 0.04, 0xF8F2E6)

    return Live(0.0, draw, z=0.3)


def _quay(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w, y0, y1 = stage.period + 0.1, stage.y(0.72), stage.height * 1.3
        pen.fade(
            [(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)],
            stage.snowed(0xD9CCB4, 0.9),
            stage.snowed(0xA8957C, 0.8),
        )
        pen.box(-0.05, y0 - 0.004, w, 0.022, stage.snowed(0xEDE4D2, 0.9), shade=0)
        rows = 7
        for k in range(1, rows + 1):
            y = y0 + (stage.height - y0) * (k / rows) ** 1.5
            step = 0.1 + 0.13 * k / rows
            pen.hairs([((-0.05, y), (w, y))], 0.002 + 0.0006 * k, 0x8A765E, alpha=0.55)
            above = y0 + (stage.height - y0) * ((k - 1) / rows) ** 1.5
            joints = [
                ((x * step + (k % 2) * step / 2, above), (x * step + (k % 2) * step / 2, y))
                for x in range(int(w / step) + 1)
            ]
            pen.hairs(joints, 0.002 + 0.0004 * k, 0x8A765E, alpha=0.45)

    return paint


def _bollards(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("bollards")
        count = max(2, round(stage.period / 0.5))
        for k in range(count):
            x, y, h = (k + 0.5) / count * stage.period, stage.y(0.735), 0.05 * stage.tall
            pen.soft(x, y, h * 0.7, h * 0.15, 0x1B1436, 0.4)
            pen.box(x - h * 0.22, y - h, h * 0.44, h, 0x4A4E58, corner=h * 0.1, shade=0.25)
            pen.oval(x, y - h, h * 0.32, h * 0.16, 0x5A5E68, shade=0.2)
            if dice.coin(0.6):
                cx, cy, s = x + dice.between(0.12, 0.3), stage.y(0.745), 0.085 * stage.tall
                pen.soft(cx + s / 2, cy, s * 0.8, s * 0.12, 0x1B1436, 0.35)
                pen.box(cx, cy - s, s, s, 0xB58654, shade=0.1)
                slats = [((cx, cy - s * u), (cx + s, cy - s * u)) for u in (0.33, 0.66)]
                pen.hairs(slats, s * 0.04, 0x7A5430)

    return paint


def _lamps(stage: Stage) -> Layer:
    def paint(pen: Pen) -> None:
        count = max(2, round(stage.period / 1.1))
        for k in range(count):
            street_lamp(
                pen, stage, (k + 0.15) / count * stage.period, stage.y(0.735), 0.34 * stage.tall
            )

    return Layer(0.7, paint, z=0.976)


SETTINGS = {
    "lake": Setting(parts=lake, horizon=0.55, ground=(0.83, 0.92), water=(0.66, 0.76)),
    "river": Setting(parts=river, horizon=0.57, ground=(0.85, 0.92), water=(0.7, 0.78)),
    "waterfall": Setting(
        parts=waterfall, horizon=0.6, ground=(0.85, 0.92), water=(0.72, 0.79), clouds=3
    ),
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
    "harbour": Setting(
        parts=harbour, horizon=0.54, ground=(0.77, 0.89), water=(0.63, 0.69), clouds=4
    ),
}
