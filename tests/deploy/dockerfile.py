"""Reads the Dockerfile: what each of its stages does, in order."""

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "Dockerfile"


@dataclass
class Stage:
    """What follows one FROM: the words of each instruction."""

    base: str
    does: list[tuple[str, str]] = field(default_factory=list)

    def all(self, word: str) -> list[str]:
        """What stands after each instruction of that word."""
        return [rest for instruction, rest in self.does if instruction == word]


def stages(text: str | None = None) -> list[Stage]:
    """The stages of a Dockerfile, each instruction in one line, with the arguments' defaults in."""
    told = text if text is not None else FILE.read_text("utf-8")
    lines = [line for line in told.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    arguments: dict[str, str] = {}
    found: list[Stage] = []
    for line in joined.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "ARG":
            name, _, value = rest.partition("=")
            arguments[name] = value
        for name, value in arguments.items():
            rest = rest.replace(f"${{{name}}}", value)
        if word == "FROM":
            found.append(Stage(rest))
        elif word and found:
            found[-1].does.append((word, rest))
    return found
