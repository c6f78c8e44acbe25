"""Removes files that have outlived their videos, rows that have outlived their files, orphans."""

import logging

from filmgate.errors import Unavailable
from filmgate.services.audit import Audit
from filmgate.services.batching import Batching
from filmgate.services.deliveries import Deliveries
from filmgate.services.files import Files
from filmgate.services.retention import Retention
from filmgate.services.watches import Watches
from filmgate.services.workers import Workers

log = logging.getLogger(__name__)


class Sweeper:
    """Removes files that no row names. It lists the whole storage: seldom is often enough."""

    def __init__(self, retention: Retention, files: Files) -> None:
        self._retention = retention
        self._files = files

    async def run_once(self) -> None:
        """Sweep once, if the clock may be believed."""
        if not self._retention.trusts_clock():
            return
        for sweep in (self._retention.sweep_orphans, self._files.sweep_orphans):
            if count := await sweep():
                log.info("cleared up: %d orphaned files", count)


class Pruner:
    """Clears up. Any number of pruners may run at once."""

    def __init__(
        self,
        *,
        retention: Retention,
        workers: Workers,
        audit: Audit,
        deliveries: Deliveries,
        watches: Watches,
        files: Files,
        batching: Batching,
    ) -> None:
        self._retention = retention
        self._audit = audit
        self._deliveries = deliveries
        self._workers = workers
        self._watches = watches
        self._files = files
        self._batching = batching

    async def run_once(self) -> None:
        """Clear up all that is due, if the clock may be believed."""
        if not self._retention.trusts_clock():
            return
        chores = {
            "expired or deleted": self._retention.sweep,
            "rows forgotten": self._retention.forget,
            "idempotency keys": self._retention.forget_replays,
            "acts forgotten": self._audit.forget,
            "events and deliveries": self._deliveries.forget,
            "changes told": self._watches.forget,
            "files over their time": self._files.expire,
            "batches forgotten": self._batching.forget,
            "lost workers": self._workers.forget_lost,
        }
        for what, chore in chores.items():
            try:
                if count := await chore():
                    log.info("cleared up: %d %s", count, what)
            except Unavailable as error:  # one that cannot be done holds up no other
                log.warning("%s: not cleared up this time: %s", what, error)
