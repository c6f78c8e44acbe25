"""`filmgate audit`: who did what, read from the database itself or of a server."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from filmgate.api.billing import parse_moment
from filmgate.api.operator import act_object
from filmgate.cli.desk import Desk
from filmgate.cli.printing import print_json
from filmgate.domain.audit import AuditEntry, AuditFilter


def show(
    desk: Desk,
    account: str | None,
    subject: str | None,
    act: str | None,
    since: str | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Print one line an act, or all of them as one array."""
    moment = parse_moment("--since", since)
    wanted = AuditFilter(limit=limit, account_id=account, subject=subject, act=act, since=moment)
    params = asdict(wanted) | {"account": account, "account_id": None, "since": since}
    found = desk.ask(
        lambda house: house.audit.page(wanted), _acts, "GET", "/admin/audit", params=params
    )
    print_acts(found, as_json=as_json)


def print_acts(found: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print acts as the wire has them."""
    if as_json:
        print_json(list(found))
        return
    for entry in found:
        print("  ".join(filter(None, _fields(entry))))


def _acts(entries: Iterable[AuditEntry]) -> list[Any]:
    return [act_object(entry) for entry in entries]


def _fields(entry: Mapping[str, Any]) -> tuple[str, ...]:
    detail = " ".join(f"{name}={value}" for name, value in (entry["detail"] or {}).items())
    at = datetime.fromtimestamp(entry["at"], UTC).isoformat(timespec="seconds")
    who = entry["key_id"] or "operator"
    return (at, entry["account_id"], who, entry["act"], entry["subject"], detail)
