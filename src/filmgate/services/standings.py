"""Where waiting videos stand, and when they may be done."""

import math
from collections.abc import Sequence
from functools import cache, partial

from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video
from filmgate.errors import VideoNotFound
from filmgate.services.lookup import or_missing
from filmgate.store import lanes, queue, speeds, videos, workers
from filmgate.store.connections import ReadConnection

_NEVER = math.inf


def see(
    conn: ReadConnection, account_id: str, video_id: str, now: float
) -> tuple[Video, Standing | None]:
    """An account's video, and where it stands.

    Raises:
        VideoNotFound: unknown, deleted, or another account's.
    """
    found = videos.get(conn, video_id, account_id)
    video = or_missing(found, "video", video_id, VideoNotFound)
    return video, standing_of(conn, video, now)


def standing_of(conn: ReadConnection, video: Video, now: float) -> Standing | None:
    """Where a waiting video stands; None once it runs or has ended."""
    if video.state is not State.QUEUED:
        return None
    if video.suspect:
        return _Looks(conn).standing_apart(video, now)
    return standing_at(conn, video, 1 + videos.ahead(conn, video.id))


def standings_of(conn: ReadConnection, found: Sequence[Video], now: float) -> list[Standing | None]:
    """Where each of one account's videos stands: one look at each line, however many they are."""
    lines: dict[str, list[Video]] = {}
    for video in found:
        if video.state is State.QUEUED and not video.suspect:
            lines.setdefault(video.engine, []).append(video)
    places: dict[str, int] = {}
    for engine, line in lines.items():
        ids = [video.id for video in line]
        places |= videos.places(conn, engine, line[0].account_id, ids)
    looks, beyond = _Looks(conn), videos.MOST_COUNTED + 1

    def stand(video: Video) -> Standing | None:
        if video.state is not State.QUEUED:
            return None
        if video.suspect:
            return looks.standing_apart(video, now)
        return looks.standing(video, places.get(video.id, beyond))

    return [stand(video) for video in found]


def standing_at(conn: ReadConnection, video: Video, rank: int) -> Standing:
    """Where the `rank`-th video of its account's line stands."""
    return _Looks(conn).standing(video, rank)


class _Looks:
    """What is looked up for standings, each thing once."""

    def __init__(self, conn: ReadConnection) -> None:
        self._turns_before = cache(partial(lanes.turns_before, conn))
        self._speed = cache(partial(speeds.of, conn))
        self._workers = cache(partial(workers.count, conn))
        self._waiting = cache(partial(lanes.waiting, conn))
        self._suspects_before = cache(partial(queue.suspects_before, conn))

    def standing(self, video: Video, rank: int) -> Standing:
        """Where the `rank`-th video of its account's line stands."""
        position = rank + self._turns_before(video.engine, video.account_id, rank)
        return Standing(position=position, eta_s=self._eta_s(video, position))

    def standing_apart(self, video: Video, now: float) -> Standing:
        """Where a suspect stands: behind all lines, and not before its time."""
        engine, until = video.engine, video.put_off_until or now
        in_line = self._waiting(engine) - self._suspects_before(engine, _NEVER)
        position = in_line + self._suspects_before(engine, until) + 1
        eta_s, alone_s = self._eta_s(video, position), self._eta_s(video, 1)
        if eta_s is not None and alone_s is not None:
            eta_s = max(eta_s, math.ceil(until - now) + alone_s)
        return Standing(position=position, eta_s=eta_s, strikes=video.strikes)

    def _eta_s(self, video: Video, position: int) -> int | None:
        """When it will be done, if those before it are as long; None when its speed is unknown."""
        speed = self._speed(video.engine, video.request.model)
        if speed is None:
            return None
        hands = max(1, self._workers(video.engine))
        return math.ceil(position * video.megapixels * speed / hands)
