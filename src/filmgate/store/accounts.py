"""Accounts: who pays, within which limits, and what the moves of their videos count."""

from typing import Any

from sqlalchemy import Row, bindparam, case, func, insert, select, update

from filmgate.domain.account import (
    DEFAULT_LIMITS,
    Account,
    AccountLimits,
    BillingMode,
    month_of,
)
from filmgate.domain.admission import MINUTE_S
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.prepared import Prepared
from filmgate.store.tables import accounts
from filmgate.store.upsert import insert_if_absent

_OF = accounts.c.id == bindparam("a")
_GET = select(accounts).where(_OF)
_LOCK = _GET.with_for_update(key_share=True)
_SAME_MONTH = accounts.c.month == bindparam("of_month")
_OPEN_MINUTE = func.abs(bindparam("now") - accounts.c.minute_at) < MINUTE_S
COUNT_CREATE = Prepared(
    update(accounts)
    .where(
        _OF,
        (accounts.c.billing == BillingMode.POSTPAID.value)
        | (accounts.c.balance >= bindparam("price")),
    )
    .values(
        balance=accounts.c.balance - bindparam("price"),
        held=accounts.c.held + bindparam("price"),
        queued=accounts.c.queued + 1,
        minute_at=case((_OPEN_MINUTE, accounts.c.minute_at), else_=bindparam("now")),
        minute_creates=case((_OPEN_MINUTE, accounts.c.minute_creates + 1), else_=1),
        month=bindparam("of_month"),
        month_spent=case((_SAME_MONTH, accounts.c.month_spent), else_=0) + bindparam("price"),
    )
    .returning(accounts)
)
SHIFT = Prepared(
    update(accounts)
    .where(_OF)
    .values(
        queued=accounts.c.queued + bindparam("by_queued"),
        running=accounts.c.running + bindparam("by_running"),
        balance=accounts.c.balance + bindparam("by_balance"),
        held=accounts.c.held + bindparam("by_held"),
        month_spent=accounts.c.month_spent - case((_SAME_MONTH, bindparam("unspent")), else_=0),
    )
)


def get(conn: ReadConnection, account_id: str) -> Account | None:
    """The account."""
    row = conn.sql.execute(_GET, {"a": account_id}).one_or_none()
    return _account(row) if row else None


def lock(conn: WriteConnection, account_id: str) -> Account | None:
    """The account, which nobody else changes until this transaction ends."""
    row = conn.sql.execute(_LOCK, {"a": account_id}).one_or_none()
    return _account(row) if row else None


def page(conn: ReadConnection) -> list[Account]:
    """Every account, oldest first."""
    rows = conn.sql.execute(select(accounts).order_by(accounts.c.created_at, accounts.c.id))
    return [_account(row) for row in rows]


def add(conn: WriteConnection, account: Account) -> None:
    """Make an account."""
    conn.sql.execute(insert(accounts).values(_settings(account)))


def ensure(
    conn: WriteConnection,
    account_id: str,
    name: str,
    now: float,
    limits: AccountLimits = DEFAULT_LIMITS,
) -> None:
    """Make a postpaid account unless it is there."""
    values = _settings(Account(id=account_id, name=name, created_at=now, limits=limits))
    insert_if_absent(conn, accounts, values)


def change(conn: WriteConnection, account: Account) -> None:
    """Store what the operator sets; what the moves count stays as it is."""
    conn.sql.execute(update(accounts).where(accounts.c.id == account.id).values(_settings(account)))


def count_create(conn: WriteConnection, account_id: str, price: int, now: float) -> Account | None:
    """Count a create and hold its price; return the account as it then is.

    None, and nothing is changed, where a prepaid account cannot pay or there is none.
    """
    values = {"a": account_id, "price": price, "now": now, "of_month": month_of(now)}
    row = COUNT_CREATE.first(conn, values)
    return _account(row) if row else None


def shift(
    conn: WriteConnection,
    account_id: str,
    *,
    queued: int = 0,
    running: int = 0,
    balance: int = 0,
    held: int = 0,
    unspent: int = 0,
    of_month: int = 0,
) -> None:
    """Add to what an account counts, in the transaction that moves the video or the money.

    `unspent` is what a hold of `of_month` turned out not to cost: the budget of that month has it
    again, and none of another month.
    """
    values = {
        "a": account_id,
        "by_queued": queued,
        "by_running": running,
        "by_balance": balance,
        "by_held": held,
        "unspent": unspent,
        "of_month": of_month,
    }
    SHIFT.run(conn, values)


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        billing=BillingMode(row.billing),
        ceiling=row.ceiling,
        limits=AccountLimits(
            max_running=row.max_running,
            max_queued=row.max_queued,
            max_per_minute=row.max_per_minute,
        ),
        retention_s=row.retention_s,
        balance=row.balance,
        held=row.held,
        queued=row.queued,
        running=row.running,
        minute_at=row.minute_at,
        minute_creates=row.minute_creates,
        monthly_budget=row.monthly_budget,
        month=row.month,
        month_spent=row.month_spent,
        price_percent=row.price_percent,
    )


def _settings(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "created_at": account.created_at,
        "disabled_at": account.disabled_at,
        "billing": account.billing,
        "ceiling": account.ceiling,
        "max_running": account.limits.max_running,
        "max_queued": account.limits.max_queued,
        "max_per_minute": account.limits.max_per_minute,
        "retention_s": account.retention_s,
        "monthly_budget": account.monthly_budget,
        "price_percent": account.price_percent,
    }
