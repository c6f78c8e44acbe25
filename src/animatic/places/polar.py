"""Cold country: snow and ice."""

from collections.abc import Iterator

from animatic.colour import mix
from animatic.dice import Dice
from animatic.ease import wave
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    boulders,
    conifers,
    flat,
    hills,
    ledge,
    outline,
    skyline,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

# Cold country


def snowfield(stage: Stage) -> Iterator[Part]:
    """Snowy hills and firs, blue shadows, tracks of the wind."""
    yield Layer(
        0.1,
        hills(stage, stage.y(0.56), 0.16, 0xC3D4EA, 0xDCE7F4, name="white far", rough=0.55),
        far=0.35,
    )
    y = outline(stage, stage.y(0.62), 0.05, 0.4, "white mid")
    yield Layer(
        0.28, hills(stage, stage.y(0.62), 0.05, 0xE6EEF8, 0xD2E0F0, name="white mid"), far=0.12
    )
    yield Layer(
        0.28, conifers(stage, y, 13, (0.1, 0.22), (0xDDE9F2, 0x5E8A8C), "white"), far=0.12, z=0.281
    )
    yield Layer(
        0.7, hills(stage, stage.y(0.67), 0.03, 0xFBFDFF, 0xC6D8EE, name="white", deep=True), z=0.35
    )
    yield Layer(0.7, _drifts(stage), z=0.36)
    yield Layer(
        0.7, boulders(stage, (0.71, 1.0), 5, (0xCBD8E8, 0xB4C4DA), "white", size=0.04), z=0.37
    )
    yield _glitter(stage, (0.68, 1.0))
    yield Layer(1.25, _near_firs(stage), z=1.3)


def _drifts(stage: Stage) -> Paint:
    """Soft blue hollows in the snow."""

    def paint(pen: Pen) -> None:
        for x, y, w, *_ in stage.scatter("drifts", 18):
            px, py = x * stage.period, stage.y(0.7 + 0.3 * y)
            half = (0.08 + 0.16 * w) * (0.4 + y)
            curve = [(px - half, py), (px, py - 0.012 - 0.02 * y), (px + half, py)]
            pen.fade(
                [*curve, (px, py + 0.02 * (0.4 + y))],
                0xFFFFFF,
                0xA9C2E4,
                alphas=(0.7, 0.5),
                smooth=True,
            )

    return paint


def _glitter(stage: Stage, band: tuple[float, float]) -> Live:
    """Crystals that catch the light."""
    table = stage.scatter("glitter", 60)

    def draw(pen: Pen, moment: Moment) -> None:
        for group in range(3):
            on = wave(moment.t * 0.4 + group / 3)
            if on > 0:
                spots = []
                for x, y, *_ in table[group::3]:
                    px = (x * stage.period - moment.pose.x * 0.7) % stage.period
                    spots.append((px, stage.y(band[0] + (band[1] - band[0]) * y)))
                pen.specks(spots, 0.004, 0xFFFFFF, alpha=0.85 * on, lit=False)

    return Live(0.0, draw, z=0.38)


def _near_firs(stage: Stage) -> Paint:
    """Snow-laden boughs in the corners."""

    def paint(pen: Pen) -> None:
        grow = stage.tall
        for x, side in ((-0.02, 1), (stage.width + 0.04, -1)):
            for k in range(3):
                y = stage.height * (0.02 + 0.1 * k) - 0.06
                long = (0.26 - 0.05 * k) * grow
                tip = (x + side * long, y + 0.12 * grow)
                pen.poly([(x, y), tip, (x, y + 0.15 * grow)], 0x3A6468, shade=0.1)
                snow = [
                    (x, y - 0.012),
                    (x + side * long * 0.5, y + 0.035 * grow),
                    tip,
                    (x + side * long * 0.45, y + 0.075 * grow),
                    (x, y + 0.045 * grow),
                ]
                pen.blob(snow, 0xF4F8FF, shade=0.08, tension=0.6)

    return paint


def polar(stage: Stage) -> Iterator[Part]:
    """Icebergs in a cold sea, a shelf of ice with blue cracks."""
    yield Layer(
        0.06,
        hills(stage, stage.y(0.53), 0.12, 0xB8CCE4, 0xD6E4F2, name="ice far", rough=0.75),
        far=0.4,
    )
    yield Layer(
        0.1, flat(stage, (0.53, 0.74), mix(0x5EA6C8, stage.light.sky[2], 0.35), 0x2E7AA6), z=0.1
    )
    yield Layer(0.16, _bergs(stage, 4, 0.565, (0.1, 0.18)), bob=(0.003, 0.11), far=0.2)
    yield Layer(0.3, _bergs(stage, 2, 0.625, (0.2, 0.3)), bob=(0.004, 0.14), far=0.06)
    yield Layer(0.42, _floes(stage), bob=(0.003, 0.16))
    yield Layer(0.7, _shelf(stage), z=0.425)
    yield Layer(0.7, _drifts(stage), z=0.43)
    yield Layer(
        0.7, boulders(stage, (0.74, 1.0), 6, (0xD4E6F6, 0xB4D2EC), "ice", size=0.05), z=0.44
    )
    yield _glitter(stage, (0.71, 1.0))


