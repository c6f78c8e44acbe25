"""Camera moves: time → pose. Each is eased and never jumps, however long it goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from animatic.ease import there_and_back, wave


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the camera is.

    `x` and `y` move it, in stage units (things at depth 1); `zoom` (1 or more) enlarges all, what
    is near a little more; `push` is how far it has gone in among the layers: the near ones grow,
    the far ones stay; `orbit` swings it about where the actors stand: they stay, all else turns.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    push: float = 0.0
    orbit: float = 0.0

    def scale(self, depth: float) -> float:
        """How much larger what is at a depth appears."""
        return (1 + (self.zoom - 1) * (0.45 + 0.55 * depth)) * (1 + self.push * float(depth**1.5))

    def shift(self, depth: float) -> tuple[float, float]:
        """How far what is at a depth has moved, in units."""
        return self.x * depth + self.orbit * (depth - PIVOT), self.y * (0.3 + 0.7 * depth)


Move = Callable[[float, float, float], Pose]
"""(share of the film 0…1 and beyond, seconds, amount) → pose."""

BASE = 1.03
"""A little overscan, so that a shaking or rising camera never sees an edge."""

PIVOT = 0.88
"""The depth that an orbit turns about."""

LOFTY = frozenset({"aerial"})
"""Moves that look down from far above: nothing stands right before the lens."""

HELD = frozenset({"track", "static", "handheld"})
"""Moves whose width has nothing to do with the frame's."""


def _sway(t: float) -> tuple[float, float]:
    x = wave(t * 0.9) * 0.5 + wave(t * 1.7 + 0.3) * 0.3 + wave(t * 2.9 + 0.7) * 0.2
    y = wave(t * 1.1 + 0.2) * 0.5 + wave(t * 2.3) * 0.3 + wave(t * 3.7 + 0.1) * 0.2
    return x, y


def _handheld(share: float, t: float, amount: float) -> Pose:
    x, y = _sway(t)
    return Pose(0.024 * x * amount, 0.017 * y * amount, 1.08 + 0.008 * wave(t * 0.31))


def _pan(side: int) -> Move:
    return lambda s, t, a: Pose(side * a * (0.72 * there_and_back(s) - 0.36), 0, BASE)


def _tilt(start: float, end: float) -> Move:
    return lambda s, t, a: Pose(0, a * (start + (end - start) * there_and_back(s)), 1.18)


def _aerial(share: float, t: float, amount: float) -> Pose:
    go = there_and_back(share)
    return Pose(0.28 * amount * (2 * go - 1), 0.17, BASE, 0.16 * amount * go)


def _crane(share: float, t: float, amount: float) -> Pose:
    up = there_and_back(share)
    return Pose(0.03 * up, 0.11 - 0.22 * amount * up, BASE + 0.22 * (1 - up))


MOVES: Mapping[str, Move] = {
    "static": lambda s, t, a: Pose(),
    "drift": lambda s, t, a: Pose(0.07 * a * wave(s * 0.25), 0, BASE, 0.06 * a * there_and_back(s)),
    "pan_left": _pan(-1),
    "pan_right": _pan(1),
    "tilt_up": _tilt(0.2, -0.1),
    "tilt_down": _tilt(-0.2, 0.1),
    "low_angle": lambda s, t, a: Pose(
        0.05 * a * wave(s * 0.25), -0.1, 1.2 + 0.05 * there_and_back(s)
    ),
    "zoom_in": lambda s, t, a: Pose(0, 0, BASE + 0.6 * a * there_and_back(s)),
    "zoom_out": lambda s, t, a: Pose(0, 0, BASE + 0.6 * a * (1 - there_and_back(s))),
    "push": lambda s, t, a: Pose(0.02 * wave(s * 0.25), 0, BASE, 0.17 * a * there_and_back(s)),
    "dolly": lambda s, t, a: Pose(0.08 * wave(s * 0.25), 0, BASE, 0.5 * a * there_and_back(s)),
    "dolly_out": lambda s, t, a: Pose(
        -0.08 * wave(s * 0.25), 0, BASE, 0.5 * a * (1 - there_and_back(s))
    ),
    "orbit": lambda s, t, a: Pose(
        0,
        0.02 * wave(s * 0.5),
        1.05,
        0.05 * there_and_back(s),
        a * (0.9 * there_and_back(s) - 0.45),
    ),
    "track": lambda s, t, a: Pose(0.03 * wave(t * 0.11), 0.006 * wave(t * 0.23), BASE + 0.02),
    "aerial": _aerial,
    "crane": _crane,
    "handheld": _handheld,
}
"""By the names that the lexicon gives to camera moves. Close-up and time-lapse are in the scene."""
