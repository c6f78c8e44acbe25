"""Beyond the sky: space, the moon, Mars. And below the ground: a cave."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from animatic.colour import Colour, darker, lighter, mix
from animatic.dice import Dice
from animatic.ease import TAU, Point, wave
from animatic.light import Light
from animatic.rig.pen import Pen
from animatic.scenery.land import Paint, boulders, hills, outline, rock, skyline
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

NEBULAE = (
    (0x6A3FB8, 0xD8508A, 0x2F6AC8),
    (0x1F7A8C, 0x4F5FC8, 0x8A3FA8),
    (0xB8503F, 0x7A3F9A, 0xE8A04A),
    (0x2F5FB8, 0x3FA88C, 0x6A3FA0),
)


def _starlight(light: Light) -> Light:
    """One hard sun, no air: colours stay as they are, whatever the hour."""
    return replace(
        light,
        tint=0xF2F2FF,
        haze=0x1A1E3E,
        rim=0xE8F0FF,
        shade=0.42,
        reach=1.1,
        glow=0.8,
        stars=1.0,
        moon=False,
        mist=0.0,
        cover=0.0,
        lamps=0.9,
        place=(light.place[0], 0.3),
        sky=(0x05061A, 0x0B0E2C, 0x141A44),
    )


def space(stage: Stage) -> Iterator[Part]:
    """Nebulae, stars at two depths, a great planet, one with rings, drifting rocks."""
    yield Layer(0.02, _nebula(stage), z=0.0)
    yield Layer(0.02, _stars(stage, "far", 420, 0.0028), z=0.01)
    yield _twinkles(stage)
    yield Layer(0.1, _stars(stage, "near", 90, 0.005), z=0.09)
    yield Layer(0.1, _planets(stage), z=0.1)
    yield Layer(0.45, _asteroids(stage, "belt", 12, (0.012, 0.035)), z=0.2, drift=0.008)
    yield Layer(1.2, _asteroids(stage, "close", 3, (0.07, 0.12)), z=1.2, drift=0.02)


def _nebula(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w, h = stage.period + 0.1, stage.height * 1.3
        pen.fade([(-0.1, -0.3), (w, -0.3), (w, h), (-0.1, h)], 0x060720, 0x15143E, lit=False)
        dice = stage.dice("nebula")
        colours = dice.pick(NEBULAE)
        for k in range(26):
            u = (k + 0.5) / 26
            x = u * stage.period + dice.around(0, 0.1)
            y = stage.y(0.5 + 0.24 * math.sin(TAU * u + 1)) + dice.around(0, 0.12) * stage.height
            r = dice.between(0.16, 0.34) * stage.tall
            for turn in (-1, 0, 1):
                pen.glow(x + turn * stage.period, y, r, colours[k % 3], dice.between(0.14, 0.3))
        for k in range(7):
            u = (k + 0.5) / 7
            y = stage.y(0.5 + 0.24 * math.sin(TAU * u + 1))
            pen.glow(u * stage.period, y, 0.2, lighter(colours[1], 0.6), 0.16)

    return paint


def _stars(stage: Stage, name: str, count: int, size: float) -> Paint:
    def paint(pen: Pen) -> None:
        tones = (0xFFFFFF, 0xCFE0FF, 0xFFE8C8)
        for group, tone in enumerate(tones):
            for k, share in enumerate((0.6, 1.0, 1.5)):
                rows = stage.scatter(f"{name} {group} {k}", count // 9)
                spots = [(x * stage.period, (1.2 * y - 0.1) * stage.height) for x, y, *_ in rows]
                pen.specks(spots, size * share, tone, alpha=0.45 + 0.25 * k, lit=False)

    return paint


def _twinkles(stage: Stage) -> Live:
    table = stage.scatter("twinkles", 14)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, y, size, phase, speed, _ in table:
            on = 0.35 + 0.65 * max(0.0, wave(moment.t * (0.15 + 0.2 * speed) + phase))
            px = (x * stage.period - moment.pose.x * 0.12) % stage.period
            r = (0.008 + 0.016 * size) * on
            star = [
                (
                    px + (r if k % 2 == 0 else r * 0.14) * math.sin(TAU * k / 8),
                    y * stage.height - (r if k % 2 == 0 else r * 0.14) * math.cos(TAU * k / 8),
                )
                for k in range(8)
            ]
            pen.fade(star, 0xFFFFFF, 0xDCE8FF, lit=False)

    return Live(0.0, draw, z=0.02)


PLANETS = (0xD98A5A, 0x5A8AD0, 0xC86A8A, 0x6AB0A0, 0xB89AD8, 0xE0B46A)


def _planets(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("planets")
        side = dice.pick((-1, 1))
        one, two, three = dice.shuffle(PLANETS)[:3]
        grow = stage.tall
        middle = stage.width / 2
        planet(pen, (middle + side * 0.36 * stage.width, stage.y(0.24)), 0.19 * grow, one, dice)
        ringed(pen, (middle - side * 0.33 * stage.width, stage.y(0.6)), 0.085 * grow, two, dice)
        planet(pen, (middle - side * 0.1 * stage.width, stage.y(0.13)), 0.035 * grow, three, dice)

    return paint


def planet(pen: Pen, place: Point, r: float, colour: Colour, dice: Dice) -> None:
    """A round world with bands, lit from the sun's side, in its thin air."""
    x, y = place
    pen.glow(x, y, r * 1.5, lighter(colour, 0.3), 0.45)
    disc = [(x + r * math.cos(TAU * k / 32), y + r * math.sin(TAU * k / 32)) for k in range(32)]
    side = pen.light.side
    with pen.inside(disc):
        pen.oval(x, y, r * 1.02, r * 1.02, colour, shade=0)
        for k in range(7):
            v = y + r * (-0.85 + 0.28 * k)
            tone = mix(lighter(colour, 0.2), darker(colour, 0.22), dice.between(0, 1))
            thick = r * dice.between(0.07, 0.14)
            pen.oval(x, v, r * 1.1, thick, tone, angle=-8, shade=0, alpha=0.7)
        pen.oval(
            x + 0.4 * r * dice.around(0, 1), y + r * 0.3, r * 0.2, r * 0.11, lighter(colour, 0.3)
        )
        pen.soft(x + side * 0.5 * r, y - 0.5 * r, r * 0.9, r * 0.9, 0xFFFFFF, 0.4)
        for k in range(5):
            cut = 0.35 + 0.17 * k
            shadow = [(x - side * r * 1.3, y - r * 1.2), (x - side * r * cut, y - r * 1.2)]
            shadow += [
                (x - side * r * (cut - 0.5), y + r * 0.1),
                (x + side * r * (0.25 - cut * 0.6), y + r * 1.3),
            ]
            pen.blob([*shadow, (x - side * r * 1.3, y + r * 1.3)], 0x05061A, shade=0, alpha=0.1)


