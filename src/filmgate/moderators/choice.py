"""Which judge the operator has named: a command, an address, or none."""

import shlex

from filmgate.errors import SettingsError


def refuse_unfit_choice(command: str | None, url: str | None) -> None:
    """Raise SettingsError where both are named, or the command is no command line."""
    if command and url:
        raise SettingsError("moderation_command and moderation_url are both set: give one of them")
    try:
        words = shlex.split(command or "true")
    except ValueError as error:
        raise SettingsError(f"moderation_command cannot be read: {error}") from error
    if not words:
        raise SettingsError("moderation_command is empty")
