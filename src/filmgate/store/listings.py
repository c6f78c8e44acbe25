"""Pages of videos, narrowed to what an owner or an operator asks for.

A page costs one range of one index, however many rows there are. What has no index of its own, a
second filter or a search, is looked for among `MOST_LOOKED` rows of that range; a page then says
how far it has looked, and the next one goes on from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Double, Select, bindparam, select, text

from filmgate.domain.states import State
from filmgate.domain.video import Video, VideoFilter
from filmgate.store import rows
from filmgate.store.connections import ReadConnection
from filmgate.store.tables import videos

MOST_LOOKED = 10_000
_SKEW_S = 300.0
"""How far the clocks of two replicas may differ before rows at the edge of a date are missed."""

_RUNS = videos.alias("runs")
_MOMENT = bindparam("moment", type_=Double)
_TIME = videos.c.created_at
LAST_BEFORE = select(videos.c.seq).where(_TIME < _MOMENT).order_by(_TIME.desc()).limit(1)
RUNNING = select(_RUNS.c.seq).where(_RUNS.c.state == text("'running'"))
"""A literal: a bound value keeps both databases off the partial index."""
FIRST_SINCE = select(videos.c.seq).where(_TIME >= _MOMENT).order_by(_TIME).limit(1)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, whether more may follow, and the id to go on from where its last is not it."""

    videos: list[Video]
    more: bool
    looked_to: str | None = None


def page(conn: ReadConnection, account_id: str | None, wanted: VideoFilter) -> Listed | None:
    """A page of an account's videos, or of everybody's; None when `after` is none of these."""
    mine: list[ColumnElement[bool]] = [videos.c.deleted_at.is_(None)]
    if account_id is not None:
        mine.append(videos.c.account_id == account_id)
    walked = _walk(conn, mine, account_id, wanted)
    if walked is None:
        return None
    along, rest = walked
    newest = videos.c.seq.desc() if wanted.newest_first else videos.c.seq.asc()
    if not rest:
        found = conn.sql.execute(along.order_by(newest).limit(wanted.limit + 1)).all()
        return Listed([rows.video(row) for row in found[: wanted.limit]], len(found) > wanted.limit)
    looked_at = along.with_only_columns(videos.c.seq).order_by(newest).limit(MOST_LOOKED)
    found = conn.sql.execute(within(looked_at, rest, wanted)).all()
    listed = [rows.video(row) for row in found[: wanted.limit]]
    if len(found) > wanted.limit:
        return Listed(listed, more=True)
    end = along.with_only_columns(videos.c.id).order_by(newest).offset(MOST_LOOKED - 1).limit(1)
    looked_to = conn.sql.execute(end).scalar_one_or_none()
    return Listed(listed, looked_to is not None, looked_to)


def _walk(
    conn: ReadConnection,
    mine: list[ColumnElement[bool]],
    account_id: str | None,
    wanted: VideoFilter,
) -> tuple[Select[tuple[object, ...]], list[ColumnElement[bool]]] | None:
    """The rows of one range of one index, and what they are still to be narrowed by."""
    along = select(videos).where(*mine)
    if wanted.after is not None:
        seen = along.with_only_columns(videos.c.seq).where(videos.c.id == wanted.after)
        seq = conn.sql.execute(seen).scalar_one_or_none()
        if seq is None:
            return None
        along = along.where(videos.c.seq < seq if wanted.newest_first else videos.c.seq > seq)
    along = along.where(*_dates(conn, wanted))
    filters = list(_filters(wanted))
    if account_id is not None and filters:
        return along.where(filters[0]), [*filters[1:], *_search(wanted)]
    if wanted.states == (State.RUNNING,):
        return along.where(videos.c.seq.in_(RUNNING)), [*filters, *_search(wanted)]
    return along, [*filters, *_search(wanted)]


def within(
    looked_at: Select[tuple[int]], rest: list[ColumnElement[bool]], wanted: VideoFilter
) -> Select[tuple[object, ...]]:
    """Those of the rows looked at that fit."""
    window = looked_at.subquery()
    newest = window.c.seq.desc() if wanted.newest_first else window.c.seq.asc()
    joined = select(videos).join_from(window, videos, videos.c.seq == window.c.seq)
    return joined.where(*rest).order_by(newest).limit(wanted.limit + 1)


def _filters(wanted: VideoFilter) -> Iterator[ColumnElement[bool]]:
    """The one that leaves fewest first: it is the one whose index is walked."""
    if wanted.user is not None:
        yield videos.c.user == wanted.user
    if len(wanted.states) == 1:
        yield videos.c.state == wanted.states[0].value
    if wanted.model is not None:
        yield videos.c.model == wanted.model
    if len(wanted.states) > 1:
        yield videos.c.state.in_(wanted.states)


def _search(wanted: VideoFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.search is not None:
        yield videos.c.prompt.icontains(wanted.search, autoescape=True)


def _dates(conn: ReadConnection, wanted: VideoFilter) -> Iterator[ColumnElement[bool]]:
    """Rows come in the order of their times, but for the skew of clocks: so times bound `seq`."""
    if wanted.created_after is not None:
        moment = wanted.created_after - _SKEW_S
        last = conn.sql.execute(LAST_BEFORE, {"moment": moment}).scalar_one_or_none()
        if last is not None:
            yield videos.c.seq > last
        yield videos.c.created_at >= wanted.created_after
    if wanted.created_before is not None:
        moment = wanted.created_before + _SKEW_S
        first = conn.sql.execute(FIRST_SINCE, {"moment": moment}).scalar_one_or_none()
        if first is not None:
            yield videos.c.seq < first
        yield videos.c.created_at < wanted.created_before
