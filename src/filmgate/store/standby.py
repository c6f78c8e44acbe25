"""A standby beside the primary: it answers what may be some moments old, and never what is missed.

Every look asks the primary how far its log has come. A standby is believed once it has replayed
that much, so what it tells is no older than the last look. An account that wrote through this
process since then is answered by the primary, and so is what the standby does not find.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from filmgate.errors import FilmgateError, Unavailable
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.postgres import PostgresBell, PostgresClock, PostgresDatabase

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

LOOK_S = 0.2
_STALE_LOOK_S = 1.0
_REST_S = 5.0
_POSITION = text("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")
_REPLAYED = text(
    "SELECT CASE WHEN pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') END"
)


class MirroredDatabase:
    """A primary that takes every write, and a standby that shares its reads."""

    def __init__(self, primary: PostgresDatabase, standby: PostgresDatabase) -> None:
        self._primary = primary
        self._standby = standby
        self._looked, self._position = float("-inf"), 0
        self._rests_until = float("-inf")
        self._wrote: dict[str, float] = {}
        self._follower: asyncio.Task[None] | None = None

    def follow(self) -> None:
        """Look again and again, until this is closed."""
        self._follower = asyncio.create_task(self._follow(), name="standby")

    async def read(
        self,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` on the primary."""
        return await self._primary.read(function, *args, **kwargs)

    async def glance(
        self,
        about: str | None,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` on the standby where that is good enough, else on the primary."""
        if self._may_be_asked(about):
            position = self._position

            def run(conn: ReadConnection) -> T:
                replayed = conn.sql.execute(_REPLAYED).scalar_one()
                if replayed is None or replayed < position:
                    raise _Behind
                return function(conn, *args, **kwargs)

            try:
                return await self._standby.read(run)
            except (Unavailable, DBAPIError) as error:
                log.warning("the standby does not answer, and rests: %s", error)
                self._rests_until = time.monotonic() + _REST_S
            except (_Behind, FilmgateError):
                pass  # the primary knows better, or says the same
        return await self._primary.read(function, *args, **kwargs)

    async def write(
        self,
        function: Callable[Concatenate[WriteConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` in one transaction of the primary; remember whose sight it changes."""

        def run(conn: WriteConnection) -> tuple[T, set[str]]:
            return function(conn, *args, **kwargs), conn.touched

        result, touched = await self._primary.write(run)
        self._wrote |= dict.fromkeys(touched, time.monotonic())
        return result

    def bell(self) -> PostgresBell:
        """A new listener for commits that move videos."""
        return self._primary.bell()

    async def clock(self) -> PostgresClock:
        """The primary's own time."""
        return await self._primary.clock()

    async def close(self) -> None:
        """Close both."""
        if self._follower is not None:
            self._follower.cancel()
            await asyncio.gather(self._follower, return_exceptions=True)
        await self._standby.close()
        await self._primary.close()

    async def look(self) -> None:
        """Ask the primary how far its log has come: what was committed before is within.

        Raises:
            Unavailable: the primary is away.
        """
        began = time.monotonic()
        self._position = await self._primary.read(_position)
        self._looked = began
        self._wrote = {who: at for who, at in self._wrote.items() if at >= began}

    def _may_be_asked(self, about: str | None) -> bool:
        now = time.monotonic()
        recent = now - self._looked < _STALE_LOOK_S and now >= self._rests_until
        return recent and (about is None or about not in self._wrote)

    async def _follow(self) -> None:
        while True:
            with contextlib.suppress(Unavailable):
                await self.look()
            await asyncio.sleep(LOOK_S)


class _Behind(Exception):
    """The standby has not replayed enough."""


def _position(conn: ReadConnection) -> int:
    return int(conn.sql.execute(_POSITION).scalar_one())
