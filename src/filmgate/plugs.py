"""Plugs by address: `module:name`, in this package, an installed one, or the current folder."""

import os
import sys
from importlib import import_module
from typing import Any


def load(address: str) -> Any:
    """What `module:name` names.

    The current folder is looked in last, in every process and however it was started, so that
    what one command finds every other finds, too, and no file there shadows what is installed.

    Raises:
        ImportError: there is no such module, or it cannot be imported.
        AttributeError: it has no such name.
    """
    module, _, name = address.partition(":")
    if (folder := os.getcwd()) not in sys.path:  # noqa: PTH109 - sys.path holds text
        sys.path.append(folder)
    return getattr(import_module(module), name)
