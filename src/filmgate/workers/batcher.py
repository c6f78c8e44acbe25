"""Moves batches on."""

import logging

from filmgate.errors import Unavailable
from filmgate.services.batching import Batching

log = logging.getLogger(__name__)


class Batcher:
    """Takes each open batch a step further. Any number of batchers may run at once."""

    def __init__(self, batching: Batching) -> None:
        self._batching = batching

    async def run_once(self) -> None:
        """One step for each; one that cannot go on holds up no other."""
        for batch in await self._batching.open_ones():
            try:
                await self._batching.advance(batch)
            except Unavailable as error:
                log.warning("%s waits: %s", batch.id, error)
            except Exception:
                log.exception("%s waits, and will be tried again", batch.id)
