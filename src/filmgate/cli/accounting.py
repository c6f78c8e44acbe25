"""The work of the commands of accounts, keys and money."""

import time
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from filmgate.api.admin import account_object, drift_object, key_object
from filmgate.api.billing import parse_day, usage_csv, usage_object
from filmgate.cli.desk import Desk
from filmgate.cli.printing import cell, print_json, print_rows, tell
from filmgate.domain import money
from filmgate.domain.account import DEFAULT_SCOPES, Account, BillingMode, Key, scopes_from
from filmgate.domain.ledger import Drift
from filmgate.errors import InvalidParameter
from filmgate.services.accounts import Terms
from filmgate.services.billing import Usage
from filmgate.wiring import House

_MOST_USD = 10**9
_DAY_S = 86400
_ACCOUNTS, _KEYS = "/admin/accounts", "/admin/keys"
_ACCOUNT_COLUMNS = (
    *("id", "name", "billing", "balance_usd", "held_usd", "running", "queued", "disabled"),
)
_KEY_COLUMNS = ("id", "prefix", "name", "scopes", "expires_at", "revoked")


def micros(name: str, text: str) -> int:
    """Dollars as typed, in micro-dollars.

    Raises:
        InvalidParameter: they are no number, too many, or finer than a micro-dollar.
    """
    try:
        amount = Decimal(text)
        fits = abs(amount) <= _MOST_USD and amount * money.MICRO == int(amount * money.MICRO)
    except (InvalidOperation, ValueError, OverflowError):
        fits = False
    if not fits:
        raise InvalidParameter(name, f"must be dollars with at most six decimals, got '{text}'")
    return money.micros(amount)


def terms(
    prepaid: bool | None,
    ceiling: str | None,
    limits: tuple[int | None, int | None, int | None],
    retention: float | None,
    monthly_budget: str | None,
    price_percent: int | None,
) -> Terms:
    """The options that were given, in the words of the services.

    `limits` are max_running, max_queued and max_per_minute.
    """
    max_running, max_queued, max_per_minute = limits
    budget = None if monthly_budget is None else micros("--monthly-budget", monthly_budget)
    given: dict[str, Any] = {
        "monthly_budget": budget,
        "price_percent": price_percent,
        "max_running": max_running,
        "max_queued": max_queued,
        "max_per_minute": max_per_minute,
        "retention_s": None if retention is None else retention * 3600,
        "ceiling": None if ceiling is None else micros("--ceiling", ceiling),
    }
    if prepaid is not None:
        given["billing"] = BillingMode.PREPAID if prepaid else BillingMode.POSTPAID
    named = {name: value for name, value in given.items() if value is not None}
    return cast("Terms", named)


def create_account(desk: Desk, name: str, wanted: Terms, as_json: bool) -> None:
    """Open an account and print it."""
    body = {"name": name, **_on_the_wire(wanted)}
    made = desk.ask(
        lambda house: house.accounts.create(name, wanted),
        account_object,
        "POST",
        _ACCOUNTS,
        body=body,
    )
    _print_account(made, as_json)


def change_account(desk: Desk, account_id: str, wanted: Terms, as_json: bool) -> None:
    """Put an account under other terms and print it."""
    found = desk.ask(
        lambda house: house.accounts.change(account_id, wanted),
        account_object,
        "PATCH",
        f"{_ACCOUNTS}/{account_id}",
        body=_on_the_wire(wanted),
    )
    _print_account(found, as_json)


def show_accounts(desk: Desk, as_json: bool) -> None:
    """Print one row an account."""
    found = desk.ask(lambda house: house.accounts.page(), _accounts, "GET", _ACCOUNTS)
    print_rows(found, _ACCOUNT_COLUMNS, as_json)


def show_account(desk: Desk, account_id: str, as_json: bool) -> None:
    """Print one account, a line each fact."""
    path = f"{_ACCOUNTS}/{account_id}"
    found = desk.ask(lambda house: house.accounts.get(account_id), account_object, "GET", path)
    _print_account(found, as_json)


def switch_account(desk: Desk, account_id: str, as_json: bool, *, on: bool) -> None:
    """Let an account go on, or stop it, and print it."""
    path = f"{_ACCOUNTS}/{account_id}/{'enable' if on else 'disable'}"

    async def switch(house: House) -> Account:
        verb = house.accounts.enable if on else house.accounts.disable
        return await verb(account_id)

    _print_account(desk.ask(switch, account_object, "POST", path, body={}), as_json)


def credit_account(desk: Desk, account_id: str, usd: str, note: str, as_json: bool) -> None:
    """Credit an account and print it."""
    amount = micros("USD", usd)
    found = desk.ask(
        lambda house: house.billing.credit(account_id, amount, note, None),
        account_object,
        "POST",
        f"{_ACCOUNTS}/{account_id}/credit",
        body={"usd": money.usd(amount), "note": note},
    )
    _print_account(found, as_json)


