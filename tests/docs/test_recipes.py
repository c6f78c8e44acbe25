"""The recipes of CONTRIBUTING, followed to the letter in a copy of the house."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, blocks

from filmgate.domain.shape import Shape
from filmgate.media.probe import prove

PAGE = ROOT / "CONTRIBUTING.md"
MENTIONS = re.compile(r"`((?:[a-z_]+/)+[\w.]*|[a-z_]+\.(?:py|toml|txt))`")
MADE_UP = {"axolotl.py", "axolotl.toml", "dist/", "filmgate.toml", "grey.py"}
"""What the reader makes."""


class House:
    """A copy of what a recipe changes, and how its programs are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("src", "docs"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc"))
        for name in ("tests", "pyproject.toml", "README.md"):
            (folder / name).symlink_to(ROOT / name)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first of a text that is there."""
        file = self.folder / name
        text = file.read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, on the copy's own code."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("FILMGATE_", "OPENAI_"))}
        env["PYTHONPATH"] = f"{self.folder / 'src'}{os.pathsep}{self.folder}"
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    def passes(self, *arguments: str) -> str:
        """Run Python, which must end well, and return what it printed."""
        done = self.python(*arguments)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def block(language: str, word: str) -> str:
    """The page's one block in that language with that word."""
    [found] = [text for text in blocks(PAGE, language) if word in text]
    return found


def test_what_the_page_names_is_there() -> None:
    """Files and folders between backticks, from the top, from `src/filmgate`, or by their name."""
    for name in set(MENTIONS.findall(PAGE.read_text("utf-8"))) - MADE_UP:
        places = [ROOT / name, ROOT / "src" / "filmgate" / name, *(ROOT / "src").rglob(name)]
        assert any(place.exists() for place in places), name


@pytest.mark.process
def test_add_an_engine(tmp_path: Path) -> None:
    """Saved beside its settings it makes films by the command, and keeps the contract."""
    (tmp_path / "grey.py").write_text(block("python", "class Grey"), "utf-8")
    (tmp_path / "filmgate.toml").write_text(block("toml", "engines.grey"), "utf-8")
    (tmp_path / "an-empty-folder").mkdir()
    contract = f"from grey import Grey, Path, asyncio\n{block('python', 'contracts.engine')}"
    (tmp_path / "check.py").write_text(contract, "utf-8")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FILMGATE_", "OPENAI_"))}

    def run(*arguments: str) -> None:
        command = [sys.executable, *arguments]
        subprocess.run(command, cwd=tmp_path, env=env, check=True, timeout=300)

    film = ["--model", "grey", "--seconds", "1", "--size", "128x128", "--fps", "10"]
    run("-m", "filmgate", "generate", "nothing", *film, "-o", "grey.mp4")
    shape = Shape(width=128, height=128, fps=10, duration_ms=1000)
    assert prove(tmp_path / "grey.mp4", shape).frames == 10
    run("check.py")


def test_add_a_setting(house: House) -> None:
    field = """    nap_s: float = Field(default=1.5, gt=0, description="seconds that it naps")
    host: str = Field("""
    house.edit("src/filmgate/settings.py", "    host: str = Field(", field)
    assert house.python("docs/generate.py", "--check").returncode == 1
    house.passes("docs/generate.py")
    assert "| `nap_s` |" in (house.folder / "docs/reference/settings.md").read_text("utf-8")
    code = "from filmgate import settings; print(settings.load(nap_s=3).nap_s)"
    assert house.passes("-c", code) == "3.0\n"


def test_add_a_route(house: House) -> None:
    handler = '''async def see_time(ask: Ask) -> HealthObject:
    """The same, by another name."""
    return await see_health(ask)


async def see_readiness('''
    house.edit("src/filmgate/api/health.py", "async def see_readiness(", handler)
    row = '''    Route("GET", "/v1/naps/{nap_id}", health.see_time, READ, "See a nap"),
    Route("GET", "/healthz"'''
    house.edit("src/filmgate/api/routes.py", '    Route("GET", "/healthz"', row)
    assert house.python("docs/generate.py", "--check").returncode == 1
    house.passes("docs/generate.py")
    assert "/v1/naps/{nap_id}" in (house.folder / "docs/reference/routes.md").read_text("utf-8")


def test_add_a_migration(house: House) -> None:
    tables = "src/filmgate/store/tables"
    head_of = (house.folder / tables / "__init__.py").read_text("utf-8")
    [head] = re.findall(r'^HEAD = "(\d+)"', head_of, re.MULTILINE)
    following = f"{int(head) + 1:04}"
    house.edit(f"{tables}/__init__.py", f'HEAD = "{head}"', f'HEAD = "{following}"')
    column = '    Column("name", String(200), nullable=False),\n'
    house.edit(f"{tables}/accounts.py", column, f'{column}    Column("nap", Integer),\n')
    migration = house.folder / f"src/filmgate/store/migrations/versions/{following}_naps.py"
    migration.write_text(
        f'"""Naps."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f'revision = "{following}"\ndown_revision = "{head}"\n\n\n'
        f'def upgrade() -> None:\n    """Move forward."""\n'
        f'    op.add_column("accounts", sa.Column("nap", sa.Integer))\n',
        "utf-8",
    )
    schema = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/store/test_schema.py"]
    assert "passed" in house.passes(*schema)
    migration.unlink()
    assert house.python(*schema).returncode == 1


SHOWS = """
import numpy as np
from dataclasses import replace
from animatic.frames import frames_of, imagine

there = imagine("two axolotls", aspect=16 / 9, seconds=4.0)
assert [actor.subject for actor in there.actors] == ["axolotl"] * 2, there
drawn, bare = np.zeros((2, 180, 320, 4), np.uint8)
frames_of(there, 320, 180).frame(drawn, 1.0)
frames_of(replace(there, actors=()), 320, 180).frame(bare, 1.0)
print(np.abs(drawn.astype(int) - bare).mean() > 0.5)
"""


def test_teach_the_animatic_a_subject(house: House) -> None:
    words, drawing = block("toml", "[subject."), block("python", "SUBJECTS")
    (house.folder / "src/animatic/words/axolotl.toml").write_text(words, "utf-8")
    (house.folder / "src/animatic/subjects/axolotl.py").write_text(drawing, "utf-8")
    assert house.passes("-c", SHOWS) == "True\n"
    assert house.python("docs/generate.py", "--check").returncode == 1
    house.passes("docs/generate.py")
    assert "| `axolotl` |" in (house.folder / "docs/reference/words.md").read_text("utf-8")
    tests = ["tests/animatic/test_film.py", "tests/animatic/test_reading.py"]
    house.passes("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", "axolotl or phrase")


def test_bring_the_animatic_a_subject_from_outside(house: House) -> None:
    """The same two files, side by side, in a package that is installed."""
    package = tomllib.loads(block("toml", '"animatic.subjects"'))["project"]
    about = house.folder / "axolotls-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: axolotls\nVersion: 1.0\n")
    [(group, points)] = package["entry-points"].items()
    lines = [f"[{group}]", *(f"{name} = {module}" for name, module in points.items())]
    (about / "entry_points.txt").write_text("\n".join(lines))
    (house.folder / "axolotl.toml").write_text(block("toml", "[subject."), "utf-8")
    (house.folder / "axolotl.py").write_text(block("python", "SUBJECTS"), "utf-8")
    assert house.passes("-c", SHOWS) == "True\n"
