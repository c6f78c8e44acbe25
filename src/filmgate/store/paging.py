"""The one way to a page: the rows after one that was seen, by the order in which they came."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table

from filmgate.store.connections import ReadConnection


def page_after(
    conn: ReadConnection,
    table: Table,
    mine: Select[Any],
    after: str | None,
    limit: int,
    *,
    narrowed_by: Iterable[ColumnElement[bool]] = (),
    newest_first: bool = True,
) -> tuple[Sequence[Row[Any]], bool] | None:
    """Up to `limit` rows and whether more follow; None when `after` is the id of none of `mine`.

    `mine` selects from `table`, which has `id` and `seq`, all that the caller may see. `after` may
    be any of them: what a page is narrowed to can change between two pages.
    """
    statement = mine.where(*narrowed_by)
    if after is not None:
        seen = mine.with_only_columns(table.c.seq).where(table.c.id == after)
        seq = conn.sql.execute(seen).scalar_one_or_none()
        if seq is None:
            return None
        statement = statement.where(table.c.seq < seq if newest_first else table.c.seq > seq)
    order = table.c.seq.desc() if newest_first else table.c.seq.asc()
    found = conn.sql.execute(statement.order_by(order).limit(limit + 1)).all()
    return found[:limit], len(found) > limit
