"""A plain backdrop: a sweep of paper, pale or dark, with a pool of light on it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from animatic.colour import Colour, darker, mix
from animatic.rig.pen import Pen
from animatic.scenery.land import Paint
from animatic.stage import Layer, Part, Setting, Stage

PALE, DARK = 0xF1EEE8, 0x2A2B33
TINTS = (0xE9C9B0, 0xBFD3E6, 0xCFE0C3, 0xE3C7DA)


def studio(paper: Colour, stage: Stage) -> Iterator[Part]:
    """Paper that hangs behind and lies below, without an edge between."""
    tint = mix(paper, stage.dice("paper").pick(TINTS), stage.dice("tint").between(0.06, 0.2))
    yield Layer(0.0, _sweep(stage, tint), z=0.07)
    yield Layer(0.02, _pool(stage, mix(tint, 0xFFFFFF, 0.5)), z=0.08)


def _sweep(stage: Stage, paper: Colour) -> Paint:
    def paint(pen: Pen) -> None:
        w, h, bend = stage.period + 0.1, stage.height * 1.3, stage.y(0.72)
        wall = [(-0.05, -0.3), (w, -0.3), (w, bend), (-0.05, bend)]
        floor = [(-0.05, bend), (w, bend), (w, h), (-0.05, h)]
        pen.fade(wall, darker(paper, 0.16), paper)
        pen.fade(floor, paper, darker(paper, 0.12))

    return paint


def _pool(stage: Stage, colour: Colour) -> Paint:
    aside = stage.dice("lamp").around(0, 0.2)

    def paint(pen: Pen) -> None:
        x, y = stage.width * (0.5 + aside), stage.y(0.5)
        pen.glow(x, y, 0.7 * max(1.0, stage.height), colour, 0.4)

    return paint


def _setting(parts: Callable[[Stage], Iterable[Part]]) -> Setting:
    return Setting(
        parts=parts,
        horizon=0.6,
        ground=(0.78, 0.88),
        air=(0.2, 0.5),
        sky=False,
        clouds=0,
        sheltered=True,
    )


SETTINGS = {
    "studio": _setting(partial(studio, PALE)),
    "studio_dark": _setting(partial(studio, DARK)),
}
