"""What the doctor says of one thing."""

from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """How it is: good, bad, or worth minding."""

    GOOD = "✓"
    BAD = "✗"
    MIND = "!"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, how it is, and what would mend it."""

    mark: Grade
    name: str
    text: str
    mend: str | None = None


def good(name: str, text: str) -> Finding:
    """It is as it should be."""
    return Finding(Grade.GOOD, name, text)


def bad(name: str, text: str, mend: str | None = None) -> Finding:
    """It keeps Filmgate from working."""
    return Finding(Grade.BAD, name, text, mend)


def mind(name: str, text: str, mend: str | None = None) -> Finding:
    """It works, and may not be what is wanted."""
    return Finding(Grade.MIND, name, text, mend)
