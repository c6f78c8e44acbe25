"""Where waiting videos stand, and when they may be done."""

import math

from filmgate.domain.states import State
from filmgate.domain.video import Standing, Video
from filmgate.store import lanes, speeds, videos, workers
from filmgate.store.connections import ReadConnection


def standing_of(conn: ReadConnection, video: Video) -> Standing | None:
    """Where a waiting video stands; None once it runs or has ended."""
    if video.state is not State.QUEUED:
        return None
    return standing_at(conn, video, 1 + videos.ahead(conn, video.id))


def standing_at(conn: ReadConnection, video: Video, rank: int) -> Standing:
    """Where the `rank`-th video of its account's line stands."""
    position = rank + lanes.turns_before(conn, video.engine, video.account_id, rank)
    return Standing(position=position, eta_s=_eta_s(conn, video, position))


def _eta_s(conn: ReadConnection, video: Video, position: int) -> int | None:
    """When it will be done, if those before it are as long; None when its speed is unknown."""
    speed = speeds.of(conn, video.engine, video.request.model)
    if speed is None:
        return None
    hands = max(1, workers.count(conn, video.engine))
    return math.ceil(position * video.megapixels * speed / hands)
