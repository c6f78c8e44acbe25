"""A worker: `python -m filmgate.processes.worker ENGINE WORKER_ID`, started by the supervisor."""

import asyncio
import os
import sys

from filmgate import settings, wiring
from filmgate.processes import leaving, lifeline, logs, pulse
from filmgate.variables import SLOT


async def run(config: settings.Settings, engine: str, worker_id: str) -> None:
    """Work until told to stop."""
    stop, hurry = asyncio.Event(), asyncio.Event()
    lifeline.hold(stop, hurry)
    alive = pulse.looper()
    async with wiring.open_house(config, slot=os.environ.get(SLOT)) as house:
        await wiring.worker(house, engine, worker_id, alongside=(alive,)).run(stop, hurry)


def main() -> None:
    """Run with the settings of this process's environment."""
    config = settings.load()
    logs.configure(config.log_level, config.log_format)
    engine, worker_id = sys.argv[1:3]
    with leaving.telling_why(f"the worker of {engine}"):
        asyncio.run(run(config, engine, worker_id))


if __name__ == "__main__":
    main()
