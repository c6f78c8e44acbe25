"""Whether this server can do its work."""

from filmgate.blobs import Blobs
from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.errors import FilmgateError
from filmgate.services.workers import Workers
from filmgate.store import keys
from filmgate.store.database import Database


class Health:
    """Looks at the database, the storage and the workers."""

    def __init__(self, *, database: Database, blobs: Blobs, workers: Workers) -> None:
        self._db = database
        self._blobs = blobs
        self._workers = workers

    async def checks(self) -> dict[str, str]:
        """Each part and "ok", or what is wrong with it."""
        return {
            "database": await self._database(),
            "storage": await self._storage(),
            "workers": await self._any_worker(),
        }

    async def _database(self) -> str:
        try:
            await self._db.read(keys.has_keys, FIRST_ACCOUNT)
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
            live = await self._workers.live()
        except FilmgateError as error:
            return error.message
        if not live:
            return "no worker is running"
        troubles = sorted({worker.trouble or "" for worker in live})
        return "ok" if "" in troubles else f"nothing is claimed: {'; '.join(troubles)}"
