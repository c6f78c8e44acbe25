"""A worker: `python -m filmgate.processes.worker ENGINE WORKER_ID`, started by the supervisor."""

import asyncio
import sys

from filmgate import settings, wiring
from filmgate.errors import FilmgateError
from filmgate.processes import lifeline, logs, pulse


async def run(config: settings.Settings, engine: str, worker_id: str) -> None:
    """Work until told to stop."""
    stop = asyncio.Event()
    lifeline.hold(stop)
    alive = pulse.looper()
    async with wiring.opened(config) as house:
        await wiring.worker(house, engine, worker_id, alongside=(alive,)).run(stop)


def main() -> None:
    """Run with the settings of this process's environment."""
    config = settings.load()
    logs.configure(config.log_level)
    engine, worker_id = sys.argv[1:3]
    try:
        asyncio.run(run(config, engine, worker_id))
    except FilmgateError as error:
        raise SystemExit(f"filmgate: the worker of {engine} cannot run: {error}") from error


if __name__ == "__main__":
    main()
