"""Files that callers keep here."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select

from filmgate.domain.file import FileFilter, KeptFile
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.paging import page_after
from filmgate.store.tables import files

_NAMES = tuple(KeptFile.__dataclass_fields__)
_COLUMNS = tuple(files.c[name] for name in _NAMES)
_MINE = select(*_COLUMNS).where(
    files.c.account_id == bindparam("account_id"), files.c.expires_at > bindparam("now")
)
_GET = _MINE.where(files.c.id == bindparam("id"))
_TOTAL = select(func.coalesce(func.sum(files.c.bytes), 0)).where(
    files.c.account_id == bindparam("account_id"), files.c.expires_at > bindparam("now")
)


def add(conn: WriteConnection, fresh: KeptFile) -> None:
    """Store a file's row; its bytes are there already."""
    conn.sql.execute(insert(files), {name: getattr(fresh, name) for name in _NAMES})


def get(conn: ReadConnection, file_id: str, account_id: str, now: float) -> KeptFile | None:
    """The file, if that account owns it and its time is not over."""
    given = {"id": file_id, "account_id": account_id, "now": now}
    row = conn.sql.execute(_GET, given).one_or_none()
    return _file(row) if row else None


def total(conn: ReadConnection, account_id: str, now: float) -> int:
    """The bytes of all files of an account."""
    return int(conn.sql.execute(_TOTAL, {"account_id": account_id, "now": now}).scalar_one())


def page(
    conn: ReadConnection, account_id: str, wanted: FileFilter, now: float
) -> tuple[list[KeptFile], bool] | None:
    """Files, and whether more follow; None when `after` is none of them."""
    mine = select(*_COLUMNS).where(files.c.account_id == account_id, files.c.expires_at > now)
    narrowed = [files.c.purpose == wanted.purpose] if wanted.purpose else []
    found = page_after(
        conn,
        files,
        mine,
        wanted.after,
        wanted.limit,
        narrowed_by=narrowed,
        newest_first=wanted.newest_first,
    )
    return None if found is None else ([_file(row) for row in found[0]], found[1])


def remove(conn: WriteConnection, file_id: str, account_id: str) -> bool:
    """Remove a file's row; its bytes are to follow."""
    statement = delete(files).where(files.c.id == file_id, files.c.account_id == account_id)
    return conn.sql.execute(statement).rowcount == 1


def remove_expired(conn: WriteConnection, now: float, limit: int = 100) -> list[str]:
    """Remove some of the rows whose time is over; return their ids."""
    over = select(files.c.seq).where(files.c.expires_at <= now).limit(limit)
    statement = delete(files).where(files.c.seq.in_(over)).returning(files.c.id)
    return list(conn.sql.execute(statement).scalars())


def known(conn: ReadConnection, ids: list[str]) -> set[str]:
    """Those of these ids that are files."""
    return set(conn.sql.execute(select(files.c.id).where(files.c.id.in_(ids))).scalars())


def _file(row: Row[Any]) -> KeptFile:
    return KeptFile(**row._mapping)
