"""The routes of the operator: accounts, keys, money. Only for keys with the scope `admin`."""

from decimal import Decimal
from typing import Annotated, cast

from pydantic import BaseModel, Field
from starlette.responses import Response

from filmgate.api.ask import Ask
from filmgate.api.billing import UsageQuery, funds, usage_of
from filmgate.api.given import Given
from filmgate.api.reply import list_of, unix_seconds
from filmgate.api.wire import (
    AccountObject,
    DriftObject,
    EntryObject,
    FreshKeyObject,
    KeyObject,
    Listing,
    UsageObject,
)
from filmgate.domain import money
from filmgate.domain.account import DEFAULT_SCOPES, Account, BillingMode, Key, Scope
from filmgate.domain.ledger import Drift, LedgerEntry
from filmgate.errors import BadRequest
from filmgate.services.accounts import Terms

_MOST_USD = 10**9
Usd = Annotated[Decimal, Field(ge=-_MOST_USD, le=_MOST_USD, decimal_places=6)]
Amount = Annotated[Decimal, Field(ge=0, le=_MOST_USD, decimal_places=6)]
Limit = Annotated[int | None, Field(ge=0, le=10_000_000)]


class AccountChange(Given):
    """What to change of an account. A limit of null is the server's default; 0 is none."""

    nulls = frozenset(
        {
            "ceiling_usd",
            "max_running",
            "max_queued",
            "max_per_minute",
            "retention_hours",
            "monthly_budget_usd",
            "price_percent",
        }
    )

    name: str = Field(default="", min_length=1, max_length=200)
    billing: BillingMode = BillingMode.PREPAID
    ceiling_usd: Amount | None = None
    max_running: Limit = None
    max_queued: Limit = None
    max_per_minute: Limit = None
    retention_hours: Annotated[float, Field(gt=0, le=24 * 3650)] | None = None
    monthly_budget_usd: Amount | None = None
    price_percent: Annotated[int, Field(ge=0, le=10_000)] | None = None

    def terms(self) -> Terms:
        """Those that were given, in the words of the services."""
        given = self.model_dump(exclude_unset=True)
        if "ceiling_usd" in given:
            ceiling = given.pop("ceiling_usd")
            given["ceiling"] = None if ceiling is None else money.micros(ceiling)
        if "monthly_budget_usd" in given:
            budget = given.pop("monthly_budget_usd")
            given["monthly_budget"] = None if budget is None else money.micros(budget)
        if "retention_hours" in given:
            hours = given.pop("retention_hours")
            given["retention_s"] = None if hours is None else hours * 3600
        return cast("Terms", given)


class NewAccount(AccountChange):
    """A fresh account; prepaid unless said otherwise."""

    name: str = Field(min_length=1, max_length=200)


class NewKey(Given):
    """A fresh key."""

    name: str = Field(default="", max_length=200)
    scopes: frozenset[Scope] = Field(default=DEFAULT_SCOPES, min_length=1)
    expires_at: float | None = Field(default=None, ge=0, le=1e11, description="Unix seconds")
    models: tuple[str, ...] = Field(default=(), max_length=50, description="good for these alone")
    max_per_minute: Limit = None


class KeyRotation(Given):
    """How a key is rotated."""

    overlap_hours: float = Field(
        default=24, ge=0, le=24 * 30, description="how long the old key is still taken"
    )


class NewCredit(Given):
    """Money paid in, or with less than zero a correction."""

    usd: Usd
    note: str = Field(default="credit", min_length=1, max_length=200)


class AccountUsageQuery(UsageQuery):
    """Which days, how they are summed up, and beside what."""

    margin: bool = Field(default=False, description="also what upstreams charged, and what is left")


class EntriesQuery(BaseModel):
    """How many entries."""

    limit: int = Field(default=100, ge=1, le=1000)


async def create_account(ask: Ask) -> AccountObject:
    """Prepaid, and within the server's limits, unless you say otherwise."""
    given = await ask.body(NewAccount)
    made = await ask.parts.accounts.create(given.name, given.terms(), by=ask.caller.key_id)
    return account_object(made)


async def list_accounts(ask: Ask) -> Listing[AccountObject]:
    """Every account, oldest first."""
    found = await ask.parts.accounts.page()
    return list_of([account_object(account) for account in found])


async def retrieve_account(ask: Ask) -> AccountObject:
    """Its terms, its limits, its balance, what it has in line."""
    return account_object(await ask.parts.accounts.get(ask.path["account_id"]))


async def change_account(ask: Ask) -> AccountObject:
    """What is absent stays as it is; null is the server's default."""
    terms = (await ask.body(AccountChange)).terms()
    account_id, by = ask.path["account_id"], ask.caller.key_id
    return account_object(await ask.parts.accounts.change(account_id, terms, by=by))


async def disable_account(ask: Ask) -> AccountObject:
    """Its keys are refused within a second; what it has in line waits, what runs goes on."""
    account_id, by = ask.path["account_id"], ask.caller.key_id
    if account_id == ask.caller.account_id:
        raise BadRequest("A key cannot disable its own account", param="account_id")
    return account_object(await ask.parts.accounts.disable(account_id, by=by))


