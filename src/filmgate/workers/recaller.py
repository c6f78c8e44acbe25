"""Stops elsewhere what was ended here while no engine had it in hand."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from filmgate.clock import Clock
from filmgate.domain.video import Video
from filmgate.engines.base import Recalls
from filmgate.pauses import pauses
from filmgate.services.queue import Queue

log = logging.getLogger(__name__)

FIRST_S = 6.0
"""So long an engine that has the video in hand may take to stop its orders itself."""
LONGEST_S = 300.0
GIVEN_UP_S = 24 * 3600.0


@dataclass(slots=True)
class _Patience:
    """When a video whose orders could not be stopped is tried again."""

    at: float = 0.0
    pauses: Iterator[float] = field(default_factory=lambda: pauses(FIRST_S, LONGEST_S))


class Recaller:
    """Sees to the orders of videos that were cancelled, timed out or lost. Any number may run."""

    def __init__(self, *, queue: Queue, clock: Clock, engine_name: str, engine: Recalls) -> None:
        self._queue = queue
        self._clock = clock
        self._engine_name = engine_name
        self._engine = engine
        self._patience: dict[str, _Patience] = {}

    async def run_once(self) -> int:
        """Stop what is to be stopped now; return of how many videos the orders are seen to."""
        now = self._clock.now()
        ended = await self._queue.to_recall(self._engine_name, now - FIRST_S)
        self._patience = {video.id: self._patience.get(video.id) or _Patience() for video in ended}
        due = [video for video in ended if self._patience[video.id].at <= now]
        return sum([await self._recall(video, now) for video in due])

    async def _recall(self, video: Video, now: float) -> bool:
        patience, token = self._patience[video.id], video.resume
        seen_to = token is None or await self._engine.recall(token)
        if not seen_to and now - (video.completed_at or now) > GIVEN_UP_S:
            log.error("%s goes on upstream, for all that can be done: %s", video.id, token)
            seen_to = True
        if seen_to:
            await self._queue.forget_orders(video)
        else:
            patience.at = now + next(patience.pauses)
        return seen_to
