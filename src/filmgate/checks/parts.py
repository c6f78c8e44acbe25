"""What is installed: Python, our parts, and what they need of the system."""

import importlib
import platform
import re
import sqlite3
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from filmgate import __version__
from filmgate.domain.finding import Finding, bad, good

if TYPE_CHECKING:
    from filmgate.settings import Settings

_LEAST = (3, 11)
_PARTS = ("granian", "starlette", "sqlalchemy", "obstore", "httpx2", "pillow", "numpy")
_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Debian's package of each library that drawing needs of the system."""
_REINSTALL = "install it again: pip install --force-reinstall . in the clone, or its wheel"


def examine() -> list[Finding]:
    """Everything that came with the package, and what it stands on."""
    return [*versions(), _skia(), _av()]


def versions() -> list[Finding]:
    """What there is of each part, without loading any."""
    return [_python(), good("filmgate", __version__), _versions()]


def engines(config: "Settings") -> list[Finding]:
    """Whether each engine of the settings can be loaded."""
    return [_engine(config, name) for name in sorted(config.engines)]


def _python() -> Finding:
    text = f"{platform.python_version()} at {sys.executable}, SQLite {sqlite3.sqlite_version}"
    if sys.version_info < _LEAST:
        return bad("python", text, "Filmgate needs Python 3.11 or newer")
    return good("python", text)


def _versions() -> Finding:
    found = {name: _version(name) for name in _PARTS}
    missing = [name for name, version in found.items() if version is None]
    if missing:
        return bad("parts", f"not installed: {', '.join(missing)}", _REINSTALL)
    return good("parts", ", ".join(f"{name} {version}" for name, version in found.items()))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _skia() -> Finding:
    try:
        importlib.import_module("skia")
    except ImportError as error:
        return bad("drawing", f"skia cannot be loaded: {error}", _for_skia(str(error)))
    return good("drawing", f"skia {_version('skia-python')}")


def _for_skia(trouble: str) -> str:
    library = re.search(r"lib\w+\.so[.\d]*", trouble)
    if library is None:
        return "pip install --force-reinstall skia-python"
    return f"apt-get install {' '.join(_PACKAGES.values())}"


def _av() -> Finding:
    mend = "pip install --force-reinstall av: the wheels of PyPI have libx264"
    try:
        av = importlib.import_module("av")
        importlib.import_module("av.codec").Codec("libx264", "w")
    except ImportError as error:
        return bad("encoding", f"PyAV cannot be loaded: {error}", mend)
    except ValueError:
        return bad("encoding", "PyAV here has no libx264", mend)
    return good("encoding", f"PyAV {av.__version__} with libx264")


def _engine(config: "Settings", name: str) -> Finding:
    kind = config.engines[name].kind
    try:
        from filmgate import wiring

        wiring.engine(config, name)
    except Exception as error:  # noqa: BLE001 - an engine of the operator's own raises anything
        return bad("engine", f"{name} cannot be loaded: {error}", "see engines in filmgate.toml")
    workers = config.engines[name].workers
    return good("engine", f"{name} ({kind}), {workers} worker{'' if workers == 1 else 's'}")
