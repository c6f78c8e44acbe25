"""Keeps as many workers as the queue and the settings want: starts, stops, and says what waits."""

import asyncio
import itertools
import logging
from collections import defaultdict
from collections.abc import Iterable

from filmgate.clock import Clock
from filmgate.domain.fleet import Bounds, Station
from filmgate.engines import registry
from filmgate.processes.launchers.base import Launcher, PlaceState, Posting, Wanted
from filmgate.services.stations import Stations
from filmgate.settings import Settings

log = logging.getLogger(__name__)

_WAITS_S = 10.0


class Reconciler:
    """A role: `run_once` compares what is wanted with what is there, and acts on the difference."""

    def __init__(
        self, *, launcher: Launcher, stations: Stations, settings: Settings, clock: Clock
    ) -> None:
        self._launcher = launcher
        self._stations = stations
        self._settings = settings
        self._clock = clock
        self._stopping: dict[str, asyncio.Task[None]] = {}
        self._surplus_since: dict[str, float] = {}
        self._waiting_since: dict[str, float] = {}

    async def run_once(self) -> None:
        """Start what is missing, stop what is not wanted, say what waits for a GPU."""
        await self._forget_stopped()
        demands, drained = await self._stations.demands(), await self._stations.drained_names()
        places = [one for one in await self._launcher.places() if one.name not in self._stopping]
        busy = busy_places(await self._stations.list_seen())
        self._say_what_waits(places)
        leaving = [one for one in places if {one.name, one.node} & drained]
        self._stop(one for one in leaving if one.name not in busy)
        by_engine: dict[str, list[Posting]] = defaultdict(list)
        for place in places:
            if place not in leaving:
                by_engine[place.engine].append(place)
        taken = {one.name for one in places} | self._stopping.keys() | drained
        for engine in by_engine.keys() | self._settings.engines.keys():
            known = engine in self._settings.engines
            wanted = demands[engine].wanted if known and engine in demands else 0
            await self._level(engine, wanted, by_engine[engine], busy, taken, drained)

    async def end_all(self) -> None:
        """Stop every worker that the launcher keeps, and wait for it."""
        self._stop(await self._launcher.places())
        await asyncio.gather(*self._stopping.values())

    async def _level(
        self,
        engine: str,
        wanted: int,
        places: list[Posting],
        busy: frozenset[str],
        taken: Iterable[str],
        drained: frozenset[str],
    ) -> None:
        surplus = len(places) - wanted
        if surplus <= 0:
            self._surplus_since.pop(engine, None)
            for name in itertools.islice(fresh_names(engine, frozenset(taken)), -surplus):
                gpus = self._settings.engines[engine].gpus
                await self._launcher.start(Wanted(name=name, engine=engine, gpus=gpus), drained)
            return
        since = self._surplus_since.setdefault(engine, self._clock.monotonic())
        if self._clock.monotonic() - since >= self._idle_s(engine):
            idle = [one for one in places if one.name not in busy]
            idle.sort(key=lambda one: one.phase is PlaceState.RUNNING)
            self._stop(idle[:surplus])

    def _idle_s(self, engine: str) -> float:
        table = self._settings.engines.get(engine)
        return table.scale.idle_minutes * 60 if table and table.scale else 0.0

    def _stop(self, places: Iterable[Posting]) -> None:
        for place in places:
            log.info("%s stops", place.name)
            task = asyncio.create_task(self._launcher.stop(place.name), name=f"stop {place.name}")
            self._stopping[place.name] = task

    async def _forget_stopped(self) -> None:
        done = [name for name, task in self._stopping.items() if task.done()]
        for name in done:
            await self._stopping.pop(name)

    def _say_what_waits(self, places: Iterable[Posting]) -> None:
        now = self._clock.monotonic()
        waiting = [one.name for one in places if one.phase is PlaceState.WAITING]
        known = self._waiting_since
        self._waiting_since = {name: known.get(name, now) for name in waiting}
        for name, since in self._waiting_since.items():
            if now - since >= _WAITS_S and known.get(name) == since:
                log.warning("%s waits for a GPU", name)
                self._waiting_since[name] = now


def busy_places(stations: Iterable[Station]) -> frozenset[str]:
    """The places whose workers have a video in hand."""
    return frozenset(one.place for one in stations if one.place and one.video_id)


def fresh_names(engine: str, taken: frozenset[str]) -> Iterable[str]:
    """Names for places of an engine, the lowest free number first."""
    names = (f"{engine}-{number}" for number in itertools.count(1))
    return (name for name in names if name not in taken)


def bounds_of(settings: Settings, *, scaled: bool = False) -> list[Bounds]:
    """Within which bounds the workers of each engine follow its queue; of all, or those that do."""
    tables = settings.engines.items()
    return [_bounds(name, settings) for name, one in tables if one.scale or not scaled]


def _bounds(name: str, settings: Settings) -> Bounds:
    table = settings.engines[name]
    slots = table.slots or registry.find(name, table.kind).slots
    if table.scale is None:
        return Bounds(engine=name, least=table.workers, most=table.workers, slots=slots)
    most, wait_s = max(table.workers, table.scale.most), table.scale.wait_s
    return Bounds(engine=name, least=table.workers, most=most, slots=slots, wait_s=wait_s)
