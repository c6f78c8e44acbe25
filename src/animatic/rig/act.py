"""What a subject is told about its moment on stage."""

from collections.abc import Callable
from dataclasses import dataclass

from animatic.colour import Colour
from animatic.ease import blink, gust, wave
from animatic.rig.pen import Pen

OPEN_WATER = frozenset({"sea", "beach", "lake", "river", "harbour", "waterfall", "bridge", "polar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Time and pose of one actor. `phase` counts cycles of the action: its fraction is the pose.

    `wide` is the width that the thing takes, in its heights.
    """

    t: float
    phase: float
    action: str
    gait: str
    wind: float
    seed: float
    look: str = ""
    colour: Colour | None = None
    palette: tuple[Colour, ...] = ()
    lamps: float = 0.0
    wide: float = 1.0
    place: str = ""

    def own(self, default: Colour) -> Colour:
        """The colour that the prompt gave it, or its usual one."""
        return default if self.colour is None else self.colour

    def gust(self, place: float = 0.0) -> float:
        """The wind at a place along the body, 0…1."""
        return self.wind * gust(self.t, place + self.seed)

    def breath(self) -> float:
        """-1…1, slow."""
        return wave(self.t * 0.28 + self.seed)

    def swing(self, offset: float = 0.0) -> float:
        """-1…1 once a cycle of the action."""
        return wave(self.phase + offset)

    @property
    def shut(self) -> float:
        """How shut the eyes are, 0…1."""
        return 1.0 if self.gait == "sleep" else blink(self.t, self.seed)

    @property
    def surfaced(self) -> bool:
        """Whether it is in a place with open water, seen from above: what swims shows its back."""
        return self.place in OPEN_WATER

    @property
    def moves(self) -> bool:
        """Whether the legs go."""
        return self.gait in {"walk", "run"}


Subject = Callable[[Pen, Act], None]
"""Draws itself in its unit box: height 1, feet at the origin, y downwards, facing +x."""
