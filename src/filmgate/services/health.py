"""Whether this server can do its work."""

from collections.abc import Mapping

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain.worker import ModelState
from filmgate.errors import FilmgateError
from filmgate.services.models import Models
from filmgate.store import secrets
from filmgate.store.database import Database

_HOLDS_S = 2.0


class Health:
    """Looks at the database, the storage and the workers.

    That the database takes writes is known by a write; anybody may ask, so one holds for a moment.
    """

    def __init__(self, *, database: Database, blobs: Blobs, models: Models, clock: Clock) -> None:
        self._db = database
        self._clock = clock
        self._written_at: float | None = None
        self._blobs = blobs
        self._models = models

    async def checks(self) -> dict[str, str]:
        """Each part and "ok", or what is wrong with it."""
        return {
            "database": await self._database(),
            "storage": await self._storage(),
            "workers": await self._any_worker(),
        }

    async def models(self) -> Mapping[str, ModelState]:
        """The models that have to be loaded, and how each is; none while nobody can tell."""
        try:
            return await self._models.hosted_states()
        except FilmgateError:
            return {}

    async def _database(self) -> str:
        now = self._clock.monotonic()
        try:
            await self._db.read(secrets.get, "links")
            if self._written_at is None or now - self._written_at >= _HOLDS_S:
                self._written_at = None
                await self._db.write(secrets.rewrite)
                self._written_at = now
        except FilmgateError as error:
            return error.message
        return "ok"

    async def _storage(self) -> str:
        try:
            await self._blobs.check()
        except FilmgateError as error:
            return error.message
        return "ok"

    async def _any_worker(self) -> str:
        try:
            live = await self._models.live()
        except FilmgateError as error:
            return error.message
        if not live:
            return "no worker is running"
        troubles = sorted({worker.condition.trouble or "" for worker in live})
        return "ok" if "" in troubles else f"nothing is claimed: {'; '.join(troubles)}"
