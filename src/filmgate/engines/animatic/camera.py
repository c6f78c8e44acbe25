"""Camera moves: time → pose. Each is eased and never jumps, however long it goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from filmgate.engines.animatic.ease import there_and_back, wave


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the camera is: offset in stage units (things at depth 1), zoom ≥ 1, roll in degrees."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    roll: float = 0.0


Move = Callable[[float, float, float], Pose]
"""(share of the film 0…1 and beyond, seconds, amount) → pose."""

BASE = 1.03
"""A little overscan, so that a shaking or rolling camera never sees an edge."""


def _sway(t: float) -> tuple[float, float]:
    x = wave(t * 0.9) * 0.5 + wave(t * 1.7 + 0.3) * 0.3 + wave(t * 2.9 + 0.7) * 0.2
    y = wave(t * 1.1 + 0.2) * 0.5 + wave(t * 2.3) * 0.3 + wave(t * 3.7 + 0.1) * 0.15
    return x, y


def _handheld(share: float, t: float, amount: float) -> Pose:
    x, y = _sway(t)
    return Pose(0.014 * x * amount, 0.010 * y * amount, 1.06, 0.45 * wave(t * 0.6) * amount)


MOVES: Mapping[str, Move] = {
    "static": lambda s, t, a: Pose(),
    "drift": lambda s, t, a: Pose(0.05 * a * wave(s * 0.25), 0, BASE + 0.05 * there_and_back(s)),
    "pan_left": lambda s, t, a: Pose(-0.6 * a * there_and_back(s), 0, BASE),
    "pan_right": lambda s, t, a: Pose(0.6 * a * there_and_back(s), 0, BASE),
    "tilt_up": lambda s, t, a: Pose(0, 0.10 - 0.2 * a * there_and_back(s), 1.12),
    "tilt_down": lambda s, t, a: Pose(0, -0.10 + 0.2 * a * there_and_back(s), 1.12),
    "zoom_in": lambda s, t, a: Pose(0, 0, BASE + 0.45 * a * there_and_back(s)),
    "zoom_out": lambda s, t, a: Pose(0, 0, BASE + 0.45 * a * (1 - there_and_back(s))),
    "push": lambda s, t, a: Pose(0.02 * wave(s * 0.25), 0, BASE + 0.14 * a * there_and_back(s)),
    "dolly": lambda s, t, a: Pose(0.12 * wave(s * 0.25), 0, BASE + 0.3 * a * there_and_back(s)),
    "orbit": lambda s, t, a: Pose(
        0.35 * a * wave(s * 0.25), -0.02 * there_and_back(s), 1.08 + 0.05 * there_and_back(s)
    ),
    "track": lambda s, t, a: Pose(0.03 * wave(t * 0.11), 0.006 * wave(t * 0.23), BASE + 0.02),
    "aerial": lambda s, t, a: Pose(
        0.2 * a * wave(s * 0.25), -0.05 * there_and_back(s), BASE + 0.02
    ),
    "handheld": _handheld,
}
"""By the names that the lexicon gives to camera moves. Close-up and time-lapse are in the scene."""
