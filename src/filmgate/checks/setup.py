"""Whether the settings are valid, and whether a variable is misspelled."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filmgate.domain.finding import Finding, bad, good, mind
from filmgate.errors import FilmgateError

if TYPE_CHECKING:
    from filmgate.settings import Settings

_PREFIX = "FILMGATE_"


def examine(given: Mapping[str, Any]) -> "tuple[Settings | None, list[Finding]]":
    """The settings, if they are valid, and what there is to say of them."""
    from filmgate import settings

    try:
        config = settings.load(**given)
    except FilmgateError as error:
        mend = "mend it on the command line, in the environment or in filmgate.toml"
        lines = error.message.splitlines()
        return None, [*(bad("settings", line, mend) for line in lines), *unknown_variables()]
    names = sorted(name for name in os.environ if name.startswith(_PREFIX))
    if Path(file := settings.config_file()).exists():
        names.insert(0, file)
    sources = ", ".join(names) or "their defaults"
    return config, [good("settings", f"valid, from {sources}"), *unknown_variables()]


def unknown_variables() -> Iterator[Finding]:
    """Variables that nothing reads: a typo there is silent."""
    from filmgate import settings

    for name, near in settings.unknown_variables():
        mend = f"did you mean {near}?" if near else f"unset {name}"
        yield mind("settings", f"{name} is not a setting; nothing reads it", mend)
