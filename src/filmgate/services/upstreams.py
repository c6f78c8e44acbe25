"""What an operator does with the upstreams of a relay, while it runs."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from filmgate.clock import Clock
from filmgate.domain.upstream import NamedUpstream, UpstreamStanding
from filmgate.domain.video import Video
from filmgate.store import upstreams
from filmgate.store.database import Database


class Upstreams:
    """The verbs of an operator. Workers see what he says at their next order.

    `named` are those of the settings; `upstreams_of` tells which have the orders of a video, by the
    token that its row remembers.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        named: Callable[[], Sequence[NamedUpstream]],
        upstreams_of: Callable[[str], Iterable[str]],
    ) -> None:
        self._db = database
        self._clock = clock
        self._named = named
        self._upstreams_of = upstreams_of

    async def standings(self) -> list[UpstreamStanding]:
        """How every upstream stands."""
        found: list[UpstreamStanding] = []
        known = self._named()
        for engine in dict.fromkeys(one.engine for one in known):
            drained = await self.drained_upstreams(engine)
            tokens = await self._db.read(upstreams.tokens, engine)
            busy = Counter(name for token in tokens for name in self._upstreams_of(token))
            found += [
                UpstreamStanding(upstream=one, orders=busy[one.name], drained=one.name in drained)
                for one in known
                if one.engine == engine
            ]
        return found

    async def drained_upstreams(self, engine: str) -> frozenset[str]:
        """The upstreams of an engine that get no new orders."""
        return await self._db.read(upstreams.read_drained, engine)

    async def drain(self, engine: str, upstream: str) -> None:
        """Give an upstream no new orders; what it has goes on."""
        await self._db.write(upstreams.drain, engine, upstream, self._clock.now())

    async def undrain(self, engine: str, upstream: str) -> None:
        """Give an upstream orders again."""
        await self._db.write(upstreams.undrain, engine, upstream)

    async def unresolved(self, limit: int) -> list[Video]:
        """The newest videos of which nobody can say whether an upstream made them."""
        return await self._db.read(upstreams.unresolved, limit)
