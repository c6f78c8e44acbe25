"""Inland waters: lake, river, waterfall."""

import math
from collections.abc import Callable, Iterator

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import Point, gust, wave
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    GREENS,
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
from animatic.scenery.water import glints
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage


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
        pen.hairs(stems, 0.007, stage.snowy(0x4E7E3C, 0.3))
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
            stage.snowy(own(stage, 0x9CC862), 0.9),
            stage.snowy(own(stage, 0x7CAA52), 0.8),
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
        pen.fade([*line, *reversed(low)], stage.snowy(0xB79A68, 0.6), 0x6A5638)

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
    yield Live(0.1, _fall_about(stage, x, wide), z=0.11)
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
        pen.fade(body, stage.snowy(lighter(stone, 0.08), 0.3), darker(stone, 0.3))
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
                    colour = stage.snowy(own(stage, dice.pick((0x5E9B4C, 0x4E8C50, 0x7CB054))), 0.7)
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


def _fall_about(stage: Stage, x: float, wide: float) -> Callable[[Pen, Moment], None]:
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


SETTINGS = {
    "lake": Setting(parts=lake, horizon=0.55, ground=(0.83, 0.92), water=(0.66, 0.76)),
    "river": Setting(parts=river, horizon=0.57, ground=(0.85, 0.92), water=(0.7, 0.78)),
    "waterfall": Setting(
        parts=waterfall, horizon=0.6, ground=(0.85, 0.92), water=(0.72, 0.79), clouds=3
    ),
}
