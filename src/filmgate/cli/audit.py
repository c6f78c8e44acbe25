"""`filmgate audit`: who did what, read from the database itself."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from filmgate.domain.audit import AuditEntry, AuditFilter
from filmgate.errors import FilmgateError


def filter_of(
    account: str | None, subject: str | None, act: str | None, since: str | None, limit: int
) -> AuditFilter:
    """What the options narrow the audit to."""
    moment = None
    if since is not None:
        try:
            found = datetime.fromisoformat(since)
        except ValueError as error:
            raise FilmgateError(f"--since is '{since}': it must be a time as 2026-01-31") from error
        moment = (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    return AuditFilter(limit=limit, account_id=account, subject=subject, act=act, since=moment)


def show(entries: Iterable[AuditEntry], *, as_json: bool) -> None:
    """Print one line an act, or all of them as one array."""
    if as_json:
        told = [{**asdict(entry), "at": _time(entry)} for entry in entries]
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for entry in entries:
        detail = " ".join(f"{name}={value}" for name, value in (entry.detail or {}).items())
        who = entry.key_id or "operator"
        fields = (_time(entry), entry.account_id, who, entry.act, entry.subject, detail)
        print("  ".join(filter(None, fields)))


def _time(entry: AuditEntry) -> str:
    return datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="seconds")
