"""A harbour."""

from collections.abc import Iterator

from animatic.colour import mix
from animatic.ease import wave
from animatic.rig.pen import Pen
from animatic.scenery.buildings import cottage, street_lamp
from animatic.scenery.land import (
    Paint,
    hills,
    rock,
    together,
)
from animatic.scenery.water import DEEP, glints, swell, water
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

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
            stage.snowy(0xD9CCB4, 0.9),
            stage.snowy(0xA8957C, 0.8),
        )
        pen.box(-0.05, y0 - 0.004, w, 0.022, stage.snowy(0xEDE4D2, 0.9), shade=0)
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
    "harbour": Setting(
        parts=harbour, horizon=0.54, ground=(0.77, 0.89), water=(0.63, 0.69), clouds=4
    ),
}
