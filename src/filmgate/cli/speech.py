"""What people read of commands, in the language of their terminal: English as written, or Chinese.

Nothing that says something knows of languages. A sentence is looked up where it leaves for a
person's eyes, because much of it comes from below, or over HTTP from servers, which speak English.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with holes, as it is written and as it is said."""

    pattern: re.Pattern[str]
    said: str

    def say(self, text: str) -> str | None:
        """The text as it is said; None where it is another sentence."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        holes = {name: translate(value) for name, value in found.groupdict().items()}
        return _HOLE.sub(lambda hole: holes[hole[1]], self.said)


def spoken(text: str) -> str:
    """A text, line by line, in the language of the terminal."""
    if not wants_chinese(os.environ):
        return text
    return "\n".join(translate(line) for line in text.split("\n"))


def wants_chinese(variables: Mapping[str, str]) -> bool:
    """Whether the first variable that names a language names Chinese."""
    named = next((variables[name] for name in _VARIABLES if variables.get(name)), "")
    return named.lower().startswith("zh")


def translate(text: str) -> str:
    """A sentence in Chinese; as it is where the catalogue has none."""
    if text in catalogue():
        return catalogue()[text]
    said = (sentence.say(text) for sentence in _sentences())
    return next((one for one in said if one is not None), text)


@cache
def catalogue() -> dict[str, str]:
    """Every sentence as it is written, and in Chinese."""
    text = files("filmgate.cli").joinpath("chinese.toml").read_text("utf-8")
    return {
        said: chinese for part in tomllib.loads(text).values() for said, chinese in part.items()
    }


@cache
def _sentences() -> list[Sentence]:
    """Those with holes, what says most first: two may fit one text."""
    holed = [(key, said) for key, said in catalogue().items() if _HOLE.search(key)]
    holed.sort(key=lambda pair: len(_HOLE.sub("", pair[0])), reverse=True)
    return [Sentence(pattern_of(key), said) for key, said in holed]


def pattern_of(key: str) -> re.Pattern[str]:
    """What texts of a sentence look like."""
    parts = re.split(r"(\{\w+\})", key)
    joined = "".join(f"(?P<{p[1:-1]}>.*?)" if _HOLE.fullmatch(p) else re.escape(p) for p in parts)
    return re.compile(joined)
