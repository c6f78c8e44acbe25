"""The HTTP process: `python -m filmgate.processes.http`, started by the supervisor."""

import asyncio
import gc
import os

from filmgate import settings, wiring
from filmgate.application import application
from filmgate.processes import leaving, lifeline, logs, pulse
from filmgate.processes.connections import Listener
from filmgate.variables import SLOT
from filmgate.workers.looper import Looper

USES_S = 30.0
"""How often it is written down when keys were last used."""
WATCH_S = 0.05
"""How soon those who follow videos are told: what happens in between is told together."""
GC_THRESHOLD = 20_000
"""Objects before a collection: a status read makes some hundred, and hardly any circle."""


async def run(config: settings.Settings) -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    lifeline.hold(stop)
    alive = pulse.looper()
    async with wiring.open_house(config, slot=os.environ.get(SLOT)) as house:
        server = Listener(await application(house), house.clock, config.host, config.port)
        serving = asyncio.create_task(server.serve(), name="http")
        stopping = asyncio.create_task(stop.wait(), name="stop")
        uses = Looper(house.keys, every_s=USES_S)
        noting = asyncio.create_task(uses.run(stop), name="key uses")
        watches = Looper(house.watches, every_s=WATCH_S, at_end=house.watches.end_all)
        watching = asyncio.create_task(watches.run(stop), name="watch")
        beating = asyncio.create_task(alive.run(stop), name="pulse")
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        await watching
        server.stop()  # type: ignore[no-untyped-call]
        await serving
        await noting
        await beating


def main() -> None:
    """Run with the settings of this process's environment."""
    config = settings.load()
    logs.configure(config.log_level, config.log_format)
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    with leaving.telling_why("the HTTP process"):
        asyncio.run(leaving.ending_here(run(config)))


if __name__ == "__main__":
    main()
