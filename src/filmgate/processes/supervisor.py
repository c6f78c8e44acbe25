"""Starts the HTTP process and the workers, restarts what dies, and stops all of it in order."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from filmgate.errors import Unavailable
from filmgate.pauses import pause, pauses
from filmgate.processes import children
from filmgate.processes.children import Child
from filmgate.processes.watchdog import Watchdog
from filmgate.wiring import House, undertaker
from filmgate.workers.looper import Looper
from filmgate.workers.rescuer import Rescuer

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 10.0
_HEALTHY_S = 30.0
_LAST_WORDS_S = 10.0
MIN_PATIENCE_S = 15.0
"""A worker shows itself every 5 s: three silences are no accident."""


class Supervisor:
    """Owns the processes of one `serve` or `worker`. A shutdown is never a cancel."""

    def __init__(
        self, house: House, environment: Mapping[str, str], *, http: bool, engines: Sequence[str]
    ) -> None:
        self._house = house
        self._http = http
        self._engines = engines
        self._environment = environment
        self._reading, self._writing = os.pipe()
        self._watchdog = Watchdog(
            workers=house.workers,
            clock=house.clock,
            host=socket.gethostname(),
            patience_s=max(house.settings.lease_s, MIN_PATIENCE_S),
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Keep every child alive until `stop` is set, then end them within the grace time."""
        keepers = [self._keep(children.http, stop)] if self._http else []
        for name in self._engines:
            count = self._house.settings.engines[name].workers
            keepers += [self._keep(partial(children.worker, name), stop) for _ in range(count)]
        async with asyncio.TaskGroup() as tasks:
            for keeper in keepers:
                tasks.create_task(keeper)
            for role in (self._watchdog, self._rescuer(), undertaker(self._house)):
                tasks.create_task(Looper(role, every_s=self._house.settings.beat_s).run(stop))

    def _rescuer(self) -> Rescuer:
        """A rescuer outside the workers: the only worker may be the one that hangs."""
        house = self._house
        return Rescuer(queue=house.queue, clock=house.clock, lease_s=house.settings.lease_s)

    async def _keep(self, make: Callable[[], Child], stop: asyncio.Event) -> None:
        waits = pauses(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        while not stop.is_set():
            child, born = make(), self._house.clock.monotonic()
            code = await self._live(child, stop)
            if stop.is_set():
                return
            if self._house.clock.monotonic() - born > _HEALTHY_S:
                waits = pauses(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
            pause_s = next(waits)
            log.error("%s ended with %s; it starts again in %.1f s", child.name, code, pause_s)
            await pause(stop, pause_s)

    async def _live(self, child: Child, stop: asyncio.Event) -> int:
        """One life of a child, to its exit code; its leases are taken back at once."""
        process = await children.spawn(child, self._environment, self._reading)
        if child.worker_id is not None:
            self._watchdog.watch(child.worker_id, process.pid)
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            patience_s = self._house.settings.grace_s + _LAST_WORDS_S
            await children.end(child, process, ended, patience_s)
        if child.worker_id is not None:
            self._watchdog.leave(child.worker_id)
            await self._bury(child.worker_id)
        return ended.result()

    async def _bury(self, worker_id: str) -> None:
        try:
            for video in await self._house.workers.bury(worker_id):
                log.warning("%s lost its worker and is %s", video.id, video.state)
        except Unavailable as error:
            log.error("the leases of %s are left to the rescuers: %s", worker_id, error)
