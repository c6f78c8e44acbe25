"""How an action moves the whole body, by the names that the lexicon's actions use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from filmgate.engines.animatic.ease import hop, wave


@dataclass(frozen=True, slots=True)
class Shift:
    """Offset in body heights, turn in degrees about the middle, and stretch of width and height."""

    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    sx: float = 1.0
    sy: float = 1.0


def _jump(phase: float, t: float) -> Shift:
    height = hop(phase)
    squash = 0.12 * max(0.0, 1 - 4 * height)
    return Shift(0, -0.55 * height, -8 * wave(phase), 1 + squash, 1 - squash)


def _spin(phase: float, t: float) -> Shift:
    return Shift(sx=wave(phase + 0.25))


MOTIONS: Mapping[str, Callable[[float, float], Shift]] = {
    "": lambda phase, t: Shift(),
    "jump": _jump,
    "spin": _spin,
    "soar": lambda phase, t: Shift(
        0.06 * wave(t * 0.17), 0.12 * wave(t * 0.31), 3 * wave(t * 0.23)
    ),
    "bob": lambda phase, t: Shift(0, 0.022 * wave(phase), 2.6 * wave(phase + 0.2)),
    "rattle": lambda phase, t: Shift(0, 0.006 * wave(phase * 3.1)),
    "float": lambda phase, t: Shift(0.03 * wave(t * 0.13), 0.07 * wave(phase), 5 * wave(t * 0.11)),
    "dance": lambda phase, t: Shift(
        0.10 * wave(phase * 0.5), -0.07 * abs(wave(phase)), 6 * wave(phase * 0.5)
    ),
    "tumble": lambda phase, t: Shift(0, 0.05 * wave(phase), 360 * phase),
    "fall": lambda phase, t: Shift(0.05 * wave(phase), 1.5 * (phase % 1) - 0.9, 20 * wave(phase)),
}
