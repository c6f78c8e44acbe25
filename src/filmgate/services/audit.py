"""What the operator reads in the audit."""

from filmgate.clock import Clock
from filmgate.domain.audit import AuditEntry, AuditFilter
from filmgate.store import audit
from filmgate.store.database import Database


class Audit:
    """Reads who did what. Writing is the business of each verb's own transaction."""

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
