"""What an operator watches: one look at the queue, the workers and the money."""

from collections import Counter

from filmgate.clock import Clock
from filmgate.domain.census import Census, Hand, Lane
from filmgate.store import census, scaling, workers
from filmgate.store.connections import ReadConnection
from filmgate.store.database import Database

_FRESH_S = 30.0
_HOLDS_S = 1.0


class Censuses:
    """Takes a census, at most once a second: who asks more often is told the last one."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock
        self._taken_at = 0.0
        self._last: Census | None = None

    async def take(self) -> Census:
        """How many of what there are.

        Raises:
            Unavailable: the database is away.
        """
        moment = self._clock.monotonic()
        if self._last is None or moment - self._taken_at >= _HOLDS_S:
            self._last = await self._db.read(_take, self._clock.now())
            self._taken_at = moment
        return self._last

    async def busiest(self, limit: int) -> list[Lane]:
        """The accounts that wait and run most."""
        return await self._db.read(census.busiest_lanes, limit)


def _take(conn: ReadConnection, now: float) -> Census:
    running = census.running(conn)
    holds: Counter[str] = Counter()
    for one in running:
        holds[one.worker_id] += one.count
    return Census(
        at=now,
        lines=tuple(census.lines(conn)),
        running=tuple(running),
        hands=tuple(
            Hand(
                id=worker.id,
                engine=worker.engine,
                host=worker.host,
                pid=worker.pid,
                holds=holds[worker.id],
                trouble=worker.condition.trouble,
            )
            for worker in workers.seen_since(conn, now - _FRESH_S)
        ),
        demands=tuple(scaling.demands(conn)),
        suspects=census.suspects(conn),
        held=census.sum_held(conn),
        backlog=census.pending(conn),
    )
