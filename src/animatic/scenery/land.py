"""Ridges, trees in rows, grass, flowers, rocks, paths."""

import math
from collections.abc import Callable, Iterator

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.ease import TAU, Point, gust
from animatic.rig.pen import Pen
from animatic.stage import Layer, Live, Moment, Stage

Paint = Callable[[Pen], None]
STEP = 0.02
GREENS = (0x6FAE4E, 0x86BF58, 0x5B9C4A, 0x9CCB62)
BLOOMS = (0xFFF7E0, 0xF6C945, 0xF29BB0, 0xB79BE8, 0xF2706A)
LEAF = (0x5E9B52, 0x4E8C50, 0x78AC55)


def own(stage: Stage, colour: Colour, most: float = 0.16) -> Colour:
    """A colour of the land, turned a little: each seed has a season and a soil of its own."""
    dice = stage.dice("soil")
    return mix(colour, dice.pick((0xE4C85A, 0x4FB09A, 0x86B83E, 0xC9B486)), dice.between(0, most))


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
    top, bottom = stage.snowy(own(stage, top), 0.92), stage.snowy(own(stage, bottom), 0.8)

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


def conifers(
    stage: Stage,
    y: Callable[[float], float],
    count: int,
    size: tuple[float, float],
    colours: tuple[Colour, Colour],
    name: str,
) -> Paint:
    """A row of firs standing on y(x)."""
    tones = stage.snowy(colours[0], 0.7), stage.snowy(colours[1], 0.25)

    def paint(pen: Pen) -> None:
        dice = stage.dice("conifers", name)
        for k in range(count):
            x = (k + dice.between(0.1, 0.9)) / count * stage.period
            tall = dice.between(*size) * stage.tall
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
    colours = tuple(stage.snowy(c, 0.6) for c in colours)

    def paint(pen: Pen) -> None:
        dice = stage.dice("trees", name)
        for k in range(count):
            x = (k + dice.between(0, 1)) / count * stage.period
            tall = dice.between(*size) * stage.tall
            broadleaf(pen, x, y(x) + 0.012, tall, dice.pick(colours), dice)

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
    colours = tuple(stage.snowy(c, 0.7) for c in colours)

    def paint(pen: Pen) -> None:
        rows = sorted(stage.scatter(f"tufts {name}", count).tolist(), key=lambda row: row[1])
        for x, y, a, b, c, _ in rows:
            h = size * stage.tall * (0.35 + 0.9 * y) * (0.7 + 0.6 * a)
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
    colour = stage.snowy(colour, 0.55)
    dark, bright = darker(colour, 0.35), lighter(colour, 0.06)
    span = stage.period
    height *= stage.tall

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


def flat(stage: Stage, band: tuple[float, float], top: Colour, bottom: Colour) -> Paint:
    """Level land, water or floor between two shares of the height; 1.3 is below the frame."""
    y0, y1 = stage.y(band[0]), stage.y(band[1])

    def paint(pen: Pen) -> None:
        w = stage.period + 0.1
        pen.fade([(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)], top, bottom)

    return paint


def together(*paints: Paint) -> Paint:
    """Several paints as one."""

    def paint(pen: Pen) -> None:
        for one in paints:
            one(pen)

    return paint


def mirror(stage: Stage, y: float, alpha: float, *paints: Paint, squash: float = 0.55) -> Paint:
    """The same upside down in still water below the height `y` (a share)."""
    level = stage.y(y)

    def paint(pen: Pen) -> None:
        pen.canvas.saveLayerAlpha(None, round(255 * alpha))
        w, floor = stage.period + 0.4, stage.height * 1.3
        edges = [(-0.4, level), (w, level), (w, floor), (-0.4, floor)]
        with pen.inside(edges, smooth=False), pen.at(0, level * (1 + squash), sy=-squash):
            for one in paints:
                one(pen)
        pen.canvas.restore()

    return paint


def flowers(
    stage: Stage,
    band: tuple[float, float],
    count: int,
    colours: tuple[Colour, ...],
    name: str,
    *,
    size: float = 0.018,
) -> Paint:
    """Small flowers on flat land between two heights, larger when nearer; none under snow."""

    def paint(pen: Pen) -> None:
        rows = stage.scatter(f"flowers {name}", count if stage.cover is None else 0)
        for x, y, c, a, *_ in sorted(rows.tolist(), key=lambda row: row[1]):
            s = size * stage.tall * (0.35 + 0.65 * y) * (0.8 + 0.4 * a)
            px, py = x * stage.period, stage.y(band[0] + (band[1] - band[0]) * y)
            pen.hairs([((px, py), (px, py - s * 2.2))], s * 0.25, 0x4E8A40)
            ring = [
                (
                    px + 0.55 * s * math.cos(TAU * k / 5),
                    py - s * 2.3 + 0.42 * s * math.sin(TAU * k / 5),
                )
                for k in range(5)
            ]
            pen.specks(ring, s * 0.75, colours[int(c * len(colours))])
            pen.specks([(px, py - s * 2.3)], s * 0.6, 0xF6C63E)

    return paint


