from pathlib import Path

import pytest
from tests.docs.markdown import PAGES, ROOT, anchors, links, path_in_repo


@pytest.mark.parametrize("page", PAGES, ids=path_in_repo)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in links(page) if "://" not in link and not _leads(page, link)]
    assert not broken


def _leads(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.is_file() and (not anchor or anchor in anchors(target))


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    reached = {(index.parent / link).resolve() for link in links(index)}
    pages = {path for path in PAGES if path.is_relative_to(index.parent)}
    assert pages <= reached | {index}


def test_both_readmes_lead_to_the_same_pages() -> None:
    english, chinese = ROOT / "README.md", ROOT / "README.zh-CN.md"
    both = {english.name, chinese.name, "docs/zh/new-api.md"}
    ours = [link.replace("docs/zh/", "docs/guides/") for link in links(chinese)]
    in_english = {link.replace("-zh.png", ".png") for link in ours}
    assert set(links(english)) - both == in_english - both - {"docs/guides/new-api.md"}
