"""Asks a PostgreSQL what an operator wants to know of it, also where no server will start on it."""

import asyncpg

from filmgate.domain.examined import Examined
from filmgate.errors import FilmgateError, Unavailable
from filmgate.store.postgres import cannot_heal, plain_address

_PATIENCE_S = 5.0
_ASK = """
SELECT current_user AS role, current_database() AS name,
       current_setting('server_version') AS version,
       current_setting('max_connections')::int AS most,
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int AS used,
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
       pg_is_in_recovery() AS standby,
       extract(epoch FROM clock_timestamp())::float8 AS now,
       to_regclass('alembic_version') IS NOT NULL AS made
"""
_RIGHTS = "SELECT bool_and(has_table_privilege('videos', r)) FROM unnest($1::text[]) AS r"
_NEEDED = ["SELECT", "INSERT", "UPDATE", "DELETE"]


async def examine(url: str) -> Examined:
    """Connect once, and ask.

    Raises:
        SettingsError: it refuses us, and will go on to: the driver's own reason is in the message.
        Unavailable: it cannot be reached, or not now; so is the reason.
    """
    try:
        connection = await asyncpg.connect(
            plain_address(url), timeout=_PATIENCE_S, statement_cache_size=0
        )
        try:
            return await _ask(connection)
        finally:
            await connection.close(timeout=_PATIENCE_S)
    except FilmgateError:
        raise
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as e:
        reason = " ".join(str(e).split()) or type(e).__name__
        raise cannot_heal(e) or Unavailable(f"The database cannot be reached: {reason}") from e


async def _ask(connection: asyncpg.Connection) -> Examined:
    row = await connection.fetchrow(_ASK)
    told = dict(row)
    revision = may_write = None
    if told.pop("made"):
        revision = await connection.fetchval("SELECT version_num FROM alembic_version")
        may_write = await connection.fetchval(_RIGHTS, _NEEDED)
    return Examined(**told, revision=revision, may_write=may_write is not False)
