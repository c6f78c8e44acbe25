"""Meadow, forest, mountains."""

from collections.abc import Iterator

from animatic.colour import mix
from animatic.dice import Dice
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    GREENS,
    Paint,
    boulders,
    canopy,
    conifers,
    flowers,
    foreground_grass,
    hills,
    ledge,
    outline,
    scatter_trees,
    skyline,
    trail,
    tufts,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

PETALS = (0xFFF7E0, 0xF6C945, 0xF29BB0, 0xB79BE8)


def meadow(stage: Stage) -> Iterator[Part]:
    """Hills, a hedge of round trees, a lawn with flowers, blades before the camera."""
    far = outline(stage, stage.y(0.58), 0.1, 0.4, "meadow mid")
    yield Layer(0.12, hills(stage, stage.y(0.55), 0.16, 0x7FB2A8, 0x9CC7A0, name="far"), far=0.45)
    yield Layer(
        0.26, hills(stage, stage.y(0.58), 0.1, 0x7DB56A, 0x93C574, name="meadow mid"), far=0.2
    )
    greens = (0x5E9B52, 0x4E8C50, 0x78AC55)
    yield Layer(0.26, scatter_trees(stage, far, 7, (0.07, 0.13), greens, "hedge"), far=0.2, z=0.27)
    near = hills(stage, stage.y(0.63), 0.03, 0xA6CF66, 0x5E9E48, name="lawn", deep=True)
    yield Layer(0.7, near, z=0.3)
    if stage.dice("path").coin(0.55) or stage.height > 1.25:
        place = stage.width * stage.dice("path place").between(0.25, 0.75)
        yield Layer(0.7, trail(stage, place, 0.635, 0xE2C48E), z=0.305)
    yield Layer(0.7, tufts(stage, (0.64, 1.02), 190, GREENS, "lawn"), z=0.31)
    yield Layer(0.7, flowers(stage, (0.65, 0.99), 90, PETALS, "meadow"), z=0.32)
    yield from canopy(stage, 0x6FA84C)
    yield foreground_grass(stage, 0x5C9A43)


def forest(stage: Stage) -> Iterator[Part]:
    """Rows of firs into the mist, trunks near by, moss and ferns."""
    for k, (depth, base, size, far) in enumerate(
        (
            (0.1, 0.56, (0.2, 0.34), 0.72),
            (0.22, 0.6, (0.28, 0.46), 0.45),
            (0.38, 0.645, (0.4, 0.62), 0.2),
        )
    ):
        y = outline(stage, stage.y(base), 0.04, 0.4, f"forest {k}")
        yield Layer(
            depth,
            hills(stage, stage.y(base), 0.04, 0x4F7F4C, 0x4F7F4C, name=f"forest {k}"),
            far=far,
            z=depth,
        )
        yield Layer(
            depth,
            conifers(stage, y, 15 - 3 * k, size, (0x5E9A5C, 0x3C7350), f"row {k}"),
            far=far,
            z=depth + 0.01,
        )
    yield Layer(
        0.7, hills(stage, stage.y(0.68), 0.03, 0x8DB35A, 0x47743C, name="moss", deep=True), z=0.45
    )
    yield Layer(
        0.7,
        tufts(stage, (0.69, 1.02), 170, (0x5F9446, 0x79A950, 0x4D803F, 0x9CBD5E), "moss"),
        z=0.46,
    )
    yield _beams(stage)
    yield _trunk(stage)
    yield Layer(
        0.7, boulders(stage, (0.72, 1.0), 6, (0x7E8B78, 0x8C8F86), "moss", size=0.045), z=0.47
    )
    yield from canopy(stage, 0x3F7A44)
    yield foreground_grass(stage, 0x3F7038, height=0.16)


def _trunk(stage: Stage) -> Live:
    """One trunk close by: drawn anew, since its picture would be as large as the frame."""
    dice = stage.dice("trunks")
    x, w = dice.between(0.02, 0.08) * stage.period, dice.between(0.06, 0.08) * stage.tall

    def draw(pen: Pen, moment: Moment) -> None:
        px = (x - moment.pose.x * 1.35 + 0.2) % (stage.period + 0.4) - 0.2
        foot, top = stage.height * 1.1, -0.3
        if px < stage.width + 0.2:
            stem = [(px, top), (px + 0.02, stage.y(0.4)), (px - 0.01, foot)]
            pen.limb(stem, [w * 0.8, w, w * 1.7], 0x4A3C38, shade=0.2)

    return Live(0.0, draw, z=1.3)


