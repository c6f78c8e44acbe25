"""Accounts, their keys, and the server's own secrets."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from filmgate.domain.account import Caller
from filmgate.store.connections import Reading, Writing
from filmgate.store.tables import accounts, keys, secrets
from filmgate.store.upsert import insert_if_absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is stored: never the key itself. `source` says where it came from."""

    id: str
    account_id: str
    hash: str
    prefix: str
    source: str
    created_at: float


_CALLER = (
    select(keys.c.id, keys.c.account_id)
    .join(accounts, accounts.c.id == keys.c.account_id)
    .where(keys.c.hash == bindparam("hash"), keys.c.revoked_at.is_(None))
)


def caller(conn: Reading, key_hash: str) -> Caller | None:
    """Who a key belongs to, unless it was revoked."""
    row = conn.sql.execute(_CALLER, {"hash": key_hash}).one_or_none()
    return Caller(account_id=row.account_id, key_id=row.id) if row else None


def ensure_account(conn: Writing, account_id: str, name: str, now: float) -> None:
    """Make an account unless it is there."""
    insert_if_absent(conn, accounts, {"id": account_id, "name": name, "created_at": now})


def has_keys(conn: Reading) -> bool:
    """Whether any key is in force."""
    statement = select(keys.c.id).where(keys.c.revoked_at.is_(None)).limit(1)
    return conn.sql.execute(statement).first() is not None


def add_key(conn: Writing, key: Key) -> None:
    """Store a key; one revoked before is in force again."""
    restored = (
        update(keys).where(keys.c.hash == key.hash).values(revoked_at=None, source=key.source)
    )
    if conn.sql.execute(restored).rowcount == 0:
        conn.sql.execute(
            insert(keys).values(
                id=key.id,
                account_id=key.account_id,
                hash=key.hash,
                prefix=key.prefix,
                source=key.source,
                created_at=key.created_at,
            )
        )


def revoke_others(conn: Writing, source: str, but: str, now: float) -> int:
    """Revoke every key of a source except the one with the hash `but`; return how many."""
    statement = (
        update(keys)
        .where(keys.c.source == source, keys.c.hash != but, keys.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return conn.sql.execute(statement).rowcount


def secret(conn: Reading, name: str) -> str | None:
    """A secret of the server itself."""
    statement = select(secrets.c.value).where(secrets.c.name == name)
    return conn.sql.execute(statement).scalar_one_or_none()


def ensure_secret(conn: Writing, name: str, fresh: str) -> str:
    """A secret of the server itself, made from `fresh` if it is not there."""
    insert_if_absent(conn, secrets, {"name": name, "value": fresh})
    return secret(conn, name) or fresh