async def enable_account(ask: Ask) -> AccountObject:
    """Its keys are taken again, and what waited goes on."""
    account_id, by = ask.path["account_id"], ask.caller.key_id
    return account_object(await ask.parts.accounts.enable(account_id, by=by))


async def credit_account(ask: Ask) -> AccountObject:
    """Below zero it is a correction. Both are entries of the ledger, with your note."""
    given = await ask.body(NewCredit)
    account = await ask.parts.billing.credit(
        ask.path["account_id"], money.micros(given.usd), given.note, ask.caller.key_id
    )
    return account_object(account)


async def list_drifts(ask: Ask) -> Listing[DriftObject]:
    """Adds up the ledger. There is none, or there is a bug."""
    return list_of([drift_object(drift) for drift in await ask.parts.billing.drifts()])


async def list_entries(ask: Ask) -> Listing[EntryObject]:
    """What moved its money, and why."""
    wanted, account_id = ask.query(EntriesQuery), ask.path["account_id"]
    await ask.parts.accounts.get(account_id)
    found = await ask.parts.billing.entries(account_id, wanted.limit)
    return list_of([entry_object(entry) for entry in found])


async def see_account_usage(ask: Ask) -> UsageObject | Response:
    """As the account itself sees it at `GET /v1/usage`; with `margin` what upstreams took, too."""
    wanted = ask.query(AccountUsageQuery)
    account = await ask.parts.accounts.get(ask.path["account_id"])
    return await usage_of(ask, account.id, wanted, margin=wanted.margin)


async def create_key(ask: Ask) -> FreshKeyObject:
    """The key itself is in this answer and nowhere again."""
    given = await ask.body(NewKey)
    key, plain = await ask.parts.accounts.create_key(
        ask.path["account_id"],
        name=given.name,
        scopes=given.scopes,
        expires_at=given.expires_at,
        models=given.models,
        max_per_minute=given.max_per_minute,
        by=ask.caller.key_id,
    )
    return {**key_object(key), "key": plain}


async def list_keys(ask: Ask) -> Listing[KeyObject]:
    """Revoked ones too; of each its first characters."""
    found = await ask.parts.accounts.keys(ask.path["account_id"])
    return list_of([key_object(key) for key in found])


async def rotate_key(ask: Ask) -> FreshKeyObject:
    """A new key with name, scopes and limits of the old one, which is taken for a while still."""
    overlap_s = (await ask.body(KeyRotation)).overlap_hours * 3600
    key, plain = await ask.parts.accounts.rotate_key(
        ask.path["key_id"], overlap_s, by=ask.caller.key_id
    )
    return {**key_object(key), "key": plain}


async def revoke_key(ask: Ask) -> KeyObject:
    """Every replica refuses it within a second."""
    key = await ask.parts.accounts.revoke_key(ask.path["key_id"], by=ask.caller.key_id)
    return key_object(key)


def account_object(account: Account) -> AccountObject:
    """An account as its operator sees it."""
    hours = None if account.retention_s is None else account.retention_s / 3600
    budget = account.monthly_budget
    return {
        "id": account.id,
        "object": "account",
        "name": account.name,
        "created_at": int(account.created_at),
        "disabled": account.disabled_at is not None,
        **funds(account),
        "max_running": account.limits.max_running,
        "max_queued": account.limits.max_queued,
        "max_per_minute": account.limits.max_per_minute,
        "retention_hours": hours,
        "monthly_budget_usd": None if budget is None else money.usd(budget),
        "month": f"{account.month // 12}-{account.month % 12 + 1:02}" if account.month else None,
        "month_spent_usd": money.usd(account.month_spent),
        "price_percent": account.price_percent,
        "running": account.running,
        "queued": account.queued,
    }


def key_object(key: Key) -> KeyObject:
    """A key as it is shown: never the key itself."""
    return {
        "id": key.id,
        "object": "api_key",
        "account_id": key.account_id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": [scope for scope in Scope if scope in key.scopes],
        "created_at": int(key.created_at),
        "expires_at": unix_seconds(key.expires_at),
        "last_used_at": unix_seconds(key.last_used_at),
        "revoked": key.revoked_at is not None,
        "models": list(key.models),
        "max_per_minute": key.max_per_minute,
    }


def entry_object(entry: LedgerEntry) -> EntryObject:
    """An entry of the ledger."""
    return {
        "object": "ledger.entry",
        "kind": entry.kind,
        "balance_usd": money.usd(entry.balance),
        "held_usd": money.usd(entry.held),
        "charged_usd": money.usd(entry.charged),
        "cause": entry.cause,
        "key_id": entry.key_id,
        "video_id": entry.video_id,
        "created_at": int(entry.created_at),
    }


def drift_object(drift: Drift) -> DriftObject:
    """What an account is said to have, and what its entries say."""
    (balance, held), (summed, summed_held) = drift.kept, drift.summed
    return {
        "object": "ledger.drift",
        "account_id": drift.account_id,
        "balance_usd": money.usd(balance),
        "held_usd": money.usd(held),
        "entries_balance_usd": money.usd(summed),
        "entries_held_usd": money.usd(summed_held),
    }
