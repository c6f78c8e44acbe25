"""What the environment says: which settings file there is, and which variables are ours."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from filmgate.errors import SettingsError

CONFIG_FILE = "filmgate.toml"
SLOT = "FILMGATE_SLOT"
"""What a child of a supervisor is among its neighbours."""
PLACE = "FILMGATE_PLACE"
"""What a launcher calls the worker that it started."""
_PREFIX = "FILMGATE_"
_OTHERS = frozenset({"FILMGATE_CONFIG", "FILMGATE_LIFELINE", "FILMGATE_PULSE", PLACE, SLOT})


def config_file() -> str:
    """The settings file: `FILMGATE_CONFIG`, else `filmgate.toml` of this folder.

    Raises:
        SettingsError: the file that was named is not there.
    """
    named = os.environ.get("FILMGATE_CONFIG")
    if named and not Path(named).is_file():
        raise SettingsError(f"FILMGATE_CONFIG is '{named}', which is no file")
    return named or CONFIG_FILE


def unknown(settings: Iterable[str]) -> list[tuple[str, str | None]]:
    """Variables named `FILMGATE_…` that are no setting, each with the one it may have meant."""
    known = {f"{_PREFIX}{name.upper()}" for name in settings}
    names = [name for name in sorted(os.environ) if name.startswith(_PREFIX)]
    unread = [n for n in names if n not in _OTHERS and n.upper().split("__")[0] not in known]
    return [(n, next(iter(get_close_matches(n, sorted(known), n=1)), None)) for n in unread]
