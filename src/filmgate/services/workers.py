"""Which workers are there, and what becomes of those that are not any more."""

from filmgate.clock import Clock
from filmgate.domain.fleet import Post
from filmgate.domain.video import Video
from filmgate.domain.worker import Condition, Death, Enrolment
from filmgate.services import moves
from filmgate.store import workers
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

_FRESH_S = 30.0
_FORGOTTEN_S = 3600.0


class Workers:
    """The verbs about worker processes."""

    def __init__(self, *, database: Database, clock: Clock, post: Post | None = None) -> None:
        self._db = database
        self._clock = clock
        self._post = post or Post()

    @property
    def node(self) -> str | None:
        """The machine of this process."""
        return self._post.node

    async def register(
        self, worker_id: str, engine: str, host: str, pid: int, condition: Condition | None = None
    ) -> None:
        """Make a worker known."""
        now = self._clock.now()
        worker = Enrolment(
            id=worker_id,
            engine=engine,
            host=self._post.node or host,
            pid=pid,
            started_at=now,
            seen_at=now,
            gpus=self._post.gpus,
            place=self._post.place,
            condition=condition or Condition(),
        )
        await self._db.write(workers.register, worker)

    async def saw(self, worker_id: str, condition: Condition) -> bool:
        """Remember that a worker is alive, and how it is."""
        return await self._db.write(workers.saw, worker_id, self._clock.now(), condition)

    async def bury(self, worker_id: str, death: Death = Death.UNKNOWN) -> list[Video]:
        """Take the leases of a dead worker and forget it; return the videos that it held.

        Who knows that it died alone says so: then its death is held against them.
        """
        return await self._db.write(_bury, worker_id, self._clock.now(), death)

    async def live(self) -> list[Enrolment]:
        """The workers that were seen of late."""
        return await self._db.read(workers.seen_since, self._clock.now() - _FRESH_S)

    async def forget_lost(self) -> int:
        """Forget workers that nobody has seen for an hour; return how many."""
        return await self._db.write(workers.remove_unseen, self._clock.now() - _FORGOTTEN_S)


def _bury(conn: WriteConnection, worker_id: str, now: float, death: Death) -> list[Video]:
    taken = moves.rescue_worker(conn, worker_id, now, death)
    workers.remove(conn, worker_id)
    return taken
