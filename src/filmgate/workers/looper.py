"""The life that all roles of a worker share: turn after turn until told to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from filmgate.errors import Unavailable
from filmgate.pauses import pause

log = logging.getLogger(__name__)


class Role(Protocol):
    """Something that a worker does over and over. Tests turn it by hand."""

    async def run_once(self) -> object:
        """Take one turn."""
        ...


class Looper:
    """Turns a role every `every_s` seconds; a turn that fails is logged and taken again.

    `at_end` is awaited after the last turn, for roles that hold work beyond a turn.
    """

    def __init__(
        self, role: Role, *, every_s: float, at_end: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._role = role
        self._every_s = every_s
        self._at_end = at_end

    async def run(self, stop: asyncio.Event) -> None:
        """Turn until `stop` is set."""
        name = type(self._role).__name__
        while not stop.is_set():
            try:
                await self._role.run_once()
            except Unavailable as error:
                log.warning("%s waits: %s", name, error)
            except Exception:
                log.exception("%s failed; it will try again", name)
            await pause(stop, self._every_s)
        if self._at_end is not None:
            await self._at_end()
