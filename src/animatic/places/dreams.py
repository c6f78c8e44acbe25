"""Where nothing is known: places made of the colours and the rhythm of the words."""

import math
from collections.abc import Callable, Iterator

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.pen import Pen
from animatic.scenery.land import hills
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

Draw = Callable[[Pen, Moment], None]
SPARE = (0x2E2A5A, 0x5B4B9A, 0xB06AB3, 0xF2A65A, 0xFCE3B4, 0x3E7CB8)


def _colours(stage: Stage) -> tuple[Colour, ...]:
    return (*stage.palette, *SPARE[len(stage.palette) :])


def _sky(stage: Stage, high: Colour, low: Colour) -> Layer:
    """A gradient as wide as the land, with light where it is low."""

    def paint(pen: Pen) -> None:
        w, h = stage.period + 0.1, stage.height * 1.3
        box = [(-0.05, -0.3), (w, -0.3), (w, h), (-0.05, h)]
        pen.fade(box, high, low, lit=False)

    return Layer(0.0, paint)


def _halo(stage: Stage, colour: Colour) -> Layer:
    def paint(pen: Pen) -> None:
        pen.glow(stage.width * 0.5, stage.y(0.5), 0.75 * max(1.0, stage.height), colour, 0.6)

    return Layer(0.02, paint)


def _sparks(stage: Stage, colour: Colour) -> Live:
    """Motes that rise and breathe."""
    table = stage.scatter("sparks", 34)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, y, size, speed, phase, near in table:
            px = (x - moment.pose.x * (0.2 + 0.6 * near) / stage.width) % 1.06 * stage.width
            px += 0.05 * wave(moment.t * 0.09 * (0.5 + speed) + phase)
            py = stage.height * ((y - moment.t * 0.035 * (0.4 + speed)) % 1.08)
            r = 0.006 + 0.02 * size * size
            pen.soft(px, py, r, r, colour, 0.5 + 0.35 * wave(moment.t * 0.3 + phase))

    return Live(0.0, draw, z=1.3)


def dunes(stage: Stage) -> Iterator[Part]:
    """Waves of land, one before the other, that flow; a great sun behind them."""
    deep, mid, warm, accent, pale, _ = _colours(stage)
    yield _sky(stage, mix(deep, mid, 0.25), pale)

    def sun(pen: Pen) -> None:
        x, y = stage.width * 0.62, stage.y(0.42)
        pen.glow(x, y, 0.8, lighter(accent, 0.3), 0.55)
        disc = [
            (x + 0.2 * math.cos(TAU * k / 32), y + 0.2 * math.sin(TAU * k / 32)) for k in range(32)
        ]
        pen.fade(disc, lighter(pale, 0.35), accent, smooth=True, lit=False)

    yield Layer(0.02, sun)
    tones = [mix(pale, warm, 0.45), warm, mix(warm, mid, 0.6), mid, mix(mid, deep, 0.6), deep]
    for k, tone in enumerate(tones):
        base, depth = stage.y(0.5 + 0.1 * k), 0.1 + 0.16 * k
        paint = hills(
            stage,
            base,
            0.2 * (1 + 0.1 * k),
            lighter(tone, 0.16),
            darker(tone, 0.12),
            name=f"dune {k}",
            rough=0.24,
            deep=True,
        )
        yield Layer(depth, paint, drift=(-1) ** k * (0.012 + 0.007 * k))
    yield _sparks(stage, lighter(pale, 0.4))


def orbits(stage: Stage) -> Iterator[Part]:
    """Worlds on their rings about a light."""
    deep, mid, warm, accent, pale, other = _colours(stage)
    yield _sky(stage, darker(deep, 0.45), mix(deep, mid, 0.55))
    yield _halo(stage, lighter(accent, 0.1))
    yield Live(0.25, _worlds(stage, (warm, accent, mid, pale, other)), z=0.5)
    yield _sparks(stage, lighter(pale, 0.5))


def _worlds(stage: Stage, colours: tuple[Colour, ...]) -> Draw:
    dice = stage.dice("worlds")
    x, y = stage.width * 0.5, stage.y(0.5)
    tilt = dice.around(-14, 8)
    rings = [
        (
            0.17 + 0.105 * k,
            dice.between(0, 1),
            (0.16, 0.11, 0.08, 0.06, 0.045)[k],
            0.026 + 0.012 * k,
        )
        for k in range(5)
    ]
    flat = 0.36 * max(1.0, stage.height * 0.75)

    reach = min(1.6, 0.35 + 0.7 * stage.width)

    def world(pen: Pen, k: int, t: float, *, front: bool) -> None:
        radius, phase, speed, size = rings[k]
        turn = TAU * (phase + speed * t)
        if (math.sin(turn) > 0) != front:
            return
        px, py = radius * reach * math.cos(turn), radius * reach * flat * math.sin(turn)
        near = 1 + 0.35 * math.sin(turn)
        pen.glow(px, py, size * 2.6 * near, colours[k], 0.35)
        pen.fade(
            _circle(px, py, size * near),
            lighter(colours[k], 0.45),
            colours[k],
            smooth=True,
            lit=False,
        )

    def draw(pen: Pen, moment: Moment) -> None:
        with pen.at(x, y, angle=tilt + 3 * wave(moment.t * 0.04)):
            for k, (radius, *_) in enumerate(rings):
                pen.line(
                    _ring(radius * reach, flat),
                    0.004,
                    lighter(colours[k], 0.3),
                    alpha=0.5,
                    closed=True,
                )
                world(pen, k, moment.t, front=False)
            beat = 0.1 * (1 + 0.06 * wave(moment.t * 0.5))
            pen.glow(0, 0, 3.4 * beat, lighter(colours[1], 0.4), 0.8)
            pen.fade(
                _circle(0, 0, beat),
                lighter(colours[3], 0.6),
                lighter(colours[1], 0.2),
                smooth=True,
                lit=False,
            )
            for k in range(5):
                world(pen, k, moment.t, front=True)

    return draw


