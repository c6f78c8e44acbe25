"""`filmgate migrate`: bring the database to this release's schema, or say what that would do."""

from collections.abc import Callable

from filmgate import databases, wiring
from filmgate.errors import FilmgateError
from filmgate.settings import Settings

Say = Callable[[str], None]


async def check(config: Settings, say: Say) -> dict[str, str | None]:
    """Say which schema there is, and which this release brings it to. Nothing is written.

    Raises:
        SettingsError: there is no database.
        FilmgateError: it is of a newer release.
    """
    wiring.check_data(config)
    found = await databases.revision(config)
    if found is not None and found > wiring.SCHEMA:
        raise FilmgateError(
            f"The database has schema {found}, and this release knows up to {wiring.SCHEMA}"
        )
    if found == wiring.SCHEMA:
        say(f"The database has schema {found}, which is this release's")
    else:
        say(f"The database has schema {found or 'none'}; this release brings it to {wiring.SCHEMA}")
    return {"schema": found, "wanted": wiring.SCHEMA}
