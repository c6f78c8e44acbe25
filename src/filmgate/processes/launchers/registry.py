"""Finds launchers: by a name of this package or of an installed one (`filmgate.launchers`)."""

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import cast

from filmgate import plugs
from filmgate.errors import MissingPart, SettingsError
from filmgate.processes.launchers.base import Launcher
from filmgate.wiring import House

LAUNCHERS = {
    "local": "filmgate.processes.launchers.local:make",
    "ray": "filmgate.processes.launchers.ray:make",
}
"""Each is called with the house, the children's environment, and the address that was given."""
_EXTRAS = {"ray": "ray"}


def make(name: str, house: House, environment: Mapping[str, str], address: str | None) -> Launcher:
    """The launcher of that name.

    Raises:
        SettingsError: there is none, or it does not take the address.
        MissingPart: what it needs is not installed.
    """
    found = {one.name: one.value for one in entry_points(group="filmgate.launchers")} | LAUNCHERS
    if name not in found:
        known = ", ".join(sorted(found))
        raise SettingsError(f"launcher is '{name}': must be one of {known}")
    try:
        factory = plugs.load(found[name])
    except ImportError as error:
        if name not in _EXTRAS:
            raise SettingsError(f"launcher is '{name}': {error}") from error
        advice = f"in the clone, pip install '.[{_EXTRAS[name]}]'"
        raise MissingPart(f"{error}: it needs the extra '{name}': {advice}") from error
    return cast("Launcher", factory(house, environment, address))
