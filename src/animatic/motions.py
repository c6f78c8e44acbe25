"""How an action moves the whole body, by the names that the lexicon's actions use."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from animatic.ease import hop, smooth, there_and_back, wave


@dataclass(frozen=True, slots=True)
class Shift:
    """Offset in body heights, turn in degrees about the middle, and stretch of width and height."""

    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    sx: float = 1.0
    sy: float = 1.0


Motion = Callable[[float, float], Shift]
"""(phase, seconds) → where the body is."""


def _jump(phase: float, t: float) -> Shift:
    height = hop(phase)
    squash = 0.12 * max(0.0, 1 - 4 * height)
    return Shift(0, -0.55 * height, -8 * wave(phase), 1 + squash, 1 - squash)


def _bounce(phase: float, t: float) -> Shift:
    height = hop(phase)
    squash = 0.16 * max(0.0, 1 - 3.5 * height)
    return Shift(0, -0.26 * height, 0, 1 + squash, 1 - squash)


def _spin(phase: float, t: float) -> Shift:
    """About the upright axis; never thinner than an edge."""
    turn = wave(phase + 0.25)
    return Shift(sx=math.copysign(max(abs(turn), 0.06), turn))


def _roll(phase: float, t: float) -> Shift:
    return Shift(0, -0.04 * abs(wave(phase)), 360 * phase)


def _fall(phase: float, t: float) -> Shift:
    """Down from above the frame, turning slowly, again and again."""
    return Shift(0.12 * wave(phase), 2.4 * (phase % 1) - 1.9, 24 * wave(phase * 2))


def _rise(phase: float, t: float) -> Shift:
    return Shift(0.04 * wave(t * 0.2), 0.5 - 1.1 * there_and_back(2 * phase), 2 * wave(t * 0.23))


def _grow(phase: float, t: float) -> Shift:
    """From a seedling to full size in a few seconds; then it breathes."""
    size = 0.18 + 0.82 * smooth(t / 5) + 0.012 * wave(phase)
    return _stretch_from_feet(size, size)


def _melt(phase: float, t: float) -> Shift:
    gone = 0.55 * smooth(t / 8) + 0.012 * wave(phase)
    return _stretch_from_feet(1 + 0.4 * gone, 1 - gone)


def _stretch_from_feet(sx: float, sy: float) -> Shift:
    return Shift(0, 0, 0, sx, sy)


def _lunge(phase: float, t: float) -> Shift:
    return Shift(0.12 * wave(phase), -0.02 * abs(wave(phase)), 4 * wave(phase))


def _peck(phase: float, t: float) -> Shift:
    return Shift(0, 0, 1.6 * wave(phase), 1.0, 1 - 0.012 * abs(wave(phase)))


def _ollie(phase: float, t: float) -> Shift:
    """Rolling along, and a jump now and then."""
    turn = phase % 1
    up = hop((turn - 0.6) / 0.3) if 0.6 < turn < 0.9 else 0.0
    return Shift(0, -0.3 * up, -14 * wave((turn - 0.6) / 0.3) * (up > 0) + wave(phase * 2))


def _climb(phase: float, t: float) -> Shift:
    return Shift(0.006 * wave(phase * 0.5), 0.02 * wave(phase))


MOTIONS: Mapping[str, Motion] = {
    "": lambda phase, t: Shift(),
    "jump": _jump,
    "bounce": _bounce,
    "spin": _spin,
    "roll": _roll,
    "fall": _fall,
    "rise": _rise,
    "grow": _grow,
    "melt": _melt,
    "lunge": _lunge,
    "peck": _peck,
    "ollie": _ollie,
    "climb": _climb,
    "soar": lambda phase, t: Shift(
        0.06 * wave(t * 0.17), 0.12 * wave(t * 0.31), 3 * wave(t * 0.23)
    ),
    "bob": lambda phase, t: Shift(0, 0.022 * wave(phase), 2.6 * wave(phase + 0.2)),
    "rattle": lambda phase, t: Shift(0, 0.006 * wave(phase * 3.1)),
    "trot": lambda phase, t: Shift(0, -0.03 * abs(wave(phase)), 2.5 * wave(phase)),
    "float": lambda phase, t: Shift(0.03 * wave(t * 0.13), 0.07 * wave(phase), 5 * wave(t * 0.11)),
    "sway": lambda phase, t: Shift(0, 0, 4 * wave(phase)),
    "shiver": lambda phase, t: Shift(0.008 * wave(phase * 3), 0, 0.8 * wave(phase * 2.3)),
    "nod": lambda phase, t: Shift(0, 0, 0.9 * wave(phase * 0.5), 1, 1 + 0.006 * wave(phase)),
    "hop": lambda phase, t: Shift(0, -0.03 * max(0.0, wave(phase)), 2 * wave(phase)),
    "slope": lambda phase, t: Shift(
        0.1 * wave(phase * 0.5), 0.02 * wave(phase), 7 + 3 * wave(phase * 0.5)
    ),
    "dance": lambda phase, t: Shift(
        0.10 * wave(phase * 0.5), -0.07 * abs(wave(phase)), 6 * wave(phase * 0.5)
    ),
    "tumble": lambda phase, t: Shift(0, 0.05 * wave(phase), 360 * phase),
}
