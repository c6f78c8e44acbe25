"""Woods in autumn."""

from collections.abc import Iterator

from animatic.ease import wave
from animatic.rig.pen import Pen
from animatic.scenery.land import (
    Paint,
    canopy,
    foreground_grass,
    hills,
    outline,
    scatter_trees,
    trail,
)
from animatic.stage import Layer, Live, Moment, Part, Setting, Stage

# Woods in autumn

FALL = (0xE08A3A, 0xD9632F, 0xE9B23C, 0xC44A34, 0xF0C84F)


def autumn(stage: Stage) -> Iterator[Part]:
    """Trees in red and gold in three depths, a path under fallen leaves."""
    for k, (depth, base, size, far) in enumerate(
        (
            (0.12, 0.57, (0.2, 0.28), 0.6),
            (0.26, 0.62, (0.28, 0.38), 0.3),
            (0.42, 0.67, (0.4, 0.52), 0.06),
        )
    ):
        y = outline(stage, stage.y(base), 0.03, 0.4, f"autumn {k}")
        yield Layer(
            depth,
            hills(stage, stage.y(base), 0.03, 0xC9924A, 0xB9803F, name=f"autumn {k}"),
            far=far,
        )
        yield Layer(
            depth,
            scatter_trees(stage, y, 11 - 3 * k, size, FALL, f"autumn {k}"),
            far=far,
            z=depth + 0.001,
        )
    yield Layer(
        0.7,
        hills(stage, stage.y(0.685), 0.02, 0xD9A24E, 0x9A6A38, name="litter", deep=True),
        z=0.43,
    )
    yield Layer(
        0.7,
        trail(stage, stage.width * stage.dice("way").between(0.3, 0.7), 0.695, 0xE2C69A),
        z=0.435,
    )
    yield Layer(0.7, _litter(stage), z=0.44)
    yield from canopy(stage, 0xDE7A34)
    yield foreground_grass(stage, 0xA8823A, height=0.1)
    yield _shedding(stage)


def _litter(stage: Stage) -> Paint:
    def paint(pen: Pen) -> None:
        rows = stage.scatter("litter", 240 if stage.cover is None else 40).tolist()
        for x, y, c, a, *_ in sorted(rows, key=lambda row: row[1]):
            r = 0.014 * stage.tall * (0.3 + y)
            place = (x * stage.period, stage.y(0.7 + 0.32 * y))
            pen.oval(*place, r, r * 0.4, FALL[int(c * 5)], angle=180 * a, shade=0)

    return paint


def _shedding(stage: Stage) -> Live:
    """A few leaves always fall."""
    table = stage.scatter("shedding", 9)

    def draw(pen: Pen, moment: Moment) -> None:
        for x, y, s, phase, c, _ in table:
            fall = (y + moment.t * 0.055 * (0.7 + s)) % 1.1 - 0.05
            px = (
                x * stage.width + 0.06 * wave(moment.t * 0.25 + phase) - moment.pose.x
            ) % stage.width
            r = 0.012 + 0.008 * s
            flip = 0.35 + 0.65 * abs(wave(moment.t * 0.4 + phase))
            pen.oval(
                px,
                stage.y(fall),
                r,
                r * 0.5 * flip,
                FALL[int(c * 5)],
                angle=360 * (moment.t * 0.2 + phase),
                shade=0,
            )

    return Live(0.0, draw, z=1.1)


SETTINGS = {
    "autumn": Setting(parts=autumn, horizon=0.58, ground=(0.72, 0.88), clouds=3),
}
