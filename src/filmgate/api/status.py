"""The whole server at a glance, for its operator."""

from collections.abc import Iterable, Mapping

from filmgate.api.ask import Ask
from filmgate.api.wire import HandObject, LaneObject, LineObject, StatusObject
from filmgate.disk import Room
from filmgate.domain import money
from filmgate.domain.census import Census, Hand, Lane

BUSIEST = 20
"""Accounts that a status names."""


async def see_status(ask: Ask) -> StatusObject:
    """What waits and runs, by model and by account; workers, money held, disks."""
    census = await ask.parts.censuses.take()
    lanes = await ask.parts.censuses.busiest(BUSIEST)
    return status_object(census, lanes, ask.parts.metrics.rooms())


def status_object(census: Census, lanes: Iterable[Lane], disks: Mapping[str, Room]) -> StatusObject:
    """A census as its operator sees it."""
    return {
        "object": "status",
        "at": int(census.at),
        "lines": _lines(census),
        "accounts": [_lane(lane) for lane in lanes],
        "workers": [_worker(hand) for hand in census.hands],
        "suspects": census.suspects,
        "held_usd": money.usd(census.held),
        "webhook_backlog": census.backlog,
        "disks": [
            {"name": name, "free_bytes": room.free, "short": room.short}
            for name, room in disks.items()
        ],
    }


def _lines(census: Census) -> list[LineObject]:
    """One a model that waits or runs."""
    waiting = {(line.engine, line.model): line for line in census.lines}
    running: dict[tuple[str, str], int] = {}
    for one in census.running:
        running[one.engine, one.model] = running.get((one.engine, one.model), 0) + one.count
    found: list[LineObject] = []
    for kind in sorted(waiting.keys() | running.keys()):
        line = waiting.get(kind)
        found.append(
            {
                "engine": kind[0],
                "model": kind[1],
                "queued": line.count if line else 0,
                "running": running.get(kind, 0),
                "oldest_wait_s": int(census.oldest_wait_s(line)) if line else None,
            }
        )
    return found


def _lane(lane: Lane) -> LaneObject:
    return {
        "engine": lane.engine,
        "account_id": lane.account_id,
        "queued": lane.queued,
        "running": lane.running,
    }


def _worker(hand: Hand) -> HandObject:
    return {
        "id": hand.id,
        "engine": hand.engine,
        "host": hand.host,
        "pid": hand.pid,
        "state": hand.state,
        "running": hand.holds,
        "trouble": hand.trouble,
    }
