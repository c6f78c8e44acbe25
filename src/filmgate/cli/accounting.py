"""The work of an operator's commands: on the database itself, whether a server runs or not."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.table import Table

from filmgate.api.admin import account_object, key_object
from filmgate.api.billing import parse_day, usage_csv, usage_object
from filmgate.cli.database import ask
from filmgate.domain import money
from filmgate.domain.account import DEFAULT_SCOPES, Account, BillingMode, Key, scopes_from
from filmgate.errors import InvalidParameter
from filmgate.services.accounts import Terms
from filmgate.services.billing import Usage
from filmgate.wiring import House

_MOST_USD = 10**9
_WIDE = 200
_DAY_S = 86400


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


def create_key(
    data: Path | None,
    account_id: str,
    name: str,
    scopes: Sequence[str],
    days: float | None,
    limits: Mapping[str, Any],
    as_json: bool,
) -> None:
    """Make a key and print it."""
    good_for = scopes_from(scopes) or DEFAULT_SCOPES

    async def make_key(house: House) -> tuple[Key, str]:
        expires_at = None if days is None else house.clock.now() + days * _DAY_S
        return await house.accounts.create_key(
            account_id, name=name, scopes=good_for, expires_at=expires_at, **limits
        )

    key, plain = ask(data, make_key)
    if as_json:
        _print_json({**key_object(key), "key": plain})
        return
    print(f"{key.id}, good for {', '.join(sorted(good_for))}. It is not shown again:\n{plain}")


def rotate_key(data: Path | None, key_id: str, hours: float, as_json: bool) -> None:
    """Make a key in the place of another and print it."""
    key, plain = ask(data, lambda house: house.accounts.rotate_key(key_id, hours * 3600))
    if as_json:
        _print_json({**key_object(key), "key": plain})
        return
    print(f"{key.id}, in the place of {key_id}, which is taken for {hours:g} h more.")
    print(f"It is not shown again:\n{plain}")


def show_account(account: Account, as_json: bool) -> None:
    """Print one account, a line each fact."""
    shown = account_object(account)
    if as_json:
        _print_json(shown)
        return
    for name, value in shown.items():
        if name != "object":
            print(f"{name:<18} {_cell(name, value) or '-'}")


def show_accounts(found: Iterable[Account], as_json: bool) -> None:
    """Print one row an account."""
    shown = [account_object(account) for account in found]
    names = ("id", "name", "billing", "balance_usd", "held_usd", "running", "queued", "disabled")
    print_rows(shown, names, as_json)


def show_keys(found: Iterable[Key], as_json: bool) -> None:
    """Print one row a key."""
    shown = [key_object(key) for key in found]
    print_rows(shown, ("id", "prefix", "name", "scopes", "expires_at", "revoked"), as_json)


def check_balances(data: Path | None, as_json: bool) -> bool:
    """Print every account whose balance is not the sum of its entries; whether there is none."""
    drifts = ask(data, lambda house: house.billing.drifts())
    if as_json:
        _print_json({"ok": not drifts, "drifts": [asdict(drift) for drift in drifts]})
        return not drifts
    for drift in drifts:
        kept, summed = (", ".join(map(money.usd, pair)) for pair in (drift.kept, drift.summed))
        print(f"{drift.account_id} has balance and holds of {kept}; its entries say {summed}")
    if not drifts:
        print("Every balance is the sum of its entries.")
    return not drifts


def show_usage(
    data: Path | None,
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

    found = ask(data, read_usage)
    if not as_json:
        print(usage_csv(found, margin=margin), end="")
        return
    shown: dict[str, Any] = dict(usage_object(found))
    if margin:
        shown["upstream_usd"] = money.usd(found.total.cost)
        shown["margin_usd"] = money.usd(found.total.charged - found.total.cost)
    _print_json(shown)


def print_rows(rows: Sequence[Mapping[str, Any]], names: Sequence[str], as_json: bool) -> None:
    """Print a table of these columns, or all that the rows hold as JSON."""
    if as_json:
        _print_json(rows)
        return
    console = Console()
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*(_cell(name, row[name]) for name in names))
    (console if console.is_terminal else Console(width=_WIDE)).print(table, markup=False)


def _cell(name: str, value: Any) -> str:
    """A value for people: local times, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_at") and isinstance(value, int | float):
        return datetime.fromtimestamp(value).astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def _print_json(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))
