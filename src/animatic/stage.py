"""The stage: what every drawer knows of the film, and what every frame knows of its moment."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from animatic.camera import Pose
from animatic.colour import Colour, mix
from animatic.dice import Dice, scatter
from animatic.ease import clamp
from animatic.light import HOURS, Light
from animatic.rig.pen import Pen
from animatic.scene import Scene
from animatic.styles import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The frame in stage units: its shorter side is 1. `unit` is pixels a unit.

    Backdrops repeat after `period` units, so that a camera may follow for ever. `floor` is where
    rain lands and fog lies, as shares of the height; nothing lands where it is None.
    """

    width: float
    height: float
    unit: float
    period: float
    light: Light
    style: Style
    wind: float
    seed: int
    palette: tuple[Colour, ...]
    cover: Colour | None = None
    floor: tuple[float, float] | None = (0.7, 0.98)

    @property
    def tall(self) -> float:
        """How much larger things are drawn in an upright frame, so that they fill it."""
        return 1 + 0.5 * min(1.2, max(0.0, self.height - 1))

    def snowy(self, colour: Colour, share: float) -> Colour:
        """A colour of the land under what has settled on it, if anything has."""
        return colour if self.cover is None else mix(colour, self.cover, share)

    def dice(self, *name: object) -> Dice:
        """Chance for one use."""
        return Dice(self.seed, "stage", *name)

    def scatter(self, name: str, count: int) -> NDArray[np.float64]:
        """`count` rows of 6 numbers in 0…1."""
        return scatter(self.seed, name, count)

    def y(self, share: float) -> float:
        """A share of the height, in units."""
        return self.height * share


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One frame's time: scene seconds, the camera's pose, and how far a picture has come alive."""

    t: float
    pose: Pose
    alive: float = 1.0


@dataclass(frozen=True, slots=True)
class Layer:
    """A backdrop that is painted once, repeats sideways and moves by parallax.

    `depth` 0 is infinitely far, 1 where the nearest actors stand. `z` is its turn in the painting
    (its depth, unless it lies flat under the actors); `drift` units a second; `bob` (units, turns
    a second) rocks it up and down.
    """

    depth: float
    paint: Callable[[Pen], None]
    z: float | None = None
    drift: float = 0.0
    bob: tuple[float, float] = (0.0, 0.0)
    far: float = 0.0


@dataclass(frozen=True, slots=True)
class Live:
    """A part that is drawn anew in every frame, moving with the camera at its depth."""

    depth: float
    draw: Callable[[Pen, Moment], None]
    z: float | None = None
    far: float = 0.0


Part = Layer | Live


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A place. All heights are shares of the frame's height, from its top.

    `ground`, `water` and `air` say where actors may be, from far to near (for air: high to low).
    `light` is what the place makes of the hour's light. In a `sheltered` place weather stays
    behind the land, to be seen through a window.
    """

    parts: Callable[[Stage], Iterable[Part]]
    horizon: float = 0.56
    ground: tuple[float, float] | None = (0.66, 0.88)
    water: tuple[float, float] | None = None
    air: tuple[float, float] = (0.18, 0.5)
    sky: bool = True
    clouds: int = 5
    shadows: bool = True
    scale: float = 1.0
    light: Callable[[Light], Light] | None = None
    sheltered: bool = False

    def feet(self, stands: str, depth: float) -> float:
        """Where the feet of an actor are, as a share of the height."""
        bands = {"ground": self.ground or self.water, "water": self.water or self.ground}
        band = bands.get(stands) or self.air
        return band[0] + (band[1] - band[0]) * depth


Draw = Callable[[Pen, Stage, Moment, float], None]
"""(pen in stage units, stage, moment, strength)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """What is in the air: what it does to the light and to the wind, and what it draws.

    `sky` is drawn behind all land, `behind` behind the actors, `front` over everything; `inside`
    instead of `front` in sheltered places. `cover` is a colour that settles on the ground and on
    what stands there (snow), `air` one that hangs in the air (dust).
    """

    dim: float = 0.0
    cloud: float = 0.0
    haze: float = 0.0
    wind: float = 0.0
    mist: float = 0.0
    air: Colour | None = None
    sky: Draw | None = None
    behind: Draw | None = None
    front: Draw | None = None
    inside: Draw | None = None
    cover: Colour | None = None


def stage_of(
    scene: Scene,
    width: int,
    height: int,
    style: Style,
    setting: Setting,
    weather: Sequence[tuple[Weather, float]],
) -> Stage:
    """The stage of a scene at a size in pixels, under its weather, each with its strength."""
    unit = float(min(width, height))
    light = _light(scene, weather)
    if setting.light:
        light = setting.light(light)
    floor = None if setting.sheltered else setting.ground or setting.water
    wide = width / unit
    period = round(max(1.45 * wide, 1.6) * unit) / unit
    wind = clamp(0.12 + sum(w.wind * s for w, s in weather))
    return Stage(
        width=wide,
        height=height / unit,
        unit=unit,
        period=period,
        light=light,
        style=style,
        wind=wind,
        seed=scene.seed,
        palette=scene.palette,
        cover=next((w.cover for w, _ in weather if w.cover is not None), None),
        floor=floor and (floor[0], 0.99),
    )


def _light(scene: Scene, weather: Sequence[tuple[Weather, float]]) -> Light:
    light = HOURS.get(scene.hour, HOURS["day"])
    if scene.sun > 0:
        light = light.flip()
    dim = cloud = haze = mist = 0.0
    air = None
    for one, strength in weather:
        dim = max(dim, min(1.0, one.dim * strength))
        cloud = max(cloud, one.cloud * min(1.0, strength))
        haze = max(haze, min(1.0, one.haze * strength))
        mist = max(mist, min(1.0, one.mist * strength))
        air = one.air if one.air is not None else air
    return light.under(dim=dim, cloud=cloud, haze=haze, mist=mist, air=air)
