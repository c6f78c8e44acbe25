"""Beach and sea."""

import math
from collections.abc import Callable, Iterator

from animatic.colour import lighter, mix
from animatic.ease import TAU, wave
from animatic.rig.pen import Pen
from animatic.scenery.land import Paint, hills, outline, palm, skyline
from animatic.scenery.water import DEEP, MIDDLE, SHALLOW, glints, swell, water
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage


def sea(stage: Stage) -> Iterator[Part]:
    """Open water: glints below the horizon, then swells that rock and drift."""
    yield Layer(0.08, hills(stage, stage.y(0.53), 0.06, 0x7896B0, 0x8FB0C0, name="isle"), far=0.55)
    yield Layer(0.1, water(stage, (0.52, 0.8), mix(MIDDLE, stage.light.sky[2], 0.35), DEEP), z=0.1)
    yield glints(stage, 0.525, 0.6)
    yield glints(stage, 0.6, 0.76, z=0.61)
    yield glints(stage, 0.76, 0.96, z=1.06)
    rows = (
        (0.4, 0.58, 0.012),
        (0.6, 0.66, 0.018),
        (0.8, 0.75, 0.025),
        (1.05, 0.86, 0.034),
        (1.3, 0.965, 0.045),
    )
    for k, (depth, top, height) in enumerate(rows):
        yield Layer(
            depth,
            swell(stage, top, height, k),
            drift=(0.014 + 0.012 * k) * (-1) ** k,
            bob=(0.006 + 0.003 * k, 0.17 + 0.02 * k),
        )


def beach(stage: Stage) -> Iterator[Part]:
    """Sea behind, waves that run up the sand and draw back, dunes of sand before."""
    yield Layer(
        0.06,
        hills(stage, stage.y(0.49), 0.09, 0x86A7A8, 0x9CBFB0, name="headland", rough=0.5),
        far=0.5,
    )
    yield Layer(
        0.1, water(stage, (0.48, 0.8), mix(MIDDLE, stage.light.sky[2], 0.3), SHALLOW), z=0.1
    )
    yield glints(stage, 0.485, 0.63, z=0.37)
    for k, (depth, top) in enumerate(((0.24, 0.53), (0.36, 0.575))):
        yield Layer(
            depth,
            swell(stage, top, 0.008 + 0.004 * k, k),
            drift=0.012 * (k + 1),
            bob=(0.004, 0.2 + 0.05 * k),
        )
    yield Live(0.5, _surf(stage), z=0.4)
    yield Layer(0.7, _sand(stage), z=0.39)
    yield Layer(0.7, _pebbles(stage), z=0.41)
    yield Layer(0.7, _shells(stage), z=0.415)
    yield _palm_frame(stage)
    yield Layer(1.3, _dune_grass(stage), z=1.35)


def _sand(stage: Stage) -> Paint:
    y = outline(stage, stage.y(0.665), 0.015, 0.3, "sand")
    line = skyline(stage, y)

    def paint(pen: Pen) -> None:
        pen.fade(line, stage.snowy(0xD9BE92, 0.8), stage.snowy(0xF0D49A, 0.8))
        for k in range(7):
            low = [
                (
                    x,
                    v
                    + 0.05
                    + 0.045 * k * (1 + 0.12 * k)
                    + 0.006 * math.sin(TAU * (x / stage.period * (3 + k)) + k),
                )
                for x, v in line[:-2]
            ]
            pen.line(low, 0.0025 + 0.001 * k, 0xC9A873, alpha=0.35, smooth=False)

    return paint


def _surf(stage: Stage) -> Callable[[Pen, Moment], None]:
    edge = stage.y(0.665)

    def draw(pen: Pen, moment: Moment) -> None:
        shift = moment.pose.x * 0.5
        for k, lag in enumerate((0.0, 0.45)):
            reach = 0.5 + 0.5 * wave(moment.t * 0.16 + lag)
            y = edge - 0.018 + 0.05 * reach - 0.014 * k
            top = [(x / 24 * stage.width * 1.3 - 0.2 + shift, 0.0) for x in range(25)]
            line = [
                (x, y + 0.008 * math.sin(9 * x + 2 * k + moment.t * 0.5) + 0.006 * math.sin(21 * x))
                for x, _ in top
            ]
            roof = edge - 0.05
            pen.fade(
                [*line, (line[-1][0], roof), (line[0][0], roof)],
                SHALLOW,
                lighter(SHALLOW, 0.45),
                alphas=(0.85, 0.6),
            )
            pen.line(line, 0.011, 0xFFFFFF, alpha=0.9)
            pen.line([(x, v - 0.016) for x, v in line], 0.004, 0xFFFFFF, alpha=0.5)

    return draw


