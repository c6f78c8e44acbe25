"""What all animals share: colours, eyes, fur, dreams."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from animatic.colour import Colour
from animatic.ease import Point, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen

INK = 0x2B2028


@dataclass(frozen=True, slots=True, kw_only=True)
class Coat:
    """Colours of an animal."""

    main: Colour
    belly: Colour
    deep: Colour


def eye(pen: Pen, act: Act, x: float, y: float, r: float, colour: Colour = INK) -> None:
    """A bright eye that blinks."""
    if act.shut > 0.7:
        pen.line([(x - r, y), (x, y + r * 0.55), (x + r, y)], r * 0.4, INK)
        return
    pen.oval(x, y, r, r * (1 - act.shut), colour, shade=0)
    pen.oval(x + r * 0.3, y - r * 0.35, r * 0.34, r * 0.34 * (1 - act.shut), 0xFFFFFF, shade=0)


def fur(
    pen: Pen, act: Act, roots: Sequence[Point], length: float, colour: Colour, *, down: bool
) -> None:
    """Locks along a line: they stream back and flutter in the wind, a wave running through them."""
    run = 0.6 if act.gait == "run" else 0.0
    locks = []
    for k, (x, y) in enumerate(roots):
        blow = act.gust(k * 0.17) * 0.9 + run * (0.8 + 0.3 * act.swing(k * 0.09))
        drop = length * (0.75 if down else -0.24) * (1 - 0.35 * min(1.0, blow))
        tip = (
            x - length * (0.25 + 0.75 * blow),
            y + drop + length * 0.2 * math.sin(act.t * 5 + k * 0.8) * act.wind,
        )
        locks.append(((x, y), ((x + tip[0]) / 2 - length * 0.05, (y + tip[1]) / 2), tip))
    pen.locks(locks, length * 0.55, colour)


def dreams(pen: Pen, act: Act, x: float, y: float, size: float = 0.085) -> None:
    """Little z's that rise from a sleeper."""
    for k in range(3):
        life = (act.t * 0.22 + k / 3) % 1
        s = size * (0.45 + 0.7 * life)
        px, py = x + 0.22 * life + 0.03 * wave(life * 1.5), y - 0.5 * life
        shape = [(px, py), (px + s, py), (px, py + s), (px + s, py + s)]
        pen.line(shape, s * 0.17, 0xFFFFFF, alpha=0.85 * math.sin(math.pi * life), smooth=False)
