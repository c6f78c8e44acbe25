"""Finds what the packages beside it offer: a new file is enough to be known."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any


@cache
def collect(package: str, table: str) -> Mapping[str, Any]:
    """The tables called `table` of all modules of a package, merged in the order of file names."""
    found: dict[str, Any] = {}
    home = importlib.import_module(f"{__package__}.{package}")
    for info in sorted(pkgutil.iter_modules(home.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{home.__name__}.{info.name}")
        for name, entry in getattr(module, table, {}).items():
            if name in found:
                raise ValueError(f"{table} has two entries called {name}")
            found[name] = entry
    return found