def ringed(pen: Pen, place: Point, r: float, colour: Colour, dice: Dice) -> None:
    """A planet with rings: their far half is behind it."""
    x, y = place

    def half(low: float, high: float) -> None:
        for reach, tone, width in (
            (1.55, 0xF2DCB0, 0.1),
            (1.8, 0xD9B98A, 0.14),
            (2.05, 0xF2E6CC, 0.06),
        ):
            arc = [
                (
                    x + r * reach * math.cos(a) * 0.96 - r * reach * 0.3 * math.sin(a) * 0.3,
                    y + r * reach * math.sin(a) * 0.28 - r * reach * 0.22 * math.cos(a),
                )
                for a in (low + (high - low) * k / 24 for k in range(25))
            ]
            pen.line(arc, r * width, tone, alpha=0.85, smooth=False)

    half(math.pi, TAU)
    planet(pen, place, r, colour, dice)
    half(0.0, math.pi)


def _asteroids(stage: Stage, name: str, count: int, size: tuple[float, float]) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("asteroids", name)
        for k in range(count):
            x = (k + dice.between(0, 1)) / count * stage.period
            y = stage.height * dice.between(0.86, 1.0)
            if count > 6:
                y = stage.y(0.74 + 0.1 * math.sin(TAU * x / stage.period)) + dice.around(0, 0.09)
            asteroid(pen, x, y, dice.between(*size) * stage.tall, dice)

    return paint


