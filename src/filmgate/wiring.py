"""Joins the parts: the only module that names concrete ones."""

import asyncio
import logging
from collections.abc import (
    AsyncIterator,
    Container,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.databases import SCHEMA as SCHEMA
from filmgate.databases import check_data as check_data
from filmgate.databases import open_database
from filmgate.databases import prepare_data as prepare_data
from filmgate.domain.card import Catalogue
from filmgate.engines import registry
from filmgate.orders import take_orders
from filmgate.outward import deliveries, tracer_of, webhooks
from filmgate.relays import upstreams
from filmgate.services.accounts import Accounts
from filmgate.services.allowances import Allowances
from filmgate.services.audit import Audit
from filmgate.services.batches import Batches
from filmgate.services.batching import Batching
from filmgate.services.billing import Billing
from filmgate.services.censuses import Censuses
from filmgate.services.characters import Characters
from filmgate.services.deliveries import Deliveries
from filmgate.services.files import Files
from filmgate.services.health import Health
from filmgate.services.keys import Keys
from filmgate.services.metrics import Metrics
from filmgate.services.models import Models
from filmgate.services.own_account import OwnAccount
from filmgate.services.queue import Queue
from filmgate.services.retention import Retention
from filmgate.services.stations import Stations, post_here
from filmgate.services.submissions import Submissions
from filmgate.services.upstreams import Upstreams
from filmgate.services.videos import Videos
from filmgate.services.watches import Watches
from filmgate.services.webhooks import Webhooks
from filmgate.services.workers import Workers
from filmgate.settings import Settings
from filmgate.store.database import Database
from filmgate.telemetry.meters import Meters, Sharing
from filmgate.telemetry.outcomes import witness_of
from filmgate.telemetry.tracing import Tracer

if TYPE_CHECKING:
    from filmgate.api.batchlines import WireWording
    from filmgate.api.drafts import DraftReader
    from filmgate.engines.base import Engine
    from filmgate.workers.looper import Looper
    from filmgate.workers.scratch import Undertaker
    from filmgate.workers.worker import Worker

log = logging.getLogger(__name__)

METRICS = "metrics"
"""The folder, in that of the data, where the processes of one supervisor count together."""
_HOUSEKEEPING_S = 60.0
_COURIER_S = 0.5
_BATCHER_S = 1.0
_RECALL_S = 2.0
_SWEEP_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The services of one process, on one database and one storage."""

    settings: Settings
    clock: Clock
    catalogue: Catalogue
    blobs: Blobs
    submissions: Submissions
    videos: Videos
    watches: Watches
    files: Files
    characters: Characters
    batches: Batches
    batching: Batching
    queue: Queue
    keys: Keys
    accounts: Accounts
    own_account: OwnAccount
    allowances: Allowances
    billing: Billing
    workers: Workers
    models: Models
    retention: Retention
    health: Health
    audit: Audit
    webhooks: Webhooks
    deliveries: Deliveries
    upstreams: Upstreams
    stations: Stations
    censuses: Censuses
    metrics: Metrics
    tracer: Tracer


@asynccontextmanager
async def open_house(
    settings: Settings, clock: Clock | None = None, slot: str | None = None
) -> AsyncIterator[House]:
    """The services of this process, until the block ends.

    `slot` says with which others this process counts, and what it is among them: `1234/http`.
    """
    meters = Meters(None if slot is None else Sharing(settings.data / METRICS, *slot.split("/")))
    tracer = tracer_of(settings)
    database, own_clock = await open_database(settings, witness_of(meters))
    try:
        yield _house(settings, database, clock or own_clock, meters, tracer)
    finally:
        await database.close()
        await asyncio.to_thread(tracer.close)


def _house(
    settings: Settings, database: Database, clock: Clock, meters: Meters, tracer: Tracer
) -> House:
    blobs = blobs_of(settings)
    standing = post_here(settings.node)
    workers = Workers(database=database, clock=clock, post=standing)
    models = Models(workers=workers, clock=clock)
    catalogue = settings.catalogue()
    rows_s = settings.row_retention_days * 86400
    censuses = Censuses(database=database, clock=clock)
    keys = Keys(database=database, clock=clock)
    videos = Videos(database=database, blobs=blobs, clock=clock)
    orders = take_orders(settings, database, blobs, clock, models, tracer)
    batching = Batching(
        database=database,
        blobs=blobs,
        clock=clock,
        kept=orders.files,
        submissions=orders.submissions,
        films=videos,
        wording=partial(_wording, settings, catalogue, keys, clock),
        row_retention_s=rows_s,
    )
    return House(
        settings=settings,
        clock=clock,
        catalogue=catalogue,
        blobs=blobs,
        videos=videos,
        watches=Watches(database=database, clock=clock),
        files=orders.files,
        characters=orders.characters,
        batches=Batches(database=database, clock=clock),
        batching=batching,
        submissions=orders.submissions,
        queue=Queue(database=database, clock=clock, limits=settings.limits, names=standing.names),
        keys=keys,
        accounts=Accounts(database=database, clock=clock),
        own_account=OwnAccount(database=database, clock=clock, limits=settings.limits),
        allowances=Allowances(database=database, clock=clock, limits=settings.limits),
        billing=Billing(database=database, clock=clock),
        workers=workers,
        retention=Retention(database=database, blobs=blobs, clock=clock, row_retention_s=rows_s),
        upstreams=upstreams(settings, database, clock),
        stations=Stations(database=database, clock=clock),
        censuses=censuses,
        tracer=tracer,
        metrics=Metrics(meters=meters, censuses=censuses, blobs=blobs, data=settings.data),
        models=models,
        health=Health(database=database, blobs=blobs, models=models, clock=clock),
        audit=Audit(database=database, clock=clock, keep_s=settings.audit_days * 86400),
        webhooks=webhooks(settings, database, clock),
        deliveries=deliveries(settings, database, clock, tracer),
    )


def blobs_of(settings: Settings) -> Blobs:
    """Where films are kept.

    Raises:
        SettingsError: the store does not take the address or an option.
    """
    if settings.storage is None:
        return Blobs.local(settings.data / "files")
    options = {name: value.get_secret_value() for name, value in settings.storage_options.items()}
    return Blobs.at(settings.storage, options)


def drafts(house: House) -> "DraftReader":
    """What reads create requests by this house's cards and defaults."""
    return _drafts(house.settings, house.catalogue)


def _drafts(settings: Settings, catalogue: Catalogue) -> "DraftReader":
    from filmgate.api.drafts import reader_of

    return reader_of(catalogue, settings.default_model, unknown=settings.unknown_parameters)


async def _wording(
    settings: Settings, catalogue: Catalogue, keys: Keys, clock: Clock
) -> "WireWording":
    """What reads and writes the lines of batches, loaded with the first of them."""
    from filmgate.api.batchlines import WireWording
    from filmgate.api.links import Links

    links = Links(secret=await keys.signing_secret(), clock=clock)
    return WireWording(_drafts(settings, catalogue), links)


def worker(
    house: House, engine_name: str, worker_id: str, alongside: "Sequence[Looper]" = ()
) -> "Worker":
    """A worker of one engine on these services; `alongside` turns with its own housekeeping."""
    from filmgate.workers.breaker import Breaker
    from filmgate.workers.claimer import Claimer
    from filmgate.workers.gate import ClaimGate
    from filmgate.workers.outfitter import Outfitter
    from filmgate.workers.publisher import Publisher
    from filmgate.workers.recorder import Recorder
    from filmgate.workers.renderer import Renderer
    from filmgate.workers.room import RoomWatch, film_rooms
    from filmgate.workers.worker import Worker

    settings = house.settings
    scratch = settings.data / "scratch" / worker_id
    table, plug = settings.engines[engine_name], engine(settings, engine_name)
    publisher, outfitter = Publisher(house.blobs), Outfitter(house.blobs)
    renderer = Renderer(
        engine=plug, outfitter=outfitter, publisher=publisher, scratch=scratch, tracer=house.tracer
    )
    look = partial(film_rooms, house.blobs, settings.data)
    gate = ClaimGate(room=RoomWatch(look, house.clock), breaker=Breaker(house.clock))
    claimer = Claimer(
        queue=house.queue,
        renderer=renderer,
        recorder=Recorder(queue=house.queue, publisher=publisher),
        gate=gate,
        clock=house.clock,
        engine=engine_name,
        worker_id=worker_id,
        slots=table.slots or registry.find(engine_name, table.kind).slots,
        beat_s=settings.beat_s,
        tracer=house.tracer,
    )
    return Worker(
        worker_id=worker_id,
        engine_name=engine_name,
        engine=plug,
        models=[card.id for card in house.catalogue if card.engine == engine_name],
        claimer=claimer,
        queue=house.queue,
        workers=house.workers,
        clock=house.clock,
        housekeeping=[*alongside, *_housekeeping(house), *_recalls(house, engine_name, plug)],
        scratch=scratch,
        grace_s=settings.grace_s,
    )


def _housekeeping(house: House) -> "list[Looper]":
    from filmgate.workers.batcher import Batcher
    from filmgate.workers.courier import Courier
    from filmgate.workers.looper import Looper
    from filmgate.workers.pruner import Pruner, Sweeper
    from filmgate.workers.rescuer import Rescuer

    beat_s, lease_s = house.settings.beat_s, house.settings.lease_s
    rescuer = Rescuer(queue=house.queue, clock=house.clock, lease_s=lease_s)
    pruner = Pruner(
        retention=house.retention,
        workers=house.workers,
        audit=house.audit,
        deliveries=house.deliveries,
        watches=house.watches,
        files=house.files,
        batching=house.batching,
    )
    courier = Courier(deliveries=house.deliveries)
    return [
        Looper(rescuer, every_s=min(beat_s, lease_s / 4)),
        Looper(pruner, every_s=_HOUSEKEEPING_S),
        Looper(courier, every_s=_COURIER_S, at_end=courier.drain),
        Looper(Batcher(house.batching), every_s=_BATCHER_S),
        Looper(Sweeper(house.retention, house.files), every_s=_SWEEP_S),
    ]


def _recalls(house: House, engine_name: str, plug: "Engine") -> "list[Looper]":
    """What stops orders elsewhere, of an engine whose films are made there."""
    from filmgate.engines.base import Recalls
    from filmgate.workers.looper import Looper
    from filmgate.workers.recaller import Recaller

    if not isinstance(plug, Recalls):
        return []
    recaller = Recaller(queue=house.queue, clock=house.clock, engine_name=engine_name, engine=plug)
    return [Looper(recaller, every_s=_RECALL_S)]


def engine(settings: Settings, name: str) -> "Engine":
    """The engine of a table `[engines.NAME]`, not yet open.

    Raises:
        SettingsError: it cannot be found, or an option is wrong.
        MissingPart: what it needs is not installed.
    """
    table = settings.engines[name]
    return registry.make(name, table.kind, table.options)


def undertaker(house: House, *, but: Container[str] = ()) -> "Undertaker":
    """What takes back the leases of this folder's dead workers, except those of `but`."""
    from filmgate.workers.scratch import Undertaker

    return Undertaker(workers=house.workers, root=house.settings.data / "scratch", but=but)
