"""Whether the settings are valid, and whether a variable is misspelled."""

import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from filmgate.cli.checks.finding import Finding, bad, good, mind
from filmgate.errors import FilmgateError

if TYPE_CHECKING:
    from filmgate.settings import Settings

_PREFIX = "FILMGATE_"
_OTHERS = frozenset({"FILMGATE_CONFIG", "FILMGATE_LIFELINE"})


def examine(given: Mapping[str, Any]) -> "tuple[Settings | None, list[Finding]]":
    """The settings, if they are valid, and what there is to say of them."""
    from filmgate import settings

    try:
        config = settings.load(**given)
    except FilmgateError as error:
        return None, [*map(_wrong, error.message.splitlines()), *_unknown(settings.Settings)]
    return config, [good("settings", _sources(settings.config_file())), *_unknown(type(config))]


def _wrong(line: str) -> Finding:
    mend = "mend it on the command line, in the environment or in filmgate.toml"
    return bad("settings", line, mend)


def _sources(file: str) -> str:
    names = sorted(name for name in os.environ if name.startswith(_PREFIX))
    found = [file] if os.path.exists(file) else []  # noqa: PTH110
    return f"valid, from {', '.join([*found, *names]) or 'their defaults'}"


def _unknown(settings: "type[Settings]") -> Iterable[Finding]:
    """Variables that nothing reads: a typo there is silent."""
    known = {f"{_PREFIX}{name.upper()}" for name in settings.model_fields}
    for name in sorted(os.environ):
        if name.startswith(_PREFIX) and name not in _OTHERS and not _is_read(name, known):
            near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
            mend = f"did you mean {near[0]}?" if near else f"unset {name}"
            yield mind("settings", f"{name} is not a setting; nothing reads it", mend)


def _is_read(name: str, known: set[str]) -> bool:
    """Names are read in any case, and the parts of a table by NAME__PART."""
    return name.upper().split("__")[0] in known
