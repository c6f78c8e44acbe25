"""A worker process: one engine, the videos claimed for it, and the housekeeping."""

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

from filmgate.clock import Clock
from filmgate.domain.worker import Condition
from filmgate.engines.base import Engine, states_of
from filmgate.errors import EngineStuck, FilmgateError, Unavailable
from filmgate.pauses import pause
from filmgate.services.queue import Queue
from filmgate.services.workers import Workers
from filmgate.workers.claimer import Claimer
from filmgate.workers.looper import Looper
from filmgate.workers.opening import Opening
from filmgate.workers.presence import Presence
from filmgate.workers.scratch import occupy

log = logging.getLogger(__name__)

_POLL_S = 0.2
_LOOK_S = 0.5
_CLOSE_S = 5.0
RETRY_S = 60.0
"""How long a worker that cannot open its engine stays to say so; a fresh process then tries."""
BROKEN = 69
"""Exit code of a worker whose engine cannot be opened."""
STUCK = 70
"""Exit code of a worker whose engine does not stop."""


class Worker:
    """Opens the engine, works until told to stop, and gives back what it could not finish."""

    def __init__(
        self,
        *,
        worker_id: str,
        engine_name: str,
        engine: Engine,
        models: Collection[str],
        claimer: Claimer,
        queue: Queue,
        workers: Workers,
        clock: Clock,
        housekeeping: Sequence[Looper],
        scratch: Path,
        grace_s: float,
        quit_process: Callable[[int], None] = os._exit,
    ) -> None:
        self._id = worker_id
        self._engine = engine
        self._opening = Opening(engine, engine_name, models)
        self._presence = Presence(
            workers=workers,
            worker_id=worker_id,
            engine=engine_name,
            look=self._look,
            clock=clock,
        )
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
        seen = Looper(self._presence, every_s=_LOOK_S).run(stop)
        presence = asyncio.create_task(seen, name="presence")
        try:
            if await self._open(stop):
                async with asyncio.TaskGroup() as tasks:
                    for role in self._housekeeping:
                        tasks.create_task(role.run(stop))
                    tasks.create_task(self._work(stop, hurry or asyncio.Event()))
        finally:
            presence.cancel()
            await self._hand_over()
            if not self._claimer.idle:
                self._quit(0)
            if self._opening.condition is None:
                await self._close()

    def _look(self) -> Condition:
        if self._opening.condition:
            return self._opening.condition
        return Condition(trouble=self._claimer.trouble, models=dict(states_of(self._engine)))

    async def _open(self, stop: asyncio.Event) -> bool:
        """Open the engine, which may take minutes: a stop does not wait for it.

        Raises:
            SettingsError: no further try will help.
        """
        opening, stopping = map(asyncio.create_task, (self._opening.run(), stop.wait()))
        await asyncio.wait((opening, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not opening.done():
            await self._leave(0)
        elif opening.result():
            with suppress(Unavailable):
                await self._presence.run_once()
            return True
        else:
            await pause(stop, RETRY_S)
            await self._leave(0 if stop.is_set() else BROKEN)
        return False

    async def _leave(self, code: int) -> None:
        """End this process at once, whatever its threads do."""
        await self._hand_over()
        self._quit(code)

    async def _close(self) -> None:
        try:
            async with asyncio.timeout(_CLOSE_S):
                await self._engine.close()
        except TimeoutError:
            log.warning("the engine does not let go; this process ends without it")
            self._quit(0)

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
                await self._leave(STUCK)
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
