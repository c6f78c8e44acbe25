"""What the doctor says of one thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Grade(Enum):
    """How it is: good, bad, or worth minding."""

    GOOD = "✓"
    BAD = "✗"
    MIND = "!"

    @property
    def word(self) -> Literal["good", "bad", "mind"]:
        """For programs."""
        words: dict[Grade, Literal["good", "bad", "mind"]] = {
            Grade.GOOD: "good",
            Grade.BAD: "bad",
            Grade.MIND: "mind",
        }
        return words[self]


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


def all_good(findings: Iterable[Finding]) -> bool:
    """Whether nothing is bad."""
    return all(finding.mark is not Grade.BAD for finding in findings)
