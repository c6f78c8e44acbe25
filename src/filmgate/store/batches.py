"""Batches and their lines. Each move is one statement, conditional on what it leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from filmgate.domain.batch import Batch, BatchLine, BatchStatus, LineProblem, LineState, Place
from filmgate.domain.states import State
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.paging import page_after
from filmgate.store.tables import batch_lines as lines
from filmgate.store.tables import batches, videos

_NAMES = tuple(Batch.__dataclass_fields__)
_COLUMNS = tuple(batches.c[name] for name in _NAMES)
_LINE_NAMES = tuple(BatchLine.__dataclass_fields__)
_LINE = select(*(lines.c[name] for name in _LINE_NAMES))
_OPEN = text("status IN ('validating', 'in_progress', 'cancelling', 'finalizing')")
_ENDED_STATUS = batches.c.status.in_([status for status in BatchStatus if status.final])
_GET = select(*_COLUMNS).where(batches.c.id == bindparam("id"))
_ENDED = (
    select(lines.c.number, videos.c.state)
    .select_from(lines.outerjoin(videos, videos.c.id == lines.c.video_id))
    .where(
        lines.c.batch_id == bindparam("batch_id"),
        lines.c.state == LineState.ORDERED,
        or_(videos.c.id.is_(None), videos.c.state.in_([State.COMPLETED, State.FAILED])),
    )
)
_AT_ONCE = 500


def add(conn: WriteConnection, fresh: Batch) -> None:
    """Store a batch whose file is still to be read."""
    conn.sql.execute(insert(batches), asdict(fresh) | {"errors": []})


def get(conn: ReadConnection, batch_id: str, account_id: str) -> Batch | None:
    """The batch, if that account owns it."""
    mine = _GET.where(batches.c.account_id == account_id)
    row = conn.sql.execute(mine, {"id": batch_id}).one_or_none()
    return _batch(row) if row else None


def hold(conn: WriteConnection, batch_id: str) -> Batch | None:
    """The batch, which nobody else moves until this transaction ends."""
    row = conn.sql.execute(_GET.with_for_update(), {"id": batch_id}).one_or_none()
    return _batch(row) if row else None


def page(
    conn: ReadConnection, account_id: str, after: str | None, limit: int
) -> tuple[list[Batch], bool] | None:
    """Batches, newest first, and whether more follow; None when `after` is none of them."""
    mine = select(*_COLUMNS).where(batches.c.account_id == account_id)
    found = page_after(conn, batches, mine, after, limit)
    return None if found is None else ([_batch(row) for row in found[0]], found[1])


def open_ones(conn: ReadConnection, limit: int) -> list[Batch]:
    """Batches that have not ended, oldest first."""
    statement = select(*_COLUMNS).where(_OPEN).order_by(batches.c.seq).limit(limit)
    return [_batch(row) for row in conn.sql.execute(statement)]


def change(
    conn: WriteConnection, batch: Batch, values: Mapping[str, Any], now: float
) -> Batch | None:
    """Lay values over a batch that stands where it was seen; None when it does not any more."""
    times = dict(batch.times)
    if "status" in values:
        times[values["status"]] = now
    statement = (
        update(batches)
        .where(batches.c.id == batch.id, batches.c.status == batch.status)
        .values(**values, times=times)
        .returning(*_COLUMNS)
    )
    row = conn.sql.execute(statement).one_or_none()
    return _batch(row) if row else None


def add_lines(conn: WriteConnection, batch_id: str, found: Iterable[BatchLine]) -> None:
    """Store the lines of a batch."""
    rows = [asdict(line) | {"batch_id": batch_id} for line in found]
    for start in range(0, len(rows), _AT_ONCE):
        conn.sql.execute(insert(lines), rows[start : start + _AT_ONCE])


def count(conn: ReadConnection, batch_id: str, state: LineState) -> int:
    """How many lines stand there."""
    statement = select(func.count()).where(lines.c.batch_id == batch_id, lines.c.state == state)
    return int(conn.sql.execute(statement).scalar_one())


def in_state(conn: ReadConnection, batch_id: str, state: LineState, limit: int) -> list[BatchLine]:
    """The first lines that stand there."""
    statement = _LINE.where(lines.c.batch_id == batch_id, lines.c.state == state)
    return _lines(conn, statement.order_by(lines.c.number).limit(limit))


def after(conn: ReadConnection, batch_id: str, number: int) -> list[BatchLine]:
    """The next lines of a batch."""
    statement = _LINE.where(lines.c.batch_id == batch_id, lines.c.number > number)
    return _lines(conn, statement.order_by(lines.c.number).limit(_AT_ONCE))


def order(conn: WriteConnection, place: Place, video_id: str) -> bool:
    """Make a waiting line a video; False when it is one already, or its batch goes on no more."""
    goes_on = exists().where(
        batches.c.id == place.batch_id,
        batches.c.status == BatchStatus.IN_PROGRESS,
        batches.c.ends_as.is_(None),
    )
    values = {"state": LineState.ORDERED, "video_id": video_id}
    statement = update(lines).where(*_is_waiting(place), goes_on).values(**values)
    return conn.sql.execute(statement).rowcount == 1


def refuse(conn: WriteConnection, place: Place, refusal: Mapping[str, Any]) -> bool:
    """End a waiting line with what it was answered; False when it does not wait any more."""
    values = {"state": LineState.DONE, "refusal": dict(refusal)}
    statement = update(lines).where(*_is_waiting(place)).values(**values)
    return conn.sql.execute(statement).rowcount == 1


def settle(conn: WriteConnection, batch_id: str) -> tuple[int, int]:
    """End the lines whose videos have; return how many of those were made, and how many not.

    The caller holds the batch.
    """
    found = conn.sql.execute(_ENDED, {"batch_id": batch_id}).all()
    numbers = [row.number for row in found]
    if numbers:
        statement = update(lines).where(lines.c.batch_id == batch_id, lines.c.number.in_(numbers))
        conn.sql.execute(statement.values(state=LineState.DONE))
    made = sum(row.state == State.COMPLETED for row in found)
    return made, len(found) - made


def forget_lines(conn: WriteConnection, batch_id: str) -> None:
    """Remove the lines of a batch, prompts and all."""
    conn.sql.execute(delete(lines).where(lines.c.batch_id == batch_id))


def forget(conn: WriteConnection, before: float) -> int:
    """Remove some of the batches that ended and are older; return how many."""
    old = (
        select(batches.c.seq)
        .where(batches.c.created_at < before, _ENDED_STATUS)
        .order_by(batches.c.seq)
        .limit(_AT_ONCE)
    )
    return conn.sql.execute(delete(batches).where(batches.c.seq.in_(old))).rowcount


def _is_waiting(place: Place) -> tuple[Any, ...]:
    return (
        lines.c.batch_id == place.batch_id,
        lines.c.number == place.number,
        lines.c.state == LineState.WAITING,
    )


def _lines(conn: ReadConnection, statement: Select[Any]) -> list[BatchLine]:
    return [BatchLine(**row._mapping) for row in conn.sql.execute(statement)]


def _batch(row: Row[Any]) -> Batch:
    values = {name: getattr(row, name) for name in _NAMES}
    errors = tuple(LineProblem(**entry) for entry in row.errors)
    return Batch(**values | {"status": BatchStatus(row.status), "errors": errors})
