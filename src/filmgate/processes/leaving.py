"""How a child of the supervisor ends: with a line of its own, and without the interpreter's end."""

import logging
import os
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from filmgate.errors import FilmgateError, MissingPart, SettingsError

HOPELESS = 78
"""Exit code of a child that no further start will help: `EX_CONFIG` of sysexits.h."""


@contextmanager
def telling_why(name: str) -> Iterator[None]:
    """End this process with one line where an error of ours ends its work."""
    try:
        yield
    except FilmgateError as error:
        print(f"filmgate: {name} cannot run: {error}", file=sys.stderr, flush=True)
        cannot_heal = isinstance(error, SettingsError | MissingPart)
        sys.exit(HOPELESS if cannot_heal else 1)


async def ending_here(work: Coroutine[Any, Any, None]) -> None:
    """Do the work of this process, then end it at once, its work being done.

    granian's threads outlive its `serve()`: one has just told this loop that the server has
    stopped, and is on its way out through Python. Where it meets an interpreter that is being taken
    down, CPython ends it by unwinding its stack, which Rust aborts the process for.
    """
    await work
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
