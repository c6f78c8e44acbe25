"""The engine's line to its worker."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filmgate.services.queue import Queue
from filmgate.workers.lease import Ending, Lease

STOP_S = 10.0
"""How long an engine may take from the word to stop to its end."""


class Line:
    """The `Report` of one engine at one video.

    The engine writes progress from its own thread; the worker's loop carries it to the row.
    `carried` is what the row says. `ordered`: what is waited for is not this engine's work.
    """

    def __init__(self, lease: Lease, queue: Queue) -> None:
        self.lease = lease
        self.percent = self.carried = lease.video.progress
        self.ordered = lease.video.resume is not None
        self._queue = queue
        self._busy = False
        self._rung_at: float | None = None
        self._bells: list[Callable[[], None]] = []

    def progress(self, fraction: float) -> None:
        """Take the share of work done, 0…1; 100 % is kept for the stored film."""
        self.lease.check()
        if math.isfinite(fraction):
            self.percent = max(self.percent, min(99, int(fraction * 100)))

    @property
    def has_moved(self) -> bool:
        """Whether there is progress that the row does not show."""
        return self.percent > self.carried

    async def resume(self, token: str) -> None:
        """Store a resume token; durable on return."""
        self.ordered = True
        if not await self._queue.keep_resume(self.lease.video, token):
            ended = await self._queue.has_ended(self.lease.video)
            self.lease.stop(Ending.CANCELLED if ended else Ending.LOST)
            self.lease.check()

    async def drained_upstreams(self) -> frozenset[str]:
        """What the operator wants no new orders for."""
        return await self._queue.drained_upstreams(self.lease.video.engine)

    async def callback_path(self, tag: str) -> str:
        """The path at which whoever has an order of that tag may ring."""
        return await self._queue.callback_path(tag)

    def listen(self, ring: Callable[[], None]) -> None:
        """Have `ring` called whenever somebody rang for this video."""
        self._bells.append(ring)

    def hear(self, rung_at: float | None) -> None:
        """Take when it was last rung for, as the row says."""
        if rung_at != self._rung_at:
            self._rung_at = rung_at
            for ring in self._bells:
                ring()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While the engine works."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    @property
    def stuck(self) -> bool:
        """Whether the engine was told to stop long ago and still runs."""
        return self._busy and self.lease.stopping_s > STOP_S
