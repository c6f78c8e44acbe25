"""The server's own secrets."""

from sqlalchemy import select, update

from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.tables import secrets
from filmgate.store.upsert import insert_if_absent


def get(conn: ReadConnection, name: str) -> str | None:
    """A secret of that name."""
    statement = select(secrets.c.value).where(secrets.c.name == name)
    return conn.sql.execute(statement).scalar_one_or_none()


def add(conn: WriteConnection, name: str, value: str) -> None:
    """Keep a secret, unless there is one of that name."""
    insert_if_absent(conn, secrets, {"name": name, "value": value})


def rewrite(conn: WriteConnection) -> None:
    """Write what stands there already: that the database takes writes is known by one."""
    conn.sql.execute(update(secrets).values(value=secrets.c.value))
