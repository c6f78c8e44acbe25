"""Shared parts of places: sky, clouds, ridges, trees in rows, grass."""

import math
from collections.abc import Callable

from filmgate.engines.animatic.colour import Colour, darker, lighter, mix
from filmgate.engines.animatic.dice import Dice
from filmgate.engines.animatic.draw.pen import Pen
from filmgate.engines.animatic.ease import TAU, Point, gust
from filmgate.engines.animatic.stage import Layer, Live, Moment, Stage

Paint = Callable[[Pen], None]
STEP = 0.02


def outline(
    stage: Stage, base: float, height: float, rough: float, name: str
) -> Callable[[float], float]:
    """A skyline y(x) that repeats with the stage: a few sines, finer and weaker with `rough`."""
    dice = stage.dice("outline", name)
    waves = [
        (k, dice.between(0, 1), dice.between(0.6, 1.0) * float(rough ** math.log2(k)))
        for k in (1, 2, 3, 5, 8, 13, 21)
    ]
    total = sum(w for _, _, w in waves)

    def y(x: float) -> float:
        s = sum(w * math.sin(TAU * (k * x / stage.period + p)) for k, p, w in waves)
        return base - height * (0.5 + 0.5 * s / total * 1.6)

    return y


def skyline(
    stage: Stage, y: Callable[[float], float], step: float = STEP, floor: float | None = None
) -> list[Point]:
    """The points of a ground under y(x) over one period and a bit, closed at `floor`.

    What nearer ground covers anyway need not be painted: give it a floor.
    """
    count = round(stage.period / step)
    top = [(x := stage.period * k / count, y(x)) for k in range(count + 1)]
    floor = stage.height * 1.3 if floor is None else floor
    return [*top, (top[-1][0], floor), (top[0][0], floor)]


def hills(
    stage: Stage,
    base: float,
    height: float,
    top: Colour,
    bottom: Colour,
    *,
    name: str,
    rough: float = 0.4,
    deep: bool = False,
) -> Paint:
    """Rolling land, one colour at its crest and another at its foot; `deep` reaches the camera."""
    floor = None if deep else base + 0.12 * stage.height + 0.04
    line = skyline(stage, outline(stage, base, height, rough, name), floor=floor)
    top, bottom = stage.snowed(top, 0.92), stage.snowed(bottom, 0.8)

    def paint(pen: Pen) -> None:
        ledge(pen, stage, line)
        pen.fade(line, top, bottom)

    return paint


def ledge(pen: Pen, stage: Stage, line: list[Point]) -> None:
    """The soft shadow that a cut-out layer throws on what lies behind it."""
    if pen.style.cut:
        for k in range(1, 6):
            lifted = [(x + 0.004 * k * pen.light.slope, y - 0.004 * k) for x, y in line]
            pen.fade(lifted, 0x20163A, 0x20163A, alphas=(0.05, 0.05))


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
    if light.glow < 0.12:
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
    spots = []
    for k in range(count):
        x = (k + dice.between(0.2, 0.8)) / count * stage.period
        y = stage.y(horizon) * dice.between(0.12, 0.68)
        spots.append((x, y, dice.between(0.09, 0.2) * (0.55 + 0.6 * (1 - y / stage.height)), k))
    white = mix(0xFFFFFF, light.sky[2], 0.25 if not light.moon else 0.8)
    below = mix(light.sky[1], light.haze, 0.5)
    top = mix(white, light.sun, 0.2)

    def paint(pen: Pen) -> None:
        for x, y, size, k in spots:
            cloud(pen, x, y, size, top, mix(white, below, 0.55), stage.dice("cloud", k))

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


def conifers(
    stage: Stage,
    y: Callable[[float], float],
    count: int,
    size: tuple[float, float],
    colours: tuple[Colour, Colour],
    name: str,
) -> Paint:
    """A row of firs standing on y(x)."""
    tones = stage.snowed(colours[0], 0.7), stage.snowed(colours[1], 0.25)

    def paint(pen: Pen) -> None:
        dice = stage.dice("conifers", name)
        for k in range(count):
            x = (k + dice.between(0.1, 0.9)) / count * stage.period
            tall = dice.between(*size)
            fir(pen, x, y(x) + 0.01, tall, *tones, lean=dice.around(0, 0.02))

    return paint


