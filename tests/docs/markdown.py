"""Reads the repository's Markdown."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def named(path: Path) -> str:
    """The path of a page, for the name of a test."""
    return str(path.relative_to(ROOT))


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    found = _FENCE.findall(path.read_text("utf-8"))
    return [block for name, block in found if name == language]


def links(path: Path) -> list[str]:
    """Where a page's links lead."""
    return _LINK.findall(_FENCE.sub("", path.read_text("utf-8")))


def anchors(path: Path) -> set[str]:
    """The anchors that a page's headings have."""
    return {_slug(text) for text in _HEADING.findall(_FENCE.sub("", path.read_text("utf-8")))}


def _slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")
