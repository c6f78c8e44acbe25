"""What an operator does with the upstreams of a relay, while it runs."""

from collections.abc import Sequence

from filmgate.clock import Clock
from filmgate.domain.video import Video
from filmgate.store import upstreams
from filmgate.store.database import Database


class Upstreams:
    """The verbs of an operator. Workers see what he says at their next order."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock

    async def drained_upstreams(self, engine: str) -> frozenset[str]:
        """The upstreams of an engine that get no new orders."""
        return await self._db.read(upstreams.read_drained, engine)

    async def drain(self, engine: str, upstream: str) -> None:
        """Give an upstream no new orders; what it has goes on."""
        await self._db.write(upstreams.drain, engine, upstream, self._clock.now())

    async def undrain(self, engine: str, upstream: str) -> None:
        """Give an upstream orders again."""
        await self._db.write(upstreams.undrain, engine, upstream)

    async def tokens(self, engine: str) -> Sequence[str]:
        """What the rows of an engine's living videos remember of their orders."""
        return await self._db.read(upstreams.tokens, engine)

    async def unresolved(self, limit: int) -> list[Video]:
        """The newest videos of which nobody can say whether an upstream made them."""
        return await self._db.read(upstreams.unresolved, limit)
