"""The routes of money, as its owner sees it: the balance and what was used."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from filmgate.api.answers import reply
from filmgate.api.docs import answers
from filmgate.api.parts import Parts, caller
from filmgate.api.schemas import Balance, UsageReport
from filmgate.domain import money
from filmgate.domain.account import Account
from filmgate.domain.ledger import UsageLine
from filmgate.errors import InvalidParameter
from filmgate.services.billing import Billing, Usage, day_text

Day = Annotated[
    str | None, Query(description="a day as 2026-01-31, or Unix seconds; UTC", max_length=32)
]
Group = Annotated[Literal["day", "model", "user"], Query(description="what a row is")]
Format = Annotated[
    Literal["json", "csv"] | None, Query(description="also by the header Accept: text/csv")
]
_FIRST_OF_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def router(parts: Parts) -> APIRouter:
    """The routes, on these parts."""
    api = APIRouter(prefix="/v1", tags=["billing"])

    @api.get(
        "/balance",
        operation_id="see_balance",
        response_model=None,
        responses=answers(Balance, 403),
        summary="See your balance",
    )
    async def balance(request: Request) -> Response:
        """What you may still spend, and what is held for videos that have not ended."""
        return reply(balance_object(await parts.billing.account(caller(request).account_id)))

    @api.get(
        "/usage",
        operation_id="see_usage",
        response_model=None,
        responses=csv_too(answers(UsageReport, 400, 403)),
        summary="See what you used and paid",
    )
    async def usage(
        request: Request,
        start: Day = None,
        end: Day = None,
        group_by: Group = "day",
        format: Format = None,  # noqa: A002 - the word of the wire
    ) -> Response:
        """What was captured from `start` to `end`, both days counted in; the last 30 days."""
        account_id = caller(request).account_id
        return await usage_reply(parts.billing, account_id, request, (start, end, group_by), format)

    return api


async def usage_reply(
    billing: Billing,
    account_id: str,
    request: Request,
    wanted: tuple[str | None, str | None, str],
    form: str | None,
) -> Response:
    """What an account used, as JSON or CSV."""
    start, end, group_by = wanted
    days = parse_day("start", start), parse_day("end", end)
    found = await billing.usage(account_id, *days, group_by)
    if form == "csv" or (form is None and "text/csv" in request.headers.get("accept", "")):
        return Response(usage_csv(found), headers=_CSV_HEADERS)
    return reply(_usage_object(found))


_CSV_HEADERS = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="usage.csv"',
}


def csv_too(responses: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that speaks CSV as well."""
    responses[200]["content"] = {"text/csv": {"schema": {"type": "string"}}}
    return responses


def balance_object(account: Account) -> dict[str, Any]:
    """The balance of an account."""
    floor = account.floor
    return {
        "object": "balance",
        "account_id": account.id,
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


def _usage_object(found: Usage) -> dict[str, Any]:
    return {
        "object": "usage",
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "group_by": found.group_by,
        "data": [{found.group_by: _key(found, row), **_figures(row)} for row in found.rows],
        "total": _figures(found.total),
    }


def _figures(row: UsageLine) -> dict[str, Any]:
    return {
        "videos": row.videos,
        "outputs": row.outputs,
        "seconds": row.produced_ms / 1000,
        "cost_usd": money.usd(row.charged),
    }


def _key(found: Usage, row: UsageLine) -> str | None:
    return day_text(row.key) if found.group_by == "day" else row.key


def usage_csv(found: Usage) -> str:
    """What was used, as a table that spreadsheets read."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([found.group_by, *_figures(found.total)])
    for row in found.rows:
        table.writerow([_cell(_key(found, row)), *_figures(row).values()])
    return text.getvalue()


def _cell(text: str | None) -> str:
    """A caller's own word, which no spreadsheet may take for a formula."""
    return f"'{text}" if text and text.startswith(_FIRST_OF_FORMULA) else text or ""
