"""What an account does with the files that it keeps here, and what becomes of them."""

import logging

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import Caller
from filmgate.domain.audit import Act
from filmgate.domain.file import FileFilter, KeptFile, Purpose, file_key
from filmgate.errors import FileQuotaExceeded, InvalidParameter, Unavailable
from filmgate.services.audit import record_act
from filmgate.services.lookup import or_missing
from filmgate.services.orphans import remove_orphans
from filmgate.store import accounts, files
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

log = logging.getLogger(__name__)


class Files:
    """The verbs of files. `quota` is the bytes of one account, `keep_s` how long they are kept."""

    def __init__(
        self, *, database: Database, blobs: Blobs, clock: Clock, quota: int, keep_s: float
    ) -> None:
        self.quota = quota
        self._db = database
        self._blobs = blobs
        self._clock = clock
        self._keep_s = keep_s

    async def create(
        self,
        caller: Caller,
        data: bytes,
        *,
        filename: str,
        purpose: Purpose,
        keep_s: float | None = None,
    ) -> KeptFile:
        """Keep a file. Its bytes are stored before its row, so that a row never lies.

        Raises:
            FileQuotaExceeded: the account would keep more than it may.
            Unavailable: database or storage is away, or full.
        """
        fresh = self.fresh(caller, len(data), filename=filename, purpose=purpose, keep_s=keep_s)
        await self._blobs.put(fresh.key, data)
        try:
            await self._db.write(keep_file, caller, fresh, self.quota)
        except FileQuotaExceeded:
            await self._blobs.delete([fresh.key])
            raise
        return fresh

    def fresh(
        self,
        caller: Caller,
        size: int,
        *,
        filename: str,
        purpose: Purpose,
        keep_s: float | None = None,
    ) -> KeptFile:
        """A file that is not stored yet."""
        now = self._clock.now()
        return KeptFile(
            id=ids.file_id(),
            account_id=caller.account_id,
            filename=filename,
            purpose=purpose,
            bytes=size,
            created_at=now,
            expires_at=now + min(self._keep_s, keep_s or self._keep_s),
        )

    async def get(self, caller: Caller, file_id: str) -> KeptFile:
        """The caller's file.

        Raises:
            NotFound: unknown, deleted, over its time, or another account's.
        """
        now = self._clock.now()
        return or_missing(
            await self._db.read(files.get, file_id, caller.account_id, now), "file", file_id
        )

    async def page(self, caller: Caller, wanted: FileFilter) -> tuple[list[KeptFile], bool]:
        """The caller's files, and whether more follow.

        Raises:
            InvalidParameter: `after` is no file of the caller.
        """
        found = await self._db.read(files.page, caller.account_id, wanted, self._clock.now())
        if found is None:
            raise InvalidParameter("after", "must be the id of one of your files")
        return found

    async def read(self, account_id: str, file_id: str) -> bytes:
        """The bytes of an account's file.

        Raises:
            NotFound: unknown, deleted, over its time, or another account's.
        """
        now = self._clock.now()
        file = or_missing(await self._db.read(files.get, file_id, account_id, now), "file", file_id)
        return await self._blobs.get(file.key)

    async def delete(self, caller: Caller, file_id: str) -> None:
        """Remove a file.

        Raises:
            NotFound: unknown, deleted, or another account's.
        """
        if not await self._db.write(remove_file, caller, file_id, self._clock.now()):
            or_missing(None, "file", file_id)
        await self.drop([file_id])

    async def expire(self) -> int:
        """Remove files whose time is over; return how many."""
        gone = await self._db.write(files.remove_expired, self._clock.now())
        await self.drop(gone)
        return len(gone)

    async def sweep_orphans(self) -> int:
        """Remove bytes that no row names."""
        folder = file_key("").rstrip("/")
        return await remove_orphans(self._blobs, self._clock, folder, self._orphans_among)

    async def _orphans_among(self, keys: list[str]) -> list[str]:
        by_id = {key.split("/", 1)[1]: key for key in keys}
        known = await self._db.read(files.known, list(by_id))
        return [key for file_id, key in by_id.items() if file_id not in known]

    async def drop(self, file_ids: list[str]) -> None:
        """Remove the bytes of rows that are gone; what cannot be removed now is swept later."""
        try:
            await self._blobs.delete([file_key(file_id) for file_id in file_ids])
        except Unavailable as error:
            log.warning("the bytes of %d files are left to be swept: %s", len(file_ids), error)


def keep_file(conn: WriteConnection, caller: Caller, fresh: KeptFile, quota: int) -> None:
    """Store the row of a file whose bytes are stored.

    Raises:
        FileQuotaExceeded: the account would keep more than it may.
    """
    accounts.lock(conn, caller.account_id)  # of two uploads at once each sees the other
    total = files.total(conn, caller.account_id, fresh.created_at) + fresh.bytes
    if total > quota:
        raise FileQuotaExceeded(
            f"An account keeps at most {quota} bytes of files, and this would make {total}: "
            "delete some first",
            param="file",
        )
    files.add(conn, fresh)
    _write_act(conn, caller, Act.FILE_CREATED, fresh.id, fresh.created_at)


def remove_file(conn: WriteConnection, caller: Caller, file_id: str, now: float) -> bool:
    """Remove the row of a file; its bytes are to follow."""
    gone = files.remove(conn, file_id, caller.account_id)
    if gone:
        _write_act(conn, caller, Act.FILE_DELETED, file_id, now)
    return gone


def _write_act(conn: WriteConnection, caller: Caller, act: Act, file_id: str, now: float) -> None:
    record_act(conn, act, file_id, at=now, account_id=caller.account_id, key_id=caller.key_id)
