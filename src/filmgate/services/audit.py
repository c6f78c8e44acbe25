"""Who did what: written by each verb's own transaction, read by the operator."""

from collections.abc import Mapping

from filmgate.clock import Clock
from filmgate.domain.audit import Act, AuditEntry, AuditFilter
from filmgate.store import audit
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database


class Audit:
    """Reads who did what."""

    def __init__(self, *, database: Database, clock: Clock, keep_s: float) -> None:
        self._db = database
        self._clock = clock
        self._keep_s = keep_s

    async def page(self, wanted: AuditFilter) -> list[AuditEntry]:
        """The acts, newest first."""
        return await self._db.read(audit.page, wanted)

    async def forget(self) -> int:
        """Remove acts that are older than the audit remembers; return how many."""
        return await self._db.write(audit.forget, self._clock.now() - self._keep_s)


def record_act(
    conn: WriteConnection,
    act: Act,
    subject: str,
    *,
    at: float,
    account_id: str,
    key_id: str | None,
    detail: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Write down an act on an account, in the transaction that does it.

    `key_id` is None when the operator does it on the server's own machine.
    """
    entry = AuditEntry(
        at=at, account_id=account_id, key_id=key_id, act=act, subject=subject, detail=detail
    )
    audit.add(conn, entry)
