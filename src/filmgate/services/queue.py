"""What a worker does with videos: claim, beat, finish, fail, give back, rescue."""

from collections.abc import Iterable

from filmgate.clock import Clock
from filmgate.domain import callbacks
from filmgate.domain.account import AccountLimits
from filmgate.domain.states import State
from filmgate.domain.video import UNTOLD, Making, Output, Problem, Video, attempt_folder
from filmgate.domain.worker import Beat, Death
from filmgate.services import moves
from filmgate.services.keys import Keys
from filmgate.store import queue, recalls, secrets, stations, upstreams, videos
from filmgate.store.connections import ReadConnection
from filmgate.store.database import Bell, Database


class Queue:
    """The verbs of a worker. Each is one transaction, conditional on the lease it acts under."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        limits: AccountLimits,
        names: tuple[str, ...] = (),
    ) -> None:
        self._db = database
        self._names = names
        self._clock = clock
        self._limits = limits
        self._keys = Keys(database=database, clock=clock)
        self._secret = ""

    def bell(self) -> Bell:
        """Rings when something may have changed."""
        return self._db.bell()

    async def claim(
        self, engine: str, worker_id: str, preferred: str | None = None
    ) -> Video | None:
        """Lease the next video of `engine`, or None when none may start.

        None, too, while an operator has drained this worker, its place or its node. `preferred` is
        the model whose videos come first, if any does.
        """
        now, names = self._clock.now(), (worker_id, *self._names)
        if not await self._db.read(_may_claim, engine, names, self._limits.max_running or 0, now):
            return None
        return await self._db.write(moves.claim, engine, worker_id, now, self._limits, preferred)

    async def beat_all(self, told: Iterable[tuple[Video, int]]) -> set[str]:
        """Show life and progress of each; the ids of those whose lease is still held."""
        beats = [(video.id, video.token, progress) for video, progress in told]
        return await self._db.write(queue.beat_all, beats)

    async def leases(self, worker_id: str) -> dict[tuple[str, int], float | None]:
        """The id and token of every video that a worker holds, and when it was last rung for."""
        return await self._db.read(queue.leases, worker_id)

    async def keep_resume(self, video: Video, resume: str) -> bool:
        """Store what a later attempt needs to go on; False when the lease is lost."""
        return await self._db.write(queue.keep_resume, video.id, video.token, resume)

    async def callback_path(self, tag: str) -> str:
        """The path of this server at which whoever has an order of that tag may ring."""
        self._secret = self._secret or await self._keys.signing_secret()
        return callbacks.callback_path(self._secret, tag)

    async def to_recall(self, engine: str, before: float) -> list[Video]:
        """Videos that were ended before that time, whose orders may still go on elsewhere."""
        return await self._db.read(recalls.to_recall, engine, before)

    async def forget_orders(self, video: Video) -> None:
        """What an ended video ordered is seen to."""
        await self._db.write(recalls.forget_orders, video.id)

    async def finish(
        self, video: Video, outputs: tuple[Output, ...], making: Making = UNTOLD
    ) -> bool:
        """Complete a video whose films are stored; False when the lease is lost.

        Asked again after an answer that was lost, it sees that it has been done.
        """
        now = max(self._clock.now(), video.created_at)  # a clock may have been set back meanwhile
        expires_at = now + video.retention_s
        done = await self._db.write(
            moves.finish, video.id, video.token, outputs, now, expires_at, making
        )
        if done is not None:
            return True
        now_there = await self._db.read(videos.get_any, video.id)
        return now_there is not None and now_there.outputs == outputs

    async def drained_upstreams(self, engine: str) -> frozenset[str]:
        """The upstreams of an engine that get no new orders."""
        return await self._db.read(upstreams.read_drained, engine)

    async def has_ended(self, video: Video) -> bool:
        """Whether it was cancelled, deleted or failed: nobody will go on with it."""
        row = await self._db.read(videos.get_any, video.id)
        return row is None or row.state is State.FAILED

    async def needs(self, video: Video) -> bool:
        """Whether anybody may need the files of this attempt.

        Its own row, once completed by them; or another attempt, which may be adopting them.
        """
        row = await self._db.read(videos.get_any, video.id)
        if row is None or row.state is State.FAILED:
            return False
        if row.state is State.COMPLETED:
            attempt = f"{attempt_folder(video)}/"
            return any(output.clip.key.startswith(attempt) for output in row.outputs)
        return row.state is not State.RUNNING or row.token != video.token

    async def fail(self, video: Video, problem: Problem) -> bool:
        """End a video without films; False when the lease is lost."""
        now = self._clock.now()
        done = await self._db.write(moves.fail, video.id, video.token, problem, now)
        return done is not None

    async def give_back(self, worker_id: str) -> list[Video]:
        """Return all that a worker holds, attempts unspent: it is shutting down."""
        return await self._db.write(moves.give_back, worker_id)

    async def postpone(self, video: Video) -> bool:
        """Return one video, attempt unspent: there was no room; False when the lease is lost."""
        return await self._db.write(moves.postpone, video.id, video.token) is not None

    async def beats(self) -> list[Beat]:
        """The beat of every running video."""
        return await self._db.read(queue.beats)

    async def prove_writable(self) -> None:
        """Write, durably, what is there already: Unavailable where nobody can write now."""
        await self._db.write(secrets.rewrite)

    async def rescue(self, seen: Beat) -> Video | None:
        """Take a lease whose beat stood still; None when it moved after all."""
        return await self._db.write(moves.rescue, seen, self._clock.now())

    async def rescue_worker(self, worker_id: str, death: Death = Death.UNKNOWN) -> list[Video]:
        """Take every lease of a worker that is known to be dead, and hold it against its videos."""
        return await self._db.write(moves.rescue_worker, worker_id, self._clock.now(), death)


def _may_claim(
    conn: ReadConnection, engine: str, names: tuple[str, ...], max_running: int, now: float
) -> bool:
    """Look before a transaction is opened: most looks find nothing."""
    in_line = queue.waits(conn, engine, max_running)
    any_waits = in_line or queue.suspect_waits(conn, engine, max_running, now)
    return any_waits and not stations.is_drained(conn, names)