def boulders(
    stage: Stage,
    band: tuple[float, float],
    count: int,
    colours: tuple[Colour, ...],
    name: str,
    *,
    size: float = 0.05,
) -> Paint:
    """Rocks that lie on flat land between two heights, each with its contact shadow."""

    def paint(pen: Pen) -> None:
        rows = stage.scatter(f"boulders {name}", count).tolist()
        for x, y, a, b, c, _ in sorted(rows, key=lambda row: row[1]):
            r = size * stage.tall * (0.35 + 0.8 * y) * (0.5 + a)
            px, py = x * stage.period, stage.y(band[0] + (band[1] - band[0]) * y)
            rock(pen, px, py, r, stage.snowy(colours[int(c * len(colours))], 0.45), b)

    return paint


def rock(pen: Pen, x: float, y: float, r: float, colour: Colour, turn: float) -> None:
    """One rock with a lit facet; its foot is at y."""
    pen.soft(x, y, r * 1.5, r * 0.3, 0x1B1436, 0.3)
    side = pen.light.side
    body = [
        (-1, 0.06),
        (-0.85, -0.5),
        (-0.3, -0.95 - 0.2 * turn),
        (0.45, -0.8),
        (0.95, -0.3),
        (1, 0.06),
    ]
    lit = [(-0.3, -0.95 - 0.2 * turn), (0.45, -0.8), (0.15, -0.42), (-0.4, -0.5)]
    flip = 1 if turn > 0.5 else -1
    pen.poly([(x + flip * px * r, y + py * r) for px, py in body], darker(colour, 0.12), shade=0.14)
    pen.poly(
        [(x + side * abs(flip) * px * r, y + py * r) for px, py in lit],
        lighter(colour, 0.18),
        shade=0,
    )


def trail(
    stage: Stage, x: float, top: float, colour: Colour, *, wide: float = 0.16, swing: float = 0.16
) -> Paint:
    """A path that winds from `top` (a share of the height) to the camera, wider as it comes."""
    colour = stage.snowy(colour, 0.6)

    def paint(pen: Pen) -> None:
        left, right = [], []
        for k in range(13):
            u = k / 12
            y = stage.y(top + (1.14 - top) * u * u)
            middle = x + swing * math.sin(4.4 * u) * (0.25 + 0.75 * u)
            half = wide * (0.05 + 0.95 * u**1.6) * stage.tall
            left.append((middle - half, y))
            right.append((middle + half, y))
        rim = [(px - 0.008, y) for px, y in left] + [(px + 0.008, y) for px, y in reversed(right)]
        pen.fade(rim, darker(colour, 0.18), darker(colour, 0.18), smooth=True)
        pen.fade(
            [*left, *reversed(right)], darker(colour, 0.06), lighter(colour, 0.12), smooth=True
        )

    return paint


def bush(pen: Pen, x: float, y: float, r: float, colour: Colour, dice: Dice) -> None:
    """A round bush whose foot is at y."""
    pen.soft(x, y, r * 1.5, r * 0.25, 0x1B1436, 0.28)
    for dx, dy, size in (
        (-0.75, 0.42, 0.55),
        (0.72, 0.4, 0.55),
        (0.0, 0.62, 0.75),
        (0.3, 0.4, 0.5),
    ):
        size *= dice.between(0.88, 1.12)
        pen.oval(x + dx * r, y - dy * r, size * r, size * r * 0.9, colour, shade=0.22)


