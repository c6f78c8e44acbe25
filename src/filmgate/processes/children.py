"""What the supervisor starts: its kinds of children, and how one begins and ends."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from filmgate.domain import ids
from filmgate.processes import lifeline, pulse

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep alive. `worker_id` is fresh at every start; None is the HTTP process."""

    name: str
    argv: tuple[str, ...]
    worker_id: str | None = None


def http() -> Child:
    """The HTTP process."""
    return Child("the HTTP process", ("-m", "filmgate.processes.http"))


def worker(engine: str) -> Child:
    """A worker of an engine."""
    worker_id = ids.worker_id()
    argv = ("-m", "filmgate.processes.worker", engine, worker_id)
    return Child(f"a worker of {engine}", argv, worker_id)


async def spawn(
    child: Child, environment: Mapping[str, str], held: int
) -> tuple[asyncio.subprocess.Process, int]:
    """Start a child in a process group of its own, tied to `held`, the lifeline's reading end.

    Beside the process it gives the reading end of the child's pulse. The current folder is no
    place for the child's own modules (`-P`): `plugs.load` looks there last.
    """
    reading, writing = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            *child.argv,
            env={**environment, lifeline.VARIABLE: str(held), pulse.VARIABLE: str(writing)},
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
    patience_s: float,
) -> None:
    """Ask a child to end, and kill it when it does not."""
    process.send_signal(signal.SIGTERM)
    await asyncio.wait((ended,), timeout=patience_s)
    if not ended.done():
        log.error("%s does not end; it is killed", child.name)
        process.kill()
        await ended
