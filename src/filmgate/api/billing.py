"""The routes of money, as its owner sees it: the balance and what was used."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Literal, cast

from pydantic import BaseModel, Field
from starlette.responses import Response

from filmgate.api.ask import Ask
from filmgate.api.wire import BalanceObject, Funds, UsageFigures, UsageObject, UsageRow
from filmgate.domain import money
from filmgate.domain.account import Account
from filmgate.domain.ledger import UsageLine
from filmgate.errors import InvalidParameter
from filmgate.services.billing import Usage, day_text

_FIRST_OF_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CSV_HEADERS = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="usage.csv"',
}


class UsageQuery(BaseModel):
    """Which days, and how they are summed up."""

    start: str | None = Field(
        default=None, description="a day as 2026-01-31, or Unix seconds; UTC", max_length=32
    )
    end: str | None = Field(default=None, description="the last day, counted in", max_length=32)
    group_by: Literal["day", "model", "user"] = Field(default="day", description="what a row is")
    format: Literal["json", "csv"] | None = Field(
        default=None, description="also by the header Accept: text/csv"
    )


async def see_balance(ask: Ask) -> BalanceObject:
    """What you may still spend, and what is held for videos that have not ended."""
    account = await ask.parts.billing.account(ask.caller.account_id)
    return {"object": "balance", "account_id": account.id, **funds(account)}


async def see_usage(ask: Ask) -> UsageObject | Response:
    """What was captured from `start` to `end`, both days counted in; the last 30 days."""
    return await usage_of(ask, ask.caller.account_id, ask.query(UsageQuery))


async def usage_of(
    ask: Ask, account_id: str, wanted: UsageQuery, *, margin: bool = False
) -> UsageObject | Response:
    """What an account used, as JSON or CSV; `margin` is for the operator alone."""
    days = parse_day("start", wanted.start), parse_day("end", wanted.end)
    found = await ask.parts.billing.usage(account_id, *days, wanted.group_by)
    tables_only = wanted.format is None and "text/csv" in ask.sent.get("accept", "")
    if wanted.format == "csv" or tables_only:
        return Response(usage_csv(usage_object(found, margin=margin)), headers=_CSV_HEADERS)
    return usage_object(found, margin=margin)


def usage_object(found: Usage, *, margin: bool = False) -> UsageObject:
    """What was used, as programs read it; `margin` is for the operator alone."""
    return {
        "object": "usage",
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "group_by": found.group_by,
        "data": [
            cast("UsageRow", {found.group_by: _key(found, row), **_figures(row, margin)})
            for row in found.rows
        ],
        "total": _figures(found.total, margin),
    }


def funds(account: Account) -> Funds:
    """What an account has."""
    floor = account.floor
    return {
        "billing": account.billing,
        "balance_usd": money.usd(account.balance),
        "held_usd": money.usd(account.held),
        "ceiling_usd": None if account.ceiling is None else money.usd(account.ceiling),
        "available_usd": None if floor is None else money.usd(account.balance - floor),
    }


def parse_day(name: str, text: str | None) -> date | None:
    """A day as `2026-01-31` or as Unix seconds; None when it is not given.

    Raises:
        InvalidParameter: it is neither.
    """
    if text is None or not text.strip():
        return None
    try:
        if text.strip().isdigit():
            return datetime.fromtimestamp(int(text), UTC).date()
        return date.fromisoformat(text.strip())
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidParameter(name, "must be a day as 2026-01-31, or Unix seconds") from error


def parse_moment(name: str, text: str | None) -> float | None:
    """Unix seconds of a day, which is its start, of an ISO time or of Unix seconds; UTC.

    Raises:
        InvalidParameter: it is none of these.
    """
    if text is None or not text.strip():
        return None
    try:
        if text.strip().isdigit():
            return datetime.fromtimestamp(int(text), UTC).timestamp()
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        reason = "must be a day as 2026-01-31, a time as 2026-01-31T12:00:00Z, or Unix seconds"
        raise InvalidParameter(name, reason) from error


def _figures(row: UsageLine, margin: bool) -> UsageFigures:
    figures: UsageFigures = {
        "videos": row.videos,
        "outputs": row.outputs,
        "seconds": row.produced_ms / 1000,
        "cost_usd": money.usd(row.charged),
    }
    if margin:
        figures["upstream_usd"] = money.usd(row.cost)
        figures["margin_usd"] = money.usd(row.charged - row.cost)
    return figures


def _key(found: Usage, row: UsageLine) -> str | None:
    return day_text(row.key) if found.group_by == "day" else row.key


def usage_csv(usage: UsageObject) -> str:
    """What was used, as a table that spreadsheets read."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([usage["group_by"], *usage["total"]])
    for row in usage["data"]:
        key, *figures = (str(value) if value is not None else "" for value in row.values())
        plain = f"'{key}" if key.startswith(_FIRST_OF_FORMULA) else key  # a caller's own word
        table.writerow([plain, *figures])
    return text.getvalue()
