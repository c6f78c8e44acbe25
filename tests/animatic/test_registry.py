"""The door: an installed package brings a subject, and it is read and drawn like ours."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.animatic.shots import difference, frame, scene, without_actors

from animatic import registry
from animatic.film import subjects
from animatic.lexicon import lexicon
from animatic.traits import WordsError

DRAWING = '''
"""A slug."""

from animatic.rig.act import Act
from animatic.rig.pen import Pen


def slug(pen: Pen, act: Act) -> None:
    """It goes slowly."""
    pen.oval(0.0, -0.5, 0.7, 0.5, act.own(0xC9B28A))


SUBJECTS = {"slug": slug}
'''
WORDS = """
[subject.slug]
en = ["sea slug"]
zh = ["海蛞蝓"]
stands = "ground"
height = 0.4
aspect = 1.6
home = "garden"
does = "walk"
alive = true
"""


def forget() -> None:
    lexicon.cache_clear()
    registry.collect.cache_clear()
    sys.modules.pop("our_slug", None)
    scene.cache_clear()


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages, with one that brings a slug."""
    about = tmp_path / "slugs-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: slugs\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[animatic.subjects]\nslug = our_slug\n")
    (tmp_path / "our_slug.py").write_text(DRAWING)
    (tmp_path / "our_slug.toml").write_text(WORDS, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    forget()
    yield tmp_path
    forget()


@pytest.mark.usefixtures("door")
def test_a_subject_by_the_door_is_read_and_drawn() -> None:
    there = scene("three sea slugs")
    assert [a.subject for a in there.actors] == ["slug"] * 3
    assert scene("一只海蛞蝓").actors[0].action == "walk"
    assert difference(frame(there), frame(without_actors(there))) > 0.5


def test_words_by_the_door_are_refused_like_ours(door: Path) -> None:
    (door / "our_slug.toml").write_text(WORDS.replace("sea slug", "snail"), "utf-8")
    with pytest.raises(WordsError, match=r'our_slug.toml: subject.slug: "snail" is a phrase of'):
        lexicon()


def test_a_drawing_of_a_name_that_is_taken_is_refused(door: Path) -> None:
    (door / "our_slug.py").write_text(DRAWING.replace('{"slug"', '{"snail"'))
    with pytest.raises(ValueError, match="two entries called snail"):
        subjects()


def test_a_door_without_words_is_refused_by_name(door: Path) -> None:
    (door / "our_slug.toml").unlink()
    with pytest.raises(WordsError, match=r"slug: there is no .*our_slug.toml"):
        lexicon()
    (door / "our_slug.py").unlink()
    with pytest.raises(WordsError, match="slug: there is no module called our_slug"):
        lexicon()
