"""What an operator does with accounts and keys."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypedDict, TypeVar

from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import (
    Account,
    AccountLimits,
    BillingMode,
    Key,
    Scope,
    hash_key,
    prefix,
)
from filmgate.domain.audit import Act
from filmgate.errors import InvalidParameter
from filmgate.services.audit import record_act
from filmgate.services.lookup import or_missing
from filmgate.services.rotation import replace_key
from filmgate.store import accounts, keys
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

P = ParamSpec("P")
T = TypeVar("T", Account, Key)


class Terms(TypedDict, total=False):
    """What an operator sets of an account; what is absent stays as it is."""

    name: str
    billing: BillingMode
    ceiling: int | None
    max_running: int | None
    max_queued: int | None
    max_per_minute: int | None
    retention_s: float | None
    monthly_budget: int | None
    price_percent: int | None


class Accounts:
    """The verbs of accounts and their keys. `by` is the key of the operator who acts over HTTP."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock

    async def create(self, name: str, terms: Terms, *, by: str | None = None) -> Account:
        """Open an account; prepaid unless the terms say otherwise."""
        fresh = Account(
            id=ids.account_id(),
            name=name,
            created_at=self._clock.now(),
            billing=BillingMode.PREPAID,
        )
        return await self._act(Act.ACCOUNT_CREATED, by, _open, _under(fresh, terms))

    async def get(self, account_id: str) -> Account:
        """The account.

        Raises:
            NotFound: there is none.
        """
        return or_missing(await self._db.read(accounts.get, account_id), "account", account_id)

    async def page(self) -> list[Account]:
        """Every account, oldest first."""
        return await self._db.read(accounts.page)

    async def change(self, account_id: str, terms: Terms, *, by: str | None = None) -> Account:
        """Put an account under other terms.

        Raises:
            NotFound: there is none.
            InvalidParameter: it owes, so it cannot become prepaid.
        """
        return await self._act(Act.ACCOUNT_CHANGED, by, _change, account_id, terms)

    async def disable(self, account_id: str, *, by: str | None = None) -> Account:
        """Stop an account: its keys are refused, what it has in line waits."""
        now = self._clock.now()
        return await self._act(Act.ACCOUNT_DISABLED, by, _switch, account_id, now)

    async def enable(self, account_id: str, *, by: str | None = None) -> Account:
        """Let an account go on."""
        return await self._act(Act.ACCOUNT_ENABLED, by, _switch, account_id, None)

    async def create_key(
        self,
        account_id: str,
        *,
        name: str,
        scopes: Iterable[Scope],
        expires_at: float | None,
        models: Iterable[str] = (),
        max_per_minute: int | None = None,
        by: str | None = None,
    ) -> tuple[Key, str]:
        """Make a key; what it is in plain is returned here and nowhere again."""
        now = self._clock.now()
        key, plain = fresh_key(account_id, now, "operator", name, scopes, expires_at)
        key = replace(key, models=tuple(models), max_per_minute=max_per_minute)
        return await self._act(Act.KEY_CREATED, by, _add_key, key), plain

    async def keys(self, account_id: str) -> list[Key]:
        """The keys of an account, revoked ones too.

        Raises:
            NotFound: there is no such account.
        """
        await self.get(account_id)
        return await self._db.read(keys.of_account, account_id)

    async def rotate_key(
        self, key_id: str, overlap_s: float, *, by: str | None = None
    ) -> tuple[Key, str]:
        """Make a key that may what another may, which ends after the overlap.

        Raises:
            NotFound: there is no such key.
            BadRequest: it is out of force already, or belongs to the server's own start.
        """
        return await self._db.write(_rotate, key_id, overlap_s, self._clock.now(), by)

    async def revoke_key(self, key_id: str, *, by: str | None = None) -> Key:
        """Put a key out of force; every replica refuses it within a second.

        Raises:
            NotFound: there is none.
        """
        return await self._act(Act.KEY_REVOKED, by, _revoke, key_id, self._clock.now())

    async def _act(
        self,
        act: Act,
        by: str | None,
        function: Callable[Concatenate[WriteConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Carry out one verb, and note in the same transaction who did it."""
        at = self._clock.now()

        def carried_out(conn: WriteConnection) -> T:
            done = function(conn, *args, **kwargs)
            account_id = done.id if isinstance(done, Account) else done.account_id
            record_act(conn, act, done.id, at=at, account_id=account_id, key_id=by)
            return done

        return await self._db.write(carried_out)


def fresh_key(
    account_id: str,
    now: float,
    source: str,
    name: str,
    scopes: Iterable[Scope],
    expires_at: float | None,
) -> tuple[Key, str]:
    """A key that nobody has yet, and what it is in plain."""
    plain = ids.fresh_key()
    key = Key(
        id=ids.key_id(),
        account_id=account_id,
        hash=hash_key(plain),
        prefix=prefix(plain),
        source=source,
        created_at=now,
        name=name,
        scopes=frozenset(scopes),
        expires_at=expires_at,
    )
    return key, plain


def _open(conn: WriteConnection, account: Account) -> Account:
    accounts.add(conn, account)
    return account


def _under(account: Account, terms: Terms) -> Account:
    given = dict(terms)
    limits = {name: given.pop(name) for name in AccountLimits.__slots__ if name in given}
    return replace(account, limits=replace(account.limits, **limits), **given)  # type: ignore[arg-type]


def _change(conn: WriteConnection, account_id: str, terms: Terms) -> Account:
    account = _under(_lock(conn, account_id), terms)
    if account.billing is BillingMode.PREPAID and account.balance < 0:
        raise InvalidParameter("billing", "cannot be prepaid while the balance is below zero")
    accounts.change(conn, account)
    return account


def _switch(conn: WriteConnection, account_id: str, disabled_at: float | None) -> Account:
    account = replace(_lock(conn, account_id), disabled_at=disabled_at)
    accounts.change(conn, account)
    conn.ring()
    return account


def _add_key(conn: WriteConnection, key: Key) -> Key:
    _lock(conn, key.account_id)
    keys.add(conn, key)
    return key


def _rotate(
    conn: WriteConnection, key_id: str, overlap_s: float, now: float, by: str | None
) -> tuple[Key, str]:
    old = or_missing(keys.get(conn, key_id), "key", key_id)
    return replace_key(conn, old, "operator", overlap_s, now, by)


def _revoke(conn: WriteConnection, key_id: str, now: float) -> Key:
    keys.revoke(conn, key_id, now)
    return or_missing(keys.get(conn, key_id), "key", key_id)


def _lock(conn: WriteConnection, account_id: str) -> Account:
    return or_missing(accounts.lock(conn, account_id), "account", account_id)
