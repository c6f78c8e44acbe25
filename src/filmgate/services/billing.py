"""Money: what an account has, used and is credited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from filmgate.clock import Clock
from filmgate.domain import money
from filmgate.domain.account import Account
from filmgate.domain.audit import Act
from filmgate.domain.ledger import Drift, LedgerEntry, UsageLine, payment
from filmgate.errors import InvalidParameter
from filmgate.services.audit import record_act
from filmgate.services.lookup import or_missing
from filmgate.store import accounts, ledger
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

GROUPS = ("day", "model", "user")
_EPOCH = date(1970, 1, 1)
_DAYS = 30
MOST = 10**15
"""Micro-dollars that a balance may come to, either way: sums of sums stay whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What an account was charged for from `start` to `end`, both counted in, UTC."""

    start: date
    end: date
    group_by: str
    rows: Sequence[UsageLine]

    @property
    def total(self) -> UsageLine:
        """All rows together."""
        return UsageLine(
            key=None,
            videos=sum(row.videos for row in self.rows),
            outputs=sum(row.outputs for row in self.rows),
            produced_ms=sum(row.produced_ms for row in self.rows),
            charged=sum(row.charged for row in self.rows),
            cost=sum(row.cost for row in self.rows),
        )


class Billing:
    """The verbs of money."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock

    async def account(self, account_id: str) -> Account:
        """The account with its balance.

        Raises:
            NotFound: there is none.
        """
        return or_missing(await self._db.read(accounts.get, account_id), "account", account_id)

    async def credit(self, account_id: str, amount: int, cause: str, key_id: str | None) -> Account:
        """Credit what was paid in; an `amount` below zero corrects downwards.

        Raises:
            NotFound: there is no such account.
            InvalidParameter: it would take a prepaid account below zero.
        """
        entry = payment(account_id, amount, cause, self._clock.now(), key_id)
        return await self._db.write(_credit, entry)

    async def usage(
        self, account_id: str, start: date | None, end: date | None, group_by: str
    ) -> Usage:
        """What an account was charged for; the last thirty days unless said otherwise.

        Raises:
            InvalidParameter: the days or the grouping make no sense.
        """
        last = end or datetime.fromtimestamp(self._clock.now(), UTC).date()
        first = start or last - timedelta(days=_DAYS - 1)
        if first > last:
            raise InvalidParameter("start", "must not be after end")
        if group_by not in GROUPS:
            raise InvalidParameter("group_by", f"must be one of {', '.join(GROUPS)}")
        days = (first - _EPOCH).days, (last - _EPOCH).days
        rows = await self._db.read(ledger.usage, account_id, *days, group_by)
        return Usage(start=first, end=last, group_by=group_by, rows=rows)

    async def entries(self, account_id: str, limit: int) -> list[LedgerEntry]:
        """The newest entries of an account."""
        return await self._db.read(ledger.entries, account_id, limit)

    async def drifts(self) -> list[Drift]:
        """The accounts whose balance is not the sum of their entries: none, or there is a bug."""
        return await self._db.read(ledger.drifts)


def _credit(conn: WriteConnection, entry: LedgerEntry) -> Account:
    account = or_missing(accounts.lock(conn, entry.account_id), "account", entry.account_id)
    if entry.balance < 0 and account.floor == 0 and account.balance + entry.balance < 0:
        has = money.usd(account.balance)
        raise InvalidParameter("usd", f"must not take a prepaid account below zero: it has {has}")
    if abs(account.balance + entry.balance) > MOST:
        raise InvalidParameter("usd", f"must not take a balance beyond {money.usd(MOST)} USD")
    post(conn, entry)
    record_act(
        conn,
        Act.ACCOUNT_CREDITED,
        entry.account_id,
        at=entry.created_at,
        account_id=entry.account_id,
        key_id=entry.key_id,
        detail={"micros": entry.balance, "cause": entry.cause},
    )
    return accounts.get(conn, entry.account_id) or account


def post(conn: WriteConnection, entry: LedgerEntry) -> None:
    """Add an entry and move its account's balance by it."""
    ledger.add(conn, entry)
    accounts.shift(conn, entry.account_id, balance=entry.balance, held=entry.held)


def day_text(day: int) -> str:
    """A day of the ledger as `YYYY-MM-DD`."""
    return (_EPOCH + timedelta(days=day)).isoformat()
