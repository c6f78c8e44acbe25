"""Waiting with a film in hand: an outage costs no rendering."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from filmgate.errors import StorageFull, Unavailable
from filmgate.pauses import pauses
from filmgate.workers.lease import Lease

T = TypeVar("T")

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 15.0


def retries() -> Iterator[float]:
    """How long to wait before a store is asked again."""
    return pauses(FIRST_PAUSE_S, LONGEST_PAUSE_S)


async def patiently(lease: Lease, step: Callable[[], Awaitable[T]]) -> T:
    """Take a step again and again while a store is away and the lease is held.

    Raises:
        Stopped: the lease ended before the store came back.
        StorageFull: it is there, and has no room.
    """
    for pause_s in retries():
        try:
            done = await step()
            lease.waits_for = None
            return done
        except StorageFull:
            raise
        except Unavailable as error:
            lease.waits_for = error.message
            log.warning("%s waits: %s", lease.video.id, error)
        await asyncio.sleep(pause_s)
        lease.check()
    raise AssertionError("pauses never end")
