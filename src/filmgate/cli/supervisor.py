"""Starts the HTTP process and the workers, restarts what dies, and stops all of it in order."""

import asyncio
import errno
import fcntl
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from filmgate.cli import lifeline
from filmgate.cli.watchdog import Watchdog
from filmgate.domain import ids
from filmgate.errors import SettingsError, Unavailable
from filmgate.wiring import House, undertaker
from filmgate.workers.looper import Looper
from filmgate.workers.rescuer import Rescuer

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 10.0
_HEALTHY_S = 30.0
_LAST_WORDS_S = 10.0
_PORT_PATIENCE_S = 2.0
MIN_PATIENCE_S = 15.0
"""A worker shows itself every 5 s: three silences are no accident."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep alive. `worker_id` is fresh at every start; None is the HTTP process."""

    name: str
    argv: tuple[str, ...]
    worker_id: str | None = None


class Supervisor:
    """Owns the processes of one `serve` or `worker`. A shutdown is never a cancel."""

    def __init__(
        self, house: House, environment: Mapping[str, str], *, http: bool, engines: Sequence[str]
    ) -> None:
        self._house = house
        self._http = http
        self._engines = engines
        self._environment = dict(environment)
        self._reading, self._writing = os.pipe()
        self._watchdog = Watchdog(
            workers=house.workers,
            clock=house.clock,
            host=socket.gethostname(),
            patience_s=max(house.settings.lease_s, MIN_PATIENCE_S),
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Keep every child alive until `stop` is set, then end them within the grace time."""
        keepers = [self._keep(_http, stop)] if self._http else []
        for name in self._engines:
            count = self._house.settings.engines[name].workers
            keepers += [self._keep(_worker(name), stop) for _ in range(count)]
        async with asyncio.TaskGroup() as tasks:
            for keeper in keepers:
                tasks.create_task(keeper)
            for role in (self._watchdog, self._rescuer(), undertaker(self._house)):
                tasks.create_task(Looper(role, every_s=self._house.settings.beat_s).run(stop))

    def _rescuer(self) -> Rescuer:
        """A rescuer outside the workers: the only worker may be the one that hangs."""
        house = self._house
        return Rescuer(queue=house.queue, clock=house.clock, lease_s=house.settings.lease_s)

    async def _keep(self, start: Callable[[], Child], stop: asyncio.Event) -> None:
        pause_s = _FIRST_PAUSE_S
        while not stop.is_set():
            child, born = start(), self._house.clock.monotonic()
            code = await self._live(child, stop)
            if stop.is_set():
                return
            if self._house.clock.monotonic() - born > _HEALTHY_S:
                pause_s = _FIRST_PAUSE_S
            log.error("%s ended with %s; it starts again in %.1f s", child.name, code, pause_s)
            await _pause(stop, pause_s)
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)

    async def _live(self, child: Child, stop: asyncio.Event) -> int:
        """One life of a child, to its exit code; its leases are taken back at once."""
        process = await self._spawn(child)
        if child.worker_id is not None:
            self._watchdog.watch(child.worker_id, process.pid)
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            await self._end(child, process, ended)
        if child.worker_id is not None:
            self._watchdog.leave(child.worker_id)
            await self._bury(child.worker_id)
        return ended.result()

    async def _spawn(self, child: Child) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *child.argv,
            env=self._environment | {lifeline.VARIABLE: str(self._reading)},
            pass_fds=(self._reading,),
            process_group=0,
        )

    async def _end(
        self, child: Child, process: asyncio.subprocess.Process, ended: "asyncio.Task[int]"
    ) -> None:
        process.send_signal(signal.SIGTERM)
        patience = self._house.settings.grace_s + _LAST_WORDS_S
        await asyncio.wait((ended,), timeout=patience)
        if not ended.done():
            log.error("%s does not end; it is killed", child.name)
            process.kill()
            await ended

    async def _bury(self, worker_id: str) -> None:
        try:
            for video in await self._house.workers.bury(worker_id):
                log.warning("%s lost its worker and is %s", video.id, video.state)
        except Unavailable as error:
            log.error("the leases of %s are left to the rescuers: %s", worker_id, error)


def _http() -> Child:
    return Child("the HTTP process", ("-m", "filmgate.cli.http"))


def _worker(engine: str) -> Callable[[], Child]:
    def start() -> Child:
        worker_id = ids.worker_id()
        argv = ("-m", "filmgate.cli.worker", engine, worker_id)
        return Child(f"a worker of {engine}", argv, worker_id)

    return start


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def lock(data: Path) -> int:
    """Take the data folder for this process, until it ends.

    Raises:
        SettingsError: another server has it, or it cannot be written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise SettingsError(
            f"data is '{data}', which cannot be written: {error.strerror}; give a folder of yours"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise SettingsError(
            f"data is '{data}', which another filmgate serves already: end it, or give --data"
        ) from error
    return descriptor


def check_port(host: str, port: int) -> None:
    """Raise SettingsError unless this process could listen there.

    A port in use is asked for again for a while: the children of a killed supervisor may still
    be on their way out.
    """
    deadline = time.monotonic() + _PORT_PATIENCE_S
    while (error := _refused(host, port)) is not None:
        if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
            raise SettingsError(
                f"host and port are {host}:{port}, which cannot be listened on: {error.strerror}"
            ) from error
        time.sleep(0.05)


def _refused(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None