def _pebbles(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        for x, y, size, c, *_ in stage.scatter("pebbles", 46):
            px, py = x * stage.period, stage.y(0.72 + 0.28 * y)
            r = (0.004 + 0.008 * size) * (0.4 + y)
            colour = (0xBFA27A, 0xA98D6E, 0xE9D9BC, 0xF3E7D2)[int(c * 4)]
            pen.soft(px, py + r * 0.5, r * 1.8, r * 0.6, 0x6B4A3A, 0.35)
            pen.oval(px, py, r * 1.3, r * 0.8, colour)

    return paint


def _shells(stage: Stage) -> Paint:
    """A starfish or two, and shells."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("shells")
        for k in range(5):
            x, y = dice.between(0, stage.period), stage.y(dice.between(0.78, 0.97))
            r = 0.016 * stage.tall * (y / stage.height)
            pen.soft(x, y + r * 0.4, r * 1.5, r * 0.5, 0x6B4A3A, 0.3)
            turn = dice.between(0, 1)
            if k % 2:
                star = [
                    (
                        x + r * (1.2 if n % 2 == 0 else 0.5) * math.sin(TAU * (n / 10 + turn)),
                        y
                        - 0.6 * r * (1.2 if n % 2 == 0 else 0.5) * math.cos(TAU * (n / 10 + turn)),
                    )
                    for n in range(10)
                ]
                pen.blob(star, 0xE8744A, shade=0.2, tension=0.5)
            else:
                fan = [
                    (x + r * math.cos(a), y - r * math.sin(a)) for a in (0, 0.8, 1.57, 2.3, 3.14)
                ]
                pen.poly([*fan, (x, y + r * 0.5)], 0xF6D8C8, shade=0.2)
                ribs = [((x, y + r * 0.4), (px, py)) for px, py in fan]
                pen.hairs(ribs, r * 0.1, 0xD9A08C)

    return paint


def _palm_frame(stage: Stage) -> Live:
    """A palm at one side; upright frames and most seeds have it."""
    chance = stage.dice("palm frame")
    hidden = stage.height < 1.25 and chance.coin(0.4)
    side = 1 if stage.light.side < 0 else -1

    def draw(pen: Pen, moment: Moment) -> None:
        x = stage.width * (0.5 + 0.45 * side) - moment.pose.x * 0.7
        x = (x + 0.6) % (stage.period + 1.2) - 0.6
        if not hidden and x < stage.width + 0.6:
            tall = stage.height * 0.62
            sway = -0.14 * side + 0.012 * wave(moment.t * 0.12) * (0.5 + 2 * stage.wind)
            dice = stage.dice("palm fronds")
            palm(pen, x, stage.y(0.73), tall, 0x4F9E4E, dice, lean=sway)

    return Live(0.0, draw, z=0.43)


def _dune_grass(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("dune grass")
        for k in range(3):
            x = (k + dice.between(0.1, 0.9)) / 3 * stage.period
            foot = stage.height + 0.03
            for _ in range(14):
                lean, h = dice.around(0.02, 0.07), dice.between(0.07, 0.17)
                x0 = x + dice.around(0, 0.06)
                pen.limb(
                    [(x0, foot), (x0 + lean * 0.3, foot - h * 0.6), (x0 + lean, foot - h)],
                    [0.009, 0.006, 0.001],
                    0x8C9A54,
                    shade=0.1,
                )

    return paint


SETTINGS = {
    "sea": Setting(parts=sea, horizon=0.52, ground=None, water=(0.64, 0.84)),
    "beach": Setting(parts=beach, horizon=0.48, ground=(0.74, 0.88), water=(0.53, 0.58), clouds=4),
}