def _bergs(stage: Stage, count: int, foot: float, size: tuple[float, float]) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("bergs", count)
        y = stage.y(foot)
        for k in range(count):
            x = (k + dice.between(0.2, 0.8)) / count * stage.period
            h = dice.between(*size) * stage.tall
            berg(pen, x, y, h, dice)

    return paint


def berg(pen: Pen, x: float, y: float, h: float, dice: Dice) -> None:
    """An iceberg: facets, a turquoise foot, its reflection."""
    w = h * dice.between(0.75, 1.15)
    peak, shoulder = dice.around(-0.1, 0.2), dice.between(0.4, 0.62)
    body = [
        (-1, 0),
        (-0.72, -0.5),
        (peak - 0.12, -0.92),
        (peak, -1),
        (0.36, -shoulder),
        (0.7, -shoulder * 0.85),
        (1, 0),
    ]
    pen.fade(
        [(x + u * w, y - v * h * 0.35) for u, v in body], 0xD8EEF8, 0x7AB8D4, alphas=(0.6, 0.05)
    )
    pen.poly([(x + u * w, y + v * h) for u, v in body], 0xE8F3FB, shade=0.06)
    dark = [
        (peak, -1),
        (0.36, -shoulder),
        (0.7, -shoulder * 0.85),
        (1, 0),
        (0.2, 0),
        (peak + 0.16, -0.5),
    ]
    flip = -1 if pen.light.side > 0 else 1
    if flip > 0:
        pen.poly([(x + u * w, y + v * h) for u, v in dark], 0xA9CBE6, shade=0.08)
    else:
        dark = [
            (-1, 0),
            (-0.72, -0.5),
            (peak - 0.12, -0.92),
            (peak, -1),
            (peak - 0.1, -0.5),
            (-0.25, 0),
        ]
        pen.poly([(x + u * w, y + v * h) for u, v in dark], 0xA9CBE6, shade=0.08)
    pen.fade(
        [(x - w, y), (x + w, y), (x + w * 0.92, y - h * 0.09), (x - w * 0.95, y - h * 0.09)],
        0x8FE0E4,
        0x54B8CC,
        alphas=(0.0, 0.75),
    )


def _floes(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        for x, y, w, a, *_ in stage.scatter("floes", 14):
            px, py = x * stage.period, stage.y(0.6 + 0.085 * y)
            half = (0.03 + 0.06 * w) * (0.5 + y)
            plate = [
                (-1, 0),
                (-0.6, -0.24),
                (0.3 + 0.3 * a, -0.28),
                (1, -0.02),
                (0.5, 0.2),
                (-0.5, 0.22),
            ]
            pen.poly([(px + u * half, py + v * half + 0.01) for u, v in plate], 0x7FB4D0, shade=0)
            pen.poly([(px + u * half, py + v * half) for u, v in plate], 0xF2F8FD, shade=0.05)

    return paint


def _shelf(stage: Stage) -> Paint:
    y = outline(stage, stage.y(0.71), 0.02, 0.75, "shelf")
    line = skyline(stage, y)

    def paint(pen: Pen) -> None:
        ledge(pen, stage, line)
        pen.fade([(x, v + 0.035) for x, v in line], 0x6FB6D6, 0x9CCBE4)
        pen.fade(line, 0xF6FBFF, 0xBFD8EE)
        dice = stage.dice("cracks")
        for _ in range(7):
            x, v = dice.between(0, stage.period), stage.y(dice.between(0.76, 0.96))
            crack = [(x, v)]
            for _ in range(5):
                x, v = x + dice.between(0.02, 0.09), v + dice.around(0, 0.02)
                crack.append((x, v))
            pen.line(crack, 0.004, 0x8FBFE0, alpha=0.8, smooth=False)

    return paint


SETTINGS = {
    "snowfield": Setting(parts=snowfield, horizon=0.57, ground=(0.71, 0.88), clouds=3),
    "polar": Setting(parts=polar, horizon=0.53, ground=(0.75, 0.89), water=(0.61, 0.68), clouds=3),
}
