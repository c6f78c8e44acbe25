"""Writes what became of a video. Every outcome is one conditional write under its lease."""

import asyncio
import logging
from dataclasses import replace
from itertools import islice
from typing import assert_never

from filmgate.domain.video import Video
from filmgate.errors import Unavailable
from filmgate.services.queue import Queue
from filmgate.workers.lease import Lease
from filmgate.workers.outcome import Completed, Failed, Outcome, Postponed, Withdrawn
from filmgate.workers.patience import patiently, retries
from filmgate.workers.publisher import Publisher, Stored

log = logging.getLogger(__name__)

_WITHDRAWALS = 5


class Recorder:
    """Ends videos, and removes the files of attempts that nobody needs."""

    def __init__(self, *, queue: Queue, publisher: Publisher) -> None:
        self._queue = queue
        self._publisher = publisher

    async def record(self, lease: Lease, outcome: Outcome) -> None:
        """Write it.

        Raises:
            Stopped: the lease ended before a film could be recorded.
            Unavailable: the database or the storage is away; the lease will be rescued.
        """
        video = lease.video
        match outcome:
            case Completed(stored):
                await self._complete(lease, stored)
            case Failed(problem):
                log.warning("%s failed: %s: %s", video.id, problem.code, problem.message)
                await self._withdraw(video)
                await self._queue.fail(video, problem)
            case Withdrawn():
                await self._withdraw(video)
            case Postponed(why):
                log.warning("%s goes back to the queue: %s", video.id, why)
                await self._withdraw(video)
                await self._queue.postpone(video)
            case _:
                assert_never(outcome)

    async def _complete(self, lease: Lease, stored: Stored) -> None:
        video, outputs, making = lease.video, stored.outputs, stored.making
        if not await patiently(lease, lambda: self._queue.finish(video, outputs, making)):
            log.warning("%s was ended by somebody else; its late films are removed", video.id)
            await self._withdraw(video)
        elif video.token > 1:
            await self._publisher.tidy(replace(video, outputs=outputs))

    async def _withdraw(self, video: Video) -> None:
        """Remove this attempt's films, unless somebody needs them after all.

        Where the database or the storage stays away, they are left: they die with their video.
        """
        for pause_s in islice(retries(), _WITHDRAWALS):
            try:
                if not await self._queue.needs(video):
                    await self._publisher.withdraw(video)
            except Unavailable as error:
                log.warning("%s waits to be withdrawn: %s", video.id, error)
                await asyncio.sleep(pause_s)
            else:
                return
