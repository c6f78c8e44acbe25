"""Reads the repository's Markdown."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def path_in_repo(path: Path) -> str:
    """The path of a page, for the name of a test."""
    return str(path.relative_to(ROOT))


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, the line of its fence, its tag, its text."""

    page: Path
    line: int
    tag: str
    text: str

    def __str__(self) -> str:
        return f"{path_in_repo(self.page)}:{self.line}"


def fences(path: Path) -> list[Block]:
    """Every fenced block of a page."""
    text = path.read_text("utf-8")
    return [
        Block(path, text.count("\n", 0, match.start()) + 1, match[1], match[2])
        for match in _FENCE.finditer(text)
    ]


BLOCKS = [block for page in PAGES for block in fences(page)]


def tagged(*tags: str) -> list[Block]:
    """The fenced blocks of all pages that have one of these tags."""
    return [block for block in BLOCKS if block.tag in tags]


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [block.text for block in fences(path) if block.tag == language]


def spans(path: Path) -> list[str]:
    """What stands between single backticks, outside of fenced blocks."""
    return _SPAN.findall(_FENCE.sub("", path.read_text("utf-8")))


def links(path: Path) -> list[str]:
    """Where a page's links lead."""
    return _LINK.findall(_FENCE.sub("", path.read_text("utf-8")))


def anchors(path: Path) -> set[str]:
    """The anchors that a page's headings have."""
    return {_slug(text) for text in _HEADING.findall(_FENCE.sub("", path.read_text("utf-8")))}


def _slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")