def _circle(x: float, y: float, r: float) -> list[Point]:
    return [(x + r * math.cos(TAU * k / 16), y + r * math.sin(TAU * k / 16)) for k in range(16)]


def _ring(r: float, flat: float) -> list[Point]:
    return [(r * math.cos(TAU * k / 28), r * flat * math.sin(TAU * k / 28)) for k in range(28)]


def blossom(stage: Stage) -> Iterator[Part]:
    """A great flower of light that opens and turns, and small ones about it."""
    deep, mid, warm, accent, pale, other = _colours(stage)
    yield _sky(stage, darker(deep, 0.3), mix(mid, deep, 0.3))
    yield _halo(stage, warm)
    tall = 0.3 * min(1.3, max(1.0, stage.height * 0.8))
    flowers = [
        (0.5, 0.5, tall, (mid, warm, accent, pale)),
        (0.16, 0.3, 0.13, (other, mid, pale, accent)),
        (0.85, 0.7, 0.16, (accent, other, warm, pale)),
        (0.8, 0.2, 0.09, (warm, accent, pale, mid)),
        (0.2, 0.78, 0.1, (mid, pale, other, warm)),
    ]
    for k, (x, y, size, colours) in enumerate(flowers[::-1]):
        depth = 0.2 + 0.12 * k
        yield Live(depth, _flower(stage, x, y, size, colours, k), z=depth)
    yield _sparks(stage, lighter(pale, 0.5))


def _flower(
    stage: Stage, x: float, y: float, size: float, colours: tuple[Colour, ...], k: int
) -> Draw:
    petals = stage.dice("petals", k).pick((7, 8, 9, 11))

    def draw(pen: Pen, moment: Moment) -> None:
        with pen.at(stage.width * x, stage.y(y), scale=size):
            for ring, colour in enumerate(colours):
                open_ = 1 - 0.24 * ring + 0.07 * wave(moment.t * 0.24 - 0.14 * ring + 0.3 * k)
                turn = (-1) ** ring * moment.t * (5 + 2 * ring) + 17 * ring
                _petals(pen, petals, open_, turn, colour)
            pen.glow(0, 0, 0.4, lighter(colours[-1], 0.6), 0.9)

    return draw


def _petals(pen: Pen, count: int, open_: float, turn: float, colour: Colour) -> None:
    for p in range(count):
        with pen.at(angle=turn + 360 * p / count, scale=open_):
            shape = [(0.0, 0.0), (0.24, 0.3), (0.22, 0.72), (0.0, 1.0), (-0.22, 0.72), (-0.24, 0.3)]
            pen.fade(
                shape,
                mix(colour, lighter(colour, 0.5), 0.3),
                lighter(colour, 0.3),
                alphas=(0.25, 0.8),
                smooth=True,
                lit=False,
            )


def silk(stage: Stage) -> Iterator[Part]:
    """Ribbons of shining cloth that wave one before the other."""
    deep, mid, warm, accent, pale, other = _colours(stage)
    yield _sky(stage, darker(deep, 0.3), mix(mid, pale, 0.35))
    yield _halo(stage, lighter(accent, 0.3))
    for k, tone in enumerate((mid, warm, other, accent, deep)):
        yield Live(0.1 + 0.15 * k, _ribbon(stage, k, tone), z=0.2 + 0.1 * k)
    yield _sparks(stage, lighter(pale, 0.5))


def _ribbon(stage: Stage, k: int, colour: Colour) -> Draw:
    dice = stage.dice("silk", k)
    speed, turns, phase = dice.between(0.05, 0.09), dice.between(0.35, 0.7), dice.between(0, 1)
    base, swell = 0.3 + 0.13 * k, 0.12 * max(1.0, stage.height * 0.8)
    bright, deep = lighter(colour, 0.3), darker(colour, 0.35)

    def draw(pen: Pen, moment: Moment) -> None:
        crest, top, low = [], [], []
        for j in range(22):
            x = -0.5 + (stage.width + 1.0) * j / 21
            y = stage.y(base) + swell * wave(turns * x + speed * moment.t + phase)
            y += 0.4 * swell * wave(2.1 * turns * x - speed * 1.6 * moment.t)
            thick = 0.17 + 0.09 * wave(0.5 * x + speed * moment.t + phase)
            top.append((x, y))
            crest.append((x, y + 0.12 * thick))
            low.append((x, y + thick))
        pen.fade([*top, *reversed(low)], bright, deep, alphas=(0.96, 0.55), smooth=True, lit=False)
        pen.fade(
            [*top, *reversed(crest)], lighter(bright, 0.4), bright, alphas=(0.7, 0.0), lit=False
        )

    return draw


def _floating(parts: Callable[[Stage], Iterator[Part]]) -> Setting:
    return Setting(parts=parts, ground=(0.72, 0.86), sky=False, clouds=0, shadows=False)


SETTINGS = {
    "abstract_dunes": _floating(dunes),
    "abstract_orbits": _floating(orbits),
    "abstract_blossom": _floating(blossom),
    "abstract": _floating(silk),
}
