"""Colours and a flame that many things share."""

from animatic.colour import lighter
from animatic.ease import Point, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen

PARTY = (0xE8483E, 0x3F8FE0, 0xF6C33A, 0x5AB86A, 0xE86AB0, 0x9A6AE0)
WOOD = 0xA87648
GOLD = 0xF0BE4A


def flame(pen: Pen, act: Act, at: Point, size: float, *, lag: float = 0.0) -> None:
    """A tongue of fire that licks and leans."""
    x, y = at
    lean = 0.18 * wave(act.t * 1.3 + lag) - 0.5 * act.gust(lag) * act.wind
    high = 1 + 0.12 * wave(act.t * 2.7 + lag)
    for share, tone in ((1.0, 0xF2662E), (0.68, 0xFBB03A), (0.38, 0xFFF2B4)):
        w, h = size * 0.34 * share, size * high * share
        shape = [
            (x, y),
            (x - w, y - h * 0.28),
            (x - w * 0.5 + lean * w, y - h * 0.62),
            (x + lean * w * 2.4, y - h),
            (x + w * 0.6 + lean * w, y - h * 0.58),
            (x + w, y - h * 0.26),
        ]
        pen.fade(shape, tone, lighter(tone, 0.2), smooth=True, lit=False)
