"""Files die when their time is over; rows later; what no row names is swept."""

import logging
from itertools import groupby

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain.replay import DAY_S
from filmgate.domain.video import files_of, folder
from filmgate.errors import Unavailable
from filmgate.services.clockwatch import ClockWatch
from filmgate.services.orphans import remove_orphans
from filmgate.store import replays, videos
from filmgate.store.connections import ReadConnection
from filmgate.store.database import Database

log = logging.getLogger(__name__)


class Retention:
    """The verbs of clearing up. Each may die half-way and be done again."""

    def __init__(
        self, *, database: Database, blobs: Blobs, clock: Clock, row_retention_s: float
    ) -> None:
        self._db = database
        self._blobs = blobs
        self._clock = clock
        self._row_retention_s = row_retention_s
        self._clockwatch = ClockWatch(clock)

    def trusts_clock(self) -> bool:
        """Whether anything may be removed by its age now."""
        return self._clockwatch.is_trusted()

    async def sweep(self) -> int:
        """Remove the files of videos that expired or were deleted; return how many videos."""
        due = await self._db.read(videos.to_sweep, self._clock.now())
        return sum([await self._swept(video_id) for video_id in due])

    async def _swept(self, video_id: str) -> bool:
        """Sweep one video; one that cannot be swept holds up no other."""
        try:
            await self._blobs.delete_under(folder(video_id))
        except Unavailable as error:
            log.warning("the files of %s cannot be removed yet: %s", video_id, error)
            return False
        await self._db.write(videos.mark_swept, video_id, self._clock.now())
        return True

    async def forget(self) -> int:
        """Remove rows whose files are long gone; return how many."""
        before = self._clock.now() - self._row_retention_s
        return await self._db.write(videos.forget, before)

    async def forget_replays(self) -> int:
        """Remove idempotency keys that are a day old; return how many."""
        return await self._db.write(replays.forget, self._clock.now() - DAY_S)

    async def sweep_orphans(self) -> int:
        """Remove files that no row names."""

        async def orphans_among(keys: list[str]) -> list[str]:
            return await self._db.read(_orphans_among, keys)

        return await remove_orphans(self._blobs, self._clock, "videos", orphans_among)


def _orphans_among(conn: ReadConnection, keys: list[str]) -> list[str]:
    """Those of some files of videos that nothing needs; one that has not ended may need all."""
    orphans: list[str] = []
    for video_id, some in groupby(keys, key=lambda key: key.split("/")[1]):
        video = videos.with_files(conn, video_id)
        if video is None:
            orphans += some
        elif video.state.final:
            kept = files_of(video)
            orphans += [key for key in some if key not in kept]
    return orphans
