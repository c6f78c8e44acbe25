"""`filmgate serve` and `filmgate worker`: from the first key to the last lease given back."""

import asyncio
import json
import logging
import os
import shlex
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from filmgate import wiring
from filmgate.errors import SettingsError, Unavailable
from filmgate.processes import connections, grounds
from filmgate.processes.supervisor import Supervisor
from filmgate.settings import GOOD_KEY, Settings, unknown_variables
from filmgate.wiring import House

Say = Callable[[str], None]

log = logging.getLogger(__name__)

_READY_S = 30.0


def environment(given: Mapping[str, Any]) -> dict[str, str]:
    """This process's environment with the command line's settings in it, for the children."""
    variables = dict(os.environ)
    for name, value in given.items():
        if value is not None:
            text = json.dumps(value) if isinstance(value, Mapping) else str(value)
            variables[f"FILMGATE_{name.upper()}"] = text
    return variables


def serve(config: Settings, given: Mapping[str, Any], say: Say) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SettingsError: the port or the data folder is taken.
        Unavailable: the data folder cannot be written.
    """
    grounds.check_port(config.host, config.port)
    prepare_process(config)
    descriptor = grounds.lock_folder(config.data)
    try:
        wiring.prepare_data(config)
        asyncio.run(_serve(config, environment(given), say))
    finally:
        os.close(descriptor)


def work(config: Settings, given: Mapping[str, Any], engines: Sequence[str], say: Say) -> None:
    """Run workers alone, for a database and a storage that others serve, until SIGTERM.

    Raises:
        SettingsError: no such engine.
        Unavailable: the database or the data folder is away.
    """
    for name in engines:
        if name not in config.engines:
            raise SettingsError(f"no engine '{name}'; engines here: {', '.join(config.engines)}")
    prepare_process(config)
    wiring.prepare_data(config)
    asyncio.run(_work(config, environment(given), engines or tuple(config.engines), say))


def prepare_process(config: Settings) -> None:
    """Set what children inherit, and warn of what an operator may not have meant."""
    grounds.keep_private()
    connections.raise_descriptor_limit()
    for name, near in unknown_variables():
        hint = f"; did you mean {near}?" if near else ""
        log.warning("%s is not a setting, and nothing reads it%s", name, hint)
    if config.api_key and len(config.api_key.get_secret_value()) < GOOD_KEY:
        log.warning("api_key has fewer than %d characters: it can be guessed", GOOD_KEY)


async def _serve(config: Settings, variables: Mapping[str, str], say: Say) -> None:
    async with _house(config) as (house, stop):
        secret = config.api_key.get_secret_value() if config.api_key else None
        fresh = await house.keys.ensure_first(secret, config.data / "api-key")
        engines = tuple(config.engines)
        own = Supervisor(house, variables, http=True, engines=engines)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(own.run(stop))
            tasks.create_task(_announce(house, fresh, stop, say))


async def _work(
    config: Settings, variables: Mapping[str, str], engines: Sequence[str], say: Say
) -> None:
    async with _house(config) as (house, stop):
        say(f"Filmgate works for: {', '.join(engines)}")
        await Supervisor(house, variables, http=False, engines=engines).run(stop)


@asynccontextmanager
async def _house(config: Settings) -> AsyncIterator[tuple[House, asyncio.Event]]:
    """The services, and an event that SIGTERM and SIGINT set; the dead of last time are buried."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with wiring.opened(config) as house:
        await wiring.undertaker(house).run_once()
        yield house, stop


async def _announce(house: House, fresh: str | None, stop: asyncio.Event, say: Say) -> None:
    """Say once that the server is ready, with lines to paste."""
    deadline = house.clock.monotonic() + _READY_S
    while not stop.is_set() and not await _ready(house):
        if house.clock.monotonic() > deadline:
            say("Not ready yet; the log says why. `filmgate doctor` may help.")
            return
        await asyncio.sleep(0.02)
    if not stop.is_set():
        journal = not sys.stdout.isatty()  # which keeps what it is told: the key stays in its file
        say(greeting(house.settings, None if journal else fresh))


async def _ready(house: House) -> bool:
    """Whether somebody listens, and a worker is there if this server is to have one."""
    config = house.settings
    wanted = any(engine.workers for engine in config.engines.values())
    try:
        socket.create_connection((config.local_host, config.port), timeout=1).close()
        return not wanted or bool(await house.workers.live())
    except (OSError, Unavailable):
        return False


def greeting(config: Settings, fresh: str | None) -> str:
    """What to paste into a shell, and where to look."""
    url = config.local_url
    lines = [f"Filmgate is ready: {url}", f"export OPENAI_BASE_URL={url}/v1"]
    if fresh is not None:
        lines.append(f"export OPENAI_API_KEY={fresh}")
    elif config.api_key is None and (file := config.data / "api-key").exists():
        path = shlex.quote(str(file.absolute()))
        lines.append(f'export OPENAI_API_KEY="$(cat {path})"')
    return "\n".join(lines)
