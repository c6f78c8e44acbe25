"""What moves batches on: their files are read, their lines become videos, their results files.

Each step is conditional on where the batch stands, so any number may do it, and may die in it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple, Protocol

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain.account import Account, Caller
from filmgate.domain.batch import Batch, BatchLine, BatchStatus, LineProblem, LineState, Place
from filmgate.domain.draft import Draft
from filmgate.domain.file import KeptFile, Purpose
from filmgate.domain.video import Video
from filmgate.errors import (
    AccountDisabled,
    BadRequest,
    FilmgateError,
    LimitReached,
    NotFound,
    Unavailable,
    VideoNotCancellable,
)
from filmgate.services.files import Files
from filmgate.services.submissions import LineTaken, Submissions
from filmgate.services.videos import Videos
from filmgate.store import accounts, batches, files, videos
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.database import Database

AT_ONCE = 32
"""Videos of one batch in line at once: the rest waits here, and leaves room for what is urgent."""
_OPEN_ONES = 100


class LineReading(Protocol):
    """The request of a line, as it was read."""

    @property
    def draft(self) -> Draft:
        """What it asks for."""
        ...

    def respell(self, error: BadRequest) -> BadRequest:
        """The same error in its own spelling of the field."""
        ...


class Wording(Protocol):
    """Puts the lines of batches into the words of the wire, and back."""

    def parse(self, data: bytes) -> list[BatchLine] | list[LineProblem]:
        """The lines of a file, or why it is no batch."""
        ...

    def read(self, body: Mapping[str, Any]) -> LineReading:
        """The request of a line.

        Raises:
            BadRequest: it is none.
        """
        ...

    def refusal(self, error: FilmgateError) -> Mapping[str, Any]:
        """The status and the body that an error is answered with."""
        ...

    def result(self, line: BatchLine, video: Video | None, base_url: str, end: str) -> "Result":
        """What came of a line; `end` is what its batch ends as."""
        ...


class Result(NamedTuple):
    """A line of the file of outputs, or of that of errors."""

    text: str
    good: bool


class Batching:
    """The verbs of the batcher."""

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        clock: Clock,
        kept: Files,
        submissions: Submissions,
        films: Videos,
        wording: Callable[[], Awaitable[Wording]],
        row_retention_s: float,
    ) -> None:
        self._db = database
        self._blobs = blobs
        self._clock = clock
        self._files = kept
        self._submissions = submissions
        self._videos = films
        self._load_wording = wording
        self._loaded: Wording | None = None
        self._row_retention_s = row_retention_s

    async def open_ones(self) -> list[Batch]:
        """Batches that have not ended, oldest first."""
        return await self._db.read(batches.open_ones, _OPEN_ONES)

    async def advance(self, batch: Batch) -> None:
        """Do what is next for a batch."""
        match batch.status:
            case BatchStatus.VALIDATING:
                await self._take_in(batch)
            case BatchStatus.IN_PROGRESS | BatchStatus.CANCELLING:
                await self._go_on(batch)
            case BatchStatus.FINALIZING:
                await self._write_out(batch)
            case _:
                return

    async def forget(self) -> int:
        """Remove batches that ended long ago; return how many."""
        return await self._db.write(batches.forget, self._clock.now() - self._row_retention_s)

    async def _take_in(self, batch: Batch) -> None:
        """Read the file of a batch: all of its lines are there from then on, or it has failed."""
        try:
            data = await self._files.read(batch.account_id, batch.input_file_id)
            found = await asyncio.to_thread((await self._wording()).parse, data)
        except NotFound:
            gone = "The input file was deleted, or its time was over"
            found = [LineProblem(code="file_not_found", message=gone, param="input_file_id")]
        await self._db.write(_take_in, batch, found, self._clock.now())

    async def _go_on(self, batch: Batch) -> None:
        now = self._clock.now()
        held = await self._db.write(_settle, batch.id, now)
        if held is None or held.status is BatchStatus.FINALIZING:
            return
        if held.ends_as is not None:
            await self._end_videos(held)
        else:
            await self._order_lines(held)

    async def _end_videos(self, batch: Batch) -> None:
        caller = await self._owner(batch)
        for line in await self._db.read(batches.in_state, batch.id, LineState.ORDERED, 2 * AT_ONCE):
            try:
                await self._videos.cancel(caller, line.video_id or "")
            except (NotFound, VideoNotCancellable):
                continue  # it has ended: the next turn counts it

    async def _order_lines(self, batch: Batch) -> None:
        """Order lines while there is room; what the account may not have now comes later."""
        lines = await self._db.read(_next_lines, batch.id)
        if not lines:
            return
        caller = await self._owner(batch)
        for line in lines:
            try:
                await self._order(caller, batch, line)
            except (LimitReached, Unavailable, AccountDisabled, LineTaken):
                return

    async def _order(self, caller: Caller, batch: Batch, line: BatchLine) -> None:
        place = Place(batch.id, line.number)
        try:
            reading = (await self._wording()).read(line.body)
            try:
                await self._submissions.submit(caller, reading.draft, place)
            except BadRequest as error:
                raise reading.respell(error) from error
        except (LimitReached, Unavailable, AccountDisabled):
            raise
        except FilmgateError as error:
            await self._db.write(_refuse, place, (await self._wording()).refusal(error))

    async def _write_out(self, batch: Batch) -> None:
        """Store what came of every line, then say in one transaction that it is there."""
        good, bad = await self._results(batch)
        caller = await self._owner(batch)
        output = await self._store(caller, batch, "output", good)
        errors = await self._store(caller, batch, "errors", bad)
        kept = [file for file in (output, errors) if file is not None]
        values = {
            "status": batch.ends_as or BatchStatus.COMPLETED,
            "output_file_id": output.id if output else None,
            "error_file_id": errors.id if errors else None,
        }
        if not await self._db.write(_finish, batch, values, kept, self._clock.now()):
            await self._blobs.delete([file.key for file in kept])

    async def _results(self, batch: Batch) -> tuple[list[str], list[str]]:
        good: list[str] = []
        bad: list[str] = []
        end, number = batch.ends_as or BatchStatus.COMPLETED, 0
        wording = await self._wording()
        while some := await self._db.read(_with_videos, batch, number):
            for line, video in some:
                result = wording.result(line, video, batch.base_url, end)
                (good if result.good else bad).append(result.text)
            number = some[-1][0].number
            await asyncio.sleep(0)  # a call of SQLite does not yield
        return good, bad

    async def _store(
        self, caller: Caller, batch: Batch, kind: str, results: Sequence[str]
    ) -> KeptFile | None:
        if not results:
            return None
        data = "".join(f"{text}\n" for text in results).encode()
        fresh = self._files.fresh(
            caller,
            len(data),
            filename=f"{batch.id}_{kind}.jsonl",
            purpose=Purpose.BATCH_OUTPUT,
        )
        await self._blobs.put(fresh.key, data)
        return fresh

    async def _wording(self) -> Wording:
        if self._loaded is None:
            self._loaded = await self._load_wording()
        return self._loaded

    async def _owner(self, batch: Batch) -> Caller:
        """Who made the batch, as the account is now."""
        account: Account | None = await self._db.read(accounts.get, batch.account_id)
        percent = account.price_percent if account else None
        return Caller(
            account_id=batch.account_id,
            key_id=batch.key_id,
            retention_s=account.retention_s if account else None,
            price_percent=100 if percent is None else percent,
        )


def _take_in(
    conn: WriteConnection,
    batch: Batch,
    found: list[BatchLine] | list[LineProblem],
    now: float,
) -> None:
    problems = [asdict(entry) for entry in found if isinstance(entry, LineProblem)]
    lines = [entry for entry in found if isinstance(entry, BatchLine)]
    values: dict[str, Any] = {"status": BatchStatus.IN_PROGRESS, "total": len(lines)}
    if problems:
        values = {"status": BatchStatus.FAILED, "errors": problems}
    if batches.change(conn, batch, values, now) is not None:
        batches.add_lines(conn, batch.id, lines)


def _settle(conn: WriteConnection, batch_id: str, now: float) -> Batch | None:
    """Count what has ended; see whether its time is over, and whether nothing is left to do."""
    batch = batches.hold(conn, batch_id)
    if batch is None or batch.status not in (BatchStatus.IN_PROGRESS, BatchStatus.CANCELLING):
        return None
    made, not_made = batches.settle(conn, batch_id)
    values: dict[str, Any] = {
        "completed": batch.completed + made,
        "failed": batch.failed + not_made,
    }
    if batch.ends_as is None and batch.expires_at <= now:
        values["ends_as"] = BatchStatus.EXPIRED
    stops = "ends_as" in values or batch.ends_as is not None
    waits = 0 if stops else batches.count(conn, batch_id, LineState.WAITING)
    if not waits and not batches.count(conn, batch_id, LineState.ORDERED):
        values["status"] = BatchStatus.FINALIZING
    return batches.change(conn, batch, values, now)


def _next_lines(conn: ReadConnection, batch_id: str) -> list[BatchLine]:
    room = AT_ONCE - batches.count(conn, batch_id, LineState.ORDERED)
    return batches.in_state(conn, batch_id, LineState.WAITING, room) if room > 0 else []


def _refuse(conn: WriteConnection, place: Place, refusal: Mapping[str, Any]) -> None:
    batch = batches.hold(conn, place.batch_id)
    if batch is not None and batches.refuse(conn, place, refusal):
        batches.change(conn, batch, {"failed": batch.failed + 1}, batch.created_at)


def _with_videos(
    conn: ReadConnection, batch: Batch, number: int
) -> list[tuple[BatchLine, Video | None]]:
    """The next lines of a batch, each with its video."""
    return [
        (line, videos.get(conn, line.video_id, batch.account_id) if line.video_id else None)
        for line in batches.after(conn, batch.id, number)
    ]


def _finish(
    conn: WriteConnection,
    batch: Batch,
    values: Mapping[str, Any],
    kept: Sequence[KeptFile],
    now: float,
) -> bool:
    if batches.change(conn, batch, values, now) is None:
        return False
    for file in kept:
        files.add(conn, file)
    batches.forget_lines(conn, batch.id)
    return True
