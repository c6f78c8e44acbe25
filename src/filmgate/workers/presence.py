"""Shows the others that a worker is alive, and how it is."""

import asyncio
import os
import socket
from collections.abc import Callable

from filmgate.clock import Clock
from filmgate.domain.worker import Condition
from filmgate.services.workers import Workers

SEEN_S = 5.0
"""How often a worker is seen of which nothing is new."""


class Presence:
    """Tells of a worker at once when `look` finds it changed, and otherwise now and then."""

    def __init__(
        self,
        *,
        workers: Workers,
        worker_id: str,
        engine: str,
        look: Callable[[], Condition],
        clock: Clock,
    ) -> None:
        self._workers = workers
        self._worker_id = worker_id
        self._engine = engine
        self._look = look
        self._clock = clock
        self._turn = asyncio.Lock()
        self._told: Condition | None = None
        self._told_at = 0.0

    async def run_once(self) -> None:
        """Be seen if it is time; enrol if this is the first time or somebody forgot us."""
        async with self._turn:  # what is told last is what was seen last
            condition, now = self._look(), self._clock.monotonic()
            if condition == self._told and now - self._told_at < SEEN_S:
                return
            if not await self._workers.saw(self._worker_id, condition):
                await self._workers.register(
                    self._worker_id, self._engine, socket.gethostname(), os.getpid(), condition
                )
            self._told, self._told_at = condition, now
