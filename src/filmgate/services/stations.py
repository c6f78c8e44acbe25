"""Where the workers stand, which take no more work, and how many there should be."""

import os
import socket
from collections.abc import Iterable

from filmgate.clock import Clock
from filmgate.domain.fleet import Bounds, Demand, Post, Station
from filmgate.errors import InvalidParameter
from filmgate.store import scaling, stations
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database
from filmgate.variables import PLACE

_FRESH_S = 30.0


def post_here(node: str | None) -> Post:
    """Where this process stands, as its launcher and its settings say."""
    gpus = os.environ.get("CUDA_VISIBLE_DEVICES")
    return Post(node=node or socket.gethostname(), place=os.environ.get(PLACE), gpus=gpus)


class Stations:
    """The verbs of who places workers, and of who takes a machine out of service."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock

    async def list_seen(self) -> list[Station]:
        """The workers that were seen of late: a line for each video of each."""
        return await self._db.read(stations.seen_since, self._clock.now() - _FRESH_S)

    async def drained_names(self) -> frozenset[str]:
        """The nodes, places and workers that take no more work."""
        return await self._db.read(stations.read_drained)

    async def drain(self, name: str) -> None:
        """Let a node, a place or a worker claim nothing more; what it has goes on.

        It is remembered by name: a machine that starts again is still drained.

        Raises:
            InvalidParameter: nobody of that name was seen within the hour.
        """
        await self._db.write(_drain, name, self._clock.now())

    async def resume(self, name: str) -> None:
        """Let what was drained claim again.

        Raises:
            InvalidParameter: nothing of that name is drained.
        """
        if not await self._db.write(stations.resume, name):
            known = ", ".join(sorted(await self.drained_names())) or "nothing"
            raise InvalidParameter("NAME", f"must be what is drained ({known}), got '{name}'")

    async def lay_down(self, bounds: Iterable[Bounds]) -> None:
        """Say within which bounds each engine's workers follow its queue."""
        await self._db.write(_lay_down, tuple(bounds))

    async def demands(self) -> dict[str, Demand]:
        """What each engine has to do, and the workers that this is worth, by engine."""
        return {one.engine: one for one in await self._db.read(scaling.demands)}


def _drain(conn: WriteConnection, name: str, now: float) -> None:
    if not stations.is_known(conn, name):
        raise InvalidParameter("NAME", f"must be a node, a place or a worker, got '{name}'")
    stations.drain(conn, name, now)


def _lay_down(conn: WriteConnection, bounds: tuple[Bounds, ...]) -> None:
    for one in bounds:
        scaling.lay_down(conn, one)
