"""Workers on this machine: those of today's supervisor, as many as are wanted."""

import asyncio
from collections.abc import Mapping

from filmgate.errors import SettingsError
from filmgate.processes.launchers.base import PlaceState, Posting, Wanted
from filmgate.processes.supervisor import Supervisor
from filmgate.wiring import House


class LocalLauncher:
    """Keeps workers as children of this process; they end with it."""

    def __init__(self, supervisor: Supervisor, node: str | None) -> None:
        self._supervisor = supervisor
        self._node = node
        self._ended = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._kept: dict[str, tuple[Posting, asyncio.Event, asyncio.Task[None]]] = {}

    async def places(self) -> list[Posting]:
        """Every worker here, those on their way out among them."""
        self._kept = {name: kept for name, kept in self._kept.items() if not kept[2].done()}
        return [place for place, _, _ in self._kept.values()]

    async def start(self, wanted: Wanted, avoid: frozenset[str]) -> None:
        """Keep one more worker alive, unless this is a node to be avoided."""
        if wanted.name in self._kept or self._node in avoid:
            return
        if self._running is None:
            self._running = asyncio.create_task(self._supervisor.run(self._ended))
        stop = asyncio.Event()
        number = int(wanted.name.rpartition("-")[2])
        keep = self._supervisor.keep_worker(wanted.engine, number, wanted.name, stop)
        task = asyncio.create_task(keep, name=f"keep {wanted.name}")
        place = Posting(
            name=wanted.name, engine=wanted.engine, phase=PlaceState.RUNNING, node=self._node
        )
        self._kept[wanted.name] = place, stop, task

    async def stop(self, name: str) -> None:
        """End one and wait for its grace."""
        if name in self._kept:
            _, stop, task = self._kept[name]
            stop.set()
            await task

    async def close(self) -> None:
        """End them all, side by side."""
        await asyncio.gather(*(self.stop(name) for name in list(self._kept)))
        self._ended.set()
        if self._running is not None:
            await self._running


def make(house: House, environment: Mapping[str, str], address: str | None) -> LocalLauncher:
    """A launcher of this machine.

    Raises:
        SettingsError: an address was given.
    """
    if address is not None:
        raise SettingsError(f"address is '{address}': the launcher local knows this machine alone")
    supervisor = Supervisor(house, environment, http=False, engines=())
    return LocalLauncher(supervisor, house.workers.node)
