"""What a caller does with its own account: see it, and keep its keys."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from filmgate.clock import Clock
from filmgate.domain.account import (
    Account,
    AccountLimits,
    Caller,
    Key,
    Scope,
    scopes_text,
)
from filmgate.domain.audit import Act
from filmgate.errors import InvalidParameter, ScopeMissing
from filmgate.services.accounts import fresh_key
from filmgate.services.audit import record_act
from filmgate.services.lookup import or_missing
from filmgate.services.rotation import replace_key
from filmgate.store import accounts, keys
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.database import Database


@dataclass(frozen=True, slots=True)
class Membership:
    """Who a key says that its caller is, and the limits that hold for the account."""

    account: Account
    key: Key
    limits: AccountLimits


class OwnAccount:
    """The verbs of a caller about itself. No key makes or moves one that may more than it does."""

    def __init__(self, *, database: Database, clock: Clock, limits: AccountLimits) -> None:
        self._db = database
        self._clock = clock
        self._limits = limits

    async def see(self, caller: Caller) -> Membership:
        """The account, the key and the limits of the caller."""
        account, key = await self._db.read(_see, caller)
        return Membership(account, key, account.limits.over(self._limits))

    async def keys(self, caller: Caller) -> list[Key]:
        """The keys of the caller's account, revoked ones too, oldest first."""
        return await self._db.read(keys.of_account, caller.account_id)

    async def create_key(
        self, caller: Caller, *, name: str, scopes: Iterable[Scope], expires_at: float | None
    ) -> tuple[Key, str]:
        """Make a key; what it is in plain is returned here and nowhere again.

        Raises:
            ScopeMissing: it would be good for what the caller's is not.
            InvalidParameter: it would be dead at once, or outlive a key that ends.
        """
        now = self._clock.now()
        if expires_at is not None and expires_at <= now:
            raise InvalidParameter("expires_at", "must be in the future")
        key, plain = fresh_key(caller.account_id, now, "account", name, scopes, expires_at)
        _refuse_mightier(caller, key)
        return await self._db.write(_create, caller, key), plain

    async def rotate_key(self, caller: Caller, key_id: str, overlap_s: float) -> tuple[Key, str]:
        """Make a key in place of one of the account, which ends after the overlap.

        Raises:
            NotFound: the account has no such key.
            BadRequest: it is revoked or has ended, or belongs to the server's own start.
            ScopeMissing: it is good for what the caller's is not.
        """
        return await self._db.write(_rotate, caller, key_id, overlap_s, self._clock.now())

    async def revoke_key(self, caller: Caller, key_id: str) -> Key:
        """Put a key of the account out of force; every replica refuses it within a second.

        Raises:
            NotFound: the account has no such key.
            ScopeMissing: it is good for what the caller's is not.
        """
        return await self._db.write(_revoke, caller, key_id, self._clock.now())


def _see(conn: ReadConnection, caller: Caller) -> tuple[Account, Key]:
    account = accounts.get(conn, caller.account_id)
    key = keys.get(conn, caller.key_id)
    return or_missing(account, "account", caller.account_id), or_missing(key, "key", caller.key_id)


def _create(conn: WriteConnection, caller: Caller, key: Key) -> Key:
    own = keys.get(conn, caller.key_id)
    end = own.expires_at if own else None
    if end is not None and (key.expires_at is None or key.expires_at > end):
        raise InvalidParameter("expires_at", "must not be after that of the key that asks")
    limited = replace(key, models=own.models, max_per_minute=own.max_per_minute) if own else key
    keys.add(conn, limited)
    _write_act(conn, caller, Act.KEY_CREATED, key.id, key.created_at)
    return limited


def _rotate(
    conn: WriteConnection, caller: Caller, key_id: str, overlap_s: float, now: float
) -> tuple[Key, str]:
    old = _own_key(conn, caller, key_id)
    return replace_key(conn, old, "account", overlap_s, now, caller.key_id)


def _revoke(conn: WriteConnection, caller: Caller, key_id: str, now: float) -> Key:
    _own_key(conn, caller, key_id)
    if keys.revoke(conn, key_id, now):
        _write_act(conn, caller, Act.KEY_REVOKED, key_id, now)
    return or_missing(keys.get(conn, key_id), "key", key_id)


def _own_key(conn: ReadConnection, caller: Caller, key_id: str) -> Key:
    found = keys.get(conn, key_id)
    own = found if found is not None and found.account_id == caller.account_id else None
    key = or_missing(own, "key", key_id)
    _refuse_mightier(caller, key)
    return key


def _refuse_mightier(caller: Caller, key: Key) -> None:
    beyond = key.scopes - caller.scopes
    if beyond:
        lacking = scopes_text(beyond)
        raise ScopeMissing(f"This key cannot keep one with scopes that it lacks: {lacking}")


def _write_act(conn: WriteConnection, caller: Caller, act: Act, key_id: str, now: float) -> None:
    record_act(conn, act, key_id, at=now, account_id=caller.account_id, key_id=caller.key_id)