def fir(pen: Pen, x: float, y: float, h: float, light: Colour, dark: Colour, lean: float) -> None:
    """A fir: tiers of drooping branches, lit from the sun's side."""
    pen.box(x - h * 0.03, y - h * 0.16, h * 0.06, h * 0.18, darker(0x6B4A34, 0.2), shade=0)
    side = pen.light.side
    for k in range(4):
        top, foot = y - h * (1 - 0.2 * k), y - h * (0.62 - 0.18 * k)
        r = h * (0.12 + 0.055 * k)
        cx = x + lean * (4 - k) * 0.3
        pen.poly([(cx, top), (cx + r, foot), (cx, foot - h * 0.03), (cx - r, foot)], dark, shade=0)
        pen.poly([(cx, top), (cx + side * r, foot), (cx, foot - h * 0.03)], light, shade=0)


def broadleaf(pen: Pen, x: float, y: float, h: float, colour: Colour, dice: Dice) -> None:
    """A round tree for the middle distance."""
    pen.limb([(x, y), (x + h * 0.01, y - h * 0.5)], [h * 0.09, h * 0.05], 0x6E4E38, shade=0.1)
    for dx, dy, r in ((-0.18, 0.5, 0.2), (0.2, 0.52, 0.19), (0.0, 0.7, 0.26), (-0.06, 0.46, 0.2)):
        r *= dice.between(0.9, 1.12)
        shade = mix(colour, 0x1F4A3A, 0.15 * (0.7 - dy) * 4)
        pen.oval(x + dx * h, y - dy * h, r * h * 1.05, r * h, shade, shade=0.2)


def scatter_trees(
    stage: Stage,
    y: Callable[[float], float],
    count: int,
    size: tuple[float, float],
    colours: tuple[Colour, ...],
    name: str,
) -> Paint:
    """Round trees here and there on y(x)."""
    colours = tuple(stage.snowed(c, 0.6) for c in colours)

    def paint(pen: Pen) -> None:
        dice = stage.dice("trees", name)
        for k in range(count):
            x = (k + dice.between(0, 1)) / count * stage.period
            broadleaf(pen, x, y(x) + 0.012, dice.between(*size), dice.pick(colours), dice)

    return paint


def tufts(
    stage: Stage,
    band: tuple[float, float],
    count: int,
    colours: tuple[Colour, ...],
    name: str,
    size: float = 0.03,
) -> Paint:
    """Still tufts of grass on flat land between two heights, larger when nearer."""
    colours = tuple(stage.snowed(c, 0.7) for c in colours)

    def paint(pen: Pen) -> None:
        rows = sorted(stage.scatter(f"tufts {name}", count).tolist(), key=lambda row: row[1])
        for x, y, a, b, c, _ in rows:
            h = size * (0.35 + 0.9 * y) * (0.7 + 0.6 * a)
            px, py = x * stage.period, stage.y(band[0] + (band[1] - band[0]) * y)
            colour = colours[int(b * len(colours))]
            blades = [
                ((px + d * h * 0.3, py), (px + d * h * 0.75 + c * h * 0.2, py - h))
                for d in (-1, -0.3, 0.4, 1)
            ]
            pen.hairs(blades, h * 0.13, colour)

    return paint


def foreground_grass(
    stage: Stage, colour: Colour, *, height: float = 0.13, count: int = 46
) -> Live:
    """Blades close to the camera along the lower edge, bending in the wind."""
    table = stage.scatter("foreground grass", count)
    colour = stage.snowed(colour, 0.55)
    dark, bright = darker(colour, 0.35), lighter(colour, 0.06)
    span = stage.period

    def draw(pen: Pen, moment: Moment) -> None:
        for group, tone in ((0, dark), (1, bright)):
            blades = []
            for k in range(group, count, 2):
                x, size, lean, *_ = table[k]
                px = (x * span - moment.pose.x * 1.35) % span - 0.1
                if px < stage.width + 0.1:
                    blades += _blade(px, size, lean, height, stage, moment.t)
            pen.shapes(blades, tone)

    return Live(0.0, draw, z=1.4)


def _blade(
    x: float, size: float, lean: float, height: float, stage: Stage, t: float
) -> list[list[Point]]:
    foot = stage.height + 0.03
    h = height * (0.45 + 0.75 * size)
    bend = (0.35 * (lean - 0.5) + (0.15 + 0.85 * stage.wind) * (gust(t, x) - 0.45)) * h
    w = 0.009 + 0.006 * size
    return [
        [
            (x - w, foot),
            (x - w * 0.6 + bend * 0.35, foot - h * 0.55),
            (x + bend, foot - h),
            (x + w * 0.6 + bend * 0.35, foot - h * 0.5),
            (x + w, foot),
        ]
    ]