def _beams(stage: Stage) -> Live:
    def draw(pen: Pen, moment: Moment) -> None:
        if stage.light.glow < 0.3:
            return
        x = stage.width * stage.light.place[0]
        for k in range(4):
            sway = 0.03 * k + 0.02 * ((moment.t * 0.2 + k) % 2 - 1) * ((moment.t * 0.2 + k) % 2 - 1)
            foot = x + stage.light.slope * (0.5 + 0.28 * k) + sway
            top = x + stage.light.slope * 0.1 * k
            shape = [
                (top - 0.02, -0.1),
                (top + 0.05, -0.1),
                (foot + 0.16, stage.y(0.9)),
                (foot - 0.03, stage.y(0.9)),
            ]
            pen.fade(shape, stage.light.sun, stage.light.sun, alphas=(0.2, 0.0), lit=False)

    return Live(0.2, draw, z=0.44)


def mountains(stage: Stage) -> Iterator[Part]:
    """Two ranges with snow on the sunlit flanks, fir woods below, an alpine meadow."""
    yield Layer(0.06, _range(stage, 0.56, 0.42, 0x8593B4, "back"), far=0.42)
    yield Layer(0.14, _range(stage, 0.6, 0.26, 0x6F7FA0, "front"), far=0.2)
    y = outline(stage, stage.y(0.62), 0.05, 0.4, "alp")
    yield Layer(0.3, hills(stage, stage.y(0.62), 0.05, 0x6FA25C, 0x8ABB66, name="alp"), far=0.1)
    yield Layer(
        0.3, conifers(stage, y, 22, (0.07, 0.15), (0x4F8A5C, 0x346650), "alp"), far=0.12, z=0.31
    )
    yield Layer(
        0.7, hills(stage, stage.y(0.67), 0.03, 0xA2C868, 0x649C4C, name="alm", deep=True), z=0.35
    )
    yield Layer(0.7, tufts(stage, (0.68, 1.02), 150, GREENS, "alm"), z=0.36)
    yield Layer(
        0.7, boulders(stage, (0.69, 1.0), 9, (0xA7A5AC, 0x918F9C), "alm", size=0.04), z=0.37
    )
    yield Layer(
        0.7, flowers(stage, (0.69, 0.99), 40, (0xFFFFFF, 0xB9A0F0, 0xF6D45A), "alm"), z=0.38
    )
    yield from canopy(stage, 0x4E8A5A)
    yield foreground_grass(stage, 0x5A9648, height=0.09)


def _range(stage: Stage, base: float, height: float, rock: int, name: str) -> Paint:
    def paint(pen: Pen) -> None:
        dice = stage.dice("range", name)
        count, tall = 5, height * stage.tall
        peaks = [
            ((k + dice.around(0.5, 0.25)) / count * stage.period, tall * dice.between(0.55, 1.0))
            for k in range(count)
        ]
        foot = stage.y(base)
        for x, h in sorted(peaks, key=lambda p: -p[1]):
            _peak(pen, stage, x, foot, h, rock, stage.dice("peak", name, round(x, 3)))
        y = outline(stage, foot, 0.03, 0.5, name)
        line = skyline(stage, y, floor=foot + 0.14 * stage.height)
        ledge(pen, stage, line)
        pen.fade(line, rock, mix(rock, stage.light.haze, 0.5))

    return paint


def _peak(pen: Pen, stage: Stage, x: float, foot: float, h: float, rock: int, dice: Dice) -> None:
    side = pen.light.side
    top = (x, foot - h)
    w = h * dice.between(0.75, 1.0)
    left, right = (x - w, foot + 0.05), (x + w, foot + 0.05)
    ridge = [
        top,
        (x + side * -0.05 * h, foot - h * 0.7),
        (x + side * 0.06 * h, foot - h * 0.4),
        (x - side * 0.04 * h, foot + 0.05),
    ]
    lit, dark = (right, left) if side > 0 else (left, right)
    pen.poly([top, dark, ridge[3], ridge[2], ridge[1]], mix(rock, 0x2E3560, 0.3), shade=0.05)
    pen.poly([top, lit, ridge[3], ridge[2], ridge[1]], mix(rock, 0xF3E3D0, 0.25), shade=0.08)
    for edge, colour in ((lit, 0xFFFFFF), (dark, 0xBCCBE6)):
        snow = [
            (top[0] + (edge[0] - top[0]) * s, top[1] + (edge[1] - top[1]) * s)
            for s in (0.0, 0.2, 0.38)
        ]
        inner = [
            (ridge[1][0], ridge[1][1]),
            (top[0] + (edge[0] - top[0]) * 0.1, foot - h * 0.6),
            (top[0] + (edge[0] - top[0]) * 0.2, foot - h * 0.7),
            (top[0] + (edge[0] - top[0]) * 0.28, foot - h * 0.56),
        ]
        pen.poly([*snow, inner[3], inner[2], inner[1], inner[0]], colour, shade=0.03)


SETTINGS = {
    "meadow": Setting(parts=meadow, horizon=0.56, ground=(0.68, 0.87)),
    "forest": Setting(parts=forest, horizon=0.55, ground=(0.72, 0.88), clouds=2),
    "mountains": Setting(parts=mountains, horizon=0.58, ground=(0.7, 0.87)),
}
