"""Who waits for news of videos: one look at the database serves all, however many they are."""

import asyncio
from collections.abc import Collection, Iterator

from filmgate.clock import Clock
from filmgate.domain.account import Caller
from filmgate.domain.change import KEPT_S, Change, News, Stir
from filmgate.errors import RateLimitExceeded
from filmgate.services.standings import standing_of
from filmgate.store import changes, videos
from filmgate.store.connections import ReadConnection
from filmgate.store.database import Bell, Database

MOST = 5000
"""Watches of one account at once, in one process."""
EACH_S = 0.5
"""How often progress is looked at, which rings no bell on every database."""
_AT_ONCE = 100


class Follower:
    """One who waits for news of a video, or of all of an account's.

    It holds which videos moved on since it was last asked, and no news itself: one who reads
    slowly costs no more than one who reads fast, and then learns how things stand.
    """

    __slots__ = ("_ended", "_rung", "_stirred", "account_id", "video_id")

    def __init__(self, account_id: str, video_id: str | None) -> None:
        self.account_id = account_id
        self.video_id = video_id
        self._stirred: set[str] = set()
        self._rung = asyncio.Event()
        self._ended = False

    @property
    def has_ended(self) -> bool:
        """Whether nothing is told any more."""
        return self._ended

    def wants(self, video_id: str) -> bool:
        """Whether news of this video are for it."""
        return self.video_id in (None, video_id)

    def ring(self, video_id: str | None = None) -> None:
        """Tell of news, and which video has moved on if no change says so."""
        if video_id is not None:
            self._stirred.add(video_id)
        self._rung.set()

    def end(self) -> None:
        """Tell that there is nothing more to come: who waits goes on at once."""
        self._ended = True
        self._rung.set()

    async def wait(self, seconds: float) -> bool:
        """Sleep until there may be news, the end, or `seconds` are over; whether it was news."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return not self._ended

    def take_stirred(self) -> set[str]:
        """The videos that moved on since this was last asked."""
        stirred, self._stirred = self._stirred, set()
        return stirred


class Watches:
    """The verbs of who follows videos; and the role that tells them, which one loop turns."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock
        self._bell: Bell | None = None
        self._open: dict[str, set[Follower]] = {}
        self._heads: dict[str, int] = {}
        self._progress: dict[str, int] = {}
        self._looked = 0.0
        self._closed = False

    def open(self, caller: Caller, video_id: str | None = None) -> Follower:
        """A new watch; what is read after this and before news misses nothing.

        Raises:
            RateLimitExceeded: the account has as many as it may.
        """
        mine = self._open.setdefault(caller.account_id, set())
        if len(mine) >= MOST:
            raise RateLimitExceeded(f"An account has at most {MOST} streams open", retry_after=10)
        if self._bell is None:
            self._bell = self._db.bell()
        watch = Follower(caller.account_id, video_id)
        mine.add(watch)
        if self._closed:
            watch.end()
        return watch

    def close(self, watch: Follower) -> None:
        """Forget a watch."""
        watch.end()
        mine = self._open[watch.account_id]
        mine.discard(watch)
        if not mine:
            del self._open[watch.account_id]
            self._heads.pop(watch.account_id, None)

    async def end_all(self) -> None:
        """End every watch, and each that is still to come: the process stops."""
        self._closed = True
        for watch in self._watches():
            watch.end()

    async def run_once(self) -> None:
        """Look whether anything happened, and tell those who watch."""
        if not self._open or self._bell is None:
            return
        rang, now = await self._bell.wait(0), self._clock.monotonic()
        if rang or now - self._looked >= EACH_S:
            self._looked = now
            await self._tell_changes()
            await self._tell_progress()

    async def head(self, caller: Caller) -> int:
        """The newest change of the caller's videos."""
        found = await self._db.read(changes.heads, [caller.account_id])
        return found.get(caller.account_id, 0)

    async def news(self, caller: Caller, after: int, stirred: Collection[str]) -> list[News]:
        """What is to be told after a change that was told, and of videos that moved on.

        Of several changes of one video the last counts: what is told is how it stands now.
        """
        now = self._clock.now()
        return await self._db.read(_news, caller.account_id, after, stirred, now)

    async def forget(self) -> int:
        """Remove changes that are too old to be asked for; return how many."""
        return await self._db.write(changes.forget, self._clock.now() - KEPT_S)

    def _watches(self) -> Iterator[Follower]:
        for mine in self._open.values():
            yield from mine

    async def _tell_changes(self) -> None:
        """Ring where an account has changes that were not seen; whoever is new rings once."""
        heads = await self._db.read(changes.heads, self._open)
        for account_id, head in heads.items():
            seen = self._heads.get(account_id)
            if seen == head:
                continue
            moved = await self._moved_since(account_id, seen)
            self._heads[account_id] = head
            for watch in self._open.get(account_id, ()):
                if moved is None or watch.video_id is None or watch.video_id in moved:
                    watch.ring()

    async def _moved_since(self, account_id: str, seen: int | None) -> set[str] | None:
        """The videos that changed since; None where that is not known, or too many."""
        if seen is None:
            return None
        found = await self._db.read(changes.after, account_id, seen, _AT_ONCE)
        return {change.video_id for change in found} if len(found) < _AT_ONCE else None

    async def _tell_progress(self) -> None:
        before = self._progress
        found = await self._db.read(videos.strides)
        self._progress = {stir.video_id: stir.progress for stir in found}
        for stir in found:
            if before.get(stir.video_id) != stir.progress:
                self._ring_stirred(stir)

    def _ring_stirred(self, stir: Stir) -> None:
        for watch in self._open.get(stir.account_id, ()):
            if watch.wants(stir.video_id):
                watch.ring(stir.video_id)


def _news(
    conn: ReadConnection, account_id: str, after: int, stirred: Collection[str], now: float
) -> list[News]:
    found = changes.after(conn, account_id, after, _AT_ONCE)
    newest = {change.video_id: change.seq for change in found}
    told = [_as_it_stands(conn, account_id, Change(newest[id_], id_), now) for id_ in newest]
    told.sort(key=lambda news: news.seq or 0)
    moved = [
        videos.get(conn, video_id, account_id) for video_id in stirred if video_id not in newest
    ]
    return told + [News(video_id=video.id, seq=None, video=video) for video in moved if video]


def _as_it_stands(conn: ReadConnection, account_id: str, change: Change, now: float) -> News:
    video = videos.get(conn, change.video_id, account_id)
    standing = standing_of(conn, video, now) if video else None
    return News(video_id=change.video_id, seq=change.seq, video=video, standing=standing)
