"""Worked land: farm, sunflowers, rice terraces, road."""

import math
from collections.abc import Iterator

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU
from animatic.rig.pen import Pen
from animatic.scenery.buildings import barn, fence
from animatic.scenery.land import (
    BLOOMS,
    GREENS,
    Paint,
    broadleaf,
    bushes,
    canopy,
    far_hills,
    flat,
    flowers,
    foreground_grass,
    hills,
    outline,
    own,
    trail,
    tufts,
)
from animatic.stage import Layer, Part, Setting, Stage


def farm(stage: Stage) -> Iterator[Part]:
    """A red barn with its silo, ploughed fields, a fence, bales of hay."""
    yield from far_hills(stage, "farm")
    yield Layer(0.35, _fields(stage), far=0.1)
    yield Layer(0.45, _barns(stage), z=0.36, far=0.03)
    yield Layer(
        0.7,
        hills(stage, stage.y(0.685), 0.015, 0xA6CC62, 0x6AA048, name="farm near", deep=True),
        z=0.38,
    )
    yield Layer(0.7, _bales(stage), z=0.385)
    yield Layer(0.7, fence(stage, 0.705, 0xF4EEE2), z=0.384)
    yield Layer(
        0.7,
        trail(stage, stage.width * stage.dice("farm way").between(0.3, 0.7), 0.7, 0xD9B98A),
        z=0.383,
    )
    yield Layer(0.7, tufts(stage, (0.72, 1.02), 150, GREENS, "farm"), z=0.39)
    yield Layer(0.7, flowers(stage, (0.74, 0.99), 36, BLOOMS, "farm"), z=0.395)
    yield from canopy(stage, 0x6FA84C)
    yield foreground_grass(stage, 0x5C9A43, height=0.11)


def _fields(stage: Stage) -> Paint:
    """Strips of crops that run together in the distance."""

    def paint(pen: Pen) -> None:
        dice = stage.dice("fields")
        y0, y1, count = stage.y(0.6), stage.y(0.72), round(stage.period * 7)
        for k in range(count):
            x, w = k / count * stage.period, stage.period / count
            colour = stage.snowy(
                own(stage, dice.pick((0xC9B04E, 0x8FBF58, 0xB58A52, 0xE0C862, 0x74AA50))), 0.85
            )
            pen.fade(
                [(x + 0.06, y0), (x + w + 0.06, y0), (x + w, y1), (x, y1)],
                lighter(colour, 0.12),
                colour,
            )
            rows = [((x + w * u + 0.06, y0), (x + w * u, y1)) for u in (0.25, 0.5, 0.75)]
            pen.hairs(rows, 0.002, darker(colour, 0.18), alpha=0.6)

    return paint


