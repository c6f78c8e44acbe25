"""Keys, found by their hash."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select, update

from filmgate.domain.account import Caller, Key, scopes_from, scopes_text
from filmgate.domain.admission import MINUTE_S, KeyUse
from filmgate.errors import AccountDisabled
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import accounts, keys
from filmgate.store.upsert import Upsert

_CALLER = (
    select(
        keys.c.id,
        keys.c.account_id,
        keys.c.scopes,
        accounts.c.disabled_at,
        accounts.c.retention_s,
        accounts.c.price_percent,
    )
    .join(accounts, accounts.c.id == keys.c.account_id)
    .where(
        keys.c.hash == bindparam("hash"),
        keys.c.revoked_at.is_(None),
        keys.c.expires_at.is_(None) | (keys.c.expires_at > bindparam("now")),
    )
)


_ADD = Upsert(
    keys,
    key=("hash",),
    columns=tuple(column.name for column in keys.c),
    over={"revoked_at": None, "source": bindparam("source")},
)


_OPEN_MINUTE = func.abs(bindparam("now") - keys.c.minute_at) < MINUTE_S
COUNT_CREATE = Prepared(
    update(keys)
    .where(keys.c.id == bindparam("k"), keys.c.max_per_minute.is_not(None) | (keys.c.models != ""))
    .values(
        minute_at=case((_OPEN_MINUTE, keys.c.minute_at), else_=bindparam("now")),
        minute_creates=case((_OPEN_MINUTE, keys.c.minute_creates + 1), else_=1),
    )
    .returning(keys.c.models, keys.c.max_per_minute, keys.c.minute_at, keys.c.minute_creates)
)


def count_create(conn: WriteConnection, key_id: str, now: float) -> KeyUse | None:
    """Count a create of a key that has limits of its own; None where it has none."""
    row = COUNT_CREATE.first(conn, {"k": key_id, "now": now})
    if row is None:
        return None
    return KeyUse(
        models=tuple(row.models.split()),
        max_per_minute=row.max_per_minute,
        minute_at=row.minute_at,
        minute_creates=row.minute_creates,
    )


def caller(conn: ReadConnection, key_hash: str, now: float) -> Caller | None:
    """Who a key belongs to, unless it was revoked or has expired.

    Raises:
        AccountDisabled: the operator has closed its account.
    """
    row = conn.sql.execute(_CALLER, {"hash": key_hash, "now": now}).one_or_none()
    if row is None:
        return None
    if row.disabled_at is not None:
        raise AccountDisabled("The account is disabled; ask the operator of this server")
    return Caller(
        account_id=row.account_id,
        key_id=row.id,
        scopes=scopes_from(row.scopes.split()),
        retention_s=row.retention_s,
        price_percent=100 if row.price_percent is None else row.price_percent,
    )


def has_keys(conn: ReadConnection, account_id: str) -> bool:
    """Whether an account has any key in force."""
    mine = keys.c.account_id == account_id
    statement = select(keys.c.id).where(mine, keys.c.revoked_at.is_(None)).limit(1)
    return conn.sql.execute(statement).first() is not None


def of_account(conn: ReadConnection, account_id: str) -> list[Key]:
    """The keys of an account, revoked ones too, oldest first."""
    statement = select(keys).where(keys.c.account_id == account_id).order_by(keys.c.created_at)
    return [_key(row) for row in conn.sql.execute(statement)]


def get(conn: ReadConnection, key_id: str) -> Key | None:
    """A key by its id."""
    row = conn.sql.execute(select(keys).where(keys.c.id == key_id)).one_or_none()
    return _key(row) if row else None


def add(conn: WriteConnection, key: Key) -> None:
    """Store a key; one revoked before is in force again."""
    _ADD.run(conn, _values(key))


def revoke(conn: WriteConnection, key_id: str, now: float) -> bool:
    """Put a key out of force; False when it was so already."""
    statement = (
        update(keys).where(keys.c.id == key_id, keys.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    return conn.sql.execute(statement).rowcount == 1


def end_by(conn: WriteConnection, key_id: str, moment: float) -> None:
    """Let a key end at that time, unless it ends before."""
    later = keys.c.expires_at.is_(None) | (keys.c.expires_at > moment)
    statement = update(keys).where(keys.c.id == key_id, later).values(expires_at=moment)
    conn.sql.execute(statement)


def note_uses(conn: WriteConnection, uses: Mapping[str, float]) -> None:
    """Remember when keys were used, by their ids; the latest time of all replicas stands."""
    for key_id, moment in uses.items():
        earlier = keys.c.last_used_at.is_(None) | (keys.c.last_used_at < moment)
        statement = update(keys).where(keys.c.id == key_id, earlier).values(last_used_at=moment)
        conn.sql.execute(statement)


def revoke_others(conn: WriteConnection, source: str, but: str, now: float) -> int:
    """Revoke every key of a source except the one with the hash `but`; return how many."""
    statement = (
        update(keys)
        .where(keys.c.source == source, keys.c.hash != but, keys.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return conn.sql.execute(statement).rowcount


def _key(row: Row[Any]) -> Key:
    return Key(
        id=row.id,
        account_id=row.account_id,
        hash=row.hash,
        prefix=row.prefix,
        source=row.source,
        created_at=row.created_at,
        name=row.name,
        scopes=scopes_from(row.scopes.split()),
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
        models=tuple(row.models.split()),
        max_per_minute=row.max_per_minute,
    )


def _values(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "account_id": key.account_id,
        "hash": key.hash,
        "prefix": key.prefix,
        "source": key.source,
        "created_at": key.created_at,
        "name": key.name,
        "scopes": scopes_text(key.scopes),
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
        "last_used_at": key.last_used_at,
        "models": " ".join(key.models),
        "max_per_minute": key.max_per_minute,
        "minute_at": 0,
        "minute_creates": 0,
    }
