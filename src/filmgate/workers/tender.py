"""Tends the leases of a worker together: one write carries every beat, one look sees every loss."""

import logging
from collections.abc import Collection, Iterable

from filmgate.clock import Clock
from filmgate.errors import Unavailable
from filmgate.services.queue import Queue
from filmgate.workers.lease import Ending, Lease
from filmgate.workers.line import Line

log = logging.getLogger(__name__)

_PROGRESS_S = 0.4


class Tender:
    """Beats for every video that runs here, carries their progress, and sees which are lost.

    While the database is away nobody can tell, and the work goes on: the tokens fence it.
    """

    def __init__(self, *, queue: Queue, clock: Clock, worker_id: str, beat_s: float) -> None:
        self._queue = queue
        self._clock = clock
        self._worker_id = worker_id
        self._beat_s = beat_s
        self._pause_s = min(_PROGRESS_S, beat_s)
        self._carried_at = clock.monotonic()
        self._unseen = False

    async def tend(self, lines: Collection[Line], *, changed: bool) -> None:
        """Beat for those whose time it is; when something `changed`, see which still hold."""
        try:
            await self._beat(lines)
            if changed and lines:
                await self._look(lines)
        except Unavailable as error:
            if not self._unseen:
                log.warning("%d videos go on unseen: %s", len(lines), error)
            self._unseen = True
            return
        self._unseen = False

    async def _look(self, lines: Collection[Line]) -> None:
        held = await self._queue.leases(self._worker_id)
        for line in lines:
            line.hear(held.get(line.lease.right))
        await self._lose(line.lease for line in lines if line.lease.right not in held)

    async def _beat(self, lines: Collection[Line]) -> None:
        now = self._clock.monotonic()
        if now - self._carried_at < self._pause_s:
            return
        due = [line for line in lines if line.has_moved or now - line.lease.beat_at >= self._beat_s]
        if not due:
            return
        told = [(line.lease.video, line.percent) for line in due]
        held = await self._queue.beat_all(told)
        self._carried_at = self._clock.monotonic()
        for line, (_, percent) in zip(due, told, strict=True):
            line.carried, line.lease.beat_at = percent, self._carried_at
        await self._lose(line.lease for line in due if line.lease.video.id not in held)

    async def _lose(self, leases: Iterable[Lease]) -> None:
        """Stop what does not hold any more: the video has ended, or is another's."""
        for lease in leases:
            ended = await self._queue.has_ended(lease.video)
            lease.stop(Ending.CANCELLED if ended else Ending.LOST)
