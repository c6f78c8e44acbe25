"""The image: linted, built from what its context lets in, and its recipe run without an engine."""

import fnmatch
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.deploy.dockerfile import FILE, ROOT, stages

from filmgate.testing.served import Served, free_port

BUILD, FINAL = stages()
USER = 10001
VENV = f"{'/usr/bin/python3' if os.getuid() == 0 else sys.executable} -m venv"
"""By an interpreter that other users may run: that of root may lie in root's home."""


def test_the_linter_has_nothing_to_say() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, FILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def let_in(name: str) -> bool:
    """Whether `.dockerignore` lets a file of the clone into the context: its last word counts."""
    found = True
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        parents = [name, *map(str, Path(name).parents)]
        if line and line[0] != "#" and any(_matches(one, pattern) for one in parents):
            found = line.startswith("!")
    return found


def _matches(name: str, pattern: str) -> bool:
    return fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(Path(name).name, pattern)


def test_the_context_holds_what_is_copied_and_nothing_private() -> None:
    wanted = [word for copied in BUILD.all("COPY") for word in copied.split()[:-1]]
    assert all((ROOT / name).exists() and let_in(name) for name in wanted)
    assert let_in("src/filmgate/web/assets/studio/app.js")
    private = ("filmgate-data/api-key", ".env", "deploy/.env", ".git/config", ".venv/bin/python")
    assert not any(map(let_in, (*private, "src/filmgate/__pycache__/x.pyc", "filmgate.toml")))


def test_what_is_installed_is_an_extra_and_the_python_that_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    [install] = [run for run in BUILD.all("RUN") if "pip install" in run]
    extras = install.partition(".[")[2].partition("]")[0].split(",")
    assert set(extras) <= project["optional-dependencies"].keys()
    assert "Python 3.11" in (ROOT / "constraints.txt").read_text("utf-8").splitlines()[0]
    assert BUILD.base.startswith("python:3.11-slim")
    assert FINAL.base == BUILD.base.removesuffix(" AS build")


def test_it_runs_as_nobody_special() -> None:
    assert FINAL.all("USER") == [f"{USER}:{USER}"]
    assert not BUILD.all("USER")
    assert [words.split()[0] for words in FINAL.all("COPY")] == ["--from=build"]


def health_check(port: int) -> int:
    [check] = FINAL.all("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    environment = {**os.environ, "FILMGATE_PORT": str(port)}
    done = subprocess.run(
        [sys.executable, *command[1:]], env=environment, capture_output=True, check=False
    )
    return done.returncode


@pytest.mark.process
def test_health_is_that_of_the_server(served: Served) -> None:
    assert health_check(served.port) == 0
    assert health_check(free_port()) != 0


@pytest.fixture
def image() -> Iterator[Path]:
    """A folder that an image's files would be in, reached by other users."""
    folder = Path(tempfile.mkdtemp(prefix="filmgate-image-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(
    not os.environ.get("FILMGATE_TEST_IMAGE"), reason="it installs everything anew: make test-image"
)
@pytest.mark.process
def test_the_recipe(image: Path) -> None:
    """The steps of the build, in a bare folder; then a server of it as a user without rights.

    The folder stands in for the image's root. Debian's packages and the user are taken as given.
    """
    source, house, data = image / "source", image / "filmgate", image / "data"
    source.mkdir()
    for copied in BUILD.all("COPY"):
        *names, _ = copied.split()
        for name in names:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, source / name)
    for step in BUILD.all("RUN"):
        here = step.replace("/opt/filmgate", str(house)).replace("python -m venv", VENV)
        subprocess.run(["sh", "-ec", here], cwd=source, check=True)
    data.mkdir(mode=0o700)
    port = free_port()
    as_user: list[str] = []
    if os.getuid() == 0:
        os.chown(data, USER, USER)
        as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    own = {"PATH": f"{house}/bin:{os.environ['PATH']}", "FILMGATE_DATA": str(data)}
    with subprocess.Popen(
        [*as_user, "filmgate", "serve"],
        cwd=data,
        env={**own, "FILMGATE_HOST": "0.0.0.0", "FILMGATE_PORT": str(port)},
    ) as server:
        try:
            deadline = time.monotonic() + 120
            while health_check(port) != 0:
                assert server.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.5)
            assert (data / "api-key").stat().st_mode & 0o777 == 0o600
        finally:
            server.terminate()
        assert server.wait(80) == 0
