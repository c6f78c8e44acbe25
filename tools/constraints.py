"""Writes constraints.txt: the version of each package that the Makefile installs.

    python tools/constraints.py            # resolve anew
    python tools/constraints.py --check    # is every direct need pinned, within its bounds?

Extras that bring torch are left out: what they need is measured in gigabytes and differs by
machine.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FILE = ROOT / "constraints.txt"
LINE = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.!]*)")
HEAVY = frozenset(["diffusers"])
"""Extras and groups that are left out."""


def light(project: Path = ROOT) -> tuple[list[str], list[str]]:
    """The extras and the groups that are pinned."""
    parsed = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    extras = parsed["project"]["optional-dependencies"].keys() - HEAVY
    return sorted(extras), sorted(parsed["dependency-groups"].keys() - HEAVY)


def needs(project: Path = ROOT) -> Iterator[Requirement]:
    """What the project names itself, in those extras and groups and always."""
    parsed = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    extras, groups = light(project)
    lines = list(parsed["project"]["dependencies"])
    lines += [line for name in extras for line in parsed["project"]["optional-dependencies"][name]]
    lines += [line for name in groups for line in parsed["dependency-groups"][name]]
    return (Requirement(line) for line in lines if isinstance(line, str))


def resolve() -> dict[str, str]:
    """Ask pip what it would install into an empty environment."""
    extras, groups = light()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
    command += ["--report", "-", f"{ROOT}[{','.join(extras)}]"]
    for group in groups:
        command += ["--group", group]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT)
    found = [one["metadata"] for one in json.loads(done.stdout)["install"]]
    pins = {canonicalize_name(one["name"]): one["version"] for one in found}
    return {name: version for name, version in sorted(pins.items()) if name != "filmgate"}


def read(file: Path = FILE) -> dict[str, str]:
    """The pins of a file; a line that is none is an error."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
    pins = {}
    for line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"{file.name}: not name==version: {line}")
        pins[match["name"]] = match["version"]
    return pins


def unpinned(project: Path = ROOT) -> list[str]:
    """Direct needs that have no pin within their bounds."""
    pins = read(project / FILE.name)
    return [
        str(need)
        for need in needs(project)
        if not need.specifier.contains(pins.get(canonicalize_name(need.name), "0"))
    ]


def main(arguments: list[str]) -> int:
    """Write the file, or say what it lacks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args(arguments).check:
        lacking = unpinned()
        print("\n".join(f"not pinned: {need} (run: make constraints)" for need in lacking), end="")
        return 1 if lacking else 0
    pins = resolve()
    head = "# Written by tools/constraints.py for Python 3.11: make constraints\n"
    FILE.write_text(head + "".join(f"{name}=={pins[name]}\n" for name in pins), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
