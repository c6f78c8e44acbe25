"""Characters, each beside the file that is its film."""

from typing import Any

from sqlalchemy import bindparam, insert, select

from filmgate.domain.character import Character
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import characters, files

_OWN = ("id", "account_id", "name", "file_id", "colours", "created_at")
_GET = (
    select(*(characters.c[name] for name in _OWN), files.c.expires_at)
    .join(files, files.c.id == characters.c.file_id)
    .where(
        characters.c.id == bindparam("id"),
        characters.c.account_id == bindparam("account_id"),
        files.c.expires_at > bindparam("now"),
    )
)


def add(conn: WriteConnection, fresh: Character) -> None:
    """Store a character's row; that of its file is there already."""
    values = {name: getattr(fresh, name) for name in _OWN}
    conn.sql.execute(insert(characters), values | {"colours": list(fresh.colours)})


def get(conn: ReadConnection, character_id: str, account_id: str, now: float) -> Character | None:
    """The character, if that account owns it and its time is not over."""
    given = {"id": character_id, "account_id": account_id, "now": now}
    row = conn.sql.execute(_GET, given).one_or_none()
    return _character(row) if row else None


def _character(row: Any) -> Character:
    return Character(**{**row._mapping, "colours": tuple(row.colours)})
