"""What the supervisor starts: its kinds of children, and how one begins and ends."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from filmgate.domain import ids
from filmgate.processes import lifeline, pulse
from filmgate.variables import PLACE, SLOT

log = logging.getLogger(__name__)

LAST_WORDS_S = 10.0
"""How long a child may take to give back what it holds, once its grace is over."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep alive. `worker_id` is fresh at every start; None is the HTTP process.

    `slot` is what it is among its neighbours, and who follows it the same.
    """

    name: str
    slot: str
    argv: tuple[str, ...]
    worker_id: str | None = None
    place: str | None = None


def http(number: int = 0) -> Child:
    """The HTTP process of that number; they share one port."""
    name, slot = (
        ("the HTTP process", "http")
        if number == 0
        else (f"HTTP process {number + 1}", f"http-{number}")
    )
    return Child(name, slot, ("-m", "filmgate.processes.http"))


def worker(engine: str, number: int, place: str | None = None) -> Child:
    """The worker of an engine that has that number."""
    worker_id = ids.worker_id()
    argv = ("-m", "filmgate.processes.worker", engine, worker_id)
    return Child(f"a worker of {engine}", f"{engine}-{number}", argv, worker_id, place)


async def spawn(
    child: Child, environment: Mapping[str, str], held: int
) -> tuple[asyncio.subprocess.Process, int]:
    """Start a child in a process group of its own, tied to `held`, the lifeline's reading end.

    Beside the process it gives the reading end of the child's pulse. The current folder is no
    place for the child's own modules (`-P`): `plugs.load` looks there last.
    """
    reading, writing = os.pipe()
    own = {
        lifeline.VARIABLE: str(held),
        pulse.VARIABLE: str(writing),
        SLOT: f"{os.getpid()}/{child.slot}",
    }
    if child.place is not None:
        own[PLACE] = child.place
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            *child.argv,
            env={**environment, **own},
            pass_fds=(held, writing),
            process_group=0,
        )
    except OSError:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    return process, reading


async def end(
    child: Child,
    process: asyncio.subprocess.Process,
    ended: "asyncio.Task[int]",
    hurry: asyncio.Event,
    grace_s: float,
) -> None:
    """Ask a child to end, ask again when there is no time for grace, and kill it at last."""
    _tell(process, signal.SIGTERM)
    hurrying = asyncio.create_task(hurry.wait())
    await asyncio.wait(
        (ended, hurrying), timeout=grace_s + LAST_WORDS_S, return_when=asyncio.FIRST_COMPLETED
    )
    if hurrying.done() and not ended.done():
        _tell(process, signal.SIGTERM)
        await asyncio.wait((ended,), timeout=LAST_WORDS_S)
    hurrying.cancel()
    if not ended.done():
        log.error("%s does not end; it is killed", child.name)
        _tell(process, signal.SIGKILL)
        await ended


def _tell(process: asyncio.subprocess.Process, number: int) -> None:
    with suppress(ProcessLookupError):  # it may have ended just now
        process.send_signal(number)
