"""`filmgate accounts`, `keys`, `credit`, `usage`: what an operator types. Words alone, no work."""

from enum import StrEnum
from typing import Annotated

import typer

from filmgate.cli.desk import Data, Desk, Json, Key, Url

AccountId = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Its id, as acct_….")]
Prepaid = Annotated[
    bool | None,
    typer.Option(
        "--prepaid/--postpaid", show_default=False, help="Pays first, or later; default: first."
    ),
]
Ceiling = Annotated[
    str | None,
    typer.Option(metavar="USD", show_default=False, help="Most debt of a postpaid account."),
]
Limit = Annotated[
    int | None, typer.Option(min=0, show_default=False, help="0 is none; default: the server's.")
]
Hours = Annotated[
    float | None,
    typer.Option("--retention", metavar="HOURS", show_default=False, help="How long films live."),
]

Budget = Annotated[
    str | None,
    typer.Option(metavar="USD", show_default=False, help="Most that it spends in a month (UTC)."),
]
Percent = Annotated[
    int | None,
    typer.Option(min=0, max=10_000, show_default=False, help="Its prices, of 100 the cards'."),
]

accounts = typer.Typer(help="Who may call, within which limits, and who pays.")
keys = typer.Typer(help="What proves an account.")


class ScopeWord(StrEnum):
    """What a key may do."""

    VIDEOS_READ = "videos:read"
    VIDEOS_WRITE = "videos:write"
    USAGE_READ = "usage:read"
    KEYS = "keys"
    ADMIN = "admin"
    METRICS = "metrics"


class Group(StrEnum):
    """What a row of the usage is."""

    DAY = "day"
    MODEL = "model"
    USER = "user"


@accounts.command("create")
def create_account(
    name: Annotated[str, typer.Argument(help="For your own eyes.")],
    prepaid: Prepaid = None,
    ceiling: Ceiling = None,
    max_running: Limit = None,
    max_queued: Limit = None,
    max_per_minute: Limit = None,
    retention: Hours = None,
    monthly_budget: Budget = None,
    price_percent: Percent = None,
    data: Data = None,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Open an account."""
    from filmgate.cli import accounting

    limits = (max_running, max_queued, max_per_minute)
    terms = accounting.terms(prepaid, ceiling, limits, retention, monthly_budget, price_percent)
    accounting.create_account(Desk(data, url, key), name, terms, as_json)


@accounts.command("set")
def change_account(
    account: AccountId,
    prepaid: Prepaid = None,
    ceiling: Ceiling = None,
    max_running: Limit = None,
    max_queued: Limit = None,
    max_per_minute: Limit = None,
    retention: Hours = None,
    monthly_budget: Budget = None,
    price_percent: Percent = None,
    data: Data = None,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Put an account under other terms; what is not named stays."""
    from filmgate.cli import accounting

    limits = (max_running, max_queued, max_per_minute)
    terms = accounting.terms(prepaid, ceiling, limits, retention, monthly_budget, price_percent)
    accounting.change_account(Desk(data, url, key), account, terms, as_json)


@accounts.command("list")
def list_accounts(
    data: Data = None, url: Url = None, key: Key = None, as_json: Json = False
) -> None:
    """List the accounts."""
    from filmgate.cli import accounting

    accounting.show_accounts(Desk(data, url, key), as_json)


@accounts.command("show")
def show_account(
    account: AccountId, data: Data = None, url: Url = None, key: Key = None, as_json: Json = False
) -> None:
    """See an account: terms, limits, balance, what it has in line."""
    from filmgate.cli import accounting

    accounting.show_account(Desk(data, url, key), account, as_json)


@accounts.command("disable")
def disable_account(
    account: AccountId, data: Data = None, url: Url = None, key: Key = None, as_json: Json = False
) -> None:
    """Refuse its keys within a second; what it has in line waits."""
    from filmgate.cli import accounting

    accounting.switch_account(Desk(data, url, key), account, as_json, on=False)


@accounts.command("enable")
def enable_account(
    account: AccountId, data: Data = None, url: Url = None, key: Key = None, as_json: Json = False
) -> None:
    """Take its keys again."""
    from filmgate.cli import accounting

    accounting.switch_account(Desk(data, url, key), account, as_json, on=True)


@accounts.command("check")
def check_accounts(
    data: Data = None, url: Url = None, key: Key = None, as_json: Json = False
) -> None:
    """Add up the ledger: every balance is the sum of its entries, or this ends with 1."""
    from filmgate.cli import accounting

    if not accounting.check_balances(Desk(data, url, key), as_json):
        raise typer.Exit(1)


@keys.command("create")
def create_key(
    account: AccountId,
    name: Annotated[str, typer.Option(help="For your own eyes.")] = "",
    scope: Annotated[
        list[ScopeWord] | None,
        typer.Option(show_default=False, help="What it may; default: all of its own account."),
    ] = None,
    expires: Annotated[
        float | None, typer.Option(metavar="DAYS", min=0.01, show_default=False, help="How long.")
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(show_default=False, help="Good for this model alone; may be given again."),
    ] = None,
    max_per_minute: Limit = None,
    data: Data = None,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Make a key, and show it this once."""
    from filmgate.cli import accounting

    words = [str(word) for word in scope or ()]
    limits = {"models": model or (), "max_per_minute": max_per_minute}
    accounting.create_key(Desk(data, url, key), account, name, words, expires, limits, as_json)


@keys.command("list")
def list_keys(
    account: AccountId, data: Data = None, url: Url = None, key: Key = None, as_json: Json = False
) -> None:
    """List the keys of an account, by their first characters."""
    from filmgate.cli import accounting

    accounting.show_keys(Desk(data, url, key), account, as_json)


@keys.command("rotate")
def rotate_key(
    key_id: Annotated[str, typer.Argument(metavar="KEY", help="Its id, as key_….")],
    overlap: Annotated[
        float, typer.Option(metavar="HOURS", min=0, help="How long the old one is taken, too.")
    ] = 24,
    data: Data = None,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Make a key in the place of another, and show it this once; both are taken for a while."""
    from filmgate.cli import accounting

    accounting.rotate_key(Desk(data, url, key), key_id, overlap, as_json)


@keys.command("revoke")
def revoke_key(
    key_id: Annotated[str, typer.Argument(metavar="KEY", help="Its id, as key_….")],
    data: Data = None,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Put a key out of force, on every replica within a second."""
    from filmgate.cli import accounting

    accounting.revoke_key(Desk(data, url, key), key_id, as_json)


def credit(
    account: AccountId,
    usd: Annotated[str, typer.Argument(metavar="USD", help="Below zero it is a correction.")],
    note: Annotated[str, typer.Option(help="Why, for the ledger.")] = "credit",
    data: Data = None,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Credit what an account has paid in."""
    from filmgate.cli import accounting

    accounting.credit_account(Desk(data, url, key), account, usd, note, as_json)


def usage(
    account: AccountId,
    start: Annotated[
        str | None, typer.Option(metavar="DAY", show_default=False, help="As 2026-01-31, UTC.")
    ] = None,
    end: Annotated[
        str | None, typer.Option(metavar="DAY", show_default=False, help="Counted in.")
    ] = None,
    by: Annotated[Group, typer.Option(help="What a row is.")] = Group.DAY,
    margin: Annotated[
        bool, typer.Option("--margin", help="Beside it what upstreams charged, and what is left.")
    ] = False,
    data: Data = None,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Print what an account used and paid, as CSV or JSON."""
    from filmgate.cli import accounting

    accounting.show_usage(Desk(data, url, key), account, (start, end), by, margin, as_json)
