"""A scene → frames: backdrops painted once; camera, actors, weather, style in each frame."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import skia

from animatic import backdrop
from animatic.backdrop import Backdrop
from animatic.camera import LOFTY
from animatic.colour import argb, mix
from animatic.ease import Point
from animatic.finish import Finish, posterise
from animatic.halo import halo_of
from animatic.lettering import Lettering
from animatic.lexicon import lexicon
from animatic.motions import MOTIONS, Shift
from animatic.pixels import Frame, canvas_on, info
from animatic.registry import collect
from animatic.rig.act import Act, Subject
from animatic.rig.effects import EFFECTS
from animatic.rig.pen import Pen
from animatic.scene import ABSTRACT, Actor, Scene
from animatic.scenery.sky import clouds, sky, wisps
from animatic.shot import Shot, depth_of
from animatic.sprite import MARGIN, Patch, Sprite, cast, mirror, stamp
from animatic.stage import Draw, Layer, Live, Moment, Part, Setting, Stage, Weather, stage_of
from animatic.styles import STYLES, Style
from animatic.traits import ActionTraits

KEY = 0.3
"""How much more light actors get than the land: they must be seen at night."""

FAINT = 0.1

BEFORE = 1.2
"""What is nearer stands right before the lens."""

ALOFT = 0.055
"""The turn of what is in the sky: after its clouds, before all land."""

BEHIND = 0.42
"""The turn of far weather: after the land, before all actors."""

SHADOW = 0x1B1436


def subjects() -> dict[str, Subject]:
    """All that can be drawn, by name."""
    return dict(collect("subjects", "SUBJECTS"))


def places() -> dict[str, Setting]:
    """All settings, by name."""
    return dict(collect("places", "SETTINGS"))


def weathers() -> dict[str, Weather]:
    """All weather, by name."""
    return dict(collect("weather", "WEATHER"))


@dataclass(frozen=True, slots=True)
class Cue:
    """What it takes to put one actor on the frame."""

    actor: Actor
    paint: Subject
    action: ActionTraits
    half: float


Step = Backdrop | Live | Cue


class Film:
    """Draws any frame of a scene at a size. Frames may be drawn in any order."""

    def __init__(self, scene: Scene, width: int, height: int) -> None:
        self.scene = scene
        style = STYLES.get(scene.style, STYLES["plain"])
        self.setting = places().get(scene.setting) or places()[ABSTRACT]
        self._size, self.enlarged = _inner_size(width, height, style)
        self.style = style.at_size(min(self._size))
        self._outer = (width, height)
        self._weather = [
            (w, s) for name, s in sorted(scene.weather.items()) if (w := weathers().get(name))
        ]
        self.stage = stage_of(scene, *self._size, self.style, self.setting, self._weather)
        self._subjects = subjects()
        self._patch = Patch(*self._size)
        self.shot = Shot(scene, self.stage, self.setting, self._subjects)
        self._sky: Any = None
        self._steps: list[Step] = []
        self._key_light = replace(self.stage.light, tint=mix(self.stage.light.tint, 0xFFFFFF, KEY))
        self._finish = Finish(self.stage)
        self._lettering = Lettering(self.stage, scene.letters, scene.manner)

    def prepare(self) -> Iterator[float]:
        """Paint the backdrops, one a turn: yields how much of that is done. Else a frame does."""
        self.prepare_air()
        yield 0.0
        self._sky = self._paint_sky()
        groups = self._order()
        steps = []
        for k, group in enumerate(groups):
            steps.append(self._step(group))
            yield (k + 1) / len(groups)
        self._steps = steps

    def prepare_air(self) -> None:
        """Paint what lies over every frame: all that a picture needs."""
        self._finish.paint(*self._size)

    def frame(self, out: Frame, seconds: float, *, alive: float = 1.0) -> None:
        """Draw the frame at `seconds` of the film into `out`, height × width × BGRA."""
        if self._sky is None:
            deque(self.prepare(), maxlen=0)
        moment = self.shot.moment(seconds, alive)
        if self.enlarged == 1:
            with canvas_on(out) as canvas:
                self.draw(canvas, moment)
            return
        small = np.zeros((self._size[1], self._size[0], 4), np.uint8)
        with canvas_on(small) as canvas:
            self.draw(canvas, moment)
        posterise(small)
        k = self.enlarged
        large = np.repeat(np.repeat(small, k, axis=1), k, axis=0)
        out[:] = large[: self._outer[1], : self._outer[0]]

    def draw(self, canvas: Any, moment: Moment) -> None:
        """Draw one moment in pixels."""
        slip = self._finish.weave(moment.t)
        canvas.save()
        canvas.translate(*slip)
        canvas.drawImage(self._sky, 0, 0)
        sights = iter(self._in_sight(moment))
        for step in self._steps:
            if isinstance(step, Backdrop):
                placed, region = next(sights)
                region.translate(*slip)
                backdrop.show(canvas, placed, region, self._size[0])
            elif isinstance(step, Cue):
                self._actor(canvas, moment, step)
            else:
                self._live(canvas, moment, step)
        canvas.restore()
        self.draw_air(canvas, moment)

    def draw_air(self, canvas: Any, moment: Moment) -> None:
        """What lies over everything: weather, then the style's finish, as far as it has come."""
        if moment.alive <= 0:
            return
        if moment.alive < 1:
            canvas.saveLayerAlpha(None, round(255 * moment.alive))
        self._draw_weather(canvas, moment)
        self._lettering.draw(canvas, moment.t / self.scene.pace)
        self._finish.draw(canvas, moment.t)
        if moment.alive < 1:
            canvas.restore()

    def draw_over(self, canvas: Any, moment: Moment) -> None:
        """Draw the air of a film whose pixels are small: over a picture."""
        canvas.save()
        canvas.scale(self.enlarged, self.enlarged)
        self.draw_air(canvas, moment)
        canvas.restore()

    def _draw_weather(self, canvas: Any, moment: Moment) -> None:
        canvas.save()
        canvas.scale(self.stage.unit, self.stage.unit)
        pen = Pen(canvas, self.stage.light, self.style)
        for weather, strength in self._weather:
            front = weather.inside if self.setting.sheltered else weather.front
            if front and strength > 0:
                front(pen, self.stage, moment, strength)
        canvas.restore()

    # Preparing

    def _paint_sky(self) -> Any:
        surface = skia.Surface.MakeRaster(info(*self._size, opaque=True))
        canvas = surface.getCanvas()
        canvas.clear(argb(self.style.tone(self.stage.light.haze)))
        canvas.scale(self.stage.unit, self.stage.unit)
        if self.setting.sky:
            sky(self.stage, self.setting.horizon)(Pen(canvas, self.stage.light, self.style))
        return surface.makeImageSnapshot()

    def _in_sight(self, moment: Moment) -> Iterator[tuple[backdrop.Placed, Any]]:
        """Where each backdrop is in this frame, and what nothing nearer hides of it."""
        placed = [
            backdrop.place(step, self.stage, self.shot.view(moment.pose, step.layer.depth), moment)
            for step in self._steps
            if isinstance(step, Backdrop)
        ]
        return zip(placed, backdrop.in_sight(placed, *self._size), strict=True)

    def _order(self) -> list[list[Part | Actor]]:
        """All that a frame consists of, far to near; what is painted as one, together."""
        parts: list[tuple[float, Part | Actor]] = list(self._parts())
        parts += [(z, Live(0.0, draw, z=z)) for z, draw in self._behind()]
        parts += [
            (depth_of(a) + 0.001, a) for a in self.scene.actors if a.subject in self._subjects
        ]
        parts.sort(key=lambda part: part[0])
        return _group_alike([part for _, part in parts])

    def _behind(self) -> Iterator[tuple[float, Callable[[Pen, Moment], None]]]:
        """Weather that is far away, with its turn: in the sky, or before the actors."""
        for weather, strength in self._weather:
            outside = weather.front if self.setting.sheltered else None
            for z, draw in ((ALOFT, weather.sky), (ALOFT, outside), (BEHIND, weather.behind)):
                if draw and strength > 0 and not (z == BEHIND and self.setting.sheltered):
                    yield z, partial(_blow, draw, self.stage, strength)

    def _parts(self) -> Iterator[tuple[float, Part]]:
        parts = list(self.setting.parts(self.stage))
        if self.setting.clouds and self.setting.sky:
            parts.append(clouds(self.stage, self.setting.horizon, self.setting.clouds))
        if self.scene.camera in LOFTY:
            parts = [part for part in parts if max(part.depth, part.z or 0) <= BEFORE]
            parts.append(wisps(self.stage))
        for part in parts:
            yield (part.depth if part.z is None else part.z), part

    def _step(self, group: list[Part | Actor]) -> Step:
        first = group[0]
        if isinstance(first, Actor):
            return self._cue(first)
        if isinstance(first, Live):
            return first
        layers = [layer for layer in group if isinstance(layer, Layer)]
        return backdrop.paint(self.stage, layers, self.shot.least(first.depth), self.scene.blur)

    def _cue(self, actor: Actor) -> Cue:
        half = max(0.75, 0.75 * lexicon().subject(actor.subject).aspect) + MARGIN
        action = lexicon().action(actor.action)
        return Cue(actor, self._subjects[actor.subject], action, half)

    # Drawing

    def _live(self, canvas: Any, moment: Moment, part: Live) -> None:
        canvas.save()
        canvas.scale(self.stage.unit, self.stage.unit)
        x, y, zoom = self.shot.view(moment.pose, part.depth)
        canvas.translate(x, y)
        canvas.scale(zoom, zoom)
        part.draw(Pen(canvas, self.stage.light, self.style, part.far), moment)
        canvas.restore()

    def _actor(self, canvas: Any, moment: Moment, cue: Cue) -> None:
        """One actor: its shadow, its edge of light, itself."""
        actor, unit = cue.actor, self.stage.unit
        phase = moment.t * actor.tempo + actor.phase
        x, y, size = self.shot.spot(actor, moment)
        if not -2 < x - self.stage.width / 2 < 2 + self.stage.width:
            return
        shift = MOTIONS[cue.action.motion](phase, moment.t)
        lift = self.shot.lift(cue.action, actor, y / size)
        act = self._act(actor, phase, moment, cue.action.gait)

        def paint(patch: Any) -> None:
            _pose(patch, shift, actor.facing, size * unit)
            pen = Pen(patch, self._key_light, self.style, 0.12 * (1 - depth_of(actor)))
            cue.paint(pen, act)
            if effect := EFFECTS.get(cue.action.effect):
                effect(pen, act)

        raised = (shift.y - lift) * size
        spot = ((x + shift.x * size) * unit, (y + raised) * unit)
        sprite = self._patch.draw(*spot, size * unit, cue.half, paint)
        if self.setting.shadows and actor.stands == "ground" and actor.host < 0:
            self._shadow(canvas, sprite, (spot[0], y * unit), size * unit, -raised / size)
        if self.style.wet and actor.stands == "ground":
            mirror(canvas, sprite, y * unit, self.style.wet)
        under, over = halo_of(self.style.halo, sprite.coarse, unit)
        if under:
            under.lay(canvas, sprite.left, sprite.top)
        self._rim(canvas, sprite, size * unit)
        canvas.drawImage(sprite.image, sprite.left, sprite.top)
        if over:
            over.lay(canvas, sprite.left, sprite.top)

    def _act(self, actor: Actor, phase: float, moment: Moment, gait: str) -> Act:
        return Act(
            t=moment.t,
            phase=phase,
            action=actor.action,
            gait=gait,
            wind=self.stage.wind,
            seed=actor.seed,
            look=actor.look,
            colour=actor.colour,
            palette=self.stage.palette,
            lamps=self.stage.light.lamps,
            wide=lexicon().subject(actor.subject).aspect,
            place=self.scene.setting,
        )

    def _shadow(self, canvas: Any, sprite: Sprite, feet: Point, size: float, lift: float) -> None:
        """A soft contact under the feet, and the silhouette laid away from the sun."""
        light = self.stage.light
        fade = 1 / (1 + 1.5 * max(0.0, lift))
        pen = Pen(canvas, light, self.style)
        pen.soft(*feet, 0.42 * size, 0.07 * size, SHADOW, 1.3 * light.shade * fade)
        if light.shade > FAINT:
            lean, reach = light.slope * light.reach * 0.8, 0.28 * min(1.2, light.reach)
            lifted = (feet[0] + lean * lift * size, feet[1] - lift * size)
            cast(
                canvas,
                sprite,
                feet if not lift else lifted,
                lean,
                reach,
                SHADOW,
                light.shade * 0.85 * fade,
            )

    def _rim(self, canvas: Any, sprite: Sprite, size: float) -> None:
        """A thin edge of light on the sun's side."""
        light = self.stage.light
        if light.glow > FAINT and self.style.rim:
            edge = max(1.0, 0.008 * size)
            tone = self.style.tone(light.rim) if self.style.edge is None else self.style.edge
            stamp(canvas, sprite, tone, 0.85, edge * light.side, -edge)


