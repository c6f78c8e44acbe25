"""Kills workers that hang in native code: such a process holds everything, and shows no life."""

import logging
import os
import signal

from filmgate.clock import Clock
from filmgate.services.workers import Workers

log = logging.getLogger(__name__)


class Watchdog:
    """Watches its own children's `seen_at` with its own monotonic clock."""

    def __init__(self, *, workers: Workers, clock: Clock, host: str, patience_s: float) -> None:
        self._workers = workers
        self._clock = clock
        self._host = host
        self._patience_s = patience_s
        self._pids: dict[str, int] = {}
        self._changed: dict[str, tuple[float, float]] = {}

    def watch(self, worker_id: str, pid: int) -> None:
        """Take a child into care."""
        self._pids[worker_id] = pid

    def leave(self, worker_id: str) -> None:
        """Let go of a child that has ended."""
        self._pids.pop(worker_id, None)
        self._changed.pop(worker_id, None)

    async def run_once(self) -> list[str]:
        """Kill every child that has shown no life for too long; return their ids."""
        seen = {worker.id: worker.seen_at for worker in await self._workers.on_host(self._host)}
        hung = [worker_id for worker_id in self._pids if self._hangs(worker_id, seen)]
        for worker_id in hung:
            log.error("%s shows no life; it is killed", worker_id)
            os.kill(self._pids[worker_id], signal.SIGKILL)
            self.leave(worker_id)
        return hung

    def _hangs(self, worker_id: str, seen: dict[str, float]) -> bool:
        """Whether an enrolled child has stood still; one that opens its engine may take long."""
        if worker_id not in seen:
            return False
        now = self._clock.monotonic()
        known = self._changed.get(worker_id)
        if known is None or known[0] != seen[worker_id]:
            self._changed[worker_id] = (seen[worker_id], now)
            return False
        return now - known[1] >= self._patience_s