def bushes(
    stage: Stage,
    band: tuple[float, float],
    count: int,
    size: tuple[float, float],
    colours: tuple[Colour, ...],
    name: str,
) -> Paint:
    """Bushes here and there on flat land."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("bushes", name)
        for k in range(count):
            x = (k + dice.between(0.1, 0.9)) / count * stage.period
            y = stage.y(dice.between(*band))
            colour = stage.snowy(own(stage, dice.pick(colours)), 0.6)
            bush(pen, x, y, dice.between(*size) * stage.tall, colour, dice)

    return paint


def canopy(stage: Stage, colour: Colour, *, always: bool = False) -> Iterator[Layer]:
    """Leafy boughs that hang into the upper corners: they frame an upright picture."""
    if stage.height < 1.25 and not always:
        return
    colour = stage.snowy(own(stage, colour), 0.45)

    def paint(pen: Pen) -> None:
        dice = stage.dice("canopy")
        for x, side in ((0.0, 1), (min(1.0, stage.width) * 1.02, -1)):
            bough(pen, x - 0.06 * side, -0.02, 0.42 * stage.tall, side, colour, dice)

    yield Layer(1.25, paint, z=1.3)


def bough(
    pen: Pen, x: float, y: float, size: float, side: float, colour: Colour, dice: Dice
) -> None:
    """A branch with clusters of leaves, from (x, y) inwards and down."""
    stem = [
        (x, y),
        (x + side * size * 0.4, y + size * 0.1),
        (x + side * size * 0.85, y + size * 0.3),
    ]
    pen.limb(stem, [size * 0.09, size * 0.05, size * 0.012], 0x5A4032, shade=0.1)
    for k in range(34):
        u = dice.between(0, 1)
        px = x + side * size * (0.05 + 0.85 * u) + dice.around(0, 0.08) * size
        py = y + size * (0.02 + 0.3 * u * u) + dice.between(-0.12, 0.16) * size
        r = size * dice.between(0.05, 0.085)
        tone = mix(darker(colour, 0.3), lighter(colour, 0.1), (k % 5) / 4)
        pen.oval(px, py, r * 1.25, r * 0.6, tone, angle=side * dice.between(10, 80), shade=0.2)


def palm(
    pen: Pen,
    x: float,
    y: float,
    h: float,
    colour: Colour,
    dice: Dice,
    *,
    lean: float | None = None,
) -> None:
    """A palm: a bent trunk, which leans by a share of its height, and a crown of arched fronds."""
    lean = (dice.around(0, 0.16) if lean is None else lean) * h
    trunk = [(x, y), (x + lean * 0.25, y - h * 0.45), (x + lean, y - h * 0.85)]
    pen.limb(trunk, [h * 0.075, h * 0.05, h * 0.04], 0x8A6A4A, shade=0.15)
    cx, cy = trunk[-1]
    for k in range(9):
        a = math.pi * (0.02 + 0.96 * k / 8) + dice.around(0, 0.1)
        out = math.cos(a) * h * 0.42
        up = -math.sin(a) * h * 0.2
        tip = (cx + out, cy + up + abs(out) * 0.42)
        middle = (cx + out * 0.55, cy + up - h * 0.06)
        tone = mix(darker(colour, 0.25), lighter(colour, 0.08), (k * 3 % 5) / 4)
        pen.limb([(cx, cy), middle, tip], [h * 0.02, h * 0.075, h * 0.006], tone, shade=0.15)
    pen.specks([(cx + d * h * 0.03, cy + h * 0.02) for d in (-1, 0.2, 1.1)], h * 0.05, 0x7A5230)


def great_leaf(pen: Pen, root: Point, long: float, angle: float, colour: Colour) -> None:
    """A broad leaf with a pale midrib, from its root at an angle upwards (radians)."""
    c, s = math.cos(angle), -math.sin(angle)

    def at(u: float, v: float) -> Point:
        return root[0] + long * (c * u - s * v), root[1] + long * (s * u + c * v)

    edge = [at(0.1, 0), at(0.35, -0.2), at(0.7, -0.17), at(1, 0), at(0.7, 0.17), at(0.35, 0.2)]
    pen.blob(edge, colour, shade=0.2)
    pen.line([at(0, 0), at(0.5, 0.01), at(0.95, 0)], long * 0.016, lighter(colour, 0.25))
    ribs = [(at(u, 0), at(u + 0.13, d)) for u in (0.3, 0.48, 0.66) for d in (-0.12, 0.12)]
    pen.hairs(ribs, long * 0.008, lighter(colour, 0.2))


def far_hills(stage: Stage, name: str) -> Iterator[Layer]:
    """Hills and trees that lie behind all tended land."""
    y = outline(stage, stage.y(0.585), 0.08, 0.4, f"{name} mid")
    yield Layer(
        0.1, hills(stage, stage.y(0.56), 0.14, 0x7FB2A8, 0x9CC7A0, name=f"{name} far"), far=0.45
    )
    yield Layer(
        0.22, hills(stage, stage.y(0.585), 0.08, 0x86BA6C, 0x9CC874, name=f"{name} mid"), far=0.2
    )
    yield Layer(0.22, scatter_trees(stage, y, 8, (0.06, 0.11), LEAF, name), far=0.24, z=0.221)
