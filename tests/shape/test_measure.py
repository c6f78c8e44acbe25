"""The yardstick, held to trees whose figures are plain to see."""

from pathlib import Path

import pytest
from tests.shape.measure import main, read

ONE = '''"""A docstring."""
import json

from knot.two import Two


class One:
    @property
    def _kept(self):
        return json

    def wanted(self):
        def inside():
            import csv
            from . import two
            return csv, two
        return inside


def _helper(rows):
    # why
    return [row for row in rows if row]


def public(rows):
    if rows:
        return _helper(rows)
    for row in rows:
        return row
'''

TWO = """from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knot import one


class Two: ...


class _Two: ...
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "knot"
    folder.mkdir()
    (folder / "one.py").write_text(ONE)
    (folder / "two.py").write_text(TWO)
    return folder


def test_functions_are_measured(folder: Path) -> None:
    found = {function.name: function for function in read(folder).functions}
    assert {name: function.length for name, function in found.items()} == {
        "_kept": 2, "wanted": 6, "inside": 4, "_helper": 3, "public": 5
    }  # fmt: skip
    assert {name: function.complexity for name, function in found.items()} == {
        "_kept": 1, "wanted": 1, "inside": 1, "_helper": 2, "public": 3
    }  # fmt: skip


def test_names_are_judged(folder: Path) -> None:
    tree = read(folder)
    assert [function.name for function in tree.participles] == ["wanted"]
    assert [function.name for function in tree.used_once] == ["_helper"]


@pytest.mark.parametrize(
    ("name", "participle"),
    [("_translated", True), ("found", True), ("run", False), ("need", False), ("kept_rows", False)],
)
def test_a_participle_is_known(folder: Path, name: str, participle: bool) -> None:
    (folder / "three.py").write_text(f"def {name}(): ...\n")
    names = [function.name for function in read(folder).participles]
    assert (name in names) is participle


def test_imports_inside_functions_are_counted(folder: Path) -> None:
    assert len(read(folder).lazy) == 2


@pytest.mark.parametrize(
    "line",
    ["from knot import one", "from knot.one import One", "from . import one", "import knot.one"],
)
def test_a_circle_is_found(folder: Path, line: str) -> None:
    assert read(folder).circles(lazy=True) == []
    (folder / "two.py").write_text(f"def two():\n    {line}\n")
    tree = read(folder)
    assert tree.circles(lazy=False) == []
    assert tree.circles(lazy=True) == [["knot.one", "knot.two"]]


def test_classes_of_one_name_are_found(folder: Path) -> None:
    assert read(folder).classes_of_one_name() == {}
    (folder / "three.py").write_text("class One: ...\n\n\nclass _Two: ...\n")
    assert list(read(folder).classes_of_one_name()) == ["One"]


def test_the_table_and_the_names_are_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder), "--rooms"]) == 0
    assert capsys.readouterr().out.count("\n| ") == 3
    assert main([str(folder), "--names"]) == 0
    assert f"participle: {folder}/one.py:12 wanted (6 lines)" in capsys.readouterr().out


def test_folders_are_left_out(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "three.py").write_text("")
    assert len(read(folder).modules) == 3
    assert len(read(folder, without=["below"]).modules) == 2
