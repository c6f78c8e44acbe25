"""Makes a release in dist/, and tries it where nothing else is installed.

    python tools/release.py            # refuse what does not fit, build, try
    python tools/release.py --check    # only refuse what does not fit

The version is `__version__`, and the changelog's newest entry is that version with its date:
`## 1.2.3 - 2026-01-31`. The wheel is built from the source distribution, so that both are proved.
Nothing is tagged or uploaded here.
"""

import argparse
import ast
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENTRY = re.compile(r"^## +(?P<version>\S+)(?: - (?P<date>\S+))?$", re.MULTILINE)
VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

TRIALS: list[tuple[str, ...]] = [
    ("--version",),
    ("models",),
    ("doctor", "--help"),
    ("generate", "A tried wheel", "--seconds", "1", "--size", "128x128", "-o", "tried.mp4"),
]
"""Commands that a fresh install must know."""


class Unfit(Exception):
    """The tree is not one to be released."""


@dataclass(frozen=True)
class Built:
    """The two files of a release."""

    sdist: Path
    wheel: Path


def version(root: Path = ROOT) -> str:
    """What `__version__` is, without importing anything."""
    tree = ast.parse((root / "src" / "filmgate" / "__init__.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__":
            return str(ast.literal_eval(node.value))
    raise Unfit("src/filmgate/__init__.py has no __version__")


def refuse_unfit_version(root: Path = ROOT) -> str:
    """Compare changelog and package; return the version that both name."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    newest, named = ENTRY.search(text), version(root)
    if newest is None or newest["version"] == "Unreleased":
        raise Unfit(f"CHANGELOG.md: name what is unreleased: ## {named} - YYYY-MM-DD")
    if newest["version"] != named:
        raise Unfit(f"CHANGELOG.md says {newest['version']}, __version__ is {named}")
    if not VERSION.fullmatch(named):
        raise Unfit(f"{named} is no version: 1.2.3, or 1.2.3rc1")
    if not DATE.fullmatch(newest["date"] or ""):
        raise Unfit(f"CHANGELOG.md: {named} has no date: ## {named} - YYYY-MM-DD")
    return named


def refuse_unfit_tree(root: Path = ROOT) -> None:
    """Only what is committed is released, and a version once."""
    if git(root, "status", "--porcelain"):
        raise Unfit("there are changes that are not committed")
    tag = f"v{version(root)}"
    if git(root, "tag", "--list", tag):
        raise Unfit(f"{tag} was released already")


def git(root: Path, *arguments: str) -> str:
    """What git prints."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def build(root: Path, out: Path, *options: str) -> Built:
    """Build the source distribution, and from it the wheel."""
    run([sys.executable, "-m", "build", "--outdir", str(out), *options, str(root)])
    [sdist], [wheel] = sorted(out.glob("*.tar.gz")), sorted(out.glob("*.whl"))
    return Built(sdist, wheel)


def try_wheel(wheel: Path, *, install: Sequence[str] = ()) -> None:
    """Install the wheel into a fresh environment and use it from an empty folder.

    `install` are further options of `pip install`.
    """
    with tempfile.TemporaryDirectory() as folder:
        venv.create(Path(folder) / "venv", with_pip=True)
        bin_folder = Path(folder) / "venv" / "bin"
        run([str(bin_folder / "python"), "-m", "pip", "install", "--quiet", *install, str(wheel)])
        work = Path(folder) / "work"
        work.mkdir()
        for trial in TRIALS:
            run([str(bin_folder / "filmgate"), *trial], cwd=work)


def run(command: list[str], cwd: Path | None = None) -> None:
    """Run a command; its failure is ours."""
    print("+", *command, flush=True)
    subprocess.run(command, check=True, cwd=cwd)


def main(arguments: list[str]) -> int:
    """Check, build, try."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args(arguments)
    try:
        named = refuse_unfit_version()
        refuse_unfit_tree()
    except Unfit as unfit:
        print(f"not to be released: {unfit}", file=sys.stderr)
        return 1
    if not given.check:
        out = ROOT / "dist" / named
        built = build(ROOT, out)
        try_wheel(built.wheel, install=["--constraint", str(ROOT / "constraints.txt")])
        print(f"{built.sdist}\n{built.wheel}\ntag it: git tag v{named}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
