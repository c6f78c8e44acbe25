"""The official JavaScript SDK, as npm has it, and programs that use it."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

VERSION = "6.49.0"
SDK = f"openai@{VERSION}"


def absent(what: str) -> None:
    """Skip for want of something, on a laptop; in CI it is there, or the test fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}; .ci/run installs what the tests need")
    pytest.skip(what)


def program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        if found := shutil.which(name):
            return found
    absent(f"no {' or '.join(names)} here")
    raise AssertionError  # absent() has ended the test


def fetch_sdk(home: Path) -> Path:
    """The folder of the SDK's files: modules that a browser loads as they are."""
    folder = home / f"openai-js-{VERSION}"
    if not folder.exists():
        draft = home / f"openai-js-{VERSION}.{os.getpid()}"
        draft.mkdir()
        _unpack(_download(draft), draft)
        with suppress(OSError):  # another process of the tests may have been first
            (draft / "package").rename(folder)
        assert folder.exists()
        shutil.rmtree(draft)
    return folder


def installed_modules(pinned: Sequence[str], home: Path) -> Path:
    """The `node_modules` of packages with all that they need, installed there once."""
    name = "-".join(one.replace("/", "+") for one in pinned)
    folder = home / f"node-{name}"
    if not folder.exists():
        draft = home / f"{folder.name}.{os.getpid()}"
        draft.mkdir()
        flags = ["--silent", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"]
        command = [program("npm"), "install", "--prefix", str(draft), *flags, *pinned]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=draft)
        if done.returncode != 0:
            shutil.rmtree(draft)
            absent(f"npm cannot install {' '.join(pinned)}: {done.stderr[-300:]}")
        with suppress(OSError):  # another process of the tests may have been first
            draft.rename(folder)
    return folder / "node_modules"


def _download(folder: Path) -> Path:
    command = [program("npm"), "pack", SDK, "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode != 0:
        shutil.rmtree(folder)
        absent(f"npm cannot fetch {SDK}: {done.stderr[-300:]}")
    return folder / done.stdout.strip()


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
