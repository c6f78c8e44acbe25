from pathlib import Path

import pytest

from tools import constraints

PROJECT = """
[project]
dependencies = ["one>=2", "two[more]>=1; python_version > '3'"]
[project.optional-dependencies]
light = ["three"]
diffusers = ["torch"]
[dependency-groups]
test = ["four<5"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    return tmp_path


def test_every_need_is_pinned_within_its_bounds() -> None:
    assert constraints.unpinned() == []


def test_no_pin_brings_torch() -> None:
    assert not {"torch", "torchvision", "triton"} & constraints.read().keys()


def test_the_heavy_extra_is_left_out(project: Path) -> None:
    assert [need.name for need in constraints.needs(project)] == ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    ("pins", "lacking"),
    [
        ("one==2.1\ntwo==1\nthree==0.1\nfour==4", []),
        ("# a comment\n\ntwo==1\nthree==1\nfour==4.9", ["one>=2"]),
        ("one==1.9\ntwo==1\nthree==1\nfour==5", ["one>=2", "four<5"]),
    ],
)
def test_what_is_not_pinned_is_named(project: Path, pins: str, lacking: list[str]) -> None:
    (project / "constraints.txt").write_text(pins + "\n")
    assert constraints.unpinned(project) == lacking


@pytest.mark.parametrize("line", ["one>=2", "one", "one @ file:///one.whl", "-e .", "one==2+local"])
def test_a_line_that_is_no_pin_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "constraints.txt").write_text(line + "\n")
    with pytest.raises(ValueError, match="name==version"):
        constraints.read(tmp_path / "constraints.txt")
