"""`filmgate serve`: the server, from the first key to the last lease given back."""

import asyncio
import os
import shlex
import signal
import socket
from collections.abc import Callable, Mapping
from typing import Any

from filmgate import wiring
from filmgate.cli import supervisor
from filmgate.settings import Settings
from filmgate.wiring import House

Say = Callable[[str], None]

_READY_S = 30.0


def environment(given: Mapping[str, Any]) -> dict[str, str]:
    """This process's environment with the command line's settings in it, for the children."""
    settings = {f"FILMGATE_{name.upper()}": str(v) for name, v in given.items() if v is not None}
    return dict(os.environ) | settings


def serve(config: Settings, given: Mapping[str, Any], say: Say) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SettingsError: the port or the data folder is taken.
        Unavailable: the data folder cannot be written.
    """
    supervisor.check_port(config.host, config.port)
    descriptor = supervisor.lock(config.data)
    try:
        wiring.prepare_data(config)
        asyncio.run(_run(config, environment(given), say))
    finally:
        os.close(descriptor)


async def _run(config: Settings, variables: Mapping[str, str], say: Say) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with wiring.opened(config) as house:
        await wiring.undertaker(house).run_once()
        secret = config.api_key.get_secret_value() if config.api_key else None
        fresh = await house.keys.ensure_first(secret, config.data / "api-key")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(supervisor.Supervisor(house, variables).run(stop))
            tasks.create_task(_announce(house, fresh, stop, say))


async def _announce(house: House, fresh: str | None, stop: asyncio.Event, say: Say) -> None:
    """Say once that the server is ready, with lines to paste."""
    deadline = house.clock.monotonic() + _READY_S
    while not stop.is_set() and not await _ready(house):
        if house.clock.monotonic() > deadline:
            say("Not ready yet; the log says why. `filmgate doctor` may help.")
            return
        await asyncio.sleep(0.02)
    if not stop.is_set():
        say(greeting(house.settings, fresh))


async def _ready(house: House) -> bool:
    return bool(await house.workers.live()) and _listens(house.settings)


def _listens(config: Settings) -> bool:
    try:
        with socket.create_connection((reachable(config.host), config.port), timeout=1):
            return True
    except OSError:
        return False


def greeting(config: Settings, fresh: str | None) -> str:
    """What to paste into a shell, and where to look."""
    host = reachable(config.host)
    url = f"http://{f'[{host}]' if ':' in host else host}:{config.port}"
    lines = [f"Filmgate is ready: {url}", f"export OPENAI_BASE_URL={url}/v1"]
    if fresh is not None:
        lines.append(f"export OPENAI_API_KEY={fresh}")
    elif config.api_key is None:
        file = shlex.quote(str((config.data / "api-key").absolute()))
        lines.append(f'export OPENAI_API_KEY="$(cat {file})"')
    return "\n".join(lines)


def reachable(host: str) -> str:
    """An address that reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