def asteroid(pen: Pen, x: float, y: float, r: float, dice: Dice) -> None:
    """A lump of rock with craters."""
    colour = dice.pick((0x8A8090, 0x9A8678, 0x74788C))
    edge = []
    for k in range(9):
        reach = r * dice.between(0.78, 1.08)
        edge.append((x + reach * math.cos(TAU * k / 9), y + reach * 0.85 * math.sin(TAU * k / 9)))
    pen.blob(edge, colour, shade=0.4, tension=0.8)
    for dx, dy, s in ((-0.3, -0.2, 0.22), (0.35, 0.1, 0.17), (-0.05, 0.4, 0.13)):
        pen.oval(x + dx * r, y + dy * r, s * r, s * r * 0.8, darker(colour, 0.35), shade=0)
        pen.oval(
            x + dx * r, y + (dy + 0.05) * r, s * r * 0.8, s * r * 0.6, darker(colour, 0.15), shade=0
        )


def moon(stage: Stage) -> Iterator[Part]:
    """Grey plains with craters, the Earth above, mountains without air."""
    yield Layer(0.02, _black_sky(stage, 0x03040F, 0x0C1030), z=0.0)
    yield Layer(0.02, _stars(stage, "moon", 520, 0.003), z=0.01)
    yield _twinkles(stage)
    yield Layer(0.04, _earth(stage), z=0.1)
    yield Layer(
        0.14,
        hills(
            stage, stage.y(0.6), 0.18 * stage.tall, 0x8E919C, 0x6A6D7A, name="lunar far", rough=0.62
        ),
        z=0.12,
    )
    yield Layer(
        0.3,
        hills(stage, stage.y(0.645), 0.07, 0xA6A8B2, 0x8A8C98, name="lunar mid", rough=0.5),
        z=0.2,
    )
    yield Layer(
        0.7, hills(stage, stage.y(0.69), 0.02, 0xD3D4DA, 0x8C8E9A, name="lunar", deep=True), z=0.3
    )
    yield Layer(0.7, _craters(stage, 0xB9BAC4), z=0.31)
    yield Layer(
        0.7, boulders(stage, (0.72, 1.0), 14, (0xA4A5AE, 0x8C8E98), "lunar", size=0.035), z=0.32
    )


def _black_sky(stage: Stage, top: Colour, low: Colour) -> Paint:
    def paint(pen: Pen) -> None:
        w, h = stage.period + 0.1, stage.height * 1.3
        pen.fade([(-0.1, -0.3), (w, -0.3), (w, h), (-0.1, h)], top, low, lit=False)

    return paint


