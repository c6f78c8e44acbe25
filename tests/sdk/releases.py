"""Releases of the official SDK: the newest is installed with the tests, an old one beside them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OLD = "2.2.0"
"""Sends JSON where there is no file; everything from 2.27 on sends multipart."""


def installed(version: str, home: Path) -> Path:
    """The folder of a release of its own, installed there once."""
    return installed_package(f"openai=={version}", home)


def installed_package(pinned: str, home: Path) -> Path:
    """The folder of a package of its own, `name==version`, installed there once with its needs."""
    folder = home / pinned.replace("==", "-")
    if not folder.exists():
        draft = home / f"{folder.name}.{os.getpid()}"
        _install(pinned, draft)
        _settle(draft, folder)
    return folder


def _install(what: str, target: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    shutil.rmtree(target, ignore_errors=True)
    reason = f"pip cannot install {what}: {done.stderr[-300:]}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _settle(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:  # another run was quicker
        shutil.rmtree(draft)
