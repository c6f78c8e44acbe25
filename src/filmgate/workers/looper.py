"""The life that all roles of a worker share: turn after turn until told to stop."""

import asyncio
import logging
from typing import Protocol

from filmgate.errors import Unavailable

log = logging.getLogger(__name__)


class Role(Protocol):
    """Something that a worker does over and over. Tests turn it by hand."""

    async def run_once(self) -> object:
        """Take one turn."""
        ...


class Looper:
    """Turns a role every `every_s` seconds; a turn that fails is logged and taken again."""

    def __init__(self, role: Role, *, every_s: float) -> None:
        self._role = role
        self._every_s = every_s

    async def run(self, stop: asyncio.Event) -> None:
        """Turn until `stop` is set."""
        while not stop.is_set():
            await self._turn()
            await pause(stop, self._every_s)

    async def _turn(self) -> None:
        name = type(self._role).__name__
        try:
            await self._role.run_once()
        except Unavailable as error:
            log.warning("%s waits: %s", name, error)
        except Exception:
            log.exception("%s failed; it will try again", name)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake at once when `stop` is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