def _earth(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("earth")
        x, y = stage.width * (0.5 - 0.24 * stage.light.side), stage.y(0.25)
        r = 0.13 * stage.tall
        pen.glow(x, y, r * 1.7, 0x7FC0FF, 0.5)
        disc = [(x + r * math.cos(TAU * k / 32), y + r * math.sin(TAU * k / 32)) for k in range(32)]
        with pen.inside(disc):
            pen.oval(x, y, r * 1.02, r * 1.02, 0x2F7FD0, shade=0.1)
            for dx, dy, s in (
                (-0.4, -0.35, 0.42),
                (0.35, 0.05, 0.36),
                (-0.15, 0.55, 0.34),
                (0.55, -0.55, 0.24),
            ):
                land = [
                    (
                        x + r * (dx + s * dice.between(0.7, 1.2) * math.cos(TAU * k / 8)),
                        y + r * (dy + 0.7 * s * dice.between(0.6, 1.2) * math.sin(TAU * k / 8)),
                    )
                    for k in range(8)
                ]
                pen.blob(land, dice.pick((0x5FA858, 0x8AB05A, 0xB8A468)), shade=0.1)
            for k in range(6):
                v = y + r * (-0.8 + 0.32 * k)
                pen.oval(
                    x + r * dice.around(0, 0.5),
                    v,
                    r * 0.5,
                    r * 0.06,
                    0xFFFFFF,
                    angle=-10,
                    shade=0,
                    alpha=0.75,
                )
            side = pen.light.side
            for k in range(4):
                pen.oval(
                    x - side * r * (1.0 + 0.14 * k),
                    y + 0.2 * r,
                    r * 1.1,
                    r * 1.4,
                    0x050820,
                    shade=0,
                    alpha=0.2,
                )

    return paint


def _craters(stage: Stage, colour: Colour) -> Paint:
    def paint(pen: Pen) -> None:
        rows = stage.scatter("lunar craters", 17).tolist()
        for x, y, size, *_ in sorted(rows, key=lambda row: row[1]):
            px, py = x * stage.period, stage.y(0.715 + 0.285 * y)
            r = (0.02 + 0.07 * size) * (0.35 + 0.85 * y) * stage.tall
            pen.oval(px, py, r * 1.1, r * 0.34, lighter(colour, 0.3), shade=0)
            pen.oval(px, py + r * 0.02, r, r * 0.28, darker(colour, 0.42), shade=0)
            pen.oval(
                px - pen.light.side * r * 0.1,
                py + r * 0.07,
                r * 0.84,
                r * 0.2,
                darker(colour, 0.16),
                shade=0,
            )

    return paint


def _dusty(light: Light) -> Light:
    """The red air of Mars."""
    return replace(
        light,
        sky=(
            mix(light.sky[0], 0xB07A5A, 0.72),
            mix(light.sky[1], 0xD9A078, 0.72),
            mix(light.sky[2], 0xF2D0A4, 0.72),
        ),
        tint=mix(light.tint, 0xFFD8BC, 0.5),
        haze=mix(light.haze, 0xE0A880, 0.75),
        cover=0.0,
    )


def mars(stage: Stage) -> Iterator[Part]:
    """Red mesas and dunes under a thin sky."""
    yield Layer(
        0.08,
        hills(
            stage, stage.y(0.58), 0.2 * stage.tall, 0xA85A40, 0xB86848, name="mars far", rough=0.7
        ),
        far=0.5,
    )
    yield Layer(
        0.2,
        hills(stage, stage.y(0.63), 0.1, 0xB85E3C, 0xC87048, name="mars mid", rough=0.6),
        far=0.22,
    )
    yield Layer(
        0.4,
        hills(stage, stage.y(0.67), 0.05, 0xC8683E, 0xB4552F, name="mars near", rough=0.5),
        far=0.06,
    )
    yield Layer(
        0.7, hills(stage, stage.y(0.7), 0.015, 0xDC8450, 0xA04A2C, name="mars", deep=True), z=0.42
    )
    yield Layer(0.7, _craters(stage, 0xC8703F), z=0.43)
    yield Layer(
        0.7,
        boulders(stage, (0.72, 1.0), 22, (0x9A4A30, 0xB45E3C, 0x7E3E2C), "mars", size=0.042),
        z=0.44,
    )


# Below the ground


def _buried(light: Light) -> Light:
    """Light from glowing crystals, and a shaft from the mouth."""
    return replace(
        light,
        tint=mix(light.tint, 0x9AA4D8, 0.65),
        haze=0x2A2A54,
        rim=0x9CE8FF,
        shade=0.2,
        glow=0.5,
        lamps=max(0.6, light.lamps),
        mist=0.0,
    )


CRYSTALS = ((0x5AD8F0, 0x8A7AF0), (0xE07AE0, 0x7A8AF8), (0x6AF0B0, 0x4AB8E8))


def cave(stage: Stage) -> Iterator[Part]:
    """A hall of stone: stalactites, a shaft of light, crystals that glow, a still pool."""
    yield Layer(0.02, _black_sky(stage, 0x151634, 0x3A3C70), z=0.0)
    yield Layer(0.02, _shaft(stage), z=0.01)
    for k, (depth, far) in enumerate(((0.16, 0.5), (0.4, 0.1))):
        yield Layer(depth, _vault(stage, k), far=far, z=0.1 + 0.1 * k)
        yield Layer(depth + 0.01, _sill(stage, k), far=far, z=0.11 + 0.1 * k)
    yield Layer(
        0.7,
        hills(stage, stage.y(0.7), 0.03, 0x6E6A8C, 0x35335A, name="cave", deep=True, rough=0.6),
        z=0.36,
    )
    yield Layer(0.7, _pool(stage), z=0.37)
    yield Layer(
        0.7, boulders(stage, (0.73, 1.0), 12, (0x5E5A7E, 0x74708E), "cave", size=0.045), z=0.38
    )
    yield Layer(0.5, _crystals(stage, "mid", 5, 0.705, (0.09, 0.17)), z=0.361)
    yield Live(0.0, _pulse(stage), z=0.39)
    yield Layer(1.25, _crystals(stage, "near", 3, 1.02, (0.16, 0.26)), z=1.3)


ROCKS = (0x4E4A78, 0x3E3A68)


def _vault(stage: Stage, k: int) -> Paint:
    """A ceiling with teeth of stone. It is apart from the floor: the empty middle costs time."""

    def paint(pen: Pen) -> None:
        colour = ROCKS[k]
        ceiling = outline(stage, stage.y(0.14 + 0.02 * k), 0.1 * stage.tall, 0.8, f"vault {k}")
        pen.fade(skyline(stage, ceiling, floor=-0.4), darker(colour, 0.4), lighter(colour, 0.08))
        dice = stage.dice("teeth", k)
        for _ in range(round(stage.period * 7)):
            x, w = dice.between(0, stage.period), dice.between(0.012, 0.034) * stage.tall
            y, long = ceiling(x) - 0.02, dice.between(0.06, 0.24) * stage.tall
            pen.poly([(x - w, y), (x + w, y), (x + w * 0.1, y + long)], colour, shade=0.16)

    return paint


def _sill(stage: Stage, k: int) -> Paint:
    """A rise of the floor, with stones that grow upwards."""

    def paint(pen: Pen) -> None:
        colour = ROCKS[k]
        floor = outline(stage, stage.y(0.64 + 0.04 * k), 0.06, 0.7, f"sill {k}")
        rise = skyline(stage, floor, floor=stage.y(0.78))
        pen.fade(rise, lighter(colour, 0.12), darker(colour, 0.2))
        dice = stage.dice("stumps", k)
        for _ in range(round(stage.period * 4)):
            x, w = dice.between(0, stage.period), dice.between(0.015, 0.04) * stage.tall
            y, long = floor(x) + 0.03, dice.between(0.05, 0.13) * stage.tall
            pen.poly([(x - w, y), (x + w, y), (x, y - long)], lighter(colour, 0.1), shade=0.2)

    return paint


def _shaft(stage: Stage) -> Paint:
    """Daylight from a hole above."""

    def paint(pen: Pen) -> None:
        x = stage.width * 0.5
        light = mix(0xBFD4FF, stage.light.sky[2], 0.4)
        pen.glow(x, stage.y(0.3), 0.55 * stage.tall, light, 0.5)
        foot = stage.y(0.75)
        for k in range(3):
            top, low = x + 0.08 * (k - 1), x + 0.3 * (k - 1)
            beam = [(top - 0.05, -0.1), (top + 0.05, -0.1), (low + 0.17, foot), (low - 0.17, foot)]
            pen.fade(beam, light, light, alphas=(0.34, 0.0), lit=False)

    return paint


def _pool(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        x, y = stage.width * 0.5, stage.y(0.76)
        pen.oval(x, y, 0.46, 0.04 * stage.tall, 0x2A2850, shade=0)
        pen.oval(x, y + 0.004, 0.44, 0.036 * stage.tall, 0x3F7FA8, shade=0.3)
        pen.soft(x, y, 0.25, 0.02 * stage.tall, 0xD8F4FF, 0.7)

    return paint


def _crystals(stage: Stage, name: str, count: int, foot: float, size: tuple[float, float]) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("crystals", name)
        colours = stage.dice("crystal").pick(CRYSTALS)
        for k in range(count):
            x = (k + dice.between(0.15, 0.85)) / count * stage.period
            y, h = stage.y(foot), dice.between(*size) * stage.tall
            pen.glow(x, y - h * 0.4, h * 1.6, colours[k % 2], 0.5)
            rock(pen, x, y + h * 0.05, h * 0.4, 0x4E4A70, 0.4)
            for lean, long in ((-0.5, 0.62), (0.5, 0.7), (-0.2, 0.85), (0.14, 1.0)):
                tip = (x + lean * h * 0.8, y - h * long)
                w = h * 0.1
                bend = (x + lean * h * 0.6, y - h * long * 0.8)
                shape = [
                    (x + lean * h * 0.2 - w, y),
                    (bend[0] - w, bend[1]),
                    tip,
                    (bend[0] + w, bend[1]),
                    (x + lean * h * 0.2 + w, y),
                ]
                pen.fade(shape, lighter(colours[k % 2], 0.45), colours[(k + 1) % 2], lit=False)
                pen.hairs(
                    [((x + lean * h * 0.2, y), tip)], h * 0.012, 0xFFFFFF, alpha=0.5, lit=False
                )

    return paint


def _pulse(stage: Stage) -> Callable[[Pen, Moment], None]:
    """Motes over the pool, and rings where drops fall."""
    table = stage.scatter("pulse", 24)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, y, s, phase, *_ in table:
            px = (x * stage.width + 0.03 * wave(moment.t * 0.1 + phase)) % stage.width
            py = stage.y(0.2 + 0.6 * y) + 0.02 * wave(moment.t * 0.13 + s)
            on = 0.4 + 0.4 * wave(moment.t * 0.25 + phase)
            pen.specks([(px, py)], 0.004 + 0.005 * s, 0xC8F4FF, alpha=max(0.0, on), lit=False)
        for k in range(2):
            life = (moment.t * 0.35 + k / 2) % 1
            x = stage.width * 0.5 - moment.pose.x * 0.7 + 0.16 * (k - 0.5)
            pen.oval_line(
                x,
                stage.y(0.76),
                0.14 * life,
                0.016 * life * stage.tall,
                0.003,
                0xE8FAFF,
                alpha=0.7 * (1 - life),
            )

    return draw


SETTINGS = {
    "space": Setting(
        parts=space,
        horizon=0.0,
        ground=None,
        air=(0.38, 0.72),
        sky=False,
        clouds=0,
        shadows=False,
        light=_starlight,
        sheltered=True,
    ),
    "moon": Setting(
        parts=moon,
        horizon=0.6,
        ground=(0.75, 0.89),
        air=(0.2, 0.5),
        sky=False,
        clouds=0,
        light=_starlight,
        sheltered=True,
    ),
    "mars": Setting(parts=mars, horizon=0.6, ground=(0.73, 0.89), clouds=0, light=_dusty),
    "cave": Setting(
        parts=cave,
        horizon=0.0,
        ground=(0.79, 0.89),
        sky=False,
        clouds=0,
        light=_buried,
        sheltered=True,
    ),
}
