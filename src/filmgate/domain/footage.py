"""What a film that a caller sent is: measured, and not yet fitted to a model."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """A film's measures as it is shown: upright, with square pixels.

    `fps` is the whole number that comes nearest to its mean rate.
    """

    width: int
    height: int
    fps: int
    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What was seen of a film: its measures, and its first frame as a small JPEG."""

    footage: Footage
    still: bytes
