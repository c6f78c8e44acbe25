"""The routes of the operator: accounts, keys, money. Only for keys with the scope `admin`."""

from decimal import Decimal
from typing import Annotated, Any, TypeVar, cast

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from filmgate.api import body, fields, scopes
from filmgate.api.answers import reply
from filmgate.api.billing import Day, Format, Group, balance_object, csv_too, usage_reply
from filmgate.api.docs import answers, body_of
from filmgate.api.parts import Parts, caller
from filmgate.api.schemas import (
    Account as AccountSchema,
)
from filmgate.api.schemas import (
    AccountList,
    EntryList,
    FreshKey,
    KeyList,
    UsageReport,
)
from filmgate.api.schemas import (
    Key as KeySchema,
)
from filmgate.domain import money
from filmgate.domain.account import DEFAULT_SCOPES, Account, BillingMode, Caller, Key, Scope
from filmgate.domain.ledger import LedgerEntry
from filmgate.errors import InvalidParameter, UnknownParameter
from filmgate.services.accounts import Terms

_MAX_BODY = 1 << 20
_MOST_USD = 10**9
T = TypeVar("T", bound="Given")
AccountId = Annotated[str, Path(description="an account's id", max_length=200)]
KeyId = Annotated[str, Path(description="a key's id", max_length=200)]
Usd = Annotated[Decimal, Field(ge=-_MOST_USD, le=_MOST_USD, decimal_places=6)]
Limit = Annotated[int | None, Field(ge=0, le=10_000_000)]


class Given(BaseModel):
    """A body; an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class AccountChange(Given):
    """What to change of an account. A limit of null is the server's default; 0 is none."""

    name: str = Field(default="", min_length=1, max_length=200)
    billing: BillingMode = BillingMode.PREPAID
    ceiling_usd: Annotated[Decimal, Field(ge=0, le=_MOST_USD, decimal_places=6)] | None = None
    max_running: Limit = None
    max_queued: Limit = None
    max_per_minute: Limit = None
    retention_hours: Annotated[float, Field(gt=0, le=24 * 3650)] | None = None

    def terms(self) -> Terms:
        """Those that were given, in the words of the services."""
        given = self.model_dump(exclude_unset=True)
        if "ceiling_usd" in given:
            ceiling = given.pop("ceiling_usd")
            given["ceiling"] = None if ceiling is None else money.micros(ceiling)
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


class NewCredit(Given):
    """Money paid in, or with less than zero a correction."""

    usd: Usd
    note: str = Field(default="credit", min_length=1, max_length=200)


def router(parts: Parts) -> APIRouter:
    """The routes, on these parts."""
    routes = _Routes(parts)
    api = APIRouter(prefix="/v1/admin", tags=["admin"])

    def add(
        method: str, path: str, endpoint: Any, summary: str, responses: Any, **more: Any
    ) -> None:
        api.add_api_route(
            path,
            endpoint,
            methods=[method],
            operation_id=endpoint.__name__,
            summary=summary,
            response_model=None,
            responses=responses,
            **more,
        )

    one = "/accounts/{account_id}"
    account, fresh = answers(AccountSchema, 400, 403, 404), answers(AccountSchema, 400, 403)
    add("POST", "/accounts", routes.create_account, "Open an account", fresh, **body_of(NewAccount))
    add("GET", "/accounts", routes.list_accounts, "List the accounts", answers(AccountList, 403))
    add("GET", one, routes.retrieve_account, "See an account", answers(AccountSchema, 403, 404))
    add("PATCH", one, routes.change_account, "Change it", account, **body_of(AccountChange))
    add("POST", f"{one}/disable", routes.disable_account, "Stop it", account)
    add("POST", f"{one}/enable", routes.enable_account, "Let it go on", account)
    add("POST", f"{one}/credit", routes.credit_account, "Credit it", account, **body_of(NewCredit))
    entries, usage = answers(EntryList, 400, 403, 404), answers(UsageReport, 400, 403, 404)
    add("GET", f"{one}/entries", routes.list_entries, "See its ledger, newest first", entries)
    add("GET", f"{one}/usage", routes.see_account_usage, "See what it used", csv_too(usage))
    keys, key = answers(FreshKey, 400, 403, 404), answers(KeySchema, 403, 404)
    add("POST", f"{one}/keys", routes.create_key, "Make a key", keys, **body_of(NewKey))
    add("GET", f"{one}/keys", routes.list_keys, "List its keys", answers(KeyList, 403, 404))
    add("DELETE", "/keys/{key_id}", routes.revoke_key, "Revoke a key", key)
    return api


