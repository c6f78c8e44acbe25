"""What is in the wheel: all that a server needs that is not Python, and nothing of the tests."""

import subprocess
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from tools import release

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every file of a wheel that is built here, as `make wheel` does."""
    built = release.build(ROOT, tmp_path_factory.mktemp("dist"), "--no-isolation")
    with ZipFile(built.wheel) as wheel:
        return set(wheel.namelist())


def test_every_file_of_the_packages_is_there(names: set[str]) -> None:
    """The studio, the words and drawings and stock sets of the animatic, cards, migrations."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "src"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    ours = {one.removeprefix("src/") for one in listed if (ROOT / one).is_file()}
    assert len(ours) > 400
    assert ours - names == set()
    for one in ("filmgate/web/assets/studio/main.js", "filmgate/store/migrations/env.py"):
        assert one in names
    assert any(one.startswith("animatic/stock/") for one in names)


def test_nothing_else_is(names: set[str]) -> None:
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert len(tops) == 3
    assert {"filmgate", "animatic"} < tops
    (about,) = tops - {"filmgate", "animatic"}
    assert about.endswith(".dist-info")
    assert not [
        name for name in names if "test" in PurePosixPath(name).name and "testing" not in name
    ]


def test_who_made_what_is_not_ours_is_said(names: set[str]) -> None:
    licences = {PurePosixPath(name).name for name in names if "/licenses/" in name}
    assert {"LICENSE", "LICENSE-NAMES", "preact-htm.LICENSE.txt"} <= licences