def _barns(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("barn")
        x = stage.width * dice.pick((0.2, 0.78))
        barn(pen, stage, x, stage.y(0.69), 0.3 * stage.tall)
        broadleaf(
            pen,
            x - 0.3 * stage.tall,
            stage.y(0.69),
            0.2 * stage.tall,
            stage.snowy(0x6CA65A, 0.5),
            dice,
        )

    return paint


def _bales(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("bales")
        for k in range(max(2, round(stage.period / 0.6))):
            x = (k + dice.between(0.1, 0.9)) / max(2, round(stage.period / 0.6)) * stage.period
            y = stage.y(dice.between(0.73, 0.77))
            r = 0.045 * stage.tall
            pen.soft(x, y, r * 1.6, r * 0.25, 0x1B1436, 0.35)
            pen.box(
                x - r * 1.15,
                y - r * 1.9,
                r * 2.1,
                r * 1.9,
                stage.snowy(0xD9B252, 0.4),
                corner=r * 0.9,
                shade=0.2,
            )
            pen.oval(
                x - r * 0.2,
                y - r * 0.95,
                r * 0.95,
                r * 0.95,
                stage.snowy(0xEBCB72, 0.4),
                shade=0.12,
            )
            for ring in (0.65, 0.35):
                pen.oval_line(x - r * 0.2, y - r * 0.95, r * ring, r * ring, r * 0.08, 0xB58A38)

    return paint


def sunflowers(stage: Stage) -> Iterator[Part]:
    """A field of sunflowers to the horizon, great heads close by."""
    yield from far_hills(stage, "sunflowers")
    yield Layer(0.36, _heads(stage, 0, (0.615, 0.66), 220, 0.02), far=0.12)
    yield Layer(
        0.7,
        flat(stage, (0.655, 1.3), stage.snowy(0x6E9A40, 0.7), stage.snowy(0x4A7434, 0.7)),
        z=0.37,
    )
    yield Layer(0.7, _heads(stage, 1, (0.665, 0.72), 130, 0.036), z=0.38)
    yield Layer(0.7, _heads(stage, 2, (0.725, 0.79), 70, 0.055), z=0.3805)
    yield Layer(0.7, trail(stage, stage.width * 0.5, 0.7, 0xCFA870, wide=0.5, swing=0.05), z=0.381)
    yield Layer(0.7, tufts(stage, (0.76, 1.02), 90, GREENS, "sunflowers"), z=0.382)
    yield Layer(1.25, _great_heads(stage), z=1.3)


def _heads(stage: Stage, k: int, band: tuple[float, float], count: int, size: float) -> Paint:
    def paint(pen: Pen) -> None:
        floor = stage.y(band[1]) + 0.02
        w = stage.period + 0.1
        top = stage.y(band[0])
        pen.fade(
            [(-0.05, top), (w, top), (w, floor), (-0.05, floor)],
            stage.snowy(0xB5A93C, 0.6),
            stage.snowy(0x5E8A38, 0.5),
        )
        many = round(count * stage.period / 2.5)
        for x, y, a, b, *_ in sorted(
            stage.scatter(f"heads {k}", many).tolist(), key=lambda row: row[1]
        ):
            s = size * stage.tall * (0.6 + 0.6 * y) * (0.8 + 0.4 * a)
            px, py = x * stage.period, stage.y(band[0] + (band[1] - band[0]) * y)
            pen.oval(px, py + s * 0.9, s * 0.7, s * 0.3, 0x5E9440, shade=0)
            pen.oval(px, py, s, s * 0.9, stage.snowy(mix(0xF6B92A, 0xFFD84A, b), 0.3), shade=0.1)
            pen.oval(px, py, s * 0.45, s * 0.4, 0x6B4326, shade=0)

    return paint


def _great_heads(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("great heads")
        for x in (0.05, 0.2, 0.83, 0.96):
            r = dice.between(0.055, 0.075) * stage.tall
            px = x * stage.width + dice.around(0, 0.02)
            py = stage.height - dice.between(0.1, 0.24) * stage.tall * (
                1 if x in (0.05, 0.96) else 0.55
            )
            sunflower(pen, px, py, r, stage.height + 0.05)

    return paint


def sunflower(pen: Pen, x: float, y: float, r: float, foot: float) -> None:
    """A sunflower's head about (x, y) on its stem."""
    pen.limb(
        [(x, foot), (x + r * 0.1, (y + foot) / 2), (x, y)],
        [r * 0.28, r * 0.24, r * 0.2],
        0x4F8A3C,
        shade=0.1,
    )
    for side in (-1, 1):
        ly = y + (foot - y) * 0.6
        pen.blob(
            [
                (x, ly),
                (x + side * r * 0.8, ly - r * 0.7),
                (x + side * r * 1.5, ly - r * 0.3),
                (x + side * r * 0.7, ly + r * 0.1),
            ],
            0x5E9A44,
            shade=0.2,
        )
    for ring, tone in ((1.0, 0xEFA31E), (0.9, 0xFFCB3A)):
        for k in range(15):
            a = TAU * (k + (0.5 if ring < 1 else 0)) / 15
            pen.oval(
                x + 0.72 * r * ring * math.cos(a),
                y + 0.72 * r * ring * math.sin(a),
                0.4 * r,
                0.16 * r,
                tone,
                angle=math.degrees(a),
                shade=0.1,
            )
    pen.oval(x, y, r * 0.5, r * 0.5, 0x5A3820, shade=0.25)
    dots = [
        (x + 0.11 * r * k**0.5 * math.cos(2.4 * k), y + 0.11 * r * k**0.5 * math.sin(2.4 * k))
        for k in range(1, 16)
    ]
    pen.specks(dots, r * 0.06, 0x8E5F34)


def rice(stage: Stage) -> Iterator[Part]:
    """Terraces of rice: steps of still water that hold the sky, rows of green, far hills."""
    yield Layer(
        0.08,
        hills(stage, stage.y(0.52), 0.2, 0x6FA090, 0x8FBF9A, name="rice far", rough=0.5),
        far=0.5,
    )
    yield Layer(
        0.18, hills(stage, stage.y(0.56), 0.12, 0x6CA868, 0x8CBF6A, name="rice mid"), far=0.25
    )
    for k, (depth, top) in enumerate(((0.26, 0.565), (0.34, 0.605), (0.42, 0.65))):
        yield Layer(depth, _terrace(stage, k, top), far=0.14 - 0.05 * k)
    yield Layer(0.7, _paddy(stage), z=0.43)
    yield Layer(0.7, _seedlings(stage), z=0.435)
    yield from canopy(stage, 0x74B050)
    yield foreground_grass(stage, 0x6AAE48, height=0.13)


def _terrace(stage: Stage, k: int, top: float) -> Paint:
    y = outline(stage, stage.y(top), 0.035, 0.3, f"terrace {k}")

    def paint(pen: Pen) -> None:
        step = 0.021 * stage.tall * (1 + 0.35 * k)
        sky = mix(stage.light.sky[2], stage.light.sky[1], 0.3)
        for n in range(4):
            line = [(x := stage.period * j / 60, y(x) + n * step * 1.05) for j in range(61)]
            bank = [(px, py + step * 0.62) for px, py in line]
            low = [(px, py + step * 1.5) for px, py in line]
            colour = stage.snowy(own(stage, (0x8CC65A, 0x74B04E, 0xA4CE62)[(n + k) % 3]), 0.8)
            pen.fade([*line, *reversed(low)], colour, darker(colour, 0.2))
            if (n + k) % 2 == 0:
                pen.fade([*bank, *reversed(low)], lighter(sky, 0.15), sky, lit=False)
            pen.line(line, 0.004, lighter(colour, 0.25), smooth=False)

    return paint


def _paddy(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w, y0, y1 = stage.period + 0.1, stage.y(0.7), stage.height * 1.3
        sky = stage.light.sky
        pen.fade(
            [(-0.05, y0), (w, y0), (w, y1), (-0.05, y1)],
            mix(sky[2], 0x9CC27A, 0.25),
            mix(sky[0], 0x4E7A4A, 0.45),
            lit=False,
        )
        for top, tall in ((0.695, 0.02), (0.855, 0.034)):
            y, h = stage.y(top), tall * stage.tall
            pen.fade(
                [(-0.05, y), (w, y), (w, y + h), (-0.05, y + h)],
                stage.snowy(0x9CCB60, 0.8),
                stage.snowy(0x6E5A38, 0.4),
            )

    return paint


def _seedlings(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        for row in range(11):
            u = (row + 0.5) / 11
            y = stage.y(0.725 + 0.29 * u)
            if 0.845 < y / stage.height < 0.9:
                continue
            h = 0.048 * stage.tall * (0.4 + u)
            step = h * 1.5
            blades = []
            for k in range(int(stage.period / step)):
                x = k * step + (row % 2) * step / 2
                blades += [
                    ((x, y), (x + d * h * 0.45, y - h * (1 - 0.25 * abs(d)))) for d in (-1, 0, 1)
                ]
            pen.hairs(blades, h * 0.1, stage.snowy((0x6DB548, 0x86C456)[row % 2], 0.6))

    return paint


def road(stage: Stage) -> Iterator[Part]:
    """A highway through open country, with posts and a guard rail."""
    yield from far_hills(stage, "road")
    yield Layer(0.4, hills(stage, stage.y(0.66), 0.02, 0xA6C86A, 0x8AB85A, name="verge"), far=0.08)
    yield Layer(
        0.4,
        bushes(stage, (0.665, 0.685), 8, (0.03, 0.06), (0x5E9B52, 0x7CAA54), "verge"),
        z=0.401,
        far=0.05,
    )
    yield Layer(0.6, _rail(stage), z=0.42)
    yield Layer(0.7, _asphalt(stage), z=0.41)
    yield Layer(0.7, tufts(stage, (0.95, 1.03), 80, GREENS, "road"), z=0.415)
    yield from canopy(stage, 0x6FA84C)
    yield foreground_grass(stage, 0x5C9A43, height=0.12)


def _asphalt(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        w = stage.period + 0.1

        def band(y0: float, y1: float, top: Colour, low: Colour) -> None:
            a, b = stage.y(y0), stage.y(y1)
            pen.fade(
                [(-0.05, a), (w, a), (w, b), (-0.05, b)],
                stage.snowy(top, 0.5),
                stage.snowy(low, 0.5),
            )

        band(0.7, 1.3, 0xA6CC62, 0x5E9E48)
        band(0.725, 0.95, 0x757682, 0x565762)
        band(0.738, 0.744, 0xF3EBDC, 0xF3EBDC)
        band(0.926, 0.935, 0xF3EBDC, 0xF3EBDC)
        step = stage.period / round(stage.period / 0.36)
        y, h = stage.y(0.826), 0.014 * stage.tall
        dashes = [
            [
                (k * step, y),
                (k * step + 0.17, y),
                (k * step + 0.164, y + h),
                (k * step - 0.008, y + h),
            ]
            for k in range(round(stage.period / step))
        ]
        pen.shapes(dashes, 0xF6C94A)

    return paint


def _rail(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        y, h = stage.y(0.72), 0.045 * stage.tall
        step = stage.period / round(stage.period / 0.2)
        for k in range(round(stage.period / step)):
            pen.box(k * step, y - h, 0.012, h, 0x8A929C, shade=0)
        pen.box(
            -0.02, y - h * 1.05, stage.period + 0.04, h * 0.42, 0xC6CED6, corner=0.006, shade=0.25
        )

    return paint


SETTINGS = {
    "farm": Setting(parts=farm, horizon=0.57, ground=(0.73, 0.88)),
    "sunflowers": Setting(parts=sunflowers, horizon=0.57, ground=(0.74, 0.88)),
    "rice": Setting(parts=rice, horizon=0.54, ground=(0.705, 0.87), clouds=4),
    "road": Setting(parts=road, horizon=0.57, ground=(0.765, 0.885)),
}
