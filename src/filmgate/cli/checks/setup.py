"""Whether the settings are valid, and whether a variable is misspelled."""

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from filmgate.cli.checks.finding import Finding, bad, good, mind
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
        return None, [*map(_wrong, error.message.splitlines()), *_unknown()]
    return config, [good("settings", _sources(settings.config_file())), *_unknown()]


def _wrong(line: str) -> Finding:
    mend = "mend it on the command line, in the environment or in filmgate.toml"
    return bad("settings", line, mend)


def _sources(file: str) -> str:
    names = sorted(name for name in os.environ if name.startswith(_PREFIX))
    found = [file] if os.path.exists(file) else []  # noqa: PTH110
    return f"valid, from {', '.join([*found, *names]) or 'their defaults'}"


def _unknown() -> Iterator[Finding]:
    """Variables that nothing reads: a typo there is silent."""
    from filmgate.settings import unknown_variables

    for name, near in unknown_variables():
        mend = f"did you mean {near}?" if near else f"unset {name}"
        yield mind("settings", f"{name} is not a setting; nothing reads it", mend)