def _blow(draw: Draw, stage: Stage, strength: float, pen: Pen, moment: Moment) -> None:
    draw(pen, stage, moment, strength)


def _pose(canvas: Any, shift: Shift, facing: int, size: float) -> None:
    """Turn about the middle, stretch, face."""
    canvas.scale(size, size)
    canvas.translate(0, -0.5)
    canvas.rotate(shift.angle)
    canvas.translate(0, 0.5)
    canvas.scale(shift.sx * facing, shift.sy)


def _group_alike(parts: list[Part | Actor]) -> list[list[Part | Actor]]:
    """Neighbouring layers that move alike, together: they are painted as one."""
    groups: list[list[Part | Actor]] = []
    for part in parts:
        if groups and _alike(groups[-1][-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _alike(one: Part | Actor, two: Part | Actor) -> bool:
    if not (isinstance(one, Layer) and isinstance(two, Layer)):
        return False
    return (one.depth, one.drift, one.bob) == (two.depth, two.drift, two.bob)


def _inner_size(width: int, height: int, style: Style) -> tuple[tuple[int, int], int]:
    """The size that is drawn at, and how many pixels of the film each of its pixels is wide."""
    if not style.pixels:
        return (width, height), 1
    k = max(1, round(min(width, height) / style.pixels))
    return (-(-width // k), -(-height // k)), k
