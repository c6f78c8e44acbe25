"""What there is now, from a census and from the disks, in the words of Prometheus."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from filmgate import __version__
from filmgate.disk import Room
from filmgate.domain.census import Census
from filmgate.telemetry.meters import Meters

_KIND = ("engine", "model")


@dataclass(frozen=True, slots=True, eq=False)
class Now(Collector):
    """The state of the server at one moment. Without a census the database is away."""

    census: Census | None
    disks: Mapping[str, Room]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every gauge."""
        yield _gauge("build_info", "The release", ("version",), {(__version__,): 1})
        up = 0 if self.census is None else 1
        yield _gauge("database_up", "Whether the database answers", (), {(): up})
        free = {(name,): room.free for name, room in self.disks.items()}
        yield _gauge("disk_free_bytes", "What the disks have free", ("disk",), free)
        if self.census is not None:
            yield from _of_census(self.census)


def _of_census(census: Census) -> Iterator[GaugeMetricFamily]:
    depth = {(line.engine, line.model): line.count for line in census.lines}
    yield _gauge("queue_depth", "Videos that wait; 10,000 is that or more", _KIND, depth)
    waits = {(line.engine, line.model): census.oldest_wait_s(line) for line in census.lines}
    yield _gauge("queue_oldest_seconds", "How long the first in line has waited", _KIND, waits)
    running: dict[tuple[str, ...], float] = {}
    for one in census.running:
        kind = (one.engine, one.model)
        running[kind] = running.get(kind, 0) + one.count
    yield _gauge("running", "Videos that workers hold", _KIND, running)
    hands = {(engine, state): count for engine, state, count in census.hands_by_state()}
    yield _gauge("workers", "Workers, busy, idle or waiting", ("engine", "state"), hands)
    wanted = {(one.engine,): one.wanted for one in census.demands}
    yield _gauge("queue_wanted_workers", "Workers that the queue is worth", ("engine",), wanted)
    yield _gauge("suspects", "Videos put off because workers died", (), {(): census.suspects})
    held_usd = census.held / 1e6
    yield _gauge("money_held_usd", "Money held for what waits and runs", (), {(): held_usd})
    yield _gauge("webhook_backlog", "Webhooks still to be told", (), {(): census.backlog})


def _gauge(
    name: str, gloss: str, labels: tuple[str, ...], found: Mapping[Any, float]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"filmgate_{name}", gloss, labels=labels)
    for values, value in found.items():
        family.add_metric(values, value)
    return family


def exposition(meters: Meters, now: Now, accept: str) -> tuple[bytes, str]:
    """Everything as text, in the format that the scraper asks for; and its media type."""
    both = CollectorRegistry()
    both.register(meters.registry())
    both.register(now)
    encode, kind = choose_encoder(accept)
    return encode(both), kind
