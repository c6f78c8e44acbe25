"""Tells webhook endpoints what happened."""

import asyncio
import logging
import random
from collections import Counter

from filmgate.domain.webhook import DueEndpoint, Notice
from filmgate.errors import Unavailable
from filmgate.services.deliveries import Deliveries

log = logging.getLogger(__name__)

_DRAIN_S = 5.0


class Courier:
    """Holds many deliveries at once, few of them for one endpoint. Any number may run.

    Endpoints that fail share `probes` slots, so that dead ones leave the others to the rest.
    """

    def __init__(
        self, *, deliveries: Deliveries, slots: int = 32, each: int = 4, probes: int = 4
    ) -> None:
        self._deliveries = deliveries
        self._slots = slots
        self._each = each
        self._probes = probes
        self._running: dict[asyncio.Task[None], DueEndpoint] = {}

    async def run_once(self) -> int:
        """Start what is due and has room; return how many deliveries were started."""
        if len(self._running) >= self._slots:
            return 0
        due = await self._deliveries.due()
        random.shuffle(due)
        due.sort(key=self._load)
        return sum([await self._start(endpoint) for endpoint in due])

    async def drain(self) -> None:
        """Let what is on its way end; what does not is told again when its lease runs out."""
        if self._running:
            await asyncio.wait(self._running, timeout=_DRAIN_S)

    def _load(self, due: DueEndpoint) -> int:
        return Counter(running.endpoint_id for running in self._running.values())[due.endpoint_id]

    async def _start(self, due: DueEndpoint) -> int:
        room = self._room(due)
        if room <= 0:
            return 0
        notices = await self._deliveries.lease(due, room)
        for notice in notices:
            task = asyncio.create_task(self._deliver(notice), name=f"tell {notice.event.id}")
            self._running[task] = due
            task.add_done_callback(self._running.pop)
        return len(notices)

    def _room(self, due: DueEndpoint) -> int:
        """How many more deliveries may go to an endpoint now."""
        free = self._slots - len(self._running)
        if not due.probed:
            return min(free, self._each - self._load(due))
        probing = sum(running.probed for running in self._running.values())
        return min(1, free, self._probes - probing)

    async def _deliver(self, notice: Notice) -> None:
        try:
            outcome = await self._deliveries.deliver(notice)
        except Unavailable as error:
            log.warning("%s will be told again: %s", notice.event.id, error)
        except Exception:
            log.exception("%s will be told again", notice.event.id)
        else:
            told = "lost its lease" if outcome is None else f"was {outcome}"
            log.info(
                "%s to %s %s, attempt %d", notice.event.id, notice.endpoint.id, told, notice.attempt
            )
