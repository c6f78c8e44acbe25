"""`filmgate audit`: who did what, read from the database itself."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from filmgate.domain.audit import AuditEntry, AuditFilter
from filmgate.errors import FilmgateError


def filter_of(
    account: str | None, subject: str | None, act: str | None, since: str | None, limit: int
) -> AuditFilter:
    """What the options narrow the audit to."""
    moment = None if since is None else _moment(since)
    return AuditFilter(limit=limit, account_id=account, subject=subject, act=act, since=moment)


def _moment(text: str) -> float:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise FilmgateError(f"--since is '{text}': it must be a time as 2026-01-31") from error
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def show(entries: Iterable[AuditEntry], *, as_json: bool) -> None:
    """Print one line an act."""
    for entry in entries:
        print(json.dumps(_object(entry)) if as_json else _line(entry))


def _object(entry: AuditEntry) -> dict[str, Any]:
    return {**asdict(entry), "at": _time(entry.at)}


def _line(entry: AuditEntry) -> str:
    detail = " ".join(f"{name}={value}" for name, value in (entry.detail or {}).items())
    who = entry.key_id or "operator"
    fields = (_time(entry.at), entry.account_id, who, entry.act, entry.subject, detail)
    return "  ".join(filter(None, fields))


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
