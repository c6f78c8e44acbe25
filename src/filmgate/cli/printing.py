"""How commands show what they found: tables for people, one JSON document for programs."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from filmgate.cli.speech import spoken

_WIDE = 200


def print_json(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print an object, or of a list an array: all that a command with `--json` writes to stdout."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def tell(text: str) -> None:
    """Print lines for people, in their language: unwrapped, at once even into a pipe."""
    print(spoken(text), flush=True)


def print_rows(rows: Sequence[Mapping[str, Any]], names: Sequence[str], as_json: bool) -> None:
    """Print a table of these columns, or all that the rows hold as JSON."""
    if as_json:
        print_json(rows)
        return
    console = Console()
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*(cell(name, row[name]) for name in names))
    (console if console.is_terminal else Console(width=_WIDE)).print(table, markup=False)


def cell(name: str, value: Any) -> str:
    """A value for people: local times, yes and no."""
    if isinstance(value, bool):
        return spoken("yes" if value else "no")
    if name.endswith("_at") and isinstance(value, int | float):
        return datetime.fromtimestamp(value).astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)
