"""What an account does with batches: make one, see, list, cancel."""

from collections.abc import Mapping
from typing import Any

from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import Caller
from filmgate.domain.audit import Act
from filmgate.domain.batch import WINDOW_S, Batch, BatchStatus
from filmgate.domain.file import Purpose
from filmgate.errors import BatchNotCancellable, InvalidParameter
from filmgate.services.audit import record_act
from filmgate.services.lookup import or_missing
from filmgate.store import batches, files
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database


class Batches:
    """The verbs of a batch's owner."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock

    async def create(
        self, caller: Caller, *, input_file_id: str, metadata: Mapping[str, Any], base_url: str
    ) -> Batch:
        """Make a batch of a file of requests, which is read later.

        Raises:
            InvalidParameter: there is no such file, or it is not for a batch.
        """
        now = self._clock.now()
        fresh = Batch(
            id=ids.batch_id(),
            account_id=caller.account_id,
            key_id=caller.key_id,
            input_file_id=input_file_id,
            status=BatchStatus.VALIDATING,
            created_at=now,
            expires_at=now + WINDOW_S,
            base_url=base_url,
            metadata=metadata,
        )
        await self._db.write(_add, caller, fresh)
        return fresh

    async def get(self, caller: Caller, batch_id: str) -> Batch:
        """The caller's batch.

        Raises:
            NotFound: unknown, or another account's.
        """
        return _or_missing(await self._db.read(batches.get, batch_id, caller.account_id), batch_id)

    async def page(self, caller: Caller, after: str | None, limit: int) -> tuple[list[Batch], bool]:
        """Batches, newest first, and whether more follow.

        Raises:
            InvalidParameter: `after` is no batch of the caller.
        """
        found = await self._db.read(batches.page, caller.account_id, after, limit)
        if found is None:
            raise InvalidParameter("after", "must be the id of one of your batches")
        return found

    async def cancel(self, caller: Caller, batch_id: str) -> Batch:
        """Make no more of a batch; what runs of it is ended soon after.

        Raises:
            NotFound: unknown, or another account's.
            BatchNotCancellable: it has ended already, or all of its lines have.
        """
        return await self._db.write(_cancel, caller, batch_id, self._clock.now())


def _add(conn: WriteConnection, caller: Caller, fresh: Batch) -> None:
    file = files.get(conn, fresh.input_file_id, caller.account_id, fresh.created_at)
    if file is None:
        raise InvalidParameter("input_file_id", "must be the id of one of your files")
    if file.purpose != Purpose.BATCH:
        raise InvalidParameter("input_file_id", "must be a file of the purpose 'batch'")
    batches.add(conn, fresh)
    _write_act(conn, caller, Act.BATCH_CREATED, fresh.id, fresh.created_at)


def _cancel(conn: WriteConnection, caller: Caller, batch_id: str, now: float) -> Batch:
    batch = _or_missing(batches.get(conn, batch_id, caller.account_id), batch_id)
    if batch.status is BatchStatus.CANCELLING:
        return batch
    stops = {"status": BatchStatus.CANCELLING, "ends_as": BatchStatus.CANCELLED}
    goes_on = batch.status in (BatchStatus.VALIDATING, BatchStatus.IN_PROGRESS)
    stopped = batches.change(conn, batch, stops, now) if goes_on else None
    if stopped is None:
        raise BatchNotCancellable(f"The batch is already {batch.status}", param="batch_id")
    _write_act(conn, caller, Act.BATCH_CANCELLED, batch_id, now)
    return stopped


def _write_act(conn: WriteConnection, caller: Caller, act: Act, batch_id: str, now: float) -> None:
    record_act(conn, act, batch_id, at=now, account_id=caller.account_id, key_id=caller.key_id)


def _or_missing(batch: Batch | None, batch_id: str) -> Batch:
    return or_missing(batch, "batch", batch_id)