def create_key(
    desk: Desk,
    account_id: str,
    name: str,
    scopes: Sequence[str],
    days: float | None,
    limits: Mapping[str, Any],
    as_json: bool,
) -> None:
    """Make a key and print it."""
    wanted: dict[str, Any] = {
        "name": name,
        "scopes": scopes_from(scopes) or DEFAULT_SCOPES,
        "expires_at": None if days is None else time.time() + days * _DAY_S,
        **limits,
    }
    made = desk.ask(
        lambda house: house.accounts.create_key(account_id, **wanted),
        _fresh_key,
        "POST",
        f"{_ACCOUNTS}/{account_id}/keys",
        body=wanted | {"scopes": sorted(wanted["scopes"])},
    )
    if as_json:
        print_json(made)
        return
    tell(f"{made['id']}, good for {', '.join(sorted(made['scopes']))}. It is not shown again:")
    print(made["key"])


def rotate_key(desk: Desk, key_id: str, hours: float, as_json: bool) -> None:
    """Make a key in the place of another and print it."""
    made = desk.ask(
        lambda house: house.accounts.rotate_key(key_id, hours * 3600),
        _fresh_key,
        "POST",
        f"{_KEYS}/{key_id}/rotate",
        body={"overlap_hours": hours},
    )
    if as_json:
        print_json(made)
        return
    tell(f"{made['id']}, in the place of {key_id}, which is taken for {hours:g} h more.")
    tell(f"It is not shown again:\n{made['key']}")


def show_keys(desk: Desk, account_id: str, as_json: bool) -> None:
    """Print one row a key."""
    path = f"{_ACCOUNTS}/{account_id}/keys"
    found = desk.ask(lambda house: house.accounts.keys(account_id), _keys, "GET", path)
    print_rows(found, _KEY_COLUMNS, as_json)


def revoke_key(desk: Desk, key_id: str, as_json: bool) -> None:
    """Put a key out of force and print it."""
    path = f"{_KEYS}/{key_id}"
    gone = desk.ask(lambda house: house.accounts.revoke_key(key_id), key_object, "DELETE", path)
    print_json(gone) if as_json else print_rows([gone], _KEY_COLUMNS, as_json=False)


def check_balances(desk: Desk, as_json: bool) -> bool:
    """Print every account whose balance is not the sum of its entries; whether there is none."""
    drifts = desk.ask(lambda house: house.billing.drifts(), _drifts, "GET", "/admin/drifts")
    if as_json:
        print_json({"ok": not drifts, "drifts": drifts})
        return not drifts
    for drift in drifts:
        tell(
            "{account_id} has balance and holds of {balance_usd}, {held_usd}; its entries say "
            "{entries_balance_usd}, {entries_held_usd}".format(**drift)
        )
    if not drifts:
        tell("Every balance is the sum of its entries.")
    return not drifts


def show_usage(
    desk: Desk,
    account_id: str,
    days: tuple[str | None, str | None],
    by: str,
    margin: bool,
    as_json: bool,
) -> None:
    """Print what an account used, as CSV or JSON; beside it what it cost upstream, if wanted."""
    start, end = parse_day("--start", days[0]), parse_day("--end", days[1])

    async def read_usage(house: House) -> Usage:
        await house.accounts.get(account_id)
        return await house.billing.usage(account_id, start, end, by)

    found = desk.ask(
        read_usage,
        lambda usage: usage_object(usage, margin=margin),
        "GET",
        f"{_ACCOUNTS}/{account_id}/usage",
        params={"start": days[0], "end": days[1], "group_by": by, "margin": margin or None},
    )
    if as_json:
        print_json(found)
    else:
        print(usage_csv(found), end="")


def _on_the_wire(wanted: Terms) -> dict[str, Any]:
    """Terms as a body spells them."""
    body: dict[str, Any] = dict(wanted)
    for name in ("ceiling", "monthly_budget"):
        if name in body:
            body[f"{name}_usd"] = money.usd(body.pop(name))
    if "retention_s" in body:
        body["retention_hours"] = body.pop("retention_s") / 3600
    return body


def _print_account(shown: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(shown)
        return
    for name, value in shown.items():
        if name != "object":
            print(f"{name:<18} {cell(name, value) or '-'}")


def _accounts(found: list[Account]) -> list[Any]:
    return [account_object(account) for account in found]


def _keys(found: list[Key]) -> list[Any]:
    return [key_object(key) for key in found]


def _drifts(found: list[Drift]) -> list[Any]:
    return [drift_object(drift) for drift in found]


def _fresh_key(made: tuple[Key, str]) -> dict[str, Any]:
    key, plain = made
    return {**key_object(key), "key": plain}
