"""Where waiting videos stand, and when they may be done."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video
from filmgate.store import lanes, queue, speeds, videos, workers
from filmgate.store.connections import ReadConnection

_NEVER = math.inf


def standing_of(conn: ReadConnection, video: Video, now: float) -> Standing | None:
    """Where a waiting video stands; None once it runs or has ended."""
    return standings_of(conn, [video], now).get(video.id)


def standings_of(conn: ReadConnection, found: Sequence[Video], now: float) -> dict[str, Standing]:
    """Where those of `found` stand that wait. A line is walked once, however many stand in it."""
    waiting = [video for video in found if video.state is State.QUEUED]
    suspects = {video.id: _among_suspects(conn, video, now) for video in waiting if video.suspect}
    in_line = [video for video in waiting if not video.suspect]
    return suspects | {
        video.id: standing_at(conn, video, rank) for video, rank in _ranks(conn, in_line)
    }


def _ranks(conn: ReadConnection, in_line: Sequence[Video]) -> Iterator[tuple[Video, int]]:
    """Each video's place among its own account's at its engine, from 1."""
    if len(in_line) == 1:
        yield in_line[0], 1 + videos.ahead(conn, in_line[0].id)
        return
    for line, those in groupby(sorted(in_line, key=_line), key=_line):
        together = {video.id: video for video in those}
        ranks = videos.ranks(conn, *line, list(together))
        for video_id, video in together.items():
            yield video, ranks.get(video_id, videos.FARTHEST + 1)


def _line(video: Video) -> tuple[str, str]:
    return video.engine, video.account_id


def standing_at(conn: ReadConnection, video: Video, rank: int) -> Standing:
    """Where the `rank`-th video of its account's line stands."""
    position = rank + lanes.turns_before(conn, video.engine, video.account_id, rank)
    return Standing(position=position, eta_s=_eta_s(conn, video, position))


def _among_suspects(conn: ReadConnection, video: Video, now: float) -> Standing:
    """Where a video stands that waits behind all lines, and for its own time."""
    until = video.put_off_until or now
    in_lines = lanes.waiting(conn, video.engine) - queue.suspects_before(conn, video.engine, _NEVER)
    position = max(0, in_lines) + queue.suspects_before(conn, video.engine, until) + 1
    eta_s = _eta_s(conn, video, position)
    if eta_s is not None:
        eta_s = max(eta_s, math.ceil(until - now) + (_eta_s(conn, video, 1) or 0))
    return Standing(position=position, eta_s=eta_s, strikes=video.strikes)


def _eta_s(conn: ReadConnection, video: Video, position: int) -> int | None:
    """When it will be done, if those before it are as long; None when its speed is unknown."""
    speed = speeds.of(conn, video.engine, video.request.model)
    if speed is None:
        return None
    hands = max(1, workers.count(conn, video.engine))
    return math.ceil(position * video.megapixels * speed / hands)
