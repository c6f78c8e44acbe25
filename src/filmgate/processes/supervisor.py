"""Starts the HTTP process and the workers, restarts what dies, and stops all of it in order."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from filmgate.domain.worker import Death
from filmgate.errors import SettingsError, Unavailable
from filmgate.pauses import pause, pauses
from filmgate.processes import children, pulse
from filmgate.processes.children import Child
from filmgate.processes.leaving import HOPELESS
from filmgate.processes.memory import MemoryKills
from filmgate.processes.watchdog import Watchdog
from filmgate.wiring import House, undertaker
from filmgate.workers.looper import Looper
from filmgate.workers.rescuer import Rescuer

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 10.0
_HEALTHY_S = 30.0
PATIENCE_S = 15.0
"""How long an event loop may stand still."""


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
        self._watchdog = Watchdog(house.clock)
        self._memory = MemoryKills()
        self._mine: set[str] = set()
        self._hopeless: str | None = None
        self._stop, self._hurry = asyncio.Event(), asyncio.Event()

    async def run(self, stop: asyncio.Event, hurry: asyncio.Event | None = None) -> None:
        """Keep every child alive until `stop` is set, then end them within the grace time.

        Without grace once `hurry` is set. A rescuer turns here, outside the workers: the only
        worker may be the one that hangs.

        Raises:
            SettingsError: a child cannot run, and has said why; no further start would help.
        """
        self._stop, self._hurry = stop, hurry or self._hurry
        house, every_s = self._house, self._house.settings.beat_s
        rescuer = Rescuer(queue=house.queue, clock=house.clock, lease_s=house.settings.lease_s)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep_all(stop))
            tasks.create_task(Looper(self._watchdog, every_s=pulse.EVERY_S).run(stop))
            tasks.create_task(Looper(rescuer, every_s=every_s).run(stop))
            tasks.create_task(Looper(undertaker(house, but=self._mine), every_s=every_s).run(stop))
        if self._hopeless is not None:
            raise SettingsError(f"{self._hopeless} cannot run, for the reason above")

    @property
    def grace_s(self) -> float:
        """How long running work may finish."""
        return self._house.settings.grace_s

    async def count_held(self) -> int:
        """How many videos its workers hold.

        Raises:
            Unavailable: the database is away.
        """
        census = await self._house.censuses.take()
        return sum(one.count for one in census.running if one.worker_id in self._mine)

    async def _keep_all(self, stop: asyncio.Event) -> None:
        """HTTP processes go last: callers may look while the workers finish."""
        idle = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for number in range(self._house.settings.http_processes if self._http else 0):
                tasks.create_task(self._keep(partial(children.http, number), idle))
            async with asyncio.TaskGroup() as working:
                working.create_task(stop.wait())
                for name in self._engines:
                    for number in range(self._house.settings.engines[name].workers):
                        make = partial(children.worker, name, number)
                        working.create_task(self._keep(make, stop))
            idle.set()

    async def keep_worker(self, engine: str, number: int, place: str, stop: asyncio.Event) -> None:
        """Keep one more worker alive until `stop`, then end it within the grace time."""
        await self._keep(partial(children.worker, engine, number, place), stop)

    async def _keep(self, make: Callable[[], Child], stop: asyncio.Event) -> None:
        waits = pauses(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        first = True
        while not stop.is_set():
            child, born = make(), self._house.clock.monotonic()
            code, lost = await self._live(child, stop)
            if first and code == HOPELESS:
                self._hopeless = child.name
                self._stop.set()
            if stop.is_set() or self._hopeless is not None:
                return
            first = False
            if lost or self._house.clock.monotonic() - born > _HEALTHY_S:
                waits = pauses(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
            pause_s = next(waits)
            log.error("%s ended with %s; it starts again in %.1f s", child.name, code, pause_s)
            await pause(stop, pause_s)

    async def _live(self, child: Child, stop: asyncio.Event) -> tuple[int, int]:
        """One life of a child: its exit code, and how many videos it held; they are taken back."""
        if child.worker_id is not None:
            self._mine.add(child.worker_id)
        process, beats = await children.spawn(child, self._environment, self._reading)
        own_s = self._house.settings.lease_s if child.worker_id else 0  # then its videos are lost
        self._watchdog.watch(process.pid, child.name, beats, max(PATIENCE_S, own_s))
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            grace_s = self._house.settings.grace_s
            await children.end(child, process, ended, self._hurry, grace_s)
        self._watchdog.leave(process.pid)
        death = Death.UNKNOWN if stop.is_set() else self._find_cause(child, ended.result())
        if child.worker_id is None:
            return ended.result(), 0
        return ended.result(), await self._bury(child.worker_id, death)

    def _find_cause(self, child: Child, code: int) -> Death:
        """How a child died while this process lived; a kill for memory is logged as such."""
        if not self._memory.has_risen() or code != -signal.SIGKILL:
            return Death.ALONE
        log.error(
            "%s was killed by the kernel for want of memory: of the machine, or of the limit that "
            "this process and its children share",
            child.name,
        )
        return Death.OUT_OF_MEMORY

    async def _bury(self, worker_id: str, death: Death) -> int:
        """Take its leases back; how many they were."""
        try:
            lost = await self._house.workers.bury(worker_id, death)
        except Unavailable as error:
            log.error("the leases of %s are left to the rescuers: %s", worker_id, error)
            return 0
        finally:
            self._mine.discard(worker_id)
        for video in lost:
            log.warning("%s lost its worker: %s", video.id, video.fate)
        return len(lost)
