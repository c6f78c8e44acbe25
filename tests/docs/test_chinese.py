"""The Chinese pages are set as Chinese is: full-width punctuation, one word for one thing."""

import re
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, fences, path_in_repo

PAGES = [ROOT / "README.zh-CN.md", *sorted((ROOT / "docs/zh").glob("*.md"))]
HALF = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?(][\u4e00-\u9fff]")
UNWANTED = ("应答", "影片", "防护令牌")
"""Words that a page once had beside 响应, 视频 and 栅栏令牌."""


def prose(page: Path) -> str:
    """The text without blocks, spans and addresses."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]+`|\]\([^)]*\)", "x", text)


@pytest.mark.parametrize("page", PAGES, ids=path_in_repo)
def test_punctuation_is_full_width(page: Path) -> None:
    assert HALF.findall(prose(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=path_in_repo)
def test_one_thing_has_one_word(page: Path) -> None:
    assert [word for word in UNWANTED if word in page.read_text("utf-8")] == []


@pytest.mark.parametrize("name", ["first-film", "configure", "operate-and-bill", "webhooks"])
def test_a_translated_guide_shows_the_same_kinds_of_blocks(name: str) -> None:
    ours, theirs = (
        {block.tag for block in fences(ROOT / "docs" / folder / f"{name}.md")}
        for folder in ("zh", "guides")
    )
    assert ours == theirs
