"""What a film is: size, rate and length, to the frame; and whether it sounds."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

__all__ = ["Shape"]


class Sound(StrEnum):
    """Whether a film has a sound track."""

    NONE = "none"
    """Never."""
    TRACK = "track"
    """Always: what the engine made, else silence."""
    NATIVE = "native"
    """Where the engine made one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A film's measures. Width and height in pixels, rate in frames a second, length in ms."""

    width: int
    height: int
    fps: int
    duration_ms: int
    sound: Sound = Sound.NATIVE

    @property
    def frames(self) -> int:
        """Exactly `round(seconds × fps)`, halves to even as Python rounds."""
        return round(Fraction(self.duration_ms * self.fps, 1000))

    @property
    def seconds(self) -> Fraction:
        """The length asked for, in seconds."""
        return Fraction(self.duration_ms, 1000)

    @property
    def size(self) -> str:
        """`"WxH"`, as the wire spells it."""
        return f"{self.width}x{self.height}"

    @property
    def pixels(self) -> int:
        """Pixels in one frame."""
        return self.width * self.height
