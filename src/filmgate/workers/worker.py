"""A worker process: one engine, the videos claimed for it, and the housekeeping."""

import asyncio
import logging
import os
import shutil
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

from filmgate.engines.base import Engine
from filmgate.errors import EngineStuck, FilmgateError, Unavailable
from filmgate.pauses import pause
from filmgate.services.queue import Queue
from filmgate.services.workers import Workers
from filmgate.workers.claimer import Claimer
from filmgate.workers.looper import Looper
from filmgate.workers.scratch import occupy

log = logging.getLogger(__name__)

_POLL_S = 0.2
_SEEN_S = 5.0
STUCK = 70
"""Exit code of a worker whose engine does not stop."""


class Presence:
    """Tells the others that this worker is alive, and why it claims nothing, if so."""

    def __init__(
        self, workers: Workers, worker_id: str, engine: str, trouble: Callable[[], str | None]
    ) -> None:
        self._workers = workers
        self._worker_id = worker_id
        self._engine = engine
        self._trouble = trouble

    async def run_once(self) -> None:
        """Be seen; enrol if this is the first time or somebody forgot us."""
        if not await self._workers.saw(self._worker_id, self._trouble()):
            await self._workers.register(
                self._worker_id, self._engine, socket.gethostname(), os.getpid()
            )


class Worker:
    """Opens the engine, works until told to stop, and gives back what it could not finish."""

    def __init__(
        self,
        *,
        worker_id: str,
        engine_name: str,
        engine: Engine,
        claimer: Claimer,
        queue: Queue,
        workers: Workers,
        housekeeping: Sequence[Looper],
        scratch: Path,
        grace_s: float,
        quit_process: Callable[[int], None] = os._exit,
    ) -> None:
        self._id = worker_id
        self._engine_name = engine_name
        self._engine = engine
        self._claimer = claimer
        self._queue = queue
        self._workers = workers
        self._housekeeping = housekeeping
        self._scratch = scratch
        self._grace_s = grace_s
        self._quit = quit_process

    async def run(self, stop: asyncio.Event, hurry: asyncio.Event | None = None) -> None:
        """Work until `stop` is set, then shut down cleanly; without grace once `hurry` is set."""
        self._lock = occupy(self._scratch)
        await self._engine.open()
        presence = Presence(
            self._workers, self._id, self._engine_name, lambda: self._claimer.trouble
        )
        log.info("the engine %s is open", self._engine_name)
        try:
            async with asyncio.TaskGroup() as tasks:
                for role in (Looper(presence, every_s=_SEEN_S), *self._housekeeping):
                    tasks.create_task(role.run(stop))
                tasks.create_task(self._work(stop, hurry or asyncio.Event()))
        finally:
            await self._hand_over()
            if not self._claimer.idle:
                self._quit(0)
            await self._engine.close()

    async def _work(self, stop: asyncio.Event, hurry: asyncio.Event) -> None:
        bell = self._queue.bell()
        changed = True
        while not stop.is_set():
            try:
                await self._claimer.run_once(changed=changed)
                changed = await bell.wait(_POLL_S)
            except Unavailable as error:
                log.warning("the worker waits: %s", error)
                await pause(stop, _POLL_S)
            except EngineStuck as error:
                log.critical("%s; this process ends", error)
                await self._hand_over()
                self._quit(STUCK)
        await self._claimer.drain(self._grace_s, hurry)
        await self._hand_over()

    async def _hand_over(self) -> None:
        """Give back what is unfinished, and take leave; if that fails, others see to it."""
        try:
            for video in await self._queue.give_back(self._id):
                log.info("%s goes back to the queue", video.id)
            await self._workers.bury(self._id)
        except FilmgateError as error:
            log.warning("what this worker held is left to the rescuers: %s", error)
        shutil.rmtree(self._scratch, ignore_errors=True)
