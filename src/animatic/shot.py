"""The plan of a shot: where the camera is at each moment, and where all stand on the frame."""

import math
from collections.abc import Container
from dataclasses import replace

from animatic.camera import HELD, MOVES, Pose
from animatic.ease import Point, clamp, turn
from animatic.lexicon import lexicon
from animatic.motions import MOTIONS
from animatic.scene import Actor, Scene
from animatic.stage import Moment, Setting, Stage
from animatic.traits import ActionTraits

HEADROOM = 1.12
"""What one in the air takes of the frame, in its heights."""

TOP, LEAST = 0.04, 0.5
"""No head is nearer to the upper edge, unless all would be drawn smaller than this."""

REACHES = (1.0, 0.75, 0.5, 0.3, 0.15, 0.0)
"""How much of its move a camera may make."""


class Shot:
    """Camera and places of a scene on a stage; only who can be `drawn` is aimed at."""

    def __init__(self, scene: Scene, stage: Stage, setting: Setting, drawn: Container[str]) -> None:
        self.scene, self.stage, self.setting = scene, stage, setting
        self.aim = self._aim_at_hero(drawn)
        self._reach = self._share = 1.0
        self._reach = self._find_reach()
        self._share = self._find_share()

    def moment(self, seconds: float, alive: float = 1.0) -> Moment:
        """Scene time and camera pose of a film time."""
        t = self.scene.start + seconds
        pose = self._pose(t)
        if self.scene.camera != "static":
            pose = replace(pose, x=pose.x + self.scene.travel * t * self.scene.pace)
        return Moment(t=t * self.scene.pace, pose=pose, alive=alive)

    def _pose(self, t: float) -> Pose:
        """The camera's move; in a narrow frame it moves less, to keep what it shows."""
        scene = self.scene
        pose = MOVES.get(scene.camera, MOVES["drift"])(t / scene.span, t, scene.amount)
        share = 1.0 if scene.camera in HELD else min(1.0, 0.25 + self.stage.width / 2.4)
        share *= self._reach
        zoom = 1 + (pose.zoom - 1) * max(self._reach, 0.3)
        push = pose.push * self._reach
        return replace(pose, x=pose.x * share, orbit=pose.orbit * share, zoom=zoom, push=push)

    def view(self, pose: Pose, depth: float) -> tuple[float, float, float]:
        """Where a layer's origin is on the frame, in units, and how large it is."""
        zoom = pose.scale(depth)
        dx, dy = pose.shift(depth)
        fx, fy = self.aim
        return fx + (-fx - dx) * zoom, fy + (-fy - dy) * zoom, zoom

    def spot(self, actor: Actor, moment: Moment) -> tuple[float, float, float]:
        """Where an actor's feet are on the frame, and its height, in units."""
        if actor.host >= 0:
            return self._seat(actor, self.scene.actors[actor.host], moment)
        depth = depth_of(actor)
        x, y, zoom = self.view(moment.pose, depth)
        path = actor.facing * actor.travel * moment.t * depth
        place = x + (actor.x * self.stage.width + path) * zoom
        feet = self.stage.y(self.setting.feet(actor.stands, actor.depth)) + actor.sunk
        tall = actor.height * self._share
        edge = tall * 1.6 * zoom
        across = (place + edge) % (self.stage.width + 2 * edge) - edge
        return across, y + feet * zoom, tall * zoom * self.setting.scale

    def _seat(self, actor: Actor, host: Actor, moment: Moment) -> tuple[float, float, float]:
        """A guest goes where its host's back goes."""
        action = lexicon().action(host.action)
        shift = MOTIONS[action.motion](moment.t * host.tempo + host.phase, moment.t)
        x, y, size = self.spot(host, moment)
        lift = self.lift(action, host, y / size)
        dx, dy = turn((actor.seat_x * host.facing, 0.5 - actor.seat_y), math.radians(shift.angle))
        at = x + (shift.x + dx) * size, y + (shift.y - lift - 0.5 + dy) * size
        return *at, actor.height / host.height * size

    def lift(self, action: ActionTraits, actor: Actor, feet: float) -> float:
        """How high one is above the ground, in its heights: its head stays in the frame."""
        if actor.stands != "ground":
            return 0.0
        return min(action.lift, max(0.0, feet - HEADROOM))

    def least(self, depth: float) -> float:
        """The least that the camera ever enlarges a depth: backdrops are painted at that."""
        step = self.scene.span / 4
        return min(self._pose(k * step).scale(depth) for k in range(9))

    def _aim_at_hero(self, drawn: Container[str]) -> Point:
        """What the camera goes towards: the largest figure, or the middle of the land."""
        heroes = [a for a in self.scene.actors if a.subject in drawn]
        if not heroes or any(a.travel for a in heroes):
            return self.stage.width * 0.5, self.stage.y(0.62)
        hero = max(heroes, key=lambda a: a.height)
        feet = self.stage.y(self.setting.feet(hero.stands, hero.depth))
        high = feet - 0.6 * hero.height * self.setting.scale
        return self.stage.width * clamp(hero.x, 0.3, 0.7), clamp(high, 0.3, self.stage.y(0.7))

    def _find_reach(self) -> float:
        """How much of its move the camera makes, that nobody who is in the frame leaves it."""
        stars = [
            a
            for a in self.scene.actors
            if a.host < 0
            and not a.travel
            and not a.sunk
            and not lexicon().subject(a.subject).scenery
        ]
        stars = stars if self.scene.camera not in HELD else []
        for reach in REACHES:
            self._reach = reach
            if all(self._stays(actor) for actor in stars):
                return reach
        return REACHES[-1]

    def _find_share(self) -> float:
        """How much smaller all are drawn, that who is on top of another is in the frame."""
        share = 1.0
        for guest in (a for a in self.scene.actors if a.host >= 0):
            host = self.scene.actors[guest.host]
            for k in range(0 if host.sunk else 9):
                moment = self.moment(k * self.scene.span / 8)
                feet, head = self.spot(host, moment)[1], self.spot(guest, moment)
                share = min(share, (feet - TOP) / max(0.01, feet - head[1] + head[2]))
        return max(share, LEAST)

    def _stays(self, actor: Actor) -> bool:
        """Whether one's middle half is in the frame all along."""
        half = 0.25 * max(0.5, lexicon().subject(actor.subject).aspect)
        for k in range(9):
            x, _, size = self.spot(actor, self.moment(k * self.scene.span / 8))
            if not half * size <= x <= self.stage.width - half * size:
                return False
        return True


def depth_of(actor: Actor) -> float:
    """How far an actor is for the camera: 1 is nearest."""
    far = 0.5 if actor.stands == "water" else 0.55
    return far + (0.95 - far) * clamp(actor.depth) + (0.05 if actor.stands != "water" else 0)
