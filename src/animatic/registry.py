"""Finds what the packages beside it and outsiders offer: nothing is listed anywhere."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from animatic.traits import WordsError

DOOR = "animatic.subjects"
"""The group of entry points by which an installed package brings subjects.

Each names a module with a table `SUBJECTS`; beside the module's file lies one of the same name that
ends in `.toml`, with its words.
"""


@cache
def collect(package: str, table: str) -> Mapping[str, Any]:
    """The tables called `table` of all modules of a package, merged in the order of file names."""
    found: dict[str, Any] = {}
    for module in _modules(package):
        for name, entry in getattr(module, table, {}).items():
            if name in found:
                raise ValueError(f"{table} has two entries called {name}")
            found[name] = entry
    return found


def words_of_outsiders() -> Iterator[Path]:
    """The words of installed packages. Their modules are not loaded: what draws imports skia.

    Raises:
        WordsError: an entry point names no module, or one without words.
    """
    for point in _points():
        spec = find_spec(point.module)
        if spec is None or spec.origin is None:
            raise WordsError(f"{point.name}: there is no module called {point.module}")
        words = Path(spec.origin).with_suffix(".toml")
        if not words.is_file():
            raise WordsError(f"{point.name}: there is no {words}")
        yield words


def _modules(package: str) -> Iterator[ModuleType]:
    home = importlib.import_module(f"{__package__}.{package}")
    for info in sorted(pkgutil.iter_modules(home.__path__), key=lambda m: m.name):
        yield importlib.import_module(f"{home.__name__}.{info.name}")
    if home.__name__ == DOOR:
        yield from (importlib.import_module(point.module) for point in _points())


def _points() -> list[EntryPoint]:
    return sorted(entry_points(group=DOOR), key=lambda point: point.name)