class _Routes:
    """One method a route."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def create_account(self, request: Request) -> Response:
        """Prepaid, and within the server's limits, unless you say otherwise."""
        by = _operator(request).key_id
        given = await _given(request, NewAccount)
        made = await self._parts.accounts.create(given.name, given.terms(), by=by)
        return reply(account_object(made))

    async def list_accounts(self, request: Request) -> Response:
        """Every account, oldest first."""
        _operator(request)
        found = await self._parts.accounts.page()
        return reply(_listed([account_object(account) for account in found]))

    async def retrieve_account(self, request: Request, account_id: AccountId) -> Response:
        """Its terms, its limits, its balance, what it has in line."""
        _operator(request)
        return reply(account_object(await self._parts.accounts.get(account_id)))

    async def change_account(self, request: Request, account_id: AccountId) -> Response:
        """What is absent stays as it is; null is the server's default."""
        by = _operator(request).key_id
        terms = (await _given(request, AccountChange)).terms()
        return reply(account_object(await self._parts.accounts.change(account_id, terms, by=by)))

    async def disable_account(self, request: Request, account_id: AccountId) -> Response:
        """Its keys are refused within a second; what it has in line waits, what runs goes on."""
        by = _operator(request).key_id
        return reply(account_object(await self._parts.accounts.disable(account_id, by=by)))

    async def enable_account(self, request: Request, account_id: AccountId) -> Response:
        """Its keys are taken again, and what waited goes on."""
        by = _operator(request).key_id
        return reply(account_object(await self._parts.accounts.enable(account_id, by=by)))

    async def credit_account(self, request: Request, account_id: AccountId) -> Response:
        """Below zero it is a correction. Both are entries of the ledger, with your note."""
        who = _operator(request)
        given = await _given(request, NewCredit)
        amount = money.micros(given.usd)
        return reply(
            account_object(
                await self._parts.billing.credit(account_id, amount, given.note, who.key_id)
            )
        )

    async def list_entries(
        self,
        request: Request,
        account_id: AccountId,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> Response:
        """What moved its money, and why."""
        _operator(request)
        await self._parts.accounts.get(account_id)
        found = await self._parts.billing.entries(account_id, limit)
        return reply(_listed([entry_object(entry) for entry in found]))

    async def see_account_usage(
        self,
        request: Request,
        account_id: AccountId,
        start: Day = None,
        end: Day = None,
        group_by: Group = "day",
        format: Format = None,  # noqa: A002 - the word of the wire
    ) -> Response:
        """As the account itself sees it at `GET /v1/usage`."""
        _operator(request)
        await self._parts.accounts.get(account_id)
        wanted = (start, end, group_by)
        return await usage_reply(self._parts.billing, account_id, request, wanted, format)

    async def create_key(self, request: Request, account_id: AccountId) -> Response:
        """The key itself is in this answer and nowhere again."""
        by = _operator(request).key_id
        given = await _given(request, NewKey)
        key, plain = await self._parts.accounts.create_key(
            account_id, name=given.name, scopes=given.scopes, expires_at=given.expires_at, by=by
        )
        return reply({**key_object(key), "key": plain})

    async def list_keys(self, request: Request, account_id: AccountId) -> Response:
        """Revoked ones too; of each its first characters."""
        _operator(request)
        found = await self._parts.accounts.keys(account_id)
        return reply(_listed([key_object(key) for key in found]))

    async def revoke_key(self, request: Request, key_id: KeyId) -> Response:
        """Every replica refuses it within a second."""
        by = _operator(request).key_id
        return reply(key_object(await self._parts.accounts.revoke_key(key_id, by=by)))


def _operator(request: Request) -> Caller:
    """The caller, looked at once more: the front has seen the scope already."""
    found = caller(request)
    scopes.check(found, Scope.ADMIN)
    return found


async def _given(request: Request, kind: type[T]) -> T:
    given = await body.read(request, _MAX_BODY)
    for name, value in given.items():
        fields.check_storable("body", name)
        fields.check_storable(name[:80], value)
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][:1])[:80]
        if first["type"] == "extra_forbidden":
            raise UnknownParameter(f"Unknown parameter: '{name}'", param=name) from error
        reason = first["msg"].replace("Input should", "should", 1)
        raise InvalidParameter(name, f"is wrong: {reason}") from error


def _listed(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "list", "data": items}


def account_object(account: Account) -> dict[str, Any]:
    """An account as its operator sees it."""
    balance = {
        name: value
        for name, value in balance_object(account).items()
        if name not in ("object", "account_id")
    }
    hours = None if account.retention_s is None else account.retention_s / 3600
    return {
        "id": account.id,
        "object": "account",
        "name": account.name,
        "created_at": int(account.created_at),
        "disabled": account.disabled_at is not None,
        **balance,
        "max_running": account.limits.max_running,
        "max_queued": account.limits.max_queued,
        "max_per_minute": account.limits.max_per_minute,
        "retention_hours": hours,
        "running": account.running,
        "queued": account.queued,
    }


def key_object(key: Key) -> dict[str, Any]:
    """A key as it is shown: never the key itself."""
    return {
        "id": key.id,
        "object": "api_key",
        "account_id": key.account_id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": [scope for scope in Scope if scope in key.scopes],
        "created_at": int(key.created_at),
        "expires_at": None if key.expires_at is None else int(key.expires_at),
        "revoked": key.revoked_at is not None,
    }


def entry_object(entry: LedgerEntry) -> dict[str, Any]:
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
