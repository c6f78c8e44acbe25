"""A stage in its spotlights."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from animatic.colour import darker, lighter
from animatic.ease import wave
from animatic.light import Light
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
)
from animatic.scenery.rooms import FLOOR, floorboards
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

# The stage


def _footlights(light: Light) -> Light:
    """Spotlights, whatever the hour."""
    return replace(
        light,
        sky=(0x140A1E, 0x24102E, 0x3A1A3E),
        tint=0xFFF0DC,
        haze=0x4A2440,
        rim=0xFFE8B0,
        place=(0.3, 0.1),
        shade=0.4,
        reach=0.4,
        glow=0.8,
        mist=0.0,
        lamps=1.0,
        moon=False,
    )


def stage_of_theatre(stage: Stage) -> Iterator[Part]:
    """A theatre: red curtains, boards, swinging spotlights, heads of the audience."""
    yield Layer(0.0, _backcloth(stage), z=0.0)
    yield Layer(0.55, floorboards(stage, 0xB07A4A), z=0.3)
    yield Layer(0.55, _pools(stage), z=0.31)
    yield _spotlights(stage)
    yield Live(0.0, _drapes(stage), z=1.2)
    yield Layer(1.2, _audience(stage), z=1.3)


def _backcloth(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w, floor = stage.period + 0.1, stage.y(FLOOR + 0.02)
        deep = stage.dice("cloth").pick((0x2A1A4E, 0x3E1438, 0x14304E))
        pen.fade(
            [(-0.1, -0.3), (w, -0.3), (w, floor), (-0.1, floor)],
            darker(deep, 0.3),
            lighter(deep, 0.14),
            lit=False,
        )
        folds = round(w / 0.09)
        for k in range(folds):
            x = k * w / folds
            pen.fade(
                [(x, -0.3), (x + 0.04, -0.3), (x + 0.04, floor), (x, floor)],
                deep,
                lighter(deep, 0.3),
                alphas=(0.0, 0.35),
                lit=False,
            )
        for k in range(9):
            pen.glow((k + 0.5) / 9 * w, stage.y(0.02), 0.05, 0xFFD890, 0.5)
        pen.glow(stage.width / 2, stage.y(0.55), 0.6 * stage.tall, lighter(deep, 0.5), 0.55)

    return paint


def _pools(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        pen.soft(stage.width * 0.5, stage.y(0.82), 0.55, 0.1 * stage.tall, 0xFFF3CC, 0.75)
        y = stage.y(0.965)
        pen.fade(
            [(-0.05, y), (stage.period + 0.1, y), (stage.period + 0.1, y + 0.2), (-0.05, y + 0.2)],
            0x4A2A20,
            0x1E1014,
        )

    return paint


def _spotlights(stage: Stage) -> Live:
    def draw(pen: Pen, moment: Moment) -> None:
        for k, (u, colour) in enumerate(
            ((0.1, 0xFFE9B0), (0.36, 0xFFC8E0), (0.64, 0xC8E4FF), (0.9, 0xFFE9B0))
        ):
            x = stage.width * u
            aim = stage.width * (0.5 + 0.22 * wave(moment.t * 0.07 + 0.29 * k) + 0.2 * (u - 0.5))
            floor, half = stage.y(0.84), 0.14 * stage.tall
            cone = [
                (x - 0.012, -0.02),
                (x + 0.012, -0.02),
                (aim + half, floor),
                (aim - half, floor),
            ]
            pen.fade(cone, colour, colour, alphas=(0.42, 0.04), lit=False)
            pen.soft(aim, floor, half, 0.032 * stage.tall, colour, 0.3)
            pen.glow(x, 0.0, 0.08, colour, 0.9)

    return Live(0.0, draw, z=0.32)


def _drapes(stage: Stage) -> Callable[[Pen, Moment], None]:
    """The curtains at both sides and above, stirring a little."""

    def draw(pen: Pen, moment: Moment) -> None:
        wide, h = 0.17 * min(1.3, stage.width), stage.height
        for side in (-1, 1):
            edge = 0.0 if side < 0 else stage.width
            for k in range(5):
                a, b = (edge - side * wide * u for u in (k / 5, (k + 1) / 5))
                sway = 0.006 * wave(moment.t * 0.12 + 0.2 * k)
                pull = 0.55 if k == 4 else 1.0
                shape = [
                    (a, -0.05),
                    (b, -0.05),
                    (edge + (b - edge) * 0.86 * pull**0.3 + sway, h * 0.62),
                    (b + sway, h + 0.05),
                    (a, h + 0.05),
                ]
                pen.poly(shape, 0xB3263A if k % 2 else 0x8C1A30, shade=0.14)
        count = max(3, round(stage.width / 0.3))
        for k in range(count):
            x, w = k / count * stage.width, stage.width / count
            drop = 0.1 * stage.tall
            pen.blob(
                [
                    (x - 0.01, -0.08),
                    (x + w + 0.01, -0.08),
                    (x + w * 0.96, drop * 0.6),
                    (x + w * 0.5, drop * 1.15),
                    (x + w * 0.04, drop * 0.6),
                ],
                0xA02036 if k % 2 else 0xB3263A,
                shade=0.2,
                tension=0.7,
            )
            pen.line(
                [
                    (x + w * 0.04, drop * 0.62),
                    (x + w * 0.5, drop * 1.13),
                    (x + w * 0.96, drop * 0.62),
                ],
                0.008,
                0xE8B84A,
            )

    return draw


def _audience(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("audience")
        for row, (lift, r) in enumerate(((0.035, 0.034), (0.0, 0.045))):
            r *= stage.tall
            count = round(stage.period / (r * 2.7))
            for k in range(count):
                x = (k + 0.5 * row + dice.around(0, 0.1)) / count * stage.period
                y = stage.height - lift - r * dice.between(0.3, 0.6)
                tone = 0x2A1626 if row else 0x3A2034
                pen.oval(x, y, r * 0.8, r, tone, shade=0.08)
                pen.oval(x, y + r * 1.7, r * 1.5, r, tone, shade=0.04)

    return paint


SETTINGS = {
    "stage": Setting(
        parts=stage_of_theatre,
        horizon=0.7,
        ground=(0.77, 0.86),
        air=(0.2, 0.45),
        sky=False,
        clouds=0,
        light=_footlights,
        sheltered=True,
    ),
}
